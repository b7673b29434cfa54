"""Words: how well a product's text and tags answer the shopper's words."""

from __future__ import annotations

from typing import Protocol

import numpy as np

from smartrec.catalog.schema import Catalog
from smartrec.recommend.base import Query
from smartrec.recommend.signals.tags import tag_matrix
from smartrec.text.parsed import ParsedWords


class TextScorer(Protocol):
    """What the words signal needs of a text index."""

    def score(self, parsed: ParsedWords) -> np.ndarray:
        """(N,) float32 in [0, 1]."""
        ...


class WordsSignal:
    """How well texts and tags answer the words: the text index, or the share of the tags asked for without one."""

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
        if self._index is not None:
            return np.clip(self._index.score(parsed), 0.0, 1.0).astype(np.float32)
        columns = [self._columns[tag] for tag in parsed.tags if tag in self._columns]
        weights = np.zeros(self._matrix.shape[1], dtype=np.float32)
        weights[columns] = 1.0 / max(len(parsed.tags), 1)
        return np.clip(self._matrix @ weights, 0.0, 1.0).astype(np.float32)

    def because(self, query: Query, position: int) -> list[tuple[int, float]]:
        """No past purchase is responsible."""
        return []
