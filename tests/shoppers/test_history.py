"""Histories are cut at a time, in time order, and their matrices agree with a plain count."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smartrec.catalog.schema import COLUMNS, Catalog
from smartrec.shoppers.history import Histories
from smartrec.shoppers.schema import empty_transactions

DAY = np.timedelta64(1, "D")
START = np.datetime64("2024-01-01", "ns")


def catalog(n: int) -> Catalog:
    table = pd.DataFrame({name: [""] * n for name in COLUMNS})
    return Catalog(table.assign(product_id=[f"P{i}" for i in range(n)], price=1.0))


def table(rows: list[tuple[int, int, int]]) -> pd.DataFrame:
    """Rows of (user, product, day)."""
    frame = pd.DataFrame(rows, columns=["user", "product", "day"])
    return pd.DataFrame(
        {
            "user_id": "U" + frame["user"].astype(str),
            "product_id": "P" + frame["product"].astype(str),
            "timestamp": START + frame["day"].to_numpy(dtype="timedelta64[D]"),
            "quantity": 1,
            "price": 1.0,
        }
    )


purchases = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 6), st.integers(0, 30)), min_size=1, max_size=40)


@settings(max_examples=60, deadline=None)
@given(rows=purchases, cut=st.integers(-1, 31))
def test_a_history_is_what_the_shopper_bought_until_now(rows: list[tuple[int, int, int]], cut: int) -> None:
    histories = Histories(table(rows), catalog(5))  # P5 and P6 are not in the catalog
    now = START + cut * DAY
    for user in {row[0] for row in rows}:
        history = histories.history(f"U{user}", now)
        expected = sorted((day, item) for u, item, day in rows if u == user and item < 5 and day <= cut)
        assert (np.diff(history.times) >= np.timedelta64(0)).all()
        assert sorted(zip((history.times - START) // DAY, history.items, strict=True)) == expected


@settings(max_examples=60, deadline=None)
@given(rows=purchases, cut=st.integers(-1, 31))
def test_matrices_agree_with_a_plain_count(rows: list[tuple[int, int, int]], cut: int) -> None:
    histories = Histories(table(rows), catalog(7))
    now = START + cut * DAY
    counted = np.zeros((len(histories.users), 7))
    newest = np.full((len(histories.users), 7), -np.inf)
    for user, item, day in rows:
        if day <= cut:
            place = histories.place(f"U{user}")
            counted[place, item] += 1
            newest[place, item] = max(newest[place, item], day)
    np.testing.assert_array_equal(histories.matrix(now, counts=True).toarray(), counted)
    np.testing.assert_array_equal(histories.matrix(now).toarray(), counted > 0)
    np.testing.assert_allclose(histories.matrix(now, half_life=7).toarray(), 2 ** ((newest - cut) / 7), rtol=1e-5)
    np.testing.assert_array_equal(histories.popularity(now), counted.sum(axis=0))


def test_popularity_of_the_last_days() -> None:
    histories = Histories(table([(0, 1, 0), (1, 1, 9), (2, 2, 10)]), catalog(3))
    assert histories.popularity(START + 10 * DAY, days=5).tolist() == [0, 1, 1]
    assert histories.popularity(days=1).tolist() == [0, 0, 1]


@pytest.mark.parametrize("n_products", [0, 3])
def test_a_shop_without_transactions(n_products: int) -> None:
    histories = Histories(empty_transactions(), catalog(n_products), ["U1"])
    assert len(histories) == 0
    assert len(histories.history("U1")) == 0
    assert histories.matrix(half_life=3).shape == (1, n_products)
    assert histories.popularity(days=90).tolist() == [0] * n_products
