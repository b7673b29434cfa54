"""What is known of one shopper, against everyone: taste shares, summary, nearest shoppers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd


@dataclass(frozen=True, slots=True)
class Summary:
    """One shopper in five figures; texts are "" and `spent` is NaN where nothing is known."""

    purchases: int
    spent: float
    first: str
    last: str
    brand: str


def summary(bought: pd.DataFrame) -> Summary:
    """Sums up the rows of `resources.purchases()` of one shopper."""
    if bought.empty:
        return Summary(0, float("nan"), "", "", "")
    brands = bought.loc[bought["brand"] != "", "brand"]
    return Summary(
        int(bought["quantity"].sum()),
        float((bought["price"].fillna(bought["list_price"]) * bought["quantity"]).sum(min_count=1)),
        f"{bought['timestamp'].min():%b %Y}",
        f"{bought['timestamp'].max():%d %b %Y}",
        str(brands.mode().iloc[0]) if len(brands) else "",
    )


def shares(bought: pd.DataFrame, everyone: pd.DataFrame, column: str, k: int = 8) -> pd.DataFrame:
    """Shares of purchases by one column: index = value, columns `shopper` and `everyone`, in [0, 1].

    The `k` values that this shopper buys most; where the shopper bought nothing, what everyone buys most.
    """
    overall = everyone[column].value_counts(normalize=True)
    own = bought[column].value_counts(normalize=True)
    top = (own if len(own) else overall).head(k).index
    return pd.DataFrame({"shopper": own.reindex(top).fillna(0.0), "everyone": overall.reindex(top).fillna(0.0)})


def nearest(purchases: pd.DataFrame, user: str, k: int = 5) -> list[tuple[str, float, str]]:
    """The shoppers who buy most alike: (id, cosine of category and color shares, what both buy most).

    Empty for a shopper without purchases.
    """
    kinds = purchases["category"].astype(str) + " · " + purchases["color"].astype(str)
    table = pd.crosstab(purchases["user_id"].astype(str), kinds)
    if user not in table.index:
        return []
    counts = np.sqrt(table.to_numpy(dtype=np.float64))
    unit = counts / np.linalg.norm(counts, axis=1, keepdims=True)
    row = table.index.get_loc(user)
    likeness = unit @ unit[row]
    likeness[row] = -1.0
    found = []
    for other in np.argsort(-likeness, kind="stable")[:k]:
        both = unit[other] * unit[row]
        found.append((str(table.index[other]), float(likeness[other]), str(table.columns[int(both.argmax())])))
    return [item for item in found if item[1] > 0]
