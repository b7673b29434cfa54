"""Taste: which categories, colors, brands, prices and tags a shopper buys more of than others do."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from smartrec.recommend.base import Because, Query
from smartrec.recommend.entries import entries
from smartrec.recommend.freshness import Freshness
from smartrec.recommend.profile import Profile
from smartrec.recommend.signals.past import past_items
from smartrec.recommend.signals.scale import from_bottom

# A like of this session weighs as much as several purchases, and so does a dislike against its features.
LIKE = 3.0
DISLIKE = 3.0
# Twice as many as a reason names: some say the same ("Scarf", "scarf").
FAVORITES = 6


# Index of the product, column of the feature, and value, of every feature of some products.
_Entries = tuple[np.ndarray, np.ndarray, np.ndarray]


@dataclass(frozen=True, slots=True, eq=False)
class _Evidence:
    """One query's evidence.

    Attributes:
        items: (M,) int64, bought and liked products.
        carried: (M, F) float32, the weight of every one on every feature that it has.
        features: (F,) float32, nats of every feature.
    """

    items: np.ndarray
    carried: np.ndarray
    features: np.ndarray


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
        self._last: tuple[Query, _Evidence] | None = None
        self._shown: tuple[np.ndarray, _Entries] | None = None
        self._nats = nats[profile.group_of].astype(np.float32)

    def score(self, query: Query) -> np.ndarray:
        """(N,) float32 in [0, 1]."""
        known = self._evidence(query)
        if not len(known.items) and not query.disliked:
            return np.zeros(self._profile.matrix_.shape[0], dtype=np.float32)
        values = self._profile.matrix_ @ known.features
        appetite = self._fresh.appetite(query.history)
        if appetite:
            values += np.float32(self._fresh_nats * appetite) * self._fresh.log_ages_
        return from_bottom(values)

    def because(self, query: Query, positions: np.ndarray) -> Because:
        """Past and liked products by the share of a product's features that they have, weighed as in the score."""
        known = self._evidence(query)
        rows, columns, values = self._features_of(positions)
        worth = np.zeros((len(known.features), len(positions)), dtype=np.float32)
        worth[columns, rows] = values * np.maximum(known.features[columns], 0.0)
        return Because.of(known.items, known.carried @ worth)

    def favorites(self, query: Query, positions: np.ndarray, most: int = FAVORITES) -> list[tuple[str, ...]]:
        """The features of every product that speak most for it, by name."""
        rows, columns, values = self._features_of(positions)
        values = values * self._evidence(query).features[columns]
        speaking = np.flatnonzero(values > 0.0)
        best = speaking[(-values[speaking]).argsort(kind="stable")]
        found: list[list[str]] = [[] for _ in positions]
        names = self._profile.content.names
        for row, column in zip(rows[best].tolist(), columns[best].tolist(), strict=True):
            found[row].append(names[column])
        return [tuple(favored[:most]) for favored in found]

    def _features_of(self, positions: np.ndarray) -> _Entries:
        """`entries` of products; kept for the cards of one request."""
        shown = self._shown
        if shown is not None and shown[0] is positions:
            return shown[1]
        found = entries(self._profile.matrix_, positions)
        self._shown = (positions, found)
        return found

    def _evidence(self, query: Query) -> _Evidence:
        """What speaks of the shopper's taste; made once for a query."""
        last = self._last
        if last is not None and last[0] is query:
            return last[1]
        items, weights = past_items(query)
        if query.liked:
            liked = np.array(query.liked, dtype=np.int64)
            items = np.concatenate([items, liked])
            weights = np.concatenate([weights, np.full(len(liked), LIKE, np.float32)])
        carried = self._profile.dense(items) * weights[:, None]
        lifts = self._profile.lift(carried.sum(axis=0), float(weights.sum()))
        if query.disliked:
            bad = self._profile.dense(np.array(query.disliked, dtype=np.int64)).sum(axis=0)
            against = self._profile.lift(DISLIKE * bad, DISLIKE * len(query.disliked))
            lifts = lifts - np.maximum(against, 0.0)
        found = _Evidence(items, carried, lifts * self._nats)
        self._last = (query, found)
        return found
