"""The order of all products for one vector of scores: limits, then the score, then diversity in the first pool."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from smartrec.recommend.diversity import Similarity, diversify
from smartrec.recommend.limits import PENALTY

# Only so many of the best are compared with each other; beyond them nobody looks.
POOL = 100


@dataclass(frozen=True, slots=True, eq=False)
class Order:
    """The first products of an order, and what is needed to find the rank of any other.

    Attributes:
        positions: (P,) int64 catalog positions, best first.
        finals: (P,) float64, scores with limits and diversity; never increasing.
        penalties: (P,) float64, the diversity part, at most 0.
        scores: (N,) float, scores with limits, before diversity.
    """

    positions: np.ndarray
    finals: np.ndarray
    penalties: np.ndarray
    scores: np.ndarray

    def rank(self, position: int) -> int:
        """The rank of a product, 1 for the best. Beyond the pool the scores before diversity decide."""
        place = np.flatnonzero(self.positions == position)
        if len(place):
            return int(place[0]) + 1
        value = self.scores[position]
        return int((self.scores > value).sum() + (self.scores[:position] == value).sum()) + 1


def order(
    values: np.ndarray,
    weights: np.ndarray,
    broken: np.ndarray | None,
    similarity: Similarity | None,
    dial: float,
    k: int,
    base: np.ndarray | None = None,
) -> Order:
    """Rank all products.

    Args:
        values: (S, N) float32, signals in [0, 1].
        weights: (S,) float64, normalised.
        broken: (N,) float32 number of limits broken, or None.
        similarity: likeness among positions, or None.
        dial: diversity, [0, 1].
        k: how many are chosen one by one.
        base: (N,) float32, `weights @ values` where the caller has it already.
    """
    scores = weights.astype(np.float32) @ values if base is None else base
    if broken is not None:
        scores = scores - np.float32(PENALTY) * broken
    pool = best_positions(scores, max(POOL, 2 * k))
    exact = weights @ values[:, pool].astype(np.float64)
    if broken is not None:
        exact -= PENALTY * broken[pool].astype(np.float64)
    likeness = similarity(pool) if similarity is not None and dial > 0.0 else None
    found = diversify(exact, likeness, dial, k)
    return Order(pool[found.order], exact[found.order] + found.penalties, found.penalties, scores)


def best_positions(scores: np.ndarray, k: int) -> np.ndarray:
    """(min(k, N),) int64 positions of the greatest scores, best first; the lower position wins a tie."""
    n = len(scores)
    if k < n:
        threshold = scores[np.argpartition(scores, n - k)[n - k :]].min()
        above = np.flatnonzero(scores > threshold)
        level = np.flatnonzero(scores == threshold)[: k - len(above)]
        candidates = np.concatenate([above, level])
        candidates.sort()
    else:
        candidates = np.arange(n)
    return candidates[np.argsort(-scores[candidates], kind="stable")]
