"""Filtering and sorting of the catalog; plain tables, no Streamlit."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

SORTS = ("best sellers", "price, low first", "price, high first", "title", "newest id")


@dataclass(frozen=True, slots=True)
class Filter:
    """What a visitor wants to see; empty fields let everything pass."""

    text: str = ""
    categories: tuple[str, ...] = ()
    colors: tuple[str, ...] = ()
    price: tuple[float, float] | None = None


def matches(table: pd.DataFrame, wanted: Filter) -> np.ndarray:
    """(N,) bool, which products pass. Every word of the text must occur in title, brand, attributes or id."""
    passed = np.ones(len(table), bool)
    if wanted.categories:
        passed &= table["category"].isin(wanted.categories).to_numpy(bool)
    if wanted.colors:
        passed &= table["color"].isin(wanted.colors).to_numpy(bool)
    if wanted.price is not None:
        low, high = wanted.price
        prices = table["price"].to_numpy(np.float64)
        passed &= np.isnan(prices) | ((prices >= low) & (prices <= high))
    haystack = table["title"] + " " + table["brand"] + " " + table["attributes"] + " " + table["product_id"]
    for word in wanted.text.lower().split():
        passed &= haystack.str.lower().str.contains(word, regex=False).to_numpy(bool)
    return passed


def order(table: pd.DataFrame, which: np.ndarray, sort: str, sold: pd.Series) -> np.ndarray:
    """The catalog positions `which` in the order of one of `SORTS`; `sold`: product_id -> pieces sold."""
    rows = table.iloc[which]
    keys = {
        "best sellers": -rows["product_id"].map(sold).fillna(0).to_numpy(np.float64),
        "price, low first": rows["price"].to_numpy(np.float64),
        "price, high first": -rows["price"].to_numpy(np.float64),
        "title": rows["title"].str.lower().rank(method="first").to_numpy(np.float64),
        "newest id": -rows["product_id"].rank(method="first").to_numpy(np.float64),
    }
    return which[np.argsort(keys[sort], kind="stable")]
