"""Metrics that follow the sliders say what the ranker would do."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from smartrec.evaluate.hybrid_model import ranked_list
from smartrec.evaluate.whatif import HeldOut
from smartrec.recommend.base import SIGNALS
from smartrec.recommend.similarity import EmbeddingSimilarity
from smartrec.recommend.weights import PRESETS, Weights

CASES, PRODUCTS = 12, 150


@pytest.fixture()
def cases() -> HeldOut:
    rng = np.random.default_rng(3)
    values = rng.random((CASES, len(SIGNALS), PRODUCTS)).astype(np.float32)
    values[::3, 4] = 0.0  # a signal that knows nothing of some shoppers
    rows = rng.normal(size=(PRODUCTS, 8)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return HeldOut(
        values=values,
        owned=[np.sort(rng.choice(PRODUCTS, size=i, replace=False)) for i in range(CASES)],
        wanted=[rng.choice(PRODUCTS, size=3, replace=False) for _ in range(CASES)],
        users=np.arange(CASES) // 2,
        similarity=EmbeddingSimilarity(rows),
        baselines={"first": np.tile(np.arange(10), (CASES, 1))},
    )


@pytest.mark.parametrize("weights", [*PRESETS.values(), Weights("one", {"taste": 1.0}, 0.6)], ids=lambda w: w.name)
def test_lists_are_the_rankers_own(cases: HeldOut, weights: Weights) -> None:
    ranker = SimpleNamespace(similarity=cases.similarity)
    expected = [
        ranked_list(ranker, cases.values[i], weights, cases.owned[i])  # type: ignore[arg-type]
        for i in range(CASES)
    ]
    assert cases.lists(weights).tolist() == np.stack(expected).tolist()


def test_likeness_without_a_table_of_all_pairs_is_the_same(cases: HeldOut, monkeypatch: pytest.MonkeyPatch) -> None:
    with_table = cases.lists(PRESETS["discover"])
    monkeypatch.setattr("smartrec.recommend.similarity.MOST_PAIRS", 0)
    without = replace(cases, similarity=EmbeddingSimilarity(cases.similarity._rows))
    assert without.lists(PRESETS["discover"]).tolist() == with_table.tolist()


def test_figures_lie_in_their_intervals(cases: HeldOut) -> None:
    for figure in cases.figures(PRESETS["balanced"]).values():
        assert 0.0 <= figure["low"] <= figure["value"] <= figure["high"] <= 1.0


def test_more_diversity_makes_more_diverse_lists(cases: HeldOut) -> None:
    spread = [point["diversity@10"]["value"] for point in cases.tradeoff(PRESETS["balanced"])]
    assert spread[-1] > spread[0]


def test_what_a_signal_is_worth_is_the_difference(cases: HeldOut) -> None:
    full = PRESETS["balanced"]
    lost = cases.ablated(full)
    gap = cases.figures(full)["ndcg@10"]["value"] - cases.figures(full.without("taste"))["ndcg@10"]["value"]
    assert set(lost) == set(SIGNALS)
    assert lost["taste"] == pytest.approx(gap)


def test_the_difference_to_a_baseline_is_paired(cases: HeldOut) -> None:
    (name, gap), *_ = cases.against(PRESETS["balanced"])
    assert name == "first"
    assert gap["low"] <= gap["value"] <= gap["high"]
