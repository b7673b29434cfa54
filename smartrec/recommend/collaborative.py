"""Item neighbors: which products are bought by the same people, as a sparse matrix fitted on a shop's history."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from smartrec.recommend.entries import entries
from smartrec.recommend.purchases import Purchases

NEIGHBORS = 200
SHRINK = 3.0


class ItemNeighbors:
    """Cosine between products over the people who bought them, shrunk where few did.

    Attributes:
        neighbors_: (N, N) float32 CSR; row = a product bought, column = a product to recommend.
        scale_: the median of its values: less than that is hardly evidence, and logs of more grow slowly.
    """

    def __init__(self, n_items: int) -> None:
        self.n_items = n_items
        self.neighbors_ = sparse.csr_matrix((n_items, n_items), dtype=np.float32)
        self.scale_ = 1.0
        self._last: tuple[np.ndarray, tuple[np.ndarray, np.ndarray, np.ndarray]] | None = None

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
        self.scale_ = float(np.median(self.neighbors_.data)) if self.neighbors_.nnz else 1.0
        return self

    def affinity(self, weighted: sparse.csr_matrix, positions: np.ndarray) -> np.ndarray:
        """(U, P) float32, at least 0: log(1 + neighborhood / scale) of products for shoppers.

        Args:
            weighted: (U, N) weights of purchases.
            positions: (P,) int64, the products that are asked for.
        """
        found = sparse.csr_matrix(weighted @ self.neighbors_[:, positions])
        found.data = np.log1p(found.data / np.float32(self.scale_))
        return found.toarray()

    def affinity_of(self, items: np.ndarray, weights: np.ndarray) -> np.ndarray:
        """(N,) float32: `affinity` of one shopper who bought `items` (M,) with `weights` (M,)."""
        rows, columns, values = self._rows_of(items)
        heavy = (weights / np.float32(self.scale_))[rows]
        found = np.bincount(columns, weights=heavy * values, minlength=self.n_items).astype(np.float32)
        return np.log1p(found, out=found)

    def contributions(self, items: np.ndarray, weights: np.ndarray, positions: np.ndarray) -> np.ndarray:
        """(M, K) float32: what every past item (M,) adds to the scores of the products at `positions` (K,)."""
        found = np.zeros((len(items), len(positions)), dtype=np.float32)
        place = np.zeros(self.n_items, dtype=np.int32)
        place[positions] = np.arange(1, len(positions) + 1)
        rows, columns, values = self._rows_of(items)
        places = place[columns]
        hits = np.flatnonzero(places)
        found[rows[hits], places[hits] - 1] = values[hits]
        return found * weights[:, None]

    def _rows_of(self, items: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Row numbers, columns and values of the neighbors of `items`; kept for the cards of one request."""
        last = self._last
        if last is not None and last[0] is items:
            return last[1]
        found = entries(self.neighbors_, items)
        self._last = (items, found)
        return found


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
