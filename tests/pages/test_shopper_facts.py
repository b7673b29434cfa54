"""What the Shopper page says of a person."""

from __future__ import annotations

import pandas as pd
import pytest

from pages.ui.shopper_facts import nearest, shares, summary


@pytest.fixture()
def purchases() -> pd.DataFrame:
    rows = [
        ("a", "Tee", "red", 10.0, "X", 2),
        ("a", "Tee", "red", 20.0, "X", 1),
        ("a", "Jeans", "blue", float("nan"), "Y", 1),
        ("b", "Tee", "red", 12.0, "X", 1),
        ("c", "Coat", "black", 90.0, "Z", 1),
    ]
    table = pd.DataFrame(rows, columns=["user_id", "category", "color", "price", "brand", "quantity"])
    return table.assign(list_price=table["price"].fillna(50.0), timestamp=pd.date_range("2026-01-01", periods=5))


def test_summary_counts_pieces_and_money(purchases: pd.DataFrame) -> None:
    facts = summary(purchases[purchases["user_id"] == "a"])
    assert (facts.purchases, facts.spent, facts.brand, facts.first) == (4, 90.0, "X", "Jan 2026")


def test_summary_of_nobody(purchases: pd.DataFrame) -> None:
    assert summary(purchases[purchases["user_id"] == "zz"]).purchases == 0


def test_shares_stand_beside_everyones(purchases: pd.DataFrame) -> None:
    table = shares(purchases[purchases["user_id"] == "a"], purchases, "category")
    assert table.loc["Tee", "shopper"] == pytest.approx(2 / 3)
    assert table.loc["Tee", "everyone"] == pytest.approx(3 / 5)
    assert "Coat" not in table.index


def test_who_buys_nothing_is_shown_what_everyone_buys(purchases: pd.DataFrame) -> None:
    assert shares(purchases.iloc[:0], purchases, "category").index[0] == "Tee"


def test_nearest_share_kind_and_color(purchases: pd.DataFrame) -> None:
    (other, likeness, shared), *rest = nearest(purchases, "a")
    assert (other, shared, rest) == ("b", "Tee · red", [])
    assert 0 < likeness < 1
    assert nearest(purchases, "zz") == []
