"""A shop that lies in a folder of this computer: its table, its purchases, its pictures."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from smartrec.catalog.importers.csv import REQUIRED
from smartrec.errors import BadInputError

_ENDINGS = (".csv", ".csv.gz")
_OF_PURCHASES = "user_id"


@dataclass(frozen=True, slots=True)
class OwnFolder:
    """What a folder holds; None where it has no such table."""

    pictures: Path
    products: Path | None
    purchases: Path | None


def look_into(typed: str, mapping: Mapping[str, str]) -> OwnFolder:
    """Finds the tables of a folder, or takes the table that was named itself; pictures are looked for beside it.

    The table of products is the one that has their columns, or the only one there is.

    Args:
        typed: a path as a visitor types or pastes it: with "~", blanks, or quotes around it.
        mapping: target column -> column of the file, where the names differ.

    Raises:
        BadInputError: no such folder, a file that is no table, a folder that can not be read, or several tables.
    """
    path = Path(typed.strip().strip("\"'")).expanduser()
    try:
        if path.is_file():
            if not path.name.lower().endswith(_ENDINGS):
                raise BadInputError(f"Expected a folder, or a .csv file in it. Received: {path}, another kind of file")
            return OwnFolder(path.parent, path, None)
        if not path.is_dir():
            raise BadInputError(f"Expected a folder on this computer. Received: {path}, which is not there")
        tables = sorted(found for found in path.iterdir() if found.name.lower().endswith(_ENDINGS))
    except OSError as problem:
        raise BadInputError(f"Expected a folder that can be read. Received: {path}, {problem.strerror}") from problem
    columns = {table: _columns(table) for table in tables}
    purchases = [table for table, names in columns.items() if _OF_PURCHASES in names]
    others = [table for table in tables if table not in purchases]
    fitting = [table for table in others if {mapping.get(name, name) for name in REQUIRED} <= columns[table]] or others
    for found, what in ((fitting, "products"), (purchases, "purchases")):
        if len(found) > 1:
            names = ", ".join(table.name for table in found)
            raise BadInputError(f"Expected one table of {what} in {path}; name its path. Received: {names}")
    return OwnFolder(path, fitting[0] if fitting else None, purchases[0] if purchases else None)


def _columns(table: Path) -> set[str]:
    """The names in a table's first line; none where it can not be read, which the importer explains."""
    try:
        with gzip.open(table, "rb") if table.name.lower().endswith(".gz") else table.open("rb") as file:
            line = file.readline(100_000).decode("utf-8-sig", "replace")
    except (OSError, EOFError):
        return set()
    separator = max(",;\t|", key=line.count)
    return {name.strip() for name in next(csv.reader([line], delimiter=separator), [])}
