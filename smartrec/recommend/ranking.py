"""The order of all products for vectors of scores: limits, then the score, then diversity in the first pool."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from smartrec.recommend.diversity import diversify
from smartrec.recommend.limits import PENALTY
from smartrec.recommend.similarity import Similarity

# Only so many of the best are compared with each other; beyond them nobody looks.
POOL = 100
# Blocks of scores for every one that is wanted; in a shop of fewer products, sorting is as quick.
_BLOCKS = 4
_WORTH_BLOCKS = 64
_FEW_ROWS = 3
# Products whose scores are added up at a time, so that they stay in the processor's cache.
_CACHED = 8192


@dataclass(frozen=True, slots=True, eq=False)
class Order:
    """The first products of an order, and what is needed to find the rank of any other.

    Attributes:
        positions: (P,) int64 catalog positions, best first.
        finals: (P,) float64, scores with limits and diversity; never increasing.
        penalties: (P,) float64, the diversity part, at most 0.
        scores: (N,) float32, scores with limits, before diversity.
    """

    positions: np.ndarray
    finals: np.ndarray
    penalties: np.ndarray
    scores: np.ndarray

    def ranks(self, positions: np.ndarray) -> list[int]:
        """The ranks of products (K,), 1 for the best. Beyond the pool the scores before diversity decide."""
        return ranks_in([self], positions)[0]

    def before(self, position: int) -> int:
        """How many products have a greater score, or the same and an earlier position."""
        value, scores = self.scores[position], self.scores
        return int(np.count_nonzero(scores[:position] >= value) + np.count_nonzero(scores[position + 1 :] > value))


def orders(
    values: np.ndarray,
    weights: np.ndarray,
    broken: np.ndarray | None,
    similarity: Similarity | None,
    dial: float,
    k: int,
) -> list[Order]:
    """Rank all products by R vectors of weights; each order is what it would be alone.

    Args:
        values: (S, N) float32, signals in [0, 1].
        weights: (R, S) float64, each row normalised.
        broken: (N,) float32 number of limits broken, or None.
        similarity: likeness among products, or None.
        dial: diversity, [0, 1].
        k: how many are chosen one by one.
    """
    scores = blended(values, weights)
    if broken is not None:
        scores -= np.float32(PENALTY) * broken
    pools = best_of_rows(scores, max(POOL, 2 * k))
    exact = np.zeros(pools.shape)
    for mix, found in zip(weights.T, values.take(pools, axis=1), strict=True):
        exact += mix[:, None] * found
    if broken is not None:
        exact -= PENALTY * broken[pools].astype(np.float64)
    near = similarity.near(pools) if similarity is not None and dial > 0.0 else None
    diverse = diversify(exact, near, dial, k)
    at = diverse.order + np.arange(len(pools))[:, None] * pools.shape[1]
    positions = pools.reshape(-1)[at]
    finals = exact.reshape(-1)[at] + diverse.penalties
    return [Order(*parts) for parts in zip(positions, finals, diverse.penalties, scores, strict=True)]


def ranks_in(found: Sequence[Order], positions: np.ndarray) -> list[list[int]]:
    """`Order.ranks` of the same products (K,) in several orders of equally long pools."""
    if not found:
        return []
    pools = np.stack([order.positions for order in found])
    rows, places, columns = np.nonzero(pools[:, :, None] == positions)
    ranks = np.zeros((len(found), len(positions)), dtype=np.int64)
    ranks[rows, columns] = places + 1
    for row, column in np.argwhere(ranks == 0).tolist():
        ranks[row, column] = found[row].before(int(positions[column])) + 1
    return ranks.tolist()


def blended(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """(R, N) float32: `weights` (R, S) times `values` (S, N), to the last bit the same for a row alone."""
    n = values.shape[1]
    found = np.zeros((len(weights), n), dtype=np.float32)
    terms = np.empty((len(weights), min(n, _CACHED)), dtype=np.float32)
    mixes = weights.astype(np.float32)[:, :, None]
    used = np.flatnonzero(mixes.any(axis=(0, 2))).tolist()
    for low in range(0, n, _CACHED):
        part = slice(low, min(low + _CACHED, n))
        sums, term = found[:, part], terms[:, : part.stop - low]
        for signal in used:
            np.multiply(mixes[:, signal], values[signal, part], out=term)
            sums += term
    return found


def best_of_rows(scores: np.ndarray, k: int) -> np.ndarray:
    """(R, min(k, N)) int64: `best_positions` of every row of (R, N) scores."""
    n = scores.shape[1]
    if k >= n:
        return np.argsort(-scores, axis=1, kind="stable")
    if n >= _WORTH_BLOCKS * k or len(scores) < _FEW_ROWS:
        return np.array([best_positions(row, k) for row in scores], dtype=np.int64).reshape(-1, k)
    least = np.partition(scores, n - k, axis=1)[:, n - k]
    among = scores >= least[:, None]
    places = np.flatnonzero(among)
    if len(places) > k * len(scores):  # equal scores at the end of a row: the later ones go
        surplus = np.count_nonzero(among, axis=1) - k
        for row in np.flatnonzero(surplus).tolist():
            among[row, np.flatnonzero(scores[row] == least[row])[-surplus[row] :]] = False
        places = np.flatnonzero(among)
    rows = np.arange(len(scores))[:, None]
    best = np.argsort(-scores.reshape(-1)[places].reshape(-1, k), axis=1, kind="stable")
    return np.asarray(places[best + k * rows] - n * rows)


def best_positions(scores: np.ndarray, k: int) -> np.ndarray:
    """(min(k, N),) int64 positions of the greatest scores, best first; the lower position wins a tie."""
    n = len(scores)
    if k < n:
        candidates = np.flatnonzero(scores >= _floor(scores, k)) if n >= _WORTH_BLOCKS * k else np.arange(n)
        found = scores[candidates]
        threshold = np.partition(found, len(found) - k)[len(found) - k]
        above = candidates[found > threshold]
        level = candidates[found == threshold][: k - len(above)]
        candidates = np.sort(np.concatenate([above, level]))
    else:
        candidates = np.arange(n)
    return candidates[np.argsort(-scores[candidates], kind="stable")]


def _floor(scores: np.ndarray, k: int) -> float:
    """A score that at least `k` products reach, not far below the k-th greatest: of the maxima of blocks, the k-th."""
    blocks = _BLOCKS * k
    size = len(scores) // blocks
    maxima = scores[: blocks * size].reshape(blocks, size).max(axis=1)
    return float(np.partition(maxima, blocks - k)[blocks - k])
