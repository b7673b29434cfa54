"""Shoppers and their transactions."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

# Column -> dtype. `timestamp` is naive UTC. `price` is what was paid for one piece, NaN where not known.
TRANSACTION_COLUMNS = {
    "user_id": "string",
    "product_id": "string",
    "timestamp": "datetime64[ns]",
    "quantity": "int64",
    "price": "float64",
}
# What is known of a shopper besides the history; `simulated` says that the person does not exist.
SHOPPER_COLUMNS = {"user_id": "string", "name": "string", "gender": "string", "simulated": "bool"}


@dataclass(frozen=True, slots=True)
class History:
    """One shopper's purchases, oldest first.

    Attributes:
        user_id: the shopper; "new" for someone without history.
        items: (M,) int64 catalog positions, repeats included.
        times: (M,) datetime64[ns].
        quantities: (M,) int64, at least 1.
    """

    user_id: str
    items: np.ndarray
    times: np.ndarray
    quantities: np.ndarray

    @classmethod
    def empty(cls, user_id: str) -> History:
        """A history without purchases."""
        return cls(user_id, np.empty(0, np.int64), np.empty(0, "datetime64[ns]"), np.empty(0, np.int64))

    def __len__(self) -> int:
        return len(self.items)


def empty_transactions() -> pd.DataFrame:
    """A transactions table without rows."""
    return pd.DataFrame({name: pd.Series(dtype=dtype) for name, dtype in TRANSACTION_COLUMNS.items()})
