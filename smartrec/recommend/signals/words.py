"""Words: how well a product's text and tags answer the shopper's words."""

from __future__ import annotations

from typing import Protocol

import numpy as np

from smartrec.catalog.schema import Catalog
from smartrec.recommend.base import Query
from smartrec.recommend.signals.tags import tag_matrix
from smartrec.text.parsed import ParsedWords

# A tag that is asked for and carried is surer than a likeness of texts.
TAG_SHARE = 0.6


class TextScorer(Protocol):
    """What the words signal needs of a text index."""

    def score(self, parsed: ParsedWords) -> np.ndarray:
        """(N,) float32 in [0, 1]."""
        ...


class WordsSignal:
    """The share of the tags asked for that a product carries, blended with the likeness of texts."""

    name = "words"

    def __init__(self, catalog: Catalog, index: TextScorer | None) -> None:
        """`index` is None for a shop without texts; then only tags count."""
        self._matrix, self._columns = tag_matrix(catalog)
        self._index = index

    def score(self, query: Query) -> np.ndarray:
        """(N,) float32 in [0, 1]."""
        parsed = query.parsed
        if parsed is None or parsed.empty:
            return np.zeros(self._matrix.shape[0], dtype=np.float32)
        columns = [self._columns[tag] for tag in parsed.tags if tag in self._columns]
        text = self._text(parsed)
        if not parsed.tags:
            return text
        weights = np.zeros(self._matrix.shape[1], dtype=np.float32)
        weights[columns] = 1.0 / len(parsed.tags)
        carried = self._matrix @ weights
        return np.clip(TAG_SHARE * carried + (1.0 - TAG_SHARE) * text, 0.0, 1.0).astype(np.float32)

    def because(self, query: Query, position: int) -> list[tuple[int, float]]:
        """No past purchase is responsible."""
        return []

    def _text(self, parsed: ParsedWords) -> np.ndarray:
        if self._index is None:
            return np.zeros(self._matrix.shape[0], dtype=np.float32)
        return np.clip(self._index.score(parsed), 0.0, 1.0).astype(np.float32)
