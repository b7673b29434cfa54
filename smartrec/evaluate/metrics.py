"""Metrics at 10. The rank-based ones have one value a case; coverage, diversity and novelty speak of the lists."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from smartrec.recommend.ranking import best_positions
from smartrec.recommend.similarity import Similarity

K = 10
# In the order of the columns of `rank_metrics`.
RANK_METRICS = ("ndcg@10", "hr@10", "recall@10", "mrr@10")
_DISCOUNT = 1.0 / np.log2(np.arange(2, K + 2))


def top_lists(scores: np.ndarray, owned: Sequence[np.ndarray], k: int = K) -> np.ndarray:
    """(C, k) int64: the `k` best products of every case, those owned left out; -1 where there are no more.

    Args:
        scores: (C, N) float32.
        owned: for every case the positions that are not ranked.
        k: length of a list.
    """
    found = np.full((len(scores), k), -1, dtype=np.int64)
    for i, (row, own) in enumerate(zip(scores, owned, strict=True)):
        ranked = row
        if len(own):
            ranked = row.copy()
            ranked[own] = -np.inf
        best = best_positions(ranked, k)
        best = best[ranked[best] > -np.inf]
        found[i, : len(best)] = best
    return found


def rank_metrics(lists: np.ndarray, wanted: Sequence[np.ndarray]) -> np.ndarray:
    """(C, 4) float64: NDCG, hit rate, recall and reciprocal rank at 10 of every case, binary relevance.

    Args:
        lists: (C, 10) int64, best first, -1 for none.
        wanted: for every case the relevant positions, at least one.
    """
    values = np.zeros((len(lists), len(RANK_METRICS)))
    for i, (row, relevant) in enumerate(zip(lists, wanted, strict=True)):
        hits = np.isin(row, relevant)
        if not hits.any():
            continue
        ideal = _DISCOUNT[: min(K, len(relevant))].sum()
        values[i] = (
            (hits * _DISCOUNT[: len(row)]).sum() / ideal,
            1.0,
            hits.sum() / len(relevant),
            1.0 / (int(np.argmax(hits)) + 1),
        )
    return values


def coverage(lists: np.ndarray, n_items: int) -> float:
    """Share of the catalog that is in any list, [0, 1]."""
    return len(np.unique(lists[lists >= 0])) / max(n_items, 1)


def intra_list_diversity(lists: np.ndarray, similarity: Similarity) -> np.ndarray:
    """(C,) float64: one minus the mean likeness of two products of a list, [0, 1]; 0 for lists of one."""
    known: dict[bytes, float] = {}
    values = np.zeros(len(lists))
    for i, row in enumerate(lists):
        key = row.tobytes()
        if key not in known:
            known[key] = _spread(row[row >= 0], similarity)
        values[i] = known[key]
    return values


def _spread(positions: np.ndarray, similarity: Similarity) -> float:
    n = len(positions)
    if n < 2:
        return 0.0
    likeness = similarity(positions)
    return 1.0 - float((likeness.sum() - np.trace(likeness)) / (n * (n - 1)))


def novelty(lists: np.ndarray, bought: np.ndarray) -> np.ndarray:
    """(C,) float64: mean surprise of a list in bits, -log2 of the share of past purchases that a product had.

    Args:
        lists: (C, 10) int64, -1 for none.
        bought: (N,) past purchases of every product; a product never bought counts as bought once.
    """
    surprise = -np.log2(np.maximum(bought, 1.0) / max(float(bought.sum()), 1.0))
    shown = lists >= 0
    return np.where(shown, surprise[lists], 0.0).sum(axis=1) / np.maximum(shown.sum(axis=1), 1)
