"""Popularity: what many people bought lately."""

from __future__ import annotations

import numpy as np

from smartrec.recommend.base import Query
from smartrec.recommend.purchases import Purchases

HALF_LIFE_DAYS = 30.0


class PopularitySignal:
    """Purchases of the past, each half as heavy as one a half-life later; the most bought is 1."""

    name = "popularity"

    def __init__(self, purchases: Purchases, half_life: float = HALF_LIFE_DAYS) -> None:
        self._purchases = purchases
        self._half_life = half_life
        self._last: tuple[np.datetime64, np.ndarray] | None = None

    def score(self, query: Query) -> np.ndarray:
        """(N,) float32 in [0, 1]; nothing at or after `query.now` counts."""
        now = self._purchases.end() if query.now is None else query.now
        if self._last is None or self._last[0] != now:
            self._last = (now, self._at(now))
        return self._last[1]

    def because(self, query: Query, position: int) -> list[tuple[int, float]]:
        """It is other people's purchases that are responsible."""
        return []

    def _at(self, now: np.datetime64) -> np.ndarray:
        past = self._purchases.before(now)
        heavy = np.exp2(-past.days_before(now) / self._half_life)
        counts = np.log1p(np.bincount(past.items, weights=heavy, minlength=past.n_items))
        top = counts.max() if len(past) else 0.0
        return (counts / top if top > 0 else np.zeros(past.n_items)).astype(np.float32)
