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
    starts, chosen = np.arange(len(scores)) * n, min(k, n)
    left, against = scores.flatten(), np.empty(scores.shape)
    pools = left.reshape(scores.shape)
    first, finals = np.empty((chosen, len(scores)), np.int64), np.empty((chosen, len(scores)))
    for place in range(chosen):
        best = pools.argmax(axis=1, out=first[place])
        at = starts + best
        finals[place] = left[at]
        # What was chosen stands at minus infinity, behind the rest.
        left[at] = -np.inf
        np.multiply(near(best), dial, out=against, dtype=np.float64)
        np.subtract(scores, against, out=against)
        np.minimum(pools, against, out=pools)
    rest = np.argsort(-pools, axis=1, kind="stable")[:, : n - chosen]
    order = np.concatenate([first.T, rest], axis=1)
    at = order + starts[:, None]
    adjusted = np.concatenate([finals.T, left[at[:, chosen:]]], axis=1)
    return Diversified(order, adjusted - scores.reshape(-1)[at])
