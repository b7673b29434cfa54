"""Maximal marginal relevance with one dial: a card loses a share of its score for being like a card above it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import sparse

Similarity = Callable[[np.ndarray], np.ndarray]


@dataclass(frozen=True, slots=True, eq=False)
class Diversified:
    """A pool of candidates in its new order.

    Attributes:
        order: (P,) int64, indices into the pool, best first.
        penalties: (P,) float64, at most 0, aligned with `order`; score + penalty never increases along it.
    """

    order: np.ndarray
    penalties: np.ndarray


def diversify(scores: np.ndarray, similarities: np.ndarray | None, dial: float, k: int) -> Diversified:
    """Choose `k` by score minus dial x greatest similarity to those chosen before; the rest follow by the same rule.

    A candidate's greatest similarity can only grow while others are chosen, so the adjusted scores of the chosen
    never increase: the order is the order of the final scores.

    Args:
        scores: (P,) float64; earlier indices win ties.
        similarities: (P, P) float in [0, 1], or None where nothing is known of likeness.
        dial: [0, 1]; 0 leaves the order as it is.
        k: how many are chosen one by one.
    """
    n = len(scores)
    if dial == 0.0 or similarities is None or n == 0:
        return Diversified(np.argsort(-scores, kind="stable"), np.zeros(n))
    closest = np.zeros(n)
    left = np.ones(n, dtype=bool)
    chosen: list[int] = []
    penalties: list[float] = []
    for _ in range(min(k, n)):
        adjusted = np.where(left, scores - dial * closest, -np.inf)
        best = int(np.argmax(adjusted))
        chosen.append(best)
        penalties.append(-dial * float(closest[best]))
        left[best] = False
        np.maximum(closest, similarities[best], out=closest)
    rest = np.flatnonzero(left)
    rest = rest[np.argsort(-(scores[rest] - dial * closest[rest]), kind="stable")]
    order = np.concatenate([np.array(chosen, dtype=np.int64), rest])
    return Diversified(order, np.concatenate([penalties, -dial * closest[rest]]))


def embedding_similarity(embeddings: np.ndarray) -> Similarity:
    """Likeness of products by their pictures: cosine of (N, D) unit rows, negative counted as 0."""

    def similarity(positions: np.ndarray) -> np.ndarray:
        rows = embeddings[positions]
        return np.clip(rows @ rows.T, 0.0, 1.0)

    return similarity


def content_similarity(unit_rows: sparse.csr_matrix) -> Similarity:
    """Likeness of products by their features: cosine of (N, F) unit rows."""

    def similarity(positions: np.ndarray) -> np.ndarray:
        rows = unit_rows[positions]
        return np.clip(np.asarray((rows @ rows.T).todense()), 0.0, 1.0)

    return similarity
