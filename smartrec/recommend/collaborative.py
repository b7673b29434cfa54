"""Item neighbors: which products are bought by the same people, as a sparse matrix fitted on a shop's history."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from scipy import sparse

from smartrec.recommend.purchases import Purchases

NEIGHBORS = 200
SHRINK = 5.0


class ItemNeighbors:
    """Cosine between products over the people who bought them, shrunk where few did.

    Attributes:
        neighbors_: (N, N) float32 CSR; row = a product bought, column = a product to recommend.
    """

    def __init__(self, n_items: int) -> None:
        self.n_items = n_items
        self.neighbors_ = sparse.csr_matrix((n_items, n_items), dtype=np.float32)

    def fit(self, purchases: Purchases) -> ItemNeighbors:
        """Count who bought what with what; a person's many purchases count less each."""
        ones = np.ones(len(purchases), dtype=np.float32)
        shape = (len(purchases.user_ids), self.n_items)
        bought = sparse.csr_matrix((ones, (purchases.users, purchases.items)), shape=shape)
        bought.data[:] = 1.0
        per_user = np.asarray(bought.sum(axis=1)).ravel()
        scaled = sparse.diags((1.0 / np.sqrt(np.maximum(per_user, 1.0))).astype(np.float32)) @ bought
        together = sparse.csr_matrix(scaled.T @ scaled)
        popular = together.diagonal()
        together.setdiag(0.0)
        together.eliminate_zeros()
        pairs = together.tocoo()
        norm = np.sqrt(popular[pairs.row] * popular[pairs.col]) + SHRINK
        values = (pairs.data / norm).astype(np.float32)
        matrix = sparse.csr_matrix((values, (pairs.row, pairs.col)), shape=together.shape)
        self.neighbors_ = keep_top(matrix, NEIGHBORS)
        return self

    def score(self, items: np.ndarray, heavy: np.ndarray) -> np.ndarray:
        """(N,) float32, at least 0: sum over past `items` of weight x neighborhood."""
        row = sparse.csr_matrix((heavy, (np.zeros(len(items), np.int64), items)), shape=(1, self.n_items))
        return (row @ self.neighbors_).toarray().ravel().astype(np.float32)

    def contributions(self, items: np.ndarray, heavy: np.ndarray, position: int) -> np.ndarray:
        """(M,) float32: what every past item adds to the score of `position`."""
        if not len(items):
            return np.empty(0, dtype=np.float32)
        return self.neighbors_[items, position].toarray().ravel() * heavy

    def save(self, path: Path) -> None:
        """Write the matrix as npz."""
        m = self.neighbors_
        np.savez_compressed(path, data=m.data, indices=m.indices, indptr=m.indptr, n_items=np.array(self.n_items))

    @classmethod
    def load(cls, path: Path) -> ItemNeighbors:
        """Read what `save` wrote."""
        with np.load(path, allow_pickle=False) as arrays:
            n = int(arrays["n_items"])
            model = cls(n)
            model.neighbors_ = sparse.csr_matrix((arrays["data"], arrays["indices"], arrays["indptr"]), shape=(n, n))
        return model


def keep_top(matrix: sparse.csr_matrix, k: int) -> sparse.csr_matrix:
    """The `k` greatest values of every row."""
    lengths = np.diff(matrix.indptr)
    if not (lengths > k).any():
        return matrix
    rows = np.repeat(np.arange(matrix.shape[0]), lengths)
    order = np.lexsort((-matrix.data, rows))
    place = np.arange(len(order)) - np.repeat(matrix.indptr[:-1], lengths)
    keep = order[place < k]
    return sparse.csr_matrix((matrix.data[keep], (rows[keep], matrix.indices[keep])), shape=matrix.shape)
