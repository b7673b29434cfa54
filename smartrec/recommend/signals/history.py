"""History: what people who bought the same things bought as well."""

from __future__ import annotations

import numpy as np

from smartrec.recommend.base import Because, Query
from smartrec.recommend.collaborative import ItemNeighbors
from smartrec.recommend.signals.past import past_items
from smartrec.recommend.signals.scale import NATS


class HistorySignal:
    """Products bought by the same people as the shopper's past purchases; more evidence makes larger values."""

    name = "history"

    def __init__(self, model: ItemNeighbors, nats: float) -> None:
        """`nats`: what one unit of the model's log-affinity is worth."""
        self._model = model
        self._nats = nats

    def score(self, query: Query) -> np.ndarray:
        """(N,) float32 in [0, 1]."""
        items, weights = past_items(query)
        n = self._model.n_items
        if not len(items):
            return np.zeros(n, dtype=np.float32)
        affinity = self._model.affinity_of(items, weights)
        affinity *= np.float32(self._nats / NATS)
        return np.clip(affinity, 0.0, 1.0, out=affinity)

    def because(self, query: Query, positions: np.ndarray) -> Because:
        """Past purchases by their share of every product's affinity."""
        items, weights = past_items(query)
        return Because.of(items, self._model.contributions(items, weights, positions))
