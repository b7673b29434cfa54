"""Cards from an order: every product with its terms, its reason and the past purchases responsible."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np

from smartrec.catalog.schema import Catalog
from smartrec.recommend import explain
from smartrec.recommend.base import SIGNALS, Because, Query, Recommendation, Signal
from smartrec.recommend.limits import PENALTY, Limits
from smartrec.recommend.shelf import Shelf

MOST_PAST = 3


@runtime_checkable
class Matches(Protocol):
    """A signal that can name the tags of the query that a product carries."""

    def matched(self, query: Query, position: int) -> tuple[str, ...]: ...


@runtime_checkable
class Favors(Protocol):
    """A signal that can name the features of products that the shopper favors."""

    def favorites(self, query: Query, positions: np.ndarray) -> list[tuple[str, ...]]: ...


@dataclass(frozen=True, slots=True, eq=False)
class Chosen:
    """The first K products of a request.

    Attributes:
        query: the request.
        positions: (K,) int64, best first.
        terms: (7, K) float64, weight x value in the order of `SIGNALS`.
        penalties: (K,) float64, what diversity takes off.
        limits: what may not be shown among the first.
        without: name of signal -> (K,) ranks without it.
    """

    query: Query
    positions: np.ndarray
    terms: np.ndarray
    penalties: np.ndarray
    limits: Limits
    without: Mapping[str, Sequence[int]]


class CardMaker:
    """Makes all cards of a request at once."""

    def __init__(self, catalog: Catalog, signals: Mapping[str, Signal], shelf: Shelf) -> None:
        """`signals`: one of every name of `SIGNALS`, in that order."""
        self._ids = catalog.ids
        self._signals = signals
        self._shelf = shelf
        tags, taste = signals["tags"], signals["taste"]
        self._matcher = tags if isinstance(tags, Matches) else None
        self._taste = taste if isinstance(taste, Favors) else None

    def make(self, chosen: Chosen) -> list[Recommendation]:
        """The cards, in order."""
        query, positions = chosen.query, chosen.positions
        names = [SIGNALS[i] for i in np.flatnonzero(chosen.terms.any(axis=1))]
        because = {name: self._signals[name].because(query, positions) for name in names}
        because = {name: found for name, found in because.items() if len(found.items)}
        responsible = {name: self._responsible(query, found) for name, found in because.items()}
        past = pooled(because, dict(zip(SIGNALS, chosen.terms, strict=True)), len(positions))
        favorites = self._taste.favorites(query, positions) if self._taste is not None else [()] * len(positions)
        asked = explain.asked_by(query)
        cards = []
        for place, position in enumerate(positions.tolist()):
            terms = _terms(chosen, place, position)
            facts = explain.Facts(
                product=self._shelf.product(position),
                terms=terms,
                matched=self._matcher.matched(query, position) if self._matcher is not None else (),
                because={name: found for name, every in responsible.items() if (found := every[place]) is not None},
                favorites=favorites[place],
                limits=tuple(chosen.limits.text(position)),
                photo=query.finding is not None,
                asked=asked,
            )
            ranks = {name: every[place] for name, every in chosen.without.items()}
            cards.append(self._card(facts, place, position, past[place], ranks))
        return cards

    def _card(
        self, facts: explain.Facts, place: int, position: int, past: list[int], ranks: Mapping[str, int]
    ) -> Recommendation:
        return Recommendation(
            rank=place + 1,
            product=facts.product,
            position=position,
            score=sum(facts.terms.values()),
            terms=facts.terms,
            reason=explain.reason(facts),
            because_of=tuple(str(self._ids[item]) for item in past),
            rank_without=ranks,
            matched=facts.matched,
        )

    def _responsible(self, query: Query, because: Because) -> list[explain.Responsible | None]:
        """For every product the past one that is most responsible."""
        best = because.shares.argmax(axis=0)
        shares = because.shares.max(axis=0).tolist()
        return [
            explain.Responsible(self._shelf.title(item), share, liked=item in query.liked) if share > 0.0 else None
            for item, share in zip(because.items[best].tolist(), shares, strict=True)
        ]


def _terms(chosen: Chosen, place: int, position: int) -> dict[str, float]:
    terms = dict(zip(SIGNALS, chosen.terms[:, place].tolist(), strict=True))
    penalty = float(chosen.penalties[place])
    if penalty:
        terms["diversity"] = penalty
    broken = chosen.limits.broken
    if broken is not None and broken[position]:
        terms["limits"] = -PENALTY * float(broken[position])
    return terms


def pooled(
    because: Mapping[str, Because], terms: Mapping[str, np.ndarray], count: int, most: int = MOST_PAST
) -> list[list[int]]:
    """For each of `count` products the past ones by their share of the personal terms together, at most `most`.

    Args:
        because: name of signal -> who is responsible for its scores.
        terms: name of signal -> (K,) float64.
        count: K.
        most: past products of one product.
    """
    if not because:
        return [[] for _ in range(count)]
    items, places = np.unique(np.concatenate([found.items for found in because.values()]), return_inverse=True)
    amounts = np.zeros((len(items), count))
    np.add.at(amounts, places, np.concatenate([found.shares * terms[name] for name, found in because.items()]))
    best = np.argsort(-amounts, axis=0, kind="stable")[:most]
    responsible = np.take_along_axis(amounts, best, axis=0) > 0.0
    return [items[column[known]].tolist() for column, known in zip(best.T, responsible.T, strict=True)]
