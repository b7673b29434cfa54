"""How alike products are, by their pictures or by their features; a table of all pairs where that is small."""

from __future__ import annotations

from functools import cached_property
from typing import Protocol

import numpy as np
from scipy import sparse

from smartrec.recommend.diversity import Near

# Products up to which the likeness of all pairs is kept: 36 MB.
MOST_PAIRS = 3000


class Similarity(Protocol):
    """Likeness of products in [0, 1]."""

    def __call__(self, positions: np.ndarray) -> np.ndarray:
        """(P, P) float32 of the products at (P,) catalog positions among each other."""
        ...

    def near(self, pools: np.ndarray) -> Near:
        """Likeness within each of R pools: (R, P) int64 catalog positions."""
        ...


class EmbeddingSimilarity:
    """Likeness by pictures: cosine of (N, D) float32 unit rows, negative counted as 0."""

    def __init__(self, embeddings: np.ndarray) -> None:
        self._rows = embeddings

    def __call__(self, positions: np.ndarray) -> np.ndarray:
        """As `Similarity`."""
        if self._pairs is not None:
            return _among(self._pairs, positions)
        return self._cosines(self._rows[positions])

    def near(self, pools: np.ndarray) -> Near:
        """As `Similarity`."""
        if self._pairs is not None:
            return _in_table(self._pairs, pools, pools)
        rows, every = self._rows[pools], np.arange(len(pools))

        def likeness(chosen: np.ndarray) -> np.ndarray:
            return np.clip(np.einsum("rpd,rd->rp", rows, rows[every, chosen]), 0.0, 1.0)

        return likeness

    @cached_property
    def _pairs(self) -> np.ndarray | None:
        return self._cosines(self._rows) if len(self._rows) <= MOST_PAIRS else None

    @staticmethod
    def _cosines(rows: np.ndarray) -> np.ndarray:
        return np.clip(rows @ rows.T, 0.0, 1.0)


class ContentSimilarity:
    """Likeness by features: cosine of (N, F) unit rows."""

    def __init__(self, unit_rows: sparse.csr_matrix) -> None:
        self._rows = unit_rows

    def __call__(self, positions: np.ndarray) -> np.ndarray:
        """As `Similarity`."""
        return self._cosines(self._rows[positions]) if self._pairs is None else _among(self._pairs, positions)

    def near(self, pools: np.ndarray) -> Near:
        """As `Similarity`."""
        if self._pairs is not None:
            return _in_table(self._pairs, pools, pools)
        different, places = np.unique(pools, return_inverse=True)
        return _in_table(self._cosines(self._rows[different]), pools, places.reshape(pools.shape))

    @cached_property
    def _pairs(self) -> np.ndarray | None:
        return self._cosines(self._rows) if self._rows.shape[0] <= MOST_PAIRS else None

    @staticmethod
    def _cosines(rows: sparse.csr_matrix) -> np.ndarray:
        return np.clip((rows @ rows.T).toarray(), 0.0, 1.0)


def _among(table: np.ndarray, positions: np.ndarray) -> np.ndarray:
    return table[np.ix_(positions, positions)]


def _in_table(table: np.ndarray, pools: np.ndarray, places: np.ndarray) -> Near:
    """`places`: (R, P) rows of the table at which the products of the pools are."""
    numbers, width = table.reshape(-1), table.shape[1]
    rows, starts = places.reshape(-1) * width, np.arange(len(pools)) * places.shape[1]

    def likeness(chosen: np.ndarray) -> np.ndarray:
        return numbers.take(places + rows[starts + chosen][:, None])

    return likeness
