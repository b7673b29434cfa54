"""Settings and weights chosen on dates before the first test date, with the same number of trials for every model."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from smartrec.evaluate.baselines import TRIALS, RecentPopularity
from smartrec.evaluate.hybrid_model import rank_windows
from smartrec.evaluate.metrics import rank_metrics, top_lists
from smartrec.evaluate.recommender import Recommender, Settings
from smartrec.evaluate.splits import Window
from smartrec.recommend.content import Content
from smartrec.recommend.hybrid import Ranker
from smartrec.recommend.weights import Weights

CHUNK = 256
# What recent popularity adds to a personal baseline: it orders ties and serves new shoppers, no more.
_TIE = 1e-4


def candidate_weights() -> dict[str, Weights]:
    """As many weight sets as a baseline has trials; history, taste and popularity against each other."""
    mixes = [(0.0, 1.0, 1.0), (0.35, 0.7, 1.0), (0.7, 0.7, 1.0), (0.7, 1.0, 1.0), (1.0, 1.0, 1.0), (1.5, 1.5, 1.0)]
    query = {"look": 0.8, "category": 1.4, "tags": 1.4, "words": 2.4}
    return {
        f"trial {i}": Weights(f"trial {i}", {**query, "history": h, "taste": t, "popularity": p})
        for i, (h, t, p) in enumerate(mixes[:TRIALS])
    }


def tune_weights(rankers: Sequence[Ranker], windows: Sequence[Window]) -> Weights:
    """The candidate with the best NDCG@10 over the cases of all windows."""
    sets = candidate_weights()
    return best_weights(rankers, windows, sets).changed("learned")


def best_weights(rankers: Sequence[Ranker], windows: Sequence[Window], sets: Mapping[str, Weights]) -> Weights:
    """The set with the best NDCG@10 over the cases of all windows."""
    lists = rank_windows(rankers, windows, sets).lists
    return sets[max(sets, key=lambda name: mean_ndcg(lists[name], windows))]


def tune_baseline(
    make: Callable[..., Recommender], windows: Sequence[Window], content: Content, tie: float
) -> tuple[Settings, list[np.ndarray]]:
    """The best settings of one baseline's grid, and its lists on the windows.

    Args:
        make: the baseline's class.
        windows: validation windows.
        content: of the catalog.
        tie: half-life in days of the recent popularity that orders ties.
    """
    best: tuple[float, Settings, list[np.ndarray]] | None = None
    grid: Sequence[Settings] = make().grid[:TRIALS]
    for settings in grid:
        lists = [baseline_lists(make(**settings), window, content, tie) for window in windows]
        value = mean_ndcg(lists, windows)
        if best is None or value > best[0]:
            best = (value, settings, lists)
    assert best is not None
    return best[1], best[2]


def baseline_lists(model: Recommender, window: Window, content: Content, tie: float) -> np.ndarray:
    """(C, 10) int64: fit on the window's past and rank for all its cases."""
    model.fit(window.past, content)
    recent = RecentPopularity(tie).fit(window.past, content).counts_
    recent = recent / max(float(recent.max()), 1e-9)
    parts = [np.empty((0, 10), np.int64)]
    for low in range(0, len(window.cases), CHUNK):
        cases = window.cases[low : low + CHUNK]
        scores = model.score([case.query for case in cases])
        top = np.maximum(np.abs(scores).max(axis=1, keepdims=True), 1e-9)
        parts.append(top_lists(scores / top + np.float32(_TIE) * recent, [case.owned for case in cases]))
    return np.concatenate(parts)


def mean_ndcg(lists: Sequence[np.ndarray], windows: Sequence[Window]) -> float:
    """Mean NDCG@10 over the cases of all windows together."""
    values = [
        rank_metrics(found, [case.wanted for case in window.cases])[:, 0]
        for found, window in zip(lists, windows, strict=True)
    ]
    return float(np.concatenate(values).mean())
