"""What every vector index does: the nearest products to a vector, among those allowed."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

import numpy as np

from smartrec.errors import BadInputError


@runtime_checkable
class VectorIndex(Protocol):
    """Vectors of products, asked by cosine."""

    def __len__(self) -> int: ...

    def search(self, vector: np.ndarray, k: int, allowed: np.ndarray | None = None) -> tuple[np.ndarray, np.ndarray]:
        """The nearest products.

        Args:
            vector: (D,) float32, any length but zero.
            k: how many, at least 1.
            allowed: (N,) bool, products that may be found; None allows all.

        Returns:
            (M,) int64 positions, most alike first, and (M,) float32 cosines in [-1, 1]; M = min(k, number allowed).

        Raises:
            BadInputError: the vector has another dimension, is not finite or has no direction, or `k` < 1.
        """
        ...

    def close(self) -> None:
        """Give back files and connections."""
        ...


def unit_vector(vector: np.ndarray, dimension: int) -> np.ndarray:
    """(D,) float32 of length 1. Raises BadInputError."""
    found = np.asarray(vector, dtype=np.float32).ravel()
    if len(found) != dimension:
        raise BadInputError(f"Expected a vector of {dimension} numbers. Received: {len(found)}")
    norm = float(np.linalg.norm(found))
    if not np.isfinite(norm) or norm == 0.0:
        raise BadInputError(f"Expected a vector of finite numbers that has a direction. Received length: {norm}")
    return found / np.float32(norm)


def unit_rows(vectors: np.ndarray) -> np.ndarray:
    """(N, D) float32 rows of length 1; rows of zeros stay. Raises BadInputError unless (N, D) and finite."""
    found = np.ascontiguousarray(vectors, dtype=np.float32)
    if found.ndim != 2 or not np.isfinite(found).all():
        raise BadInputError(f"Expected finite vectors of shape (N, D). Received shape: {found.shape}")
    norms = np.linalg.norm(found, axis=1, keepdims=True)
    return found / np.maximum(norms, np.float32(1e-12))


def checked_k(k: int) -> int:
    """`k`, if it is at least 1. Raises BadInputError."""
    if k < 1:
        raise BadInputError(f"Expected at least 1 neighbor. Received: {k}")
    return k
