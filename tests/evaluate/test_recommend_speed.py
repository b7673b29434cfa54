"""The speed of ranking is measured on requests in which every signal speaks."""

from __future__ import annotations

import time

import numpy as np
import pytest

from smartrec.evaluate import ranking_speed
from smartrec.evaluate.recommend_speed import _figures
from smartrec.recommend.hybrid import Ranker


@pytest.fixture(scope="module")
def ranker() -> Ranker:
    return ranking_speed.synthetic_ranker(300, transactions=3_000)[0]


def test_every_signal_has_something_to_say(ranker):
    values = ranker.values(ranking_speed.synthetic_query(ranker, 1))
    assert (values.max(axis=1) > 0).all()
    assert values.shape == (7, 300)


def test_sliders_are_timed_for_metrics_ablations_and_cards(ranker, monkeypatch):
    monkeypatch.setattr(ranking_speed, "CASES", 6)
    monkeypatch.setattr(ranking_speed, "TURNS", 2)
    queries = [ranking_speed.synthetic_query(ranker, seed) for seed in range(3)]
    found = ranking_speed.slider_speed(ranker, queries)
    assert set(found) == {"slider_metrics_6_cases", "slider_ablations_6_cases", "slider_cards"}
    assert all(0.0 < figure["low"] <= figure["value"] <= figure["high"] for figure in found.values())


def test_a_call_is_timed_in_milliseconds_by_both_clocks():
    found = ranking_speed.timed(time.sleep, [0.02, 0.02, 0.02])
    assert found["low"] >= 20.0 and found["cpu"] < found["value"]


def test_memory_is_at_least_what_an_array_takes():
    held = np.ones(20_000_000)
    # The two counters of the system differ by a few pages.
    assert 1.05 * ranking_speed.peak_bytes() > ranking_speed.resident_bytes() > held.nbytes


def test_figures_hold_the_interval_and_every_kind_of_shopper():
    def pair(task, segment, rival, ratio):
        gap = {"value": 0.1, "low": 0.05, "high": 0.15}
        return {"task": task, "segment": segment, "hybrid_minus": rival, "ndcg@10": gap, "ratio": ratio}

    paired = [pair("history", s, "recent-popularity", r) for s, r in (("all", 1.5), ("new", 1.1), ("heavy", 1.9))]
    paired += [pair("history", "all", "als", 1.3)]
    found = _figures({"summary": [{"task": "history", "rival": "als", "ratio": 1.3}], "paired": paired})
    assert found["summary"][0]["minus_rival"] == {"value": 0.1, "low": 0.05, "high": 0.15}
    assert found["ratio_to_recent-popularity_by_segment"] == {"all": 1.5, "new": 1.1, "heavy": 1.9}
