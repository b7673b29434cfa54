"""Taste: which categories, colors, brands, prices and tags a shopper buys more of than others do."""

from __future__ import annotations

import numpy as np

from smartrec.recommend.base import Query
from smartrec.recommend.freshness import Freshness
from smartrec.recommend.profile import Profile
from smartrec.recommend.signals.past import past_items, ranked_shares
from smartrec.recommend.signals.scale import from_bottom

# A like of this session weighs as much as several purchases, and so does a dislike against its features.
LIKE = 3.0
DISLIKE = 3.0


class TasteSignal:
    """Sum over groups of features of learned weight x log-lift, and of the appetite for the new.

    What was liked in this session counts as bought; the features of what was disliked count against a product.
    """

    name = "taste"

    def __init__(self, profile: Profile, nats: np.ndarray, fresh: Freshness, fresh_nats: float) -> None:
        """`nats`: (G,) what one unit of log-lift is worth in every group; `fresh_nats`: the same of freshness."""
        self._profile = profile
        self._fresh = fresh
        self._fresh_nats = fresh_nats
        self._nats = nats[profile.group_of].astype(np.float32)

    def score(self, query: Query) -> np.ndarray:
        """(N,) float32 in [0, 1]."""
        items, _ = _evidence(query)
        if not len(items) and not query.disliked:
            return np.zeros(self._profile.matrix_.shape[0], dtype=np.float32)
        values = self._profile.matrix_ @ self._features(query)
        appetite = self._fresh.appetite(query.history)
        if appetite:
            values += np.float32(self._fresh_nats * appetite) * self._fresh.log_ages_
        return from_bottom(values)

    def because(self, query: Query, position: int) -> list[tuple[int, float]]:
        """Past and liked products by the share of this product's features that they have, weighed as in the score."""
        items, weights = _evidence(query)
        if not len(items):
            return []
        row = self._profile.matrix_[position].toarray().ravel() * np.maximum(self._features(query), 0.0)
        return ranked_shares(items, (self._profile.content.matrix[items] @ row) * weights)

    def favorites(self, query: Query, position: int, most: int = 3) -> tuple[str, ...]:
        """The features of this product that speak most for it, by name."""
        row = self._profile.matrix_[position]
        values = row.data * self._features(query)[row.indices]
        best = np.argsort(-values, kind="stable")[:most]
        return tuple(self._profile.content.names[row.indices[i]] for i in best if values[i] > 0.0)

    def _features(self, query: Query) -> np.ndarray:
        """(F,) float32: nats of every feature."""
        items, weights = _evidence(query)
        lifts = self._profile.lift(items, weights)
        if query.disliked:
            bad = np.array(query.disliked, dtype=np.int64)
            heavy = np.full(len(bad), DISLIKE, np.float32)
            lifts = lifts - np.maximum(self._profile.lift(bad, heavy), 0.0)
        return lifts * self._nats


def _evidence(query: Query) -> tuple[np.ndarray, np.ndarray]:
    items, weights = past_items(query)
    liked = np.array(query.liked, dtype=np.int64)
    return np.r_[items, liked], np.r_[weights, np.full(len(liked), LIKE, np.float32)].astype(np.float32)
