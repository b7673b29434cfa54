"""Inverted lists: for every word or tag the products that have it, so that a query touches only its own columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
from scipy import sparse


class Postings:
    """A sparse (N, C) matrix by columns; `names` are the columns."""

    def __init__(
        self, names: Iterable[str], starts: np.ndarray, rows: np.ndarray, weights: np.ndarray | None, size: int
    ) -> None:
        """Lists.

        Args:
            names: C unique names.
            starts: (C + 1,) int64, where each column's list begins.
            rows: (M,) int32 product positions, each at most once in a column.
            weights: (M,) float32, or None if all are 1.
            size: N.
        """
        self.names = tuple(names)
        self.columns: Mapping[str, int] = {name: i for i, name in enumerate(self.names)}
        self.starts = starts
        self.rows = rows
        self.weights = weights
        self.size = size

    @classmethod
    def from_matrix(cls, matrix: sparse.spmatrix, names: Iterable[str]) -> Postings:
        """Lists of a weighted (N, C) matrix."""
        columns = sparse.csc_matrix(matrix)
        columns.sum_duplicates()
        starts, rows = columns.indptr.astype(np.int64), columns.indices.astype(np.int32)
        return cls(names, starts, rows, columns.data.astype(np.float32), columns.shape[0])

    @classmethod
    def from_sets(cls, sets: Iterable[Iterable[str]], names: Iterable[str]) -> Postings:
        """Lists of what every product has; what is not among `names` is left out."""
        names = tuple(names)
        columns = {name: i for i, name in enumerate(names)}
        lists: list[list[int]] = [[] for _ in names]
        size = 0
        for row, members in enumerate(sets):
            size = row + 1
            for member in dict.fromkeys(members):
                if member in columns:
                    lists[columns[member]].append(row)
        lengths = np.fromiter(map(len, lists), dtype=np.int64, count=len(lists))
        starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
        rows = np.array([row for members in lists for row in members], dtype=np.int32)
        return cls(names, starts, rows, None, size)

    def rows_of(self, name: str) -> np.ndarray:
        """(M,) int32 positions of the products that have it; empty for an unknown name."""
        column = self.columns.get(name)
        return self.rows[:0] if column is None else self.rows[self.starts[column] : self.starts[column + 1]]

    def add(self, name: str, weight: float, out: np.ndarray) -> None:
        """Adds weight x this column to `out`, (N,) float32; nothing for an unknown name."""
        column = self.columns.get(name)
        if column is None:
            return
        span = slice(self.starts[column], self.starts[column + 1])
        values = np.float32(weight) if self.weights is None else self.weights[span] * np.float32(weight)
        out[self.rows[span]] += values

    def counts(self) -> dict[str, int]:
        """Name -> number of products."""
        return dict(zip(self.names, np.diff(self.starts).tolist(), strict=True))

    def arrays(self, prefix: str) -> dict[str, np.ndarray]:
        """What `from_arrays` needs, for an npz file."""
        found = {"names": np.array(self.names, dtype=np.str_), "starts": self.starts, "rows": self.rows}
        found["size"] = np.array(self.size, dtype=np.int64)
        if self.weights is not None:
            found["weights"] = self.weights
        return {f"{prefix}_{name}": array for name, array in found.items()}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, np.ndarray], prefix: str) -> Postings:
        """The lists that `arrays` gave. Raises KeyError if one is missing."""
        weights = arrays.get(f"{prefix}_weights")
        names = arrays[f"{prefix}_names"].tolist()
        return cls(names, arrays[f"{prefix}_starts"], arrays[f"{prefix}_rows"], weights, int(arrays[f"{prefix}_size"]))
