"""Taste: the shopper's own profile of categories, colors, tags, brands and prices, recent purchases heavier."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from smartrec.recommend.base import Query
from smartrec.recommend.content import Content
from smartrec.recommend.signals.history import past_items, trust

# A like of this session weighs as much as several recent purchases; a dislike shifts the scale by this much.
LIKE = 3.0
DISLIKE = 0.4


class TasteSignal:
    """Likeness of a product's features to those of what was bought and liked, less that to what was disliked."""

    name = "taste"

    def __init__(self, content: Content) -> None:
        self._rows = content.unit_rows()

    def score(self, query: Query) -> np.ndarray:
        """(N,) float32 in [0, 1]."""
        items, heavy = _evidence(query)
        values = np.zeros(self._rows.shape[0], dtype=np.float32)
        if len(items):
            values = self._likeness(items, heavy) * np.float32(trust(len(items)))
        if query.disliked:
            bad = self._likeness(np.array(query.disliked), np.ones(len(query.disliked), np.float32))
            values = (values + DISLIKE * (1.0 - bad)) / (1.0 + DISLIKE)
        return np.clip(values, 0.0, 1.0).astype(np.float32)

    def because(self, query: Query, position: int) -> list[tuple[int, float]]:
        """Past purchases by their share of the likeness."""
        items, heavy = _evidence(query)
        if not len(items):
            return []
        shares = np.asarray((self._rows[items] @ self._rows[position].T).todense()).ravel() * heavy
        total = float(shares.sum())
        order = np.argsort(-shares, kind="stable")
        return [(int(items[i]), float(shares[i]) / total) for i in order if shares[i] > 0]

    def _likeness(self, items: np.ndarray, heavy: np.ndarray) -> np.ndarray:
        profile = sparse.csr_matrix(heavy[None, :]) @ self._rows[items]
        norm = float(np.sqrt(profile.multiply(profile).sum()))
        if norm == 0.0:
            return np.zeros(self._rows.shape[0], dtype=np.float32)
        return np.asarray(self._rows @ (profile.toarray().ravel() / norm))


def _evidence(query: Query) -> tuple[np.ndarray, np.ndarray]:
    items, heavy = past_items(query)
    liked = np.array(query.liked, dtype=np.int64)
    return np.r_[items, liked], np.r_[heavy, np.full(len(liked), LIKE, np.float32)].astype(np.float32)
