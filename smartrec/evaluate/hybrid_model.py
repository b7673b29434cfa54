"""The hybrid under evaluation: all signals of one window, and lists for any weights."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from smartrec.evaluate.metrics import K, padded, top_lists
from smartrec.evaluate.splits import Case, Window
from smartrec.recommend.base import SIGNALS
from smartrec.recommend.hybrid import Ranker, normalised
from smartrec.recommend.ranking import orders
from smartrec.recommend.weights import Weights

if TYPE_CHECKING:
    from smartrec.recommend.fit import Fitter

QUERY_SIGNALS = ("look", "category", "tags", "words")
PERSONAL_SIGNALS = ("history", "taste", "popularity")


@dataclass(frozen=True, slots=True, eq=False)
class Ranked:
    """Lists of several windows.

    Attributes:
        lists: name of model -> one (C, 10) int64 a window.
        active: names of the signals that knew something of any case.
    """

    lists: Mapping[str, list[np.ndarray]]
    active: frozenset[str]


def fit_before(windows: Sequence[Window], fitter: Fitter, progress: Callable[[float, str], None]) -> list[Ranker]:
    """For every window the ranker that knows what was before it and nothing else."""
    rankers = []
    for i, window in enumerate(windows):
        progress(i / len(windows), f"learning from what was known on {str(window.start)[:10]}")
        rankers.append(fitter.fit(window.past))
    return rankers


def rank_windows(rankers: Sequence[Ranker], windows: Sequence[Window], sets: Mapping[str, Weights]) -> Ranked:
    """The lists of every weight set; each window is asked of the ranker that knows what was before it."""
    active: set[str] = set()
    found = [_rank_cases(ranker, w.cases, sets, active) for ranker, w in zip(rankers, windows, strict=True)]
    return Ranked({name: [lists[name] for lists in found] for name in sets}, frozenset(active))


def _rank_cases(
    ranker: Ranker, cases: Sequence[Case], sets: Mapping[str, Weights], active: set[str]
) -> dict[str, np.ndarray]:
    """(C, 10) lists by name; new shoppers with the same query are ranked once. Signals that knew go to `active`."""
    lists = {name: np.full((len(cases), K), -1, dtype=np.int64) for name in sets}
    unknown: dict[str, np.ndarray] | None = None
    for i, case in enumerate(cases):
        blank = not len(case.query.history) and not case.query.asks
        if blank and unknown is not None:
            found = unknown
        else:
            values = ranker.values(case.query)
            active.update(name for name, row in zip(SIGNALS, values, strict=True) if row.any())
            found = {name: ranked_list(ranker, values, weights, case.owned) for name, weights in sets.items()}
            unknown = found if blank else unknown
        for name, row in found.items():
            lists[name][i] = row
    return lists


def ranked_list(ranker: Ranker, values: np.ndarray, weights: Weights, owned: np.ndarray) -> np.ndarray:
    """(10,) int64: the best products under one weight set, diversity included, owned ones left out."""
    raw = np.array([weights.values[name] for name in SIGNALS])
    if weights.diversity == 0.0:
        scores = raw.astype(np.float32) @ values
        return top_lists(scores[None, :], [owned])[0]
    shares = normalised(raw[None, :], values.max(axis=1) > 0.0)
    broken = np.zeros(values.shape[1], dtype=np.float32)
    broken[owned] = 1.0
    (found,) = orders(values, shares, broken, ranker.similarity, weights.diversity, K)
    positions = found.positions[:K]
    positions = positions[broken[positions] == 0.0]
    return padded(positions[None, :])[0]


def ablations(weights: Weights) -> dict[str, Weights]:
    """The set without each signal that it uses."""
    return {f"without {name}": weights.without(name) for name in SIGNALS if weights.values[name] > 0.0}


def alone() -> dict[str, Weights]:
    """Every signal by itself."""
    return {name: Weights(name, {name: 1.0}) for name in SIGNALS}
