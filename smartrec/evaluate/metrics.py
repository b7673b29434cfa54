"""Metrics at 10. The rank-based ones have one value a case; coverage, diversity and novelty speak of the lists."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from smartrec.recommend.ranking import best_of_rows
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
    ranked = scores.copy()
    for row, own in zip(ranked, owned, strict=True):
        row[own] = -np.inf
    found = best_of_rows(ranked, k)
    found[np.take_along_axis(ranked, found, axis=1) == -np.inf] = -1
    return padded(found, k)


def padded(lists: np.ndarray, k: int = K) -> np.ndarray:
    """(C, k) int64: lists of at most `k` products, -1 where there are no more."""
    missing = k - lists.shape[1]
    return np.pad(lists, ((0, 0), (0, missing)), constant_values=-1) if missing > 0 else lists


def rank_metrics(lists: np.ndarray, wanted: Sequence[np.ndarray]) -> np.ndarray:
    """(C, 4) float64: NDCG, hit rate, recall and reciprocal rank at 10 of every case, binary relevance.

    Args:
        lists: (C, 10) int64, best first, -1 for none.
        wanted: for every case the relevant positions, at least one.
    """
    sizes = np.array([len(relevant) for relevant in wanted], dtype=np.int64)
    # One number for every pair of a case and a product, so that all cases are looked up together.
    products = np.concatenate([np.empty(0, np.int64), *wanted])
    span = int(max(lists.max(initial=0), products.max(initial=0))) + 1
    keys = np.repeat(np.arange(len(sizes)), sizes) * span + products
    hits = np.isin(np.arange(len(lists))[:, None] * span + lists, keys) & (lists >= 0)
    ideal = np.concatenate([[0.0], np.cumsum(_DISCOUNT)])[np.minimum(sizes, K)]
    any_hit = hits.any(axis=1)
    first = np.where(any_hit, 1.0 / (np.argmax(hits, axis=1) + 1.0), 0.0)
    columns = ((hits * _DISCOUNT[: lists.shape[1]]).sum(axis=1) / ideal, any_hit, hits.sum(axis=1) / sizes, first)
    return np.column_stack(columns).astype(np.float64)


def coverage(lists: np.ndarray, n_items: int) -> float:
    """Share of the catalog that is in any list, [0, 1]."""
    return len(np.unique(lists[lists >= 0])) / max(n_items, 1)


def intra_list_diversity(lists: np.ndarray, similarity: Similarity) -> np.ndarray:
    """(C,) float64: one minus the mean likeness of two products of a list, [0, 1]; 0 for lists of one."""
    if not len(lists):
        return np.zeros(0)
    different, places = np.unique(lists, axis=0, return_inverse=True)
    values = np.zeros(len(different))
    full = (different >= 0).all(axis=1)
    values[full] = _spreads(different[full], similarity)
    for row in np.flatnonzero(~full):
        kept = different[row][different[row] >= 0]
        values[row] = _spreads(kept[None, :], similarity)[0] if len(kept) else 0.0
    return values[places.ravel()]


def _spreads(lists: np.ndarray, similarity: Similarity) -> np.ndarray:
    """(R,) one minus the mean likeness of the pairs of every list of L products."""
    count, length = lists.shape
    if length < 2 or not count:
        return np.zeros(count)
    near = similarity.near(lists)
    total = np.zeros(count)
    for place in range(length):
        likeness = near(np.full(count, place))
        total += likeness.sum(axis=1, dtype=np.float64) - likeness[:, place]
    return 1.0 - total / (length * (length - 1))


def novelty(lists: np.ndarray, bought: np.ndarray) -> np.ndarray:
    """(C,) float64: mean surprise of a list in bits, -log2 of the share of past purchases that a product had.

    Args:
        lists: (C, 10) int64, -1 for none.
        bought: (N,) past purchases of every product; a product never bought counts as bought once.
    """
    surprise = -np.log2(np.maximum(bought, 1.0) / max(float(bought.sum()), 1.0))
    shown = lists >= 0
    return np.where(shown, surprise[lists], 0.0).sum(axis=1) / np.maximum(shown.sum(axis=1), 1)
