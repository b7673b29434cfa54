"""Reading a table of text from outside: encoding, delimiter, named columns, and the line of every row."""

from __future__ import annotations

import codecs
import gzip
import io
import re
import warnings
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from smartrec.catalog.importers.report import ImportReport
from smartrec.errors import TableError, UsageError

MAX_BYTES = 2 * 1024**3
WRONG_FIELDS = "more fields than the header has"
_DELIMITERS = (",", ";", "\t", "|")
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """A table as it came.

    Attributes:
        table: the known columns, all text; a column that the file does not have is missing here too.
        lines: (R,) int64, line of the file at which each row begins; 1 is the header.
    """

    table: pd.DataFrame
    lines: np.ndarray


def parse_mapping(text: str | None, columns: Sequence[str]) -> dict[str, str]:
    """`target=source,...` as a dictionary; raises UsageError for a target that is none of `columns`."""
    mapping = {}
    for pair in (part for part in (text or "").split(",") if part.strip()):
        target, equals, source = (piece.strip() for piece in pair.partition("="))
        if not equals or not source or target not in columns:
            raise UsageError(
                f"--map takes target=source,... with targets out of {', '.join(columns)}. Received: {pair.strip()!r}"
            )
        mapping[target] = source
    return mapping


def read_rows(
    path: Path, required: Sequence[str], optional: Sequence[str], mapping: Mapping[str, str], report: ImportReport
) -> Rows:
    """Reads a `.csv` or `.csv.gz` file: UTF-8 (also with a mark), UTF-16 with a mark, or Western European.

    Columns are found by name, whatever their case; comma, semicolon, tab or bar between them. What is not named in
    `required`, `optional` or `mapping` is left out and listed in the report, as are rows with too many fields.

    Raises:
        TableError: no readable text, no rows, or a required column is missing; lists the columns that are there.
    """
    text = _decode(path, _read_bytes(path), report)
    header, delimiter = _header(path, text, [*required], mapping)
    names = _match(header, [*required, *optional], mapping)
    for target in [*required, *mapping]:
        if target not in names:
            raise TableError(
                f"{path.name} needs the columns {', '.join(required)}; name another one with --map "
                f"{target}=COLUMN. Received: {', '.join(header) or 'an empty header'}"
            )
    table, bad = _parse(path, text, delimiter, len(header))
    lines, bad = _lines(table, bad, text.count("\n"))
    blank = _blank(table)
    if blank.any():
        table, lines = table[~blank], lines[~blank]
    report.rows_read = len(table) + len(bad)
    report.skip(WRONG_FIELDS, bad)
    report.left_out_columns = tuple(name for i, name in enumerate(header) if i not in names.values())
    picked = table[list(names.values())].set_axis(list(names), axis=1).reset_index(drop=True)
    return Rows(picked, lines)


def _read_bytes(path: Path) -> bytes:
    try:
        opened = gzip.open(path) if path.name.lower().endswith(".gz") else open(path, "rb")  # noqa: SIM115
        with opened as file:
            content = file.read(MAX_BYTES + 1)
    except (OSError, EOFError, zlib.error) as problem:
        reason = problem.strerror if isinstance(problem, OSError) and problem.strerror else problem
        raise TableError(f"{path} can not be read as a table. Received: {reason}") from problem
    if len(content) > MAX_BYTES:
        raise TableError(f"A table may have {MAX_BYTES:,} bytes, unpacked. Received: {path.name} with more")
    return content


def _decode(path: Path, content: bytes, report: ImportReport) -> str:
    encoding = next((name for mark, name in _BOMS if content.startswith(mark)), "utf-8")
    if encoding != "utf-16" and b"\0" in content:
        raise TableError(f"Expected a table of text (.csv or .csv.gz). Received: {path.name}, which is binary")
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        report.notes.append("The file is not UTF-8: read as Western European (Windows-1252)")
    # Five bytes mean nothing in Windows-1252; Latin-1 takes any byte.
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _header(path: Path, text: str, required: list[str], mapping: Mapping[str, str]) -> tuple[list[str], str]:
    """Names of the columns and the delimiter that finds the most of the required ones, then the most columns."""
    best: tuple[tuple[int, int], list[str], str] = ((-1, -1), [], ",")
    for delimiter in _DELIMITERS:
        try:
            first = pd.read_csv(io.StringIO(text), sep=delimiter, header=None, nrows=1, dtype=str, na_filter=False)
        except (pd.errors.EmptyDataError, pd.errors.ParserError):
            continue
        names = [str(name).strip() for name in first.iloc[0]]
        rank = (len(_match(names, required, mapping)), len(names))
        if rank > best[0]:
            best = (rank, names, delimiter)
    if not best[1]:
        raise TableError(f"Expected a table with a header and rows. Received: {path.name}, which is empty")
    return best[1], best[2]


def _match(header: Sequence[str], wanted: Sequence[str], mapping: Mapping[str, str]) -> dict[str, int]:
    """Target column -> place in the header, for those that are there; the first of columns of one name counts."""

    def plain(name: str) -> str:
        return re.sub(r"[\s_-]+", "_", name.strip().casefold())

    exact: dict[str, int] = {}
    loose: dict[str, int] = {}
    for i, name in enumerate(header):
        exact.setdefault(name, i)
        loose.setdefault(plain(name), i)
    places = {}
    for target in wanted:
        source = mapping.get(target, target)
        place = exact.get(source, loose.get(plain(source)))
        if place is not None:
            places[target] = place
    return places


def _parse(path: Path, text: str, delimiter: str, width: int) -> tuple[pd.DataFrame, np.ndarray]:
    """All rows as text, (rows, width), and the lines that had to be left out."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", pd.errors.ParserWarning)
        try:
            table = pd.read_csv(
                io.StringIO(text), sep=delimiter, header=None, names=range(width), skiprows=1, dtype=str,
                na_filter=False, index_col=False, skip_blank_lines=False, on_bad_lines="warn",
            )  # fmt: skip
        except (pd.errors.EmptyDataError, pd.errors.ParserError) as problem:
            raise TableError(f"{path.name} can not be read as a table. Received: {problem}") from problem
    told = " ".join(str(warning.message) for warning in caught)
    bad = np.array(sorted(int(line) for line in re.findall(r"Skipping line (\d+)", told)), dtype=np.int64)
    return table.fillna(""), bad


def _blank(table: pd.DataFrame) -> np.ndarray:
    """(R,) bool, rows without any text; most are told by their first column."""
    blank = (table[0] == "").to_numpy()
    blank[blank] = (table[blank] == "").all(axis=1).to_numpy()
    return blank


def _lines(table: pd.DataFrame, bad: np.ndarray, newlines: int) -> tuple[np.ndarray, np.ndarray]:
    """(R,) line at which each row begins, and (B,) those of the rows left out.

    `bad` comes as numbers of records (1 is the header), which fall behind the lines where texts go over several.
    """
    record = np.setdiff1d(np.arange(2, len(table) + len(bad) + 2), bad)
    extra = np.zeros(len(table), dtype=np.int64)
    if newlines > len(table) + len(bad) + 1:
        for name in table.columns:
            extra += np.fromiter((text.count("\n") for text in table[name]), dtype=np.int64, count=len(table))
    before = np.concatenate([[0], np.cumsum(extra)])
    return record + before[:-1], bad + before[np.searchsorted(record, bad)]
