"""Words: how well a product's text and tags answer the shopper's words."""

from __future__ import annotations

from typing import Protocol

import numpy as np

from smartrec.recommend.base import Because, Query
from smartrec.text.parsed import ParsedWords
from smartrec.text.postings import Postings


class TextScorer(Protocol):
    """What the words signal needs of a text index."""

    def score(self, parsed: ParsedWords) -> np.ndarray:
        """(N,) float32 in [0, 1]."""
        ...


class WordsSignal:
    """How well texts and tags answer the words: the text index, or the share of the tags asked for without one."""

    name = "words"

    def __init__(self, carriers: Postings, index: TextScorer | None) -> None:
        """`carriers`: who carries which tag; `index` is None for a shop without texts, then only tags count."""
        self._carriers = carriers
        self._index = index

    def score(self, query: Query) -> np.ndarray:
        """(N,) float32 in [0, 1]."""
        parsed = query.parsed
        values = np.zeros(self._carriers.size, dtype=np.float32)
        if parsed is None or parsed.empty:
            return values
        if self._index is not None:
            return np.clip(self._index.score(parsed), 0.0, 1.0).astype(np.float32, copy=False)
        for tag in dict.fromkeys(parsed.tags):
            self._carriers.add(tag, 1.0 / len(parsed.tags), values)
        return np.minimum(values, np.float32(1.0), out=values)

    def because(self, query: Query, positions: np.ndarray) -> Because:
        """No past purchase is responsible."""
        return Because.nobody(len(positions))
