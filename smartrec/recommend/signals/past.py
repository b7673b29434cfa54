"""The shopper's past as one weighted row, the same for every personal signal."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from smartrec.recommend.base import Query
from smartrec.recommend.profile import HALF_LIFE_DAYS
from smartrec.recommend.purchases import days_between


@lru_cache(maxsize=4)
def past_items(query: Query) -> tuple[np.ndarray, np.ndarray]:
    """Different past products (M,) int64 and their weights (M,) float32: purchases of late count more, repeats add."""
    history, now = query.history, query.now
    known = np.ones(len(history), dtype=bool) if now is None else history.times <= now
    items, times = history.items[known], history.times[known]
    if not len(items):
        return np.empty(0, np.int64), np.empty(0, np.float32)
    at = times.max() if now is None else now
    weights = np.exp2(-days_between(times, at) / HALF_LIFE_DAYS)
    different, place = np.unique(items, return_inverse=True)
    return different, np.bincount(place, weights=weights).astype(np.float32)
