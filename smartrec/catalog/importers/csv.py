"""A catalog from a table: `product_id, title, category` and whatever else is known of the products."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd

from smartrec.catalog.importers.cleaning import clean_ids, clean_text, parse_prices
from smartrec.catalog.importers.delimited import Rows, read_rows
from smartrec.catalog.importers.report import ImportReport
from smartrec.catalog.schema import COLUMNS
from smartrec.errors import TableError
from smartrec.labels import CATEGORIES

REQUIRED = ("product_id", "title", "category")
OPTIONAL = ("description", "color", "price", "brand", "gender", "attributes", "image")
_LIMITS = {
    "title": 300,
    "category": 80,
    "description": 5000,
    "color": 80,
    "brand": 120,
    "gender": 40,
    "attributes": 2000,
}
_ID_LIMIT = 200


@dataclass(slots=True, eq=False)
class ImportedCatalog:
    """What an importer hands over to be written into a workspace.

    Attributes:
        table: the columns of `catalog.schema.COLUMNS`; `image` is empty, `attributes` as they came.
        report: the account of all rows.
        pictures: product_id -> what the source says of the picture: a path relative to its folder of pictures.
        labels: `product_id`, columns of `labels.LABEL_FIELDS` and `details` (joined by "+") where the source has
            annotations, with the box as fractions in `x0 y0 x1 y1` where it is known; None where it has none.
        lines: (N,) int64, line of each product in the source; None where rows have no lines.
    """

    table: pd.DataFrame
    report: ImportReport
    pictures: dict[str, str] = field(default_factory=dict)
    labels: pd.DataFrame | None = None
    lines: np.ndarray | None = None


def read_catalog(path: Path, mapping: Mapping[str, str] | None = None) -> ImportedCatalog:
    """Reads a catalog from a `.csv` or `.csv.gz` file.

    A row is skipped, and reported with its line, if it has no id, title or category, or an id that came before;
    a price that is none is left empty and reported. Names of the project's own categories are written as the
    project does ("tee" becomes "Tee"), others stay as they are.

    Args:
        path: the file.
        mapping: target column -> column of the file, where the names differ.

    Raises:
        TableError: no readable table, a required column is missing, or no row can be used.
    """
    began = time.perf_counter()
    report = ImportReport(Path(path).name)
    rows = read_rows(Path(path), REQUIRED, OPTIONAL, mapping or {}, report)
    table = _cleaned(rows, report)
    keep = _usable(table, rows.lines, report)
    table, lines = table[keep].reset_index(drop=True), rows.lines[keep]
    table = table.assign(price=_prices(table["price"], lines, report))
    if table.empty:
        raise TableError(f"No product could be used. Received: {'; '.join(report.as_text())}")
    report.rows_kept = len(table)
    report.seconds = time.perf_counter() - began
    pictures = {key: value for key, value in zip(table["product_id"], table["image"], strict=True) if value}
    return ImportedCatalog(table.assign(image="").astype(COLUMNS), report, pictures, lines=lines)


def _cleaned(rows: Rows, report: ImportReport) -> pd.DataFrame:
    """All columns of `COLUMNS` as text; empty where the file has none."""
    known = {"product_id": clean_ids(rows.table["product_id"])}
    for name in COLUMNS:
        if name in known:
            continue
        if name not in rows.table:
            known[name] = pd.Series("", index=rows.table.index)
        elif name in _LIMITS:
            known[name] = clean_text(rows.table[name], _LIMITS[name])
            long = np.fromiter(map(len, rows.table[name]), dtype=np.int64, count=len(rows.table)) > _LIMITS[name]
            report.mend(f"{name} cut to {_LIMITS[name]} characters", rows.lines[long])
        else:
            known[name] = rows.table[name].map(str.strip)
    ours = {name.casefold(): name for name in CATEGORIES}
    spelled = {name: ours.get(name.casefold(), name) for name in known["category"].unique()}
    known["category"] = known["category"].map(spelled)
    return pd.DataFrame(known)[list(COLUMNS)]


def _usable(table: pd.DataFrame, lines: np.ndarray, report: ImportReport) -> np.ndarray:
    """(R,) bool; each row that is left out is reported once, with the first reason that holds."""
    ids = table["product_id"]
    reasons = {
        "no product_id": ids == "",
        f"product_id of more than {_ID_LIMIT} characters": ids.map(len) > _ID_LIMIT,
        "no title": table["title"] == "",
        "no category": table["category"] == "",
    }
    left = np.ones(len(table), dtype=bool)
    for reason, holds in reasons.items():
        out = left & holds.to_numpy(dtype=bool)
        report.skip(reason, lines[out])
        left &= ~out
    # Only usable rows compete for an id: a broken first row does not push out a good second one.
    places = np.flatnonzero(left)
    twice = places[ids.iloc[places].duplicated().to_numpy()]
    report.skip("product_id that an earlier row has", lines[twice])
    left[twice] = False
    return left


def _prices(column: pd.Series, lines: np.ndarray, report: ImportReport) -> np.ndarray:
    prices, bad = parse_prices(column)
    report.mend("price not readable, left empty", lines[bad])
    return prices
