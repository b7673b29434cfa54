"""No table is written that breaks a rule, and the error names column, rule and value."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

from smartrec.catalog.schema import COLUMNS
from smartrec.errors import TableError
from smartrec.settings import ROOT
from smartrec.shoppers.schema import empty_transactions
from smartrec.tables import checked


def catalog(**change: object) -> pd.DataFrame:
    table = pd.DataFrame({name: ["", ""] for name in COLUMNS})
    table = table.assign(product_id=["1", "2"], title="Tee", category="Tee", price=[1.0, np.nan])
    return table.assign(**change)


def transactions(**change: object) -> pd.DataFrame:
    row = {"user_id": "u", "product_id": "1", "timestamp": pd.Timestamp("2024-01-01"), "quantity": 1, "price": np.nan}
    return pd.DataFrame([row]).assign(**change)


def test_good_tables_get_their_types() -> None:
    table = checked(catalog(brand=None, extra=1), "catalog")
    assert table.dtypes.astype(str).to_dict() == COLUMNS
    assert table["brand"].tolist() == ["", ""]
    assert len(checked(transactions(), "transactions")) == 1
    assert len(checked(empty_transactions(), "transactions")) == 0


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"product_id": ["1", "1"]}, "'product_id'.*Received: '1'"),
        ({"product_id": ["", "1"]}, "'product_id': must not be empty"),
        ({"title": ""}, "'title': must not be empty"),
        ({"price": -1.0}, r"'price'.*Received: -1\.0"),
        ({"price": "dear"}, "wrong type"),
        ({"image": "../secret.png"}, "'image': must be a path inside the workspace"),
        ({"image": "/etc/passwd"}, "inside the workspace"),
        ({"image": "C:\\\\x.png"}, "inside the workspace"),
    ],
)
def test_a_bad_catalog_is_refused(change: dict, message: str) -> None:
    with pytest.raises(TableError, match=message):
        checked(catalog(**change), "catalog")


@pytest.mark.parametrize(
    ("change", "column"),
    [({"quantity": 0}, "quantity"), ({"timestamp": pd.NaT}, "timestamp"), ({"user_id": ""}, "user_id")],
)
def test_bad_transactions_are_refused(change: dict, column: str) -> None:
    with pytest.raises(TableError, match=f"column '{column}'"):
        checked(transactions(**change), "transactions")


def test_a_missing_column_is_named() -> None:
    with pytest.raises(TableError, match="no column 'quantity'"):
        checked(transactions().drop(columns="quantity"), "transactions")


def test_opening_a_workspace_does_not_load_the_validation_library() -> None:
    code = "import sys, smartrec.workspace; sys.exit('pandera' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
