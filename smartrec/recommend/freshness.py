"""Appetite for the new: whether a shopper buys what has just come in or what has proved itself."""

from __future__ import annotations

import numpy as np

from smartrec.recommend.purchases import Purchases, days_between
from smartrec.shoppers.schema import History

# Days added to an age before its log: the first week and the second are much the same.
_SOFT_DAYS = 10.0
# Purchases of an average shopper that every appetite starts with.
_SMOOTHING = 2.0


class Freshness:
    """Log-ages of products since their first sale, and of every shopper's purchases when they were made.

    Attributes:
        first_: (N,) datetime64[ns] of the first sale; the end of the past for products never sold.
        mean_: mean log-age of all purchases.
        log_ages_: (N,) float32 at the end of the past, less the mean.
    """

    def fit(self, past: Purchases) -> Freshness:
        """Find the first sale of every product."""
        end = past.end()
        first = np.full(past.n_items, end, dtype="datetime64[ns]")
        np.minimum.at(first, past.items, past.times)
        self.first_ = first
        ages = self._log_age(past.items, past.times)
        self.mean_ = float(ages.mean()) if len(ages) else 0.0
        everything = np.arange(past.n_items)
        self.log_ages_ = (self._log_age(everything, np.full(past.n_items, end)) - self.mean_).astype(np.float32)
        return self

    def appetite(self, history: History) -> float:
        """Mean log-age of what the shopper bought, less everyone's: below 0 for those who buy the new."""
        n = len(history)
        if not n:
            return 0.0
        ages = self._log_age(history.items, history.times)
        return float((ages - self.mean_).sum() / (n + _SMOOTHING))

    def _log_age(self, items: np.ndarray, times: np.ndarray) -> np.ndarray:
        ages = -days_between(times, np.datetime64(0, "ns")) + days_between(self.first_[items], np.datetime64(0, "ns"))
        return np.log(np.maximum(ages, 0.0) + _SOFT_DAYS)
