"""Baselines that factor or invert the matrix of who bought what: ALS, BPR and EASE."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import scipy.linalg
from threadpoolctl import threadpool_limits

from smartrec.evaluate.recommender import Settings, history_matrix, user_matrix
from smartrec.recommend.base import Query
from smartrec.recommend.content import Content
from smartrec.recommend.purchases import Purchases

SEED = 0
# Below so many purchases a second thread of ALS costs more than it gives.
_MANY = 50_000
# EASE inverts products x products; beyond so many, the least bought are left out (score 0).
EASE_LIMIT = 3000


class ALS:
    """Implicit alternating least squares (Hu, Koren, Volinsky 2008), shoppers folded in from their histories."""

    name = "als"
    grid: Sequence[Settings] = tuple({"factors": f, "regularization": r} for f in (16, 64) for r in (0.1, 1.0, 5.0))

    def __init__(self, factors: float = 64, regularization: float = 1.0, alpha: float = 10.0) -> None:
        self.factors, self.regularization, self.alpha = int(factors), regularization, alpha

    def fit(self, past: Purchases, content: Content) -> ALS:
        """Eight sweeps."""
        from implicit.als import AlternatingLeastSquares

        with threadpool_limits(1, "blas"):
            model = AlternatingLeastSquares(
                factors=self.factors,
                regularization=self.regularization,
                alpha=self.alpha,
                iterations=8,
                num_threads=2 if len(past) >= _MANY else 1,
                random_state=SEED,
            )
            model.fit(user_matrix(past), show_progress=False)
        self.items_ = np.asarray(model.item_factors, dtype=np.float32)
        self._model = model
        return self

    def score(self, queries: Sequence[Query]) -> np.ndarray:
        """(C, N) float32."""
        history = history_matrix(queries, len(self.items_))
        if not history.nnz:
            return np.zeros(history.shape, dtype=np.float32)
        users = self._model.recalculate_user(np.arange(len(queries)), history)
        scores = np.atleast_2d(users) @ self.items_.T
        scores[np.diff(history.indptr) == 0] = 0.0
        return scores.astype(np.float32)


class BPR:
    """Bayesian personalised ranking (Rendle 2009); shoppers that it has not seen get nothing."""

    name = "bpr"
    grid: Sequence[Settings] = tuple(
        {"factors": 32, "learning_rate": r, "regularization": s} for r in (0.02, 0.05, 0.1) for s in (0.001, 0.02)
    )

    def __init__(self, factors: float = 32, learning_rate: float = 0.05, regularization: float = 0.01) -> None:
        self.factors, self.learning_rate, self.regularization = int(factors), learning_rate, regularization

    def fit(self, past: Purchases, content: Content) -> BPR:
        """Forty epochs of stochastic gradient descent."""
        from implicit.bpr import BayesianPersonalizedRanking

        model = BayesianPersonalizedRanking(
            factors=self.factors,
            learning_rate=self.learning_rate,
            regularization=self.regularization,
            iterations=40,
            num_threads=1,  # several write over each other, and no run would be like the one before
            random_state=SEED,
        )
        model.fit(user_matrix(past), show_progress=False)
        self.items_ = np.asarray(model.item_factors, dtype=np.float32)
        self.users_ = np.asarray(model.user_factors, dtype=np.float32)
        self.codes_ = {str(user): i for i, user in enumerate(past.user_ids)}
        return self

    def score(self, queries: Sequence[Query]) -> np.ndarray:
        """(C, N) float32."""
        scores = np.zeros((len(queries), len(self.items_)), dtype=np.float32)
        known = [i for i, query in enumerate(queries) if len(query.history) and query.history.user_id in self.codes_]
        if known:
            codes = [self.codes_[queries[i].history.user_id] for i in known]
            found = self.users_[codes] @ self.items_.T
            # Scores are differences of utility: shifted so that 0 means "knows nothing".
            scores[known] = found - found.min(axis=1, keepdims=True)
        return scores


class EASE:
    """Embarrassingly shallow autoencoder (Steck 2019): a ridge regression of every product on all others."""

    name = "ease"
    grid: Sequence[Settings] = tuple({"l2": value} for value in (30.0, 100.0, 250.0, 500.0, 1000.0, 2500.0))

    def __init__(self, l2: float = 250.0) -> None:
        self.l2 = l2

    def fit(self, past: Purchases, content: Content) -> EASE:
        """Invert the regularised Gram matrix of the products that were bought."""
        bought = user_matrix(past)
        counts = np.asarray(bought.sum(axis=0)).ravel()
        self.kept_ = np.sort(np.argsort(-counts, kind="stable")[: min(EASE_LIMIT, int((counts > 0).sum()))])
        self.n_items_ = past.n_items
        some = bought[:, self.kept_]
        gram = np.asarray((some.T @ some).todense(), dtype=np.float32, order="F")
        gram[np.diag_indices_from(gram)] += np.float32(self.l2)
        lower, _ = scipy.linalg.lapack.spotrf(gram, lower=True, overwrite_a=True, clean=False)
        inverse, _ = scipy.linalg.lapack.spotri(lower, lower=True, overwrite_c=True)
        inverse = np.tril(inverse) + np.tril(inverse, -1).T
        self.weights_ = -inverse / np.diag(inverse)[None, :]
        self.weights_[np.diag_indices_from(self.weights_)] = 0.0
        return self

    def score(self, queries: Sequence[Query]) -> np.ndarray:
        """(C, N) float32."""
        scores = np.zeros((len(queries), self.n_items_), dtype=np.float32)
        scores[:, self.kept_] = history_matrix(queries, self.n_items_)[:, self.kept_] @ self.weights_
        return scores
