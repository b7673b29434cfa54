"""The permanent baselines. Each is small, known, and tuned with as many trials as the hybrid."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence

import numpy as np
from scipy import sparse

from smartrec.evaluate.factorised import ALS, BPR, EASE
from smartrec.evaluate.recommender import Recommender, Settings, history_matrix, user_matrix
from smartrec.recommend.base import Query
from smartrec.recommend.collaborative import keep_top
from smartrec.recommend.content import Content
from smartrec.recommend.purchases import Purchases

# Settings that every model may try on the validation dates.
TRIALS = 6


class RandomOrder:
    """The floor: the same shopper always gets the same random order."""

    name = "random"
    grid: Sequence[Settings] = ({},)

    def fit(self, past: Purchases, content: Content) -> RandomOrder:
        """Only the size of the catalog is learned."""
        self.n_items_ = past.n_items
        return self

    def score(self, queries: Sequence[Query]) -> np.ndarray:
        """(C, N) float32 in [0, 1)."""
        seeds = [zlib.crc32(query.history.user_id.encode()) for query in queries]
        rows = [np.random.default_rng(seed).random(self.n_items_, dtype=np.float32) for seed in seeds]
        return np.stack(rows) if rows else np.empty((0, self.n_items_), np.float32)


class Popularity:
    """Number of all past purchases."""

    name = "popularity"
    grid: Sequence[Settings] = ({},)

    def fit(self, past: Purchases, content: Content) -> Popularity:
        """Count."""
        self.counts_ = np.bincount(past.items, minlength=past.n_items).astype(np.float32)
        return self

    def score(self, queries: Sequence[Query]) -> np.ndarray:
        """(C, N) float32, the same row for all."""
        return np.tile(self.counts_, (len(queries), 1))


class RecentPopularity:
    """Number of past purchases, each half as heavy as one `half_life` days later."""

    name = "recent-popularity"
    grid: Sequence[Settings] = tuple({"half_life": days} for days in (14.0, 30.0, 45.0, 60.0, 90.0, 150.0))

    def __init__(self, half_life: float = 45.0) -> None:
        self.half_life = half_life

    def fit(self, past: Purchases, content: Content) -> RecentPopularity:
        """Count, recent purchases heavier."""
        self.counts_ = recent_counts(past, self.half_life)
        return self

    def score(self, queries: Sequence[Query]) -> np.ndarray:
        """(C, N) float32, the same row for all."""
        return np.tile(self.counts_, (len(queries), 1))


class ItemKNN:
    """Cosine of products over the people who bought them, shrunk where few did."""

    name = "item-knn"
    grid: Sequence[Settings] = tuple({"k": k, "shrink": s} for k in (50, 400) for s in (0.0, 5.0, 20.0))

    def __init__(self, k: float = 100, shrink: float = 5.0) -> None:
        self.k, self.shrink = int(k), shrink

    def fit(self, past: Purchases, content: Content) -> ItemKNN:
        """Count who bought what with what."""
        bought = user_matrix(past)
        together = sparse.csr_matrix(bought.T @ bought)
        popular = together.diagonal()
        together.setdiag(0.0)
        together.eliminate_zeros()
        pairs = together.tocoo()
        values = pairs.data / (np.sqrt(popular[pairs.row] * popular[pairs.col]) + self.shrink)
        matrix = sparse.csr_matrix((values.astype(np.float32), (pairs.row, pairs.col)), shape=together.shape)
        self.neighbors_ = keep_top(matrix, self.k)
        return self

    def score(self, queries: Sequence[Query]) -> np.ndarray:
        """(C, N) float32."""
        return (history_matrix(queries, self.neighbors_.shape[0]) @ self.neighbors_).toarray()


class ContentTfidf:
    """Likeness of features (category, color, brand, price band, tags) to those bought, rare features heavier."""

    name = "tfidf-content"
    grid: Sequence[Settings] = tuple({"half_life": days} for days in (15.0, 30.0, 60.0, 120.0, 365.0, 3650.0))

    def __init__(self, half_life: float = 120.0) -> None:
        self.half_life = half_life

    def fit(self, past: Purchases, content: Content) -> ContentTfidf:
        """The features come from the catalog; nothing is learned from people."""
        self.rows_ = content.unit_rows()
        return self

    def score(self, queries: Sequence[Query]) -> np.ndarray:
        """(C, N) float32."""
        profiles = history_matrix(queries, self.rows_.shape[0], self.half_life) @ self.rows_
        return np.asarray((profiles @ self.rows_.T).todense(), dtype=np.float32)


class CategoryTaste:
    """The shopper's share of every category, smoothed by everyone's, times recent popularity."""

    name = "category-taste"
    grid: Sequence[Settings] = tuple({"half_life": d, "smoothing": s} for d in (14.0, 45.0, 90.0) for s in (3.0, 15.0))

    def __init__(self, half_life: float = 45.0, smoothing: float = 3.0) -> None:
        self.half_life, self.smoothing = half_life, smoothing

    def fit(self, past: Purchases, content: Content) -> CategoryTaste:
        """Everyone's shares and recent popularity."""
        self.counts_ = recent_counts(past, self.half_life)
        self.in_category_ = sparse.csr_matrix(content.matrix[:, content.columns("category")])
        shares = np.asarray(self.in_category_.T @ np.bincount(past.items, minlength=past.n_items)).ravel() + 0.5
        self.everyone_ = shares / shares.sum()
        return self

    def score(self, queries: Sequence[Query]) -> np.ndarray:
        """(C, N) float32."""
        bought = (history_matrix(queries, len(self.counts_)) @ self.in_category_).toarray()
        shares = (bought + self.smoothing * self.everyone_) / (bought.sum(axis=1, keepdims=True) + self.smoothing)
        lift = (shares / self.everyone_).astype(np.float32)
        return np.asarray((self.in_category_ @ lift.T).T, dtype=np.float32) * self.counts_


def recent_counts(past: Purchases, half_life: float) -> np.ndarray:
    """(N,) float32, purchases weighted by age; the end of the past is now."""
    weights = np.exp2(-past.days_before(past.end()) / half_life)
    return np.bincount(past.items, weights=weights, minlength=past.n_items).astype(np.float32)


BASELINES: dict[str, Callable[..., Recommender]] = {
    "random": RandomOrder,
    "popularity": Popularity,
    "recent-popularity": RecentPopularity,
    "item-knn": ItemKNN,
    "als": ALS,
    "bpr": BPR,
    "ease": EASE,
    "tfidf-content": ContentTfidf,
    "category-taste": CategoryTaste,
}
