"""Filters and order of the catalog."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from pages.ui.shelf import SORTS, Filter, matches, order


@pytest.fixture()
def table() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "product_id": ["1", "2", "3"],
            "title": ["Red tee", "Blue jeans", "Red dress"],
            "category": ["Tee", "Jeans", "Dress"],
            "color": ["red", "blue", "red"],
            "price": [10.0, np.nan, 30.0],
            "brand": ["A", "B", "(C"],
            "attributes": ["red|plain", "denim", "red|floral"],
        }
    )


def test_filters_are_joined_by_and(table: pd.DataFrame) -> None:
    assert matches(table, Filter()).tolist() == [True, True, True]
    assert matches(table, Filter(text="red", colors=("red",), price=(0, 20))).tolist() == [True, False, False]
    assert matches(table, Filter(categories=("Jeans",))).tolist() == [False, True, False]


def test_a_product_without_price_passes_every_price(table: pd.DataFrame) -> None:
    assert matches(table, Filter(price=(25, 40))).tolist() == [False, True, True]


def test_text_is_no_pattern(table: pd.DataFrame) -> None:
    assert matches(table, Filter(text="(c")).tolist() == [False, False, True]


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("best sellers", [2, 0, 1]),
        ("price, low first", [0, 2, 1]),
        ("price, high first", [2, 0, 1]),
        ("title", [1, 2, 0]),
        ("newest id", [2, 1, 0]),
    ],
)
def test_orders(table: pd.DataFrame, sort: str, expected: list[int]) -> None:
    assert sort in SORTS
    assert order(table, np.arange(3), sort, pd.Series({"3": 9, "1": 2})).tolist() == expected
