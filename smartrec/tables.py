"""What every table of a workspace must be before it is written: columns, types, and values that make sense."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

import pandas as pd

from smartrec.catalog.schema import COLUMNS
from smartrec.errors import TableError
from smartrec.shoppers.schema import SHOPPER_COLUMNS, TRANSACTION_COLUMNS

if TYPE_CHECKING:
    import pandera.pandas as pandera

_COLUMNS = {"catalog": COLUMNS, "shoppers": SHOPPER_COLUMNS, "transactions": TRANSACTION_COLUMNS}
_FAILURES_SHOWN = 3


def checked(table: pd.DataFrame, what: str) -> pd.DataFrame:
    """A table with exactly its columns and their dtypes; texts that are missing become "".

    Args:
        table: at least the columns of its kind.
        what: "catalog", "shoppers" or "transactions".

    Raises:
        TableError: a column is missing, or a value is not what it must be; names column, rule and values.
    """
    import pandera.pandas as pandera

    result = _typed(table, _COLUMNS[what], what)
    try:
        _schemas()[what].validate(result, lazy=True)
    except pandera.errors.SchemaErrors as problem:
        cases = problem.failure_cases
        values = ", ".join(repr(value) for value in cases["failure_case"].head(_FAILURES_SHOWN))
        first = cases.iloc[0]
        raise TableError(
            f"The {what} table breaks a rule of column {first['column']!r}: {first['check']}. Received: {values}"
        ) from problem
    return result


def _typed(table: pd.DataFrame, columns: Mapping[str, str], what: str) -> pd.DataFrame:
    missing = [name for name in columns if name not in table.columns]
    if missing:
        raise TableError(f"The {what} table needs {', '.join(columns)}. Received: no column {missing[0]!r}")
    try:
        result = {
            name: table[name].astype("string").fillna("") if dtype == "string" else table[name].astype(dtype)
            for name, dtype in columns.items()
        }
    except (TypeError, ValueError) as problem:
        raise TableError(f"The {what} table has a value of the wrong type. Received: {problem}") from problem
    return pd.DataFrame(result).reset_index(drop=True)


@cache
def _schemas() -> dict[str, pandera.DataFrameSchema]:
    """Kept out of the module's import: opening a workspace needs no validation library."""
    import pandera.pandas as pandera

    text = pandera.Check(lambda column: column != "", error="must not be empty")
    inside = pandera.Check(
        lambda column: ~column.str.contains(r"^/|\\|(?:^|/)\.\.(?:/|$)|:", regex=True),
        error="must be a path inside the workspace",
    )
    price = pandera.Column(float, pandera.Check.ge(0), nullable=True)
    return {
        "catalog": pandera.DataFrameSchema(
            {
                "product_id": pandera.Column(checks=text, unique=True),
                "title": pandera.Column(checks=text),
                "category": pandera.Column(checks=text),
                "price": price,
                "image": pandera.Column(checks=inside),
            }
        ),
        "shoppers": pandera.DataFrameSchema({"user_id": pandera.Column(checks=text, unique=True)}),
        "transactions": pandera.DataFrameSchema(
            {
                "user_id": pandera.Column(checks=text),
                "product_id": pandera.Column(checks=text),
                "timestamp": pandera.Column("datetime64[ns]", nullable=False),
                "quantity": pandera.Column(checks=pandera.Check.ge(1)),
                "price": price,
            }
        ),
    }
