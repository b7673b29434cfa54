"""History: what people who bought the same things bought as well."""

from __future__ import annotations

import numpy as np

from smartrec.recommend.base import Query
from smartrec.recommend.collaborative import ItemNeighbors
from smartrec.recommend.purchases import days_between

# Purchases after which the signal is at half of its strength: one purchase says little.
HALF_TRUST = 2.0
HALF_LIFE_DAYS = 180.0


class HistorySignal:
    """Products that were bought by the same people as the shopper's past purchases, recent ones heavier."""

    name = "history"

    def __init__(self, model: ItemNeighbors) -> None:
        self._model = model

    def score(self, query: Query) -> np.ndarray:
        """(N,) float32 in [0, 1]; it grows with the number of purchases known, so that new shoppers fall back."""
        items, heavy = past_items(query)
        if not len(items):
            return np.zeros(self._model.n_items, dtype=np.float32)
        values = self._model.score(items, heavy)
        top = float(values.max())
        if top <= 0.0:
            return np.zeros(self._model.n_items, dtype=np.float32)
        return (values * np.float32(trust(len(items)) / top)).astype(np.float32)

    def because(self, query: Query, position: int) -> list[tuple[int, float]]:
        """Past purchases by their share of this product's score."""
        items, heavy = past_items(query)
        shares = self._model.contributions(items, heavy, position)
        total = float(shares.sum())
        if total <= 0.0:
            return []
        order = np.argsort(-shares, kind="stable")
        return [(int(items[i]), float(shares[i]) / total) for i in order if shares[i] > 0]


def trust(n: int) -> float:
    """How far a signal may go that rests on `n` purchases, [0, 1)."""
    return n / (n + HALF_TRUST)


def past_items(query: Query, half_life: float = HALF_LIFE_DAYS) -> tuple[np.ndarray, np.ndarray]:
    """Different past products (M,) int64 and their weights (M,) float32, later purchases heavier."""
    history = query.history
    now = query.now
    known = np.ones(len(history), dtype=bool) if now is None else history.times < now
    items, times = history.items[known], history.times[known]
    if not len(items):
        return np.empty(0, np.int64), np.empty(0, np.float32)
    at = times.max() if now is None else now
    heavy = np.exp2(-days_between(times, at) / half_life)
    different, place = np.unique(items, return_inverse=True)
    weights = np.zeros(len(different))
    np.maximum.at(weights, place, heavy)
    return different, weights.astype(np.float32)
