"""What may not be shown among the first: outside the price asked for, ruled out by words, owned, disliked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from smartrec.catalog.schema import Catalog
from smartrec.recommend.base import Query
from smartrec.shoppers.schema import History
from smartrec.text.parsed import ParsedWords
from smartrec.text.postings import Postings

# One limit broken costs more than the whole range of a score, [-1, 1]: such a product comes only after all others.
PENALTY = 3.0
# Worn out or wanted in numbers: the same piece is bought again. Of all others one has one.
_AGAIN = ["Socks", "Tights", "Underwear", "Tee", "Tank", "Leggings", "Bodysuit", "Onesie", "Jeggings"]
REPLENISHED = frozenset((*_AGAIN, *map(str.lower, _AGAIN)))
_ANY_GENDER = ("", "unisex")


@dataclass(frozen=True, slots=True, eq=False)
class Limits:
    """Masks of one request.

    Attributes:
        broken: (N,) float32, number of limits that a product breaks; None if there is no limit.
        reasons: name of limit -> (N,) bool.
    """

    broken: np.ndarray | None
    reasons: dict[str, np.ndarray]

    def text(self, position: int) -> list[str]:
        """The limits that this product breaks, in plain words."""
        return [name for name, mask in self.reasons.items() if mask[position]]


class LimitRules:
    """Turns a query into limits; fitted to one catalog."""

    def __init__(self, catalog: Catalog, carriers: Postings) -> None:
        """`carriers`: who carries which tag."""
        self._carriers = carriers
        self._n = len(catalog)
        self._prices = catalog.prices
        self._categories, self._category_codes = np.unique(catalog.categories.astype(str), return_inverse=True)
        genders = catalog.table["gender"].fillna("").str.lower().to_numpy(dtype=object).astype(str)
        self._genders, self._gender_codes = np.unique(genders, return_inverse=True)
        self._replenished = np.isin(self._categories, list(REPLENISHED))[self._category_codes]

    def apply(self, query: Query) -> Limits:
        """The limits of one query."""
        reasons: dict[str, np.ndarray] = {}
        if query.parsed is not None:
            reasons.update(self._words(query.parsed))
        if len(query.history):
            reasons["you own it already"] = self._owned(query.history)
        if query.disliked:
            reasons["you did not like it"] = self._mask(query.disliked)
        reasons = {name: mask for name, mask in reasons.items() if mask.any()}
        if not reasons:
            return Limits(None, reasons)
        broken = np.zeros(self._n, dtype=np.float32)
        for mask in reasons.values():
            broken += mask
        return Limits(broken, reasons)

    def _words(self, parsed: ParsedWords) -> dict[str, np.ndarray]:
        reasons: dict[str, np.ndarray] = {}
        # An unknown price does not keep to a limit. Comparisons with NaN are False, so they are negated.
        if parsed.price_max is not None:
            reasons["costs more than you asked for"] = ~(self._prices <= parsed.price_max)
        if parsed.price_min is not None:
            reasons["costs less than you asked for"] = ~(self._prices >= parsed.price_min)
        if parsed.excluded or parsed.excluded_categories:
            mask = np.isin(self._categories, parsed.excluded_categories)[self._category_codes]
            for tag in parsed.excluded:
                mask[self._carriers.rows_of(tag)] = True
            reasons["you ruled it out"] = mask
        if parsed.gender:
            fitting = np.isin(self._genders, (*_ANY_GENDER, parsed.gender))
            reasons["made for others"] = ~fitting[self._gender_codes]
        return reasons

    def _owned(self, history: History) -> np.ndarray:
        return self._mask(history.items) & ~self._replenished

    def _mask(self, positions: Sequence[int] | np.ndarray) -> np.ndarray:
        mask = np.zeros(self._n, dtype=bool)
        mask[np.asarray(positions, dtype=np.int64)] = True
        return mask
