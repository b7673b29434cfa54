"""A shopper's profile: how much more of every feature than others they buy, group by group."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from smartrec.recommend.content import Content
from smartrec.recommend.entries import entries
from smartrec.recommend.purchases import Purchases

# Purchases of an average shopper that every profile starts with.
SMOOTHING = 4.0
HALF_LIFE_DAYS = 400.0


class Profile:
    """Log-lifts of features, fitted to what all people buy.

    The lift of "navy" for one shopper is log(share of navy among their purchases / share among everyone's), both
    smoothed. A product's value in a group is the mean lift of the features that it has there, so that a group counts
    once, however many of its features a product has.

    Attributes:
        groups: names of the groups.
        matrix_: (N, F) float32 CSR, a product's features, summing to 1 in every group.
        everyone_: (F,) float32, share of purchases with the feature.
    """

    def __init__(self, content: Content) -> None:
        self.content = content
        self.groups = content.group_names()
        code = {name: i for i, name in enumerate(self.groups)}
        self.group_of = np.array([code[name] for name in content.groups], dtype=np.int64)
        in_group = sparse.csr_matrix(
            (np.ones(len(self.group_of), np.float32), (np.arange(len(self.group_of)), self.group_of)),
            shape=(len(self.group_of), max(len(self.groups), 1)),
        )
        counts = (content.matrix @ in_group).tocsr()
        scaled = content.matrix.tocoo()
        per_group = np.asarray(counts[scaled.row, self.group_of[scaled.col]]).ravel()
        data = (scaled.data / per_group).astype(np.float32) if scaled.nnz else scaled.data.astype(np.float32)
        self.matrix_ = sparse.csr_matrix((data, (scaled.row, scaled.col)), shape=scaled.shape)
        self.everyone_ = np.full(scaled.shape[1], 1.0, dtype=np.float32)

    def fit(self, past: Purchases) -> Profile:
        """Count what everyone buys; a purchase of a year ago counts half."""
        weights = np.exp2(-past.days_before(past.end()) / 365.0)
        bought = np.bincount(past.items, weights=weights, minlength=past.n_items)
        catalog = np.full(past.n_items, 1.0 / past.n_items)
        # One purchase of everything, so that no feature is impossible.
        mixed = bought + catalog * 0.02 * max(float(bought.sum()), 1.0)
        share = np.asarray(self.content.matrix.T @ (mixed / mixed.sum())).ravel()
        self.everyone_ = np.maximum(share, 1e-5).astype(np.float32)
        return self

    def lifts(self, bought: sparse.csr_matrix) -> np.ndarray:
        """(U, F) float32 log-lifts of shoppers; `bought` is (U, N) with the weight of every purchase."""
        total = np.asarray(bought.sum(axis=1)).reshape(-1, 1)
        mine = (bought @ self.content.matrix).toarray()
        share = (mine + SMOOTHING * self.everyone_) / (total + SMOOTHING)
        return np.log(share / self.everyone_).astype(np.float32)

    def lift(self, carried: np.ndarray, total: float) -> np.ndarray:
        """(F,) float32 log-lifts of one shopper: `carried` (F,) is the weight of purchases with every feature."""
        share = (carried + SMOOTHING * self.everyone_) / (total + SMOOTHING)
        return np.log(share / self.everyone_).astype(np.float32)

    def dense(self, items: np.ndarray) -> np.ndarray:
        """(M, F) float32, 1 where a product has a feature."""
        found = np.zeros((len(items), self.content.matrix.shape[1]), dtype=np.float32)
        rows, columns, _ = entries(self.content.matrix, items)
        found[rows, columns] = 1.0
        return found

    def group_values(self, lifts: np.ndarray, positions: np.ndarray) -> np.ndarray:
        """(U, P, G) float32: every group's mean lift for the products at `positions`."""
        rows = self.matrix_[positions]
        found = np.zeros((len(lifts), len(positions), len(self.groups)), dtype=np.float32)
        for group in range(len(self.groups)):
            columns = np.flatnonzero(self.group_of == group)
            found[:, :, group] = (rows[:, columns] @ lifts[:, columns].T).T
        return found
