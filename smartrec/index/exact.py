"""Exact search in memory: one product of a matrix and a vector, nothing approximate."""

from __future__ import annotations

import numpy as np

from smartrec.errors import BadInputError
from smartrec.index.base import checked_k, unit_rows, unit_vector


class ExactIndex:
    """All vectors in memory; 300,000 of 256 dimensions take 300 MB and answer in milliseconds."""

    def __init__(self, vectors: np.ndarray) -> None:
        """`vectors`: (N, D) float, finite; they are scaled to unit length."""
        self._rows = unit_rows(vectors)

    def __len__(self) -> int:
        return len(self._rows)

    def similarities(self, vector: np.ndarray) -> np.ndarray:
        """(N,) float32 cosines of all products in their order. Raises BadInputError as `search`."""
        return np.asarray(self._rows @ unit_vector(vector, self._rows.shape[1]))

    def search(self, vector: np.ndarray, k: int, allowed: np.ndarray | None = None) -> tuple[np.ndarray, np.ndarray]:
        """As `VectorIndex.search`; the lower position wins a tie."""
        checked_k(k)
        wanted = unit_vector(vector, self._rows.shape[1])
        if allowed is None:
            positions, scores = np.arange(len(self._rows)), self._rows @ wanted
        else:
            if allowed.shape != (len(self._rows),):
                raise BadInputError(f"Expected {len(self._rows)} flags. Received shape: {allowed.shape}")
            positions = np.flatnonzero(allowed)
            # Few allowed rows are cheaper to gather than all are to multiply.
            few = len(positions) * 4 < len(self._rows)
            scores = self._rows[positions] @ wanted if few else (self._rows @ wanted)[positions]
        k = min(k, len(positions))
        if k == 0:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        near = np.argpartition(-scores, k - 1)[:k] if k < len(scores) else np.arange(k)
        order = near[np.lexsort((positions[near], -scores[near]))]
        return positions[order].astype(np.int64), scores[order].astype(np.float32)

    def close(self) -> None:
        """Nothing is open."""
