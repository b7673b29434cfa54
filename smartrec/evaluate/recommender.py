"""What every recommender of an evaluation is: fitted on the past, asked with queries, answers with scores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol, runtime_checkable

import numpy as np
from scipy import sparse

from smartrec.recommend.base import Query
from smartrec.recommend.content import Content
from smartrec.recommend.purchases import Purchases, days_between

Settings = Mapping[str, float]


@runtime_checkable
class Recommender(Protocol):
    """One model. `grid` holds the settings that tuning may choose from; all models have equally many trials."""

    name: str
    grid: Sequence[Settings]

    def fit(self, past: Purchases, content: Content) -> Recommender:
        """Learn from the past alone; returns self."""
        ...

    def score(self, queries: Sequence[Query]) -> np.ndarray:
        """(C, N) float32, larger is better; a row of zeros where the model knows nothing of the shopper."""
        ...


def history_matrix(queries: Sequence[Query], n_items: int, half_life: float | None = None) -> sparse.csr_matrix:
    """(C, N) float32 CSR: 1 where a query's shopper bought the product; with `half_life` in days, less for long ago."""
    rows = np.repeat(np.arange(len(queries)), [len(query.history) for query in queries])
    items = np.concatenate([query.history.items for query in queries] or [np.empty(0, np.int64)])
    weights = np.ones(len(items), dtype=np.float32)
    if half_life is not None and len(items):
        ages = [days_between(q.history.times, q.now) for q in queries if q.now is not None]
        weights = np.exp2(-np.concatenate(ages) / half_life).astype(np.float32)
    # The newest purchase of a product decides, not the sum over repeats.
    order = np.lexsort((weights, items, rows))
    key = rows[order] * n_items + items[order]
    last = np.flatnonzero(np.r_[key[1:] != key[:-1], True]) if len(key) else np.empty(0, np.int64)
    kept = order[last]
    return sparse.csr_matrix((weights[kept], (rows[kept], items[kept])), shape=(len(queries), n_items))


def user_matrix(past: Purchases, half_life: float | None = None) -> sparse.csr_matrix:
    """(U, N) float32 CSR of who bought what, as `history_matrix`, at the end of the past."""
    weights = np.ones(len(past), dtype=np.float32)
    if half_life is not None:
        weights = np.exp2(-past.days_before(past.end()) / half_life).astype(np.float32)
    key = past.users * past.n_items + past.items
    unique, place = np.unique(key, return_inverse=True)
    data = np.zeros(len(unique), dtype=np.float32)
    np.maximum.at(data, place, weights)
    shape = (len(past.user_ids), past.n_items)
    return sparse.csr_matrix((data, (unique // past.n_items, unique % past.n_items)), shape=shape)
