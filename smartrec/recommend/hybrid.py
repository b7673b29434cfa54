"""The ranker: a weighted sum of signals, with terms that add up to the score and reasons made from the terms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

import numpy as np

from smartrec.catalog.schema import Catalog
from smartrec.errors import WeightsError
from smartrec.recommend import explain
from smartrec.recommend.base import SIGNALS, Query, Recommendation, Signal
from smartrec.recommend.limits import PENALTY, LimitRules, Limits
from smartrec.recommend.ranking import Order, orders
from smartrec.recommend.shelf import Shelf
from smartrec.recommend.similarity import Similarity
from smartrec.recommend.weights import PRESETS, Weights


@runtime_checkable
class Matches(Protocol):
    """A signal that can name the tags of the query that a product carries."""

    def matched(self, query: Query, position: int) -> tuple[str, ...]: ...


@runtime_checkable
class Favors(Protocol):
    """A signal that can name the features of a product that the shopper favors."""

    def favorites(self, query: Query, position: int) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True, eq=False)
class RankedList:
    """The answer to one query.

    Attributes:
        items: the cards, best first; scores never increase.
        eleventh: the first that got no card; None if the catalog has no more.
        why_eleventh_lost: one line; "" without an eleventh.
        weights: the set that was used.
        values: (7, N) float32, the signals in the order of `SIGNALS`.
    """

    items: list[Recommendation]
    eleventh: Recommendation | None
    why_eleventh_lost: str
    weights: Weights
    values: np.ndarray = field(repr=False)


@dataclass(frozen=True, slots=True, eq=False)
class _Ranked:
    """One request on its way to cards.

    Attributes:
        query: the request.
        values: (7, K) float64, the signals of the cards in the order of `SIGNALS`.
        shares: (7,) float64, the weights of the signals that know something, summing to 1.
        limits: what may not be shown among the first.
        order: of all products.
        without: name of signal -> (K,) ranks of the cards without it.
    """

    query: Query
    values: np.ndarray
    shares: np.ndarray
    limits: Limits
    order: Order
    without: Mapping[str, list[int]]


class Ranker:
    """Ranks a whole catalog for one query."""

    def __init__(
        self,
        catalog: Catalog,
        signals: Sequence[Signal],
        rules: LimitRules,
        shelf: Shelf,
        weights: Weights = PRESETS["balanced"],
        similarity: Similarity | None = None,
    ) -> None:
        """A ranker of one catalog.

        Args:
            catalog: the products.
            signals: one of every name of `SIGNALS`.
            rules: what may not be shown among the first.
            shelf: gives single products.
            weights: where a request does not say.
            similarity: likeness of products, for diversity.
        """
        by_name = {signal.name: signal for signal in signals}
        missing = sorted(set(SIGNALS) - set(by_name))
        if missing:
            raise WeightsError(f"Expected one signal of every name. Missing: {', '.join(missing)}")
        self.catalog = catalog
        self.signals: dict[str, Signal] = {name: by_name[name] for name in SIGNALS}
        self.weights = weights
        self.similarity = similarity
        self._rules = rules
        self._shelf = shelf
        tags, taste = self.signals["tags"], self.signals["taste"]
        self._matcher = tags if isinstance(tags, Matches) else None
        self._taste = taste if isinstance(taste, Favors) else None

    def values(self, query: Query) -> np.ndarray:
        """(7, N) float32: every signal's scores in the order of `SIGNALS`."""
        found = np.empty((len(SIGNALS), len(self.catalog)), dtype=np.float32)
        for row, signal in enumerate(self.signals.values()):
            found[row] = signal.score(query)
        return found

    def recommend(self, query: Query, weights: Weights | None = None) -> RankedList:
        """The `query.k` best products with their reasons."""
        return self.rank(query, self.values(query), weights)

    def rank(self, query: Query, values: np.ndarray, weights: Weights | None = None) -> RankedList:
        """As `recommend`, on signals that were scored before (for sliders)."""
        chosen = weights or self.weights
        raw = np.array([chosen.values[name] for name in SIGNALS])
        active = values.max(axis=1) > 0.0
        limits = self._rules.apply(query)
        counted = [i for i in range(len(SIGNALS)) if raw[i] > 0.0 and active[i]]
        less = [raw, *(np.where(np.arange(len(raw)) == i, 0.0, raw) for i in counted)]
        mixes = np.stack([normalised(row, active) for row in less])
        found = orders(values, mixes, limits.broken, self.similarity, chosen.diversity, query.k + 1)
        shown = found[0].positions[: query.k + 1].tolist()
        without = {SIGNALS[i]: other.ranks(shown) for i, other in zip(counted, found[1:], strict=True)}
        ranked = _Ranked(query, values[:, shown].astype(np.float64), mixes[0], limits, found[0], without)
        cards = [self._card(ranked, place, position) for place, position in enumerate(shown)]
        items, rest = cards[: query.k], cards[query.k :]
        why = explain.why_lost(rest[0], items[-1]) if rest and items else ""
        return RankedList(items, rest[0] if rest else None, why, chosen, values)

    def _card(self, ranked: _Ranked, place: int, position: int) -> Recommendation:
        terms = self._terms(ranked, place, position)
        because = {
            name: signal.because(ranked.query, position) for name, signal in self.signals.items() if terms[name] > 0.0
        }
        product = self._shelf.product(position)
        matched = self._matched(ranked.query, position)
        facts = explain.Facts(
            product=product,
            terms=terms,
            matched=matched,
            because={name: self._responsible(ranked.query, found) for name, found in because.items() if found},
            favorites=self._favorites(ranked.query, position),
            limits=tuple(ranked.limits.text(position)),
            photo=ranked.query.finding is not None,
        )
        return Recommendation(
            rank=place + 1,
            product=product,
            position=position,
            score=sum(terms.values()),
            terms=terms,
            reason=explain.reason(facts),
            because_of=tuple(str(self.catalog.ids[p]) for p in pooled(because, terms)),
            rank_without={name: ranks[place] for name, ranks in ranked.without.items()},
            matched=matched,
        )

    def _responsible(self, query: Query, because: list[tuple[int, float]]) -> explain.Responsible:
        position, share = because[0]
        return explain.Responsible(self._shelf.title(position), share, liked=position in query.liked)

    def _matched(self, query: Query, position: int) -> tuple[str, ...]:
        return self._matcher.matched(query, position) if self._matcher is not None else ()

    def _favorites(self, query: Query, position: int) -> tuple[str, ...]:
        return self._taste.favorites(query, position) if self._taste is not None else ()

    def _terms(self, ranked: _Ranked, place: int, position: int) -> dict[str, float]:
        terms = dict(zip(SIGNALS, (ranked.shares * ranked.values[:, place]).tolist(), strict=True))
        penalty = float(ranked.order.penalties[place])
        if penalty:
            terms["diversity"] = penalty
        broken = ranked.limits.broken
        if broken is not None and broken[position]:
            terms["limits"] = -PENALTY * float(broken[position])
        return terms


def pooled(because: Mapping[str, list[tuple[int, float]]], terms: Mapping[str, float], most: int = 3) -> list[int]:
    """Past products by their share of the personal terms together, greatest first, at most `most`."""
    shares: dict[int, float] = {}
    for name, found in because.items():
        for past, share in found:
            shares[past] = shares.get(past, 0.0) + terms[name] * share
    return sorted(shares, key=lambda past: (-shares[past], past))[:most]


def normalised(raw: np.ndarray, active: np.ndarray) -> np.ndarray:
    """(S,) float64 weights of the signals that know something, summing to 1, so that a score lies in [0, 1]."""
    used = np.where(active, raw, 0.0)
    total = used.sum()
    return used / total if total > 0 else used
