"""Cards from an order: every product with its terms, its reason and the past purchases responsible."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import Protocol, TypeVar, runtime_checkable

import numpy as np

from smartrec.catalog.schema import Catalog
from smartrec.recommend import explain
from smartrec.recommend.base import SIGNALS, Because, Query, Recommendation, Signal
from smartrec.recommend.limits import PENALTY, Limits
from smartrec.recommend.shelf import Shelf

MOST_PAST = 3
_Value = TypeVar("_Value")


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
        terms, without = _terms(chosen), _by_place(chosen.without, len(positions))
        culprits = _by_place(responsible, len(positions))
        cards = []
        for place, position in enumerate(positions.tolist()):
            facts = explain.Facts(
                product=self._shelf.product(position),
                terms=terms[place],
                matched=self._matcher.matched(query, position) if self._matcher is not None else (),
                because=culprits[place],
                favorites=favorites[place],
                limits=tuple(chosen.limits.text(position)),
                photo=query.finding is not None,
                asked=asked,
            )
            cards.append(self._card(facts, place, position, past[place], without[place]))
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
            explain.Responsible(self._shelf.title(item), share, item in query.liked) if share > 0.0 else None
            for item, share in zip(because.items[best].tolist(), shares, strict=True)
        ]


def _terms(chosen: Chosen) -> list[dict[str, float]]:
    """For every product its terms by name, diversity and limits where there are any."""
    found = [dict(zip(SIGNALS, column, strict=True)) for column in chosen.terms.T.tolist()]
    for terms, penalty in zip(found, chosen.penalties.tolist(), strict=False):
        if penalty:
            terms["diversity"] = penalty
    broken = chosen.limits.broken
    if broken is not None:
        for terms, count in zip(found, broken[chosen.positions].tolist(), strict=True):
            if count:
                terms["limits"] = -PENALTY * count
    return found


def _by_place(by_name: Mapping[str, Sequence[_Value | None]], count: int) -> list[dict[str, _Value]]:
    """{name: K values} as K dictionaries, without the values that are None."""
    found: list[dict[str, _Value]] = [{} for _ in range(count)]
    for name, values in by_name.items():
        for place, value in enumerate(values):
            if value is not None:
                found[place][name] = value
    return found


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
    items, amounts = _together([(found.items, found.shares * terms[name]) for name, found in because.items()], count)
    best = np.argsort(-amounts, axis=0, kind="stable")[:most]
    responsible = (amounts[best, np.arange(count)] > 0.0).T.tolist()
    return [list(compress(past, known)) for past, known in zip(items[best].T.tolist(), responsible, strict=True)]


def _together(parts: list[tuple[np.ndarray, np.ndarray]], count: int) -> tuple[np.ndarray, np.ndarray]:
    """Different items (M,), in order, and the sums of their amounts (M, K), of several of such pairs."""
    items, first = parts[0]
    if all(others is items for others, _ in parts) and (items[1:] > items[:-1]).all():
        return items, sum((amounts for _, amounts in parts[1:]), first)
    items, places = np.unique(np.concatenate([some for some, _ in parts]), return_inverse=True)
    total = np.zeros((len(items), count))
    np.add.at(total, places, np.concatenate([amounts for _, amounts in parts]))
    return items, total
