"""Real transactions from a table: `user_id, product_id, timestamp` and, where known, `quantity, price`."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from smartrec.catalog.importers.cleaning import clean_ids, parse_prices
from smartrec.catalog.importers.delimited import read_rows
from smartrec.catalog.importers.report import ImportReport
from smartrec.errors import TableError
from smartrec.settings import NEW_SHOPPER
from smartrec.shoppers.schema import SHOPPER_COLUMNS, TRANSACTION_COLUMNS
from smartrec.shoppers.timestamps import parse_times

REQUIRED = ("user_id", "product_id", "timestamp")
OPTIONAL = ("quantity", "price")
_MOST = 100_000
_ID_LIMIT = 200
_FIRST = np.datetime64("1970-01-01T00:00:00", "ns")


def read_transactions(
    path: Path,
    products: pd.Index | list[str],
    mapping: Mapping[str, str] | None = None,
    now: np.datetime64 | None = None,
) -> tuple[pd.DataFrame, ImportReport]:
    """Reads transactions from a `.csv` or `.csv.gz` file, all columns at once.

    Skipped, and reported with their lines: rows without shopper, product or readable time, of products that the
    catalog does not have, of the future, and with a quantity below 1 (returns). A price that is none is left empty.

    Args:
        path: the file.
        products: ids of the catalog.
        mapping: target column -> column of the file, where the names differ.
        now: naive UTC; later rows are of the future. None = the clock.

    Returns:
        The columns of `TRANSACTION_COLUMNS`, sorted by time, and the account of all rows.

    Raises:
        TableError: no readable table, a required column is missing, or no row can be used.
    """
    began = time.perf_counter()
    path = Path(path)
    report = ImportReport(path.name)
    rows = read_rows(path, REQUIRED, OPTIONAL, mapping or {}, report)
    users, items = clean_ids(rows.table["user_id"]), clean_ids(rows.table["product_id"])
    times, note = parse_times(rows.table["timestamp"])
    report.notes += [note] if note else []
    quantity = _quantities(rows.table)
    price, bad_price = parse_prices(rows.table["price"]) if "price" in rows.table else (np.nan, np.zeros(len(users)))
    late = times > (np.datetime64("now", "ns") if now is None else now)
    reasons = {
        "no user_id": (users == "").to_numpy(),
        f"user_id of more than {_ID_LIMIT} characters": (users.map(len) > _ID_LIMIT).to_numpy(),
        f"user_id {NEW_SHOPPER!r}, which means someone without history": (users == NEW_SHOPPER).to_numpy(),
        "no product_id": (items == "").to_numpy(),
        "product that the catalog does not have": ~items.isin(products).to_numpy(),
        "time not readable": np.isnat(times),
        "time before 1970": times < _FIRST,
        "time in the future": late,
        f"quantity that is no whole number from 1 to {_MOST:,}": quantity < 1,
    }
    keep = _account(reasons, rows.lines, report)
    report.mend("price not readable, left empty", rows.lines[keep & bad_price.astype(bool)])
    table = pd.DataFrame(
        {"user_id": users, "product_id": items, "timestamp": times, "quantity": quantity, "price": price}
    )[keep]
    if table.empty:
        raise TableError(f"No transaction could be used. Received: {'; '.join(report.as_text())}")
    report.rows_kept = len(table)
    table = table.astype(TRANSACTION_COLUMNS).sort_values("timestamp", kind="stable", ignore_index=True)
    report.seconds = time.perf_counter() - began
    return table, report


def shoppers_of(transactions: pd.DataFrame) -> pd.DataFrame:
    """Real shoppers, of whom nothing is known but their id: the columns of `SHOPPER_COLUMNS`, sorted by id."""
    ids = np.sort(transactions["user_id"].unique().astype(object))
    return pd.DataFrame({"user_id": ids, "name": "", "gender": "", "simulated": False}).astype(SHOPPER_COLUMNS)


def _account(reasons: Mapping[str, np.ndarray], lines: np.ndarray, report: ImportReport) -> np.ndarray:
    """(R,) bool, rows to keep; each other row is reported once, with the first reason that holds."""
    keep = np.ones(len(lines), dtype=bool)
    for reason, holds in reasons.items():
        out = keep & holds
        report.skip(reason, lines[out])
        keep &= ~out
    return keep


def _quantities(table: pd.DataFrame) -> np.ndarray:
    """(R,) int64; 1 where the file says nothing, 0 where it says something that is no quantity."""
    if "quantity" not in table:
        return np.ones(len(table), dtype=np.int64)
    text = table["quantity"].str.strip()
    number = pd.to_numeric(text.where(text != "", "1"), errors="coerce").to_numpy(dtype=np.float64)
    fine = (number >= 1) & (number <= _MOST) & (number == np.floor(number))
    return np.where(fine, number, 0).astype(np.int64)
