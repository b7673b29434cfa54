"""Transactions as shops export them: times of many forms, returns, unknown products, and an account of every row."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smartrec.catalog.importers.report import ImportReport
from smartrec.errors import TableError
from smartrec.shoppers.schema import TRANSACTION_COLUMNS
from smartrec.shoppers.timestamps import parse_times
from smartrec.shoppers.transactions_csv import read_transactions, shoppers_of

NOW = np.datetime64("2025-01-01T00:00:00", "ns")
PRODUCTS = ["007", "8"]


def read(folder: Path, text: str, **mapping: str) -> tuple[pd.DataFrame, ImportReport]:
    (folder / "sales.csv").write_text(text, encoding="utf-8")
    return read_transactions(folder / "sales.csv", PRODUCTS, mapping, NOW)


def test_a_plain_table(tmp_path: Path) -> None:
    table, report = read(tmp_path, "user_id,product_id,timestamp,mood\n01,007,2024-02-01,x\n1,8,2024-01-01 10:30,y\n")
    assert table.dtypes.astype(str).to_dict() == TRANSACTION_COLUMNS
    assert table["user_id"].tolist() == ["1", "01"]
    assert table["product_id"].tolist() == ["8", "007"]
    assert table["quantity"].tolist() == [1, 1] and table["price"].isna().all()
    assert report.left_out_columns == ("mood",) and report.rows_kept == 2


def test_every_row_is_accounted_for_with_its_line(tmp_path: Path) -> None:
    text = (
        "user_id,product_id,timestamp,quantity,price\n"
        'u1,007,2024-01-01,2,"€ 24,90"\n'
        ",007,2024-01-01,1,1\n"
        "new,007,2024-01-01,1,1\n"
        "u1,,2024-01-01,1,1\n"
        "u1,999,2024-01-01,1,1\n"
        "u1,007,yesterday,1,1\n"
        "u1,007,2024-02-30,1,1\n"
        "u1,007,2999-01-01,1,1\n"
        "u1,007,1901-01-01,1,1\n"
        "u1,007,2024-01-01,-1,1\n"
        "u1,007,2024-01-01,0.5,1\n"
        "u2,8,2024-01-03,,dear\n"
    )
    table, report = read(tmp_path, text)
    assert table["quantity"].tolist() == [2, 1]
    np.testing.assert_array_equal(table["price"], [24.9, np.nan])
    assert {reason: found.lines for reason, found in report.skipped.items()} == {
        "no user_id": [3],
        "user_id 'new', which means someone without history": [4],
        "no product_id": [5],
        "product that the catalog does not have": [6],
        "time not readable": [7, 8],
        "time in the future": [9],
        "time before 1970": [10],
        "quantity that is no whole number from 1 to 100,000": [11, 12],
    }
    assert report.mended["price not readable, left empty"].lines == [13]
    assert report.rows_read == 12 == report.rows_kept + sum(found.rows for found in report.skipped.values())
    assert shoppers_of(table)["user_id"].tolist() == ["u1", "u2"]
    assert not shoppers_of(table)["simulated"].any()


def test_columns_are_renamed(tmp_path: Path) -> None:
    table, _ = read(tmp_path, "who;what;when\n1;8;2024-01-01\n", user_id="who", product_id="what", timestamp="when")
    assert len(table) == 1


def test_nothing_usable_is_an_error_that_says_why(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="product that the catalog does not have"):
        read(tmp_path, "user_id,product_id,timestamp\n1,1,2024-01-01\n")


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2024-03-01", "2024-03-01T00:00:00"),
        ("2024-03-01 10:30", "2024-03-01T10:30:00"),
        ("2024-03-01T10:30:15.5", "2024-03-01T10:30:15.5"),
        ("2024-03-01T10:30:00Z", "2024-03-01T10:30:00"),
        ("2024-03-01T10:30:00+02:00", "2024-03-01T08:30:00"),
        ("2024-03-01 23:30:00-0500", "2024-03-02T04:30:00"),
        ("20240301", "2024-03-01T00:00:00"),
        ("1709251200", "2024-03-01T00:00:00"),
        ("1709251200000", "2024-03-01T00:00:00"),
        ("31.12.2024 18:30", "2024-12-31T18:30:00"),
        ("1.3.2024", "2024-03-01T00:00:00"),
        ("12/31/2024", "2024-12-31T00:00:00"),
        ("3/1/2024 07:05", "2024-03-01T07:05:00"),
    ],
)
def test_times_of_many_forms(text: str, utc: str) -> None:
    times, _ = parse_times(pd.Series([text], dtype=object))
    assert times[0] == np.datetime64(utc, "ns")


def test_zones_and_dates_may_be_mixed() -> None:
    times, note = parse_times(pd.Series(["2024-03-01", "2024-03-01T12:00+01:00", "", "soon", "2024-03-01T12:00Z"]))
    assert times[[0, 1, 4]].astype("datetime64[h]").astype(str).tolist() == [
        "2024-03-01T00", "2024-03-01T11", "2024-03-01T12",
    ]  # fmt: skip
    assert np.isnat(times[[2, 3]]).all() and note == ""


def test_the_whole_column_decides_between_day_and_month() -> None:
    times, note = parse_times(pd.Series(["03/04/2024", "25/04/2024"]))
    assert times.astype("datetime64[D]").astype(str).tolist() == ["2024-04-03", "2024-04-25"]
    assert "day/month/year" in note
    assert "month/day/year" in parse_times(pd.Series(["03/04/2024"]))[1]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(max_size=25), min_size=1, max_size=6))
def test_no_text_breaks_the_times(texts: list[str]) -> None:
    assert len(parse_times(pd.Series(texts, dtype=object))[0]) == len(texts)


@settings(max_examples=100, deadline=None)
@given(st.datetimes(min_value=pd.Timestamp("1971-01-01"), max_value=pd.Timestamp("2100-01-01")))
def test_a_time_is_read_the_same_in_every_form(moment: pd.Timestamp) -> None:
    moment = moment.replace(microsecond=0)
    forms = [moment.isoformat(), moment.isoformat() + "Z", moment.strftime("%Y-%m-%d %H:%M:%S+00:00")]
    assert (parse_times(pd.Series(forms))[0] == np.datetime64(moment, "ns")).all()
    dotted = parse_times(pd.Series([moment.strftime("%d.%m.%Y %H:%M:%S"), "31.01.2024"]))[0]
    assert dotted[0] == np.datetime64(moment, "ns")
