"""Histories by shopper, cut at a time, and the sparse matrices that recommenders are fitted on."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
import pandas as pd
from scipy import sparse

from smartrec.catalog.schema import Catalog
from smartrec.errors import UnknownShopperError
from smartrec.settings import NEW_SHOPPER
from smartrec.shoppers.schema import History

_DAY = np.timedelta64(1, "D")


def _ns(time: np.datetime64) -> np.datetime64:
    return time.astype("datetime64[ns]")


class Histories:
    """All transactions of a shop as aligned arrays, sorted by shopper and then by time.

    Transactions of products that the catalog does not have are left out.

    Attributes:
        users: (U,) object, ids of all shoppers, sorted; those of `shoppers` without transactions included.
        user: (T,) int64, index into `users` of each transaction.
        items: (T,) int64, catalog position of each transaction.
        times: (T,) datetime64[ns], naive UTC.
        quantities: (T,) int64, at least 1.
        prices: (T,) float64, NaN where not known.
        n_items: number of products in the catalog.
    """

    def __init__(self, transactions: pd.DataFrame, catalog: Catalog, shoppers: Sequence[str] = ()) -> None:
        """`transactions` has the columns of `TRANSACTION_COLUMNS`; `shoppers` are ids that exist in any case."""
        self.n_items = len(catalog)
        items = pd.Index(catalog.ids).get_indexer(transactions["product_id"].to_numpy(dtype=object))
        codes, seen = pd.factorize(transactions["user_id"].to_numpy(dtype=object))
        self.users = np.array(sorted({*map(str, seen), *map(str, shoppers)}), dtype=object)
        places = np.searchsorted(self.users.astype(str), np.asarray(seen, dtype=str)) if len(seen) else codes
        user = np.asarray(places, dtype=np.int64)[codes] if len(codes) else np.empty(0, np.int64)
        times = transactions["timestamp"].to_numpy(dtype="datetime64[ns]")
        order = np.lexsort((times, user))
        order = order[items[order] >= 0]
        self.user, self.items, self.times = user[order], items[order].astype(np.int64), times[order]
        self.quantities = transactions["quantity"].to_numpy(dtype=np.int64)[order]
        self.prices = transactions["price"].to_numpy(dtype=np.float64)[order]
        self._starts = np.searchsorted(self.user, np.arange(len(self.users) + 1))

    def __len__(self) -> int:
        return len(self.items)

    @cached_property
    def _places(self) -> dict[str, int]:
        return {str(user): i for i, user in enumerate(self.users)}

    def place(self, user_id: str) -> int:
        """Index of a shopper in `users`. Raises UnknownShopperError."""
        try:
            return self._places[user_id]
        except KeyError:
            known = f"{self.users[0]} ... {self.users[-1]}, or " if len(self.users) else ""
            raise UnknownShopperError(
                f"No shopper of this id. Valid: {known}{NEW_SHOPPER!r} for someone without history. "
                f"Received: {user_id!r}"
            ) from None

    def history(self, user_id: str, now: np.datetime64 | None = None) -> History:
        """One shopper's purchases up to and including `now`, oldest first; "new" has none.

        Raises:
            UnknownShopperError: no shopper of this id.
        """
        if user_id == NEW_SHOPPER:
            return History.empty(NEW_SHOPPER)
        place = self.place(user_id)
        start, end = int(self._starts[place]), int(self._starts[place + 1])
        if now is not None:
            end = start + int(np.searchsorted(self.times[start:end], _ns(now), side="right"))
        rows = slice(start, end)
        return History(user_id, self.items[rows], self.times[rows], self.quantities[rows])

    def rows(self, *, since: np.datetime64 | None = None, until: np.datetime64 | None = None) -> np.ndarray:
        """(M,) int64, transactions with `since` < time <= `until`, in the order of the arrays."""
        keep = np.ones(len(self), dtype=bool)
        if since is not None:
            keep &= self.times > _ns(since)
        if until is not None:
            keep &= self.times <= _ns(until)
        return np.flatnonzero(keep)

    def matrix(
        self, now: np.datetime64 | None = None, *, half_life: float | None = None, counts: bool = False
    ) -> sparse.csr_matrix:
        """Shoppers x products, what was bought up to and including `now`.

        Args:
            now: later transactions are left out; None = all.
            half_life: days after which a purchase counts half as much; None = time does not matter.
            counts: every purchase adds to the cell; otherwise the newest one decides.

        Returns:
            (U, N) float32 CSR without duplicates, values > 0; binary when both options are off.
        """
        rows = self.rows(until=now)
        values = np.ones(len(rows), dtype=np.float32)
        if half_life is not None and len(rows):
            end = _ns(now) if now is not None else self.times[rows].max()
            values = np.exp2(-((end - self.times[rows]) / _DAY) / half_life).astype(np.float32)
        cells = self.user[rows] * self.n_items + self.items[rows]
        unique, where = np.unique(cells, return_inverse=True)
        data = np.zeros(len(unique), dtype=np.float32)
        (np.add if counts else np.maximum).at(data, where, values)
        data = np.maximum(data, np.finfo(np.float32).tiny)
        shape = (len(self.users), self.n_items)
        return sparse.csr_matrix((data, (unique // max(1, self.n_items), unique % max(1, self.n_items))), shape=shape)

    def popularity(self, now: np.datetime64 | None = None, *, days: float | None = None) -> np.ndarray:
        """(N,) float64, how many purchases each product had up to `now`, in the last `days` if given."""
        until = _ns(now) if now is not None else (self.times.max() if len(self) else None)
        since = None
        if days is not None and until is not None:
            since = until - np.timedelta64(int(days * 86_400), "s")
        return np.bincount(self.items[self.rows(since=since, until=until)], minlength=self.n_items).astype(np.float64)
