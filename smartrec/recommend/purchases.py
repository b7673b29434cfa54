"""A shop's transactions as arrays, the one shape that everything collaborative is fitted on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from smartrec.catalog.schema import Catalog
from smartrec.shoppers.schema import History

NANOSECONDS_A_DAY = 86_400e9


def days_between(times: np.ndarray, now: np.datetime64) -> np.ndarray:
    """(M,) float64, days from every time to `now`."""
    return (now - times).astype("timedelta64[ns]").astype(np.float64) / NANOSECONDS_A_DAY


@dataclass(frozen=True, slots=True, eq=False)
class Purchases:
    """Transactions in order of time.

    Attributes:
        users: (M,) int64 codes into `user_ids`.
        items: (M,) int64 catalog positions.
        times: (M,) datetime64[ns], never decreasing.
        quantities: (M,) int64, at least 1.
        user_ids: (U,) object, sorted.
        n_items: size of the catalog.
    """

    users: np.ndarray
    items: np.ndarray
    times: np.ndarray
    quantities: np.ndarray
    user_ids: np.ndarray
    n_items: int

    @classmethod
    def from_table(cls, catalog: Catalog, transactions: pd.DataFrame) -> Purchases:
        """Transactions whose product the catalog has; the others are left out."""
        position = pd.Series(np.arange(len(catalog)), index=catalog.ids)
        items = transactions["product_id"].map(position)
        table = transactions.assign(position=items)[items.notna().to_numpy()]
        table = table.sort_values("timestamp", kind="stable")
        user_ids, users = np.unique(table["user_id"].to_numpy(dtype=object), return_inverse=True)
        quantity = table["quantity"] if "quantity" in table else pd.Series(1, index=table.index)
        return cls(
            users=users.astype(np.int64),
            items=table["position"].to_numpy().astype(np.int64),
            times=table["timestamp"].to_numpy().astype("datetime64[ns]"),
            quantities=np.maximum(quantity.to_numpy().astype(np.int64), 1),
            user_ids=user_ids,
            n_items=len(catalog),
        )

    def __len__(self) -> int:
        return len(self.items)

    def before(self, date: np.datetime64) -> Purchases:
        """The purchases strictly before `date`; user codes stay the same."""
        end = int(np.searchsorted(self.times, date, side="left"))
        return self._slice(0, end)

    def between(self, start: np.datetime64, end: np.datetime64) -> Purchases:
        """The purchases at or after `start` and before `end`; user codes stay the same."""
        low, high = np.searchsorted(self.times, [start, end], side="left")
        return self._slice(int(low), int(high))

    def _slice(self, low: int, high: int) -> Purchases:
        cut = slice(low, high)
        return Purchases(
            self.users[cut], self.items[cut], self.times[cut], self.quantities[cut], self.user_ids, self.n_items
        )

    def days_before(self, now: np.datetime64) -> np.ndarray:
        """(M,) float64, age of every purchase in days at `now`."""
        return days_between(self.times, now)

    def end(self) -> np.datetime64:
        """The time of the last purchase, plus one nanosecond, so that `before(end())` holds them all."""
        if not len(self):
            return np.datetime64("1970-01-01", "ns")
        return self.times[-1] + np.timedelta64(1, "ns")

    def histories(self) -> dict[int, History]:
        """User code -> that user's purchases, oldest first; users without a purchase are not in it."""
        order = np.argsort(self.users, kind="stable")
        users = self.users[order]
        starts = np.flatnonzero(np.r_[True, users[1:] != users[:-1]]) if len(users) else np.empty(0, np.int64)
        found: dict[int, History] = {}
        for low, high in zip(starts, np.r_[starts[1:], len(users)], strict=True):
            rows = order[low:high]
            code = int(users[low])
            found[code] = History(str(self.user_ids[code]), self.items[rows], self.times[rows], self.quantities[rows])
        return found
