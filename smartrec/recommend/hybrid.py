"""The ranker: a weighted sum of signals, with terms that add up to the score and reasons made from the terms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from smartrec.catalog.schema import Catalog
from smartrec.errors import WeightsError
from smartrec.recommend import explain
from smartrec.recommend.base import SIGNALS, Query, Recommendation, Signal
from smartrec.recommend.cards import CardMaker, Chosen
from smartrec.recommend.limits import LimitRules
from smartrec.recommend.ranking import orders, ranks_in
from smartrec.recommend.shelf import Shelf
from smartrec.recommend.similarity import Similarity
from smartrec.recommend.weights import PRESETS, Weights


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
        self._cards = CardMaker(catalog, self.signals, shelf)

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
        less = np.tile(raw, (1 + len(counted), 1))
        less[np.arange(1, len(less)), counted] = 0.0
        mixes = normalised(less, active)
        found = orders(values, mixes, limits.broken, self.similarity, chosen.diversity, query.k + 1)
        shown = found[0].positions[: query.k + 1]
        without = {SIGNALS[i]: ranks for i, ranks in zip(counted, ranks_in(found[1:], shown), strict=True)}
        terms = mixes[0][:, None] * values[:, shown].astype(np.float64)
        cards = self._cards.make(Chosen(query, shown, terms, found[0].penalties, limits, without))
        items, rest = cards[: query.k], cards[query.k :]
        why = explain.why_lost(rest[0], items[-1]) if rest and items else ""
        return RankedList(items, rest[0] if rest else None, why, chosen, values)


def normalised(raw: np.ndarray, active: np.ndarray) -> np.ndarray:
    """(R, S) float64 weights of the signals that know something, each row summing to 1: scores lie in [0, 1]."""
    used = np.where(active, raw, 0.0)
    total = used.sum(axis=1, keepdims=True)
    return np.divide(used, total, out=used, where=total > 0.0)
