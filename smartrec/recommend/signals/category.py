"""Category: the kind of garment that the words name, or that the photo shows."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from smartrec.catalog.schema import Catalog
from smartrec.recommend.base import Because, Query


class CategorySignal:
    """1 for the category asked for in words, or most probable in the photo; others as they are as probable as that.

    So a sure detector decides, and an unsure one leaves it to the look which of several categories it is. Words win
    over the photo: "jeans to go with this" asks for jeans.
    """

    name = "category"

    def __init__(self, catalog: Catalog) -> None:
        names, self._codes = np.unique(catalog.categories.astype(str), return_inverse=True)
        self._columns = {name.lower(): i for i, name in enumerate(names)}
        # Most names come as the catalog writes them.
        self._written = {str(name): self._columns[name.lower()] for name in names}
        self._count = max(len(names), 1)

    def score(self, query: Query) -> np.ndarray:
        """(N,) float32 in [0, 1]."""
        return self._by_category(query)[self._codes]

    def because(self, query: Query, positions: np.ndarray) -> Because:
        """No past purchase is responsible."""
        return Because.nobody(len(positions))

    def _by_category(self, query: Query) -> np.ndarray:
        values = [0.0] * self._count
        if query.parsed is not None and query.parsed.categories:
            self._put(values, dict.fromkeys(query.parsed.categories, 1.0))
        elif query.finding is not None:
            probabilities = query.finding.heads["category"]
            best = query.finding.category
            top = max(float(probabilities.get(best, 0.0)), 1e-6)
            self._put(values, {name: min(p / top, 1.0) for name, p in probabilities.items()})
            self._put(values, {best: 1.0})
        return np.array(values, dtype=np.float32)

    def _put(self, values: list[float], by_name: Mapping[str, float]) -> None:
        for name, value in by_name.items():
            column = self._written.get(name)
            if column is None:
                column = self._columns.get(name.lower())
            if column is not None:
                values[column] = value
