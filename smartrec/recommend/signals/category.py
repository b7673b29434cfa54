"""Category: the kind of garment that the words name, or that the photo shows."""

from __future__ import annotations

import numpy as np

from smartrec.catalog.schema import Catalog
from smartrec.recommend.base import Because, Query

# A category that the detector holds possible but not most probable gets at most this much.
SECOND_BEST = 0.6


class CategorySignal:
    """1 for the category asked for, less for those that the detector finds nearly as probable.

    Words win over the photo: "jeans to go with this" asks for jeans.
    """

    name = "category"

    def __init__(self, catalog: Catalog) -> None:
        names, self._codes = np.unique(catalog.categories.astype(str), return_inverse=True)
        self._columns = {name.lower(): i for i, name in enumerate(names)}

    def score(self, query: Query) -> np.ndarray:
        """(N,) float32 in [0, 1]."""
        return self._by_category(query)[self._codes]

    def because(self, query: Query, positions: np.ndarray) -> Because:
        """No past purchase is responsible."""
        return Because.nobody(len(positions))

    def _by_category(self, query: Query) -> np.ndarray:
        values = np.zeros(max(len(self._columns), 1), dtype=np.float32)
        if query.parsed is not None and query.parsed.categories:
            for name in query.parsed.categories:
                self._put(values, name, 1.0)
        elif query.finding is not None:
            probabilities = query.finding.heads["category"]
            best = query.finding.category
            top = max(float(probabilities.get(best, 0.0)), 1e-6)
            for name, probability in probabilities.items():
                self._put(values, name, SECOND_BEST * min(float(probability) / top, 1.0))
            self._put(values, best, 1.0)
        return values

    def _put(self, values: np.ndarray, name: str, value: float) -> None:
        column = self._columns.get(name.lower())
        if column is not None:
            values[column] = value
