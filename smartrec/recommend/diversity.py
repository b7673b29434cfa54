"""Maximal marginal relevance with one dial: a card loses a share of its score for being like a card above it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

# (R,) int64, one chosen index into each of R pools -> (R, P) float in [0, 1], its likeness to the whole pool.
Near = Callable[[np.ndarray], np.ndarray]


@dataclass(frozen=True, slots=True, eq=False)
class Diversified:
    """R pools of P candidates in their new order.

    Attributes:
        order: (R, P) int64, indices into each pool, best first.
        penalties: (R, P) float64, at most 0, aligned with `order`; score + penalty never increases along it.
    """

    order: np.ndarray
    penalties: np.ndarray


def diversify(scores: np.ndarray, near: Near | None, dial: float, k: int) -> Diversified:
    """Choose `k` by score minus dial x greatest similarity to those chosen before; the rest follow by the same rule.

    A candidate's greatest similarity can only grow while others are chosen, so the adjusted scores of the chosen
    never increase: the order is the order of the final scores.

    Args:
        scores: (R, P) float64, finite; earlier indices win ties.
        near: likeness to what is chosen, or None where nothing is known of it.
        dial: [0, 1]; 0 leaves the order as it is.
        k: how many are chosen one by one.
    """
    n = scores.shape[1]
    if dial == 0.0 or near is None or scores.size == 0:
        return Diversified(np.argsort(-scores, axis=1, kind="stable"), np.zeros(scores.shape))
    rows, chosen = np.arange(len(scores)), min(k, n)
    left, against = scores.copy(), np.empty(scores.shape)
    order, finals = np.empty(scores.shape, np.int64), np.empty(scores.shape)
    for place in range(chosen):
        best = left.argmax(axis=1)
        order[:, place], finals[:, place] = best, left[rows, best]
        # What was chosen stands at minus infinity, behind the rest.
        left[rows, best] = -np.inf
        np.multiply(near(best), dial, out=against, dtype=np.float64)
        np.subtract(scores, against, out=against)
        np.minimum(left, against, out=left)
    every = rows[:, None]
    order[:, chosen:] = np.argsort(-left, axis=1, kind="stable")[:, : n - chosen]
    finals[:, chosen:] = left[every, order[:, chosen:]]
    return Diversified(order, finals - scores[every, order])
