"""The shared shapes of ranking: a query, a signal, a recommendation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

import numpy as np

from smartrec.attributes.tag import ScoredTag
from smartrec.catalog.schema import Product
from smartrec.shoppers.schema import History
from smartrec.text.parsed import ParsedWords
from smartrec.vision.finding import Finding

# Names of the terms of a score, in the order in which they are shown.
SIGNALS = ("look", "category", "tags", "words", "history", "taste", "popularity")


@dataclass(frozen=True, slots=True, eq=False)
class Query:
    """What one request asks for.

    Attributes:
        history: the shopper's purchases up to `now`; empty for a new shopper.
        finding: the photo's finding, or None.
        tags: tags of the photo with scores, empty without a photo.
        parsed: the understood words, or None.
        k: number of cards.
        now: the time of asking, naive UTC; signals may use nothing later.
        liked: catalog positions liked in this session.
        disliked: catalog positions disliked in this session.
    """

    history: History
    finding: Finding | None = None
    tags: tuple[ScoredTag, ...] = ()
    parsed: ParsedWords | None = None
    k: int = 10
    now: np.datetime64 | None = None
    liked: tuple[int, ...] = ()
    disliked: tuple[int, ...] = ()

    @property
    def asks(self) -> bool:
        """Whether there is a photo or words, so that the query leads; otherwise the history does."""
        return self.finding is not None or (self.parsed is not None and not self.parsed.empty)


@dataclass(frozen=True, slots=True, eq=False)
class Because:
    """Products of the shopper's past that are responsible for the scores of K products.

    Attributes:
        items: (M,) int64 catalog positions of past products.
        shares: (M, K) float64 in [0, 1]; the shares of one product add up to 1, or are all 0 if none is responsible.
    """

    items: np.ndarray
    shares: np.ndarray

    @classmethod
    def of(cls, items: np.ndarray, amounts: np.ndarray) -> Because:
        """Shares of the positive `amounts` (M, K)."""
        shares = np.maximum(amounts, 0.0, dtype=np.float64)
        total = shares.sum(axis=0)
        return cls(items, np.divide(shares, total, out=shares, where=total > 0.0))

    @classmethod
    def nobody(cls, count: int) -> Because:
        """No past product is responsible for any of `count` products."""
        return cls(np.empty(0, np.int64), np.empty((0, count)))


@runtime_checkable
class Signal(Protocol):
    """One source of evidence. Implementations are fitted once and never changed by scoring.

    `score` returns (N,) float32 in [0, 1] aligned with the catalog; all zeros where the signal knows nothing.
    `because` says which products of the shopper's past are responsible for the scores of the products at `positions`.
    """

    name: str

    def score(self, query: Query) -> np.ndarray: ...

    def because(self, query: Query, positions: np.ndarray) -> Because: ...


@dataclass(frozen=True, slots=True)
class Recommendation:
    """One card.

    Attributes:
        rank: 1 for the best.
        position: catalog position of the product.
        score: the sum of `terms`, to 1e-6.
        terms: name of signal (or "diversity") -> weight x value.
        reason: one line in plain words, made from the terms alone.
        because_of: ids of past purchases that are responsible, most responsible first.
        rank_without: name of signal -> the rank this product would have without it.
        matched: tags of the query that the product carries.
    """

    rank: int
    product: Product
    position: int
    score: float
    terms: Mapping[str, float]
    reason: str
    because_of: tuple[str, ...] = ()
    rank_without: Mapping[str, int] = field(default_factory=dict)
    matched: tuple[str, ...] = ()
