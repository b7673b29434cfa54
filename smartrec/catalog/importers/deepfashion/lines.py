"""Streams of lines with their numbers: a picture's name, then fixed columns. One block is held at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from smartrec.catalog.importers.report import ImportReport
from smartrec.errors import TableError

BLOCK_BYTES = 4 << 20
# Longest number that is read; anything longer is no pixel, class or type.
_LONGEST = 9
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Some good rows of a list.

    Attributes:
        lines: (n,) int64, numbers of their lines, from 1.
        names: (n,) bytes, names of the pictures.
        values: (n, columns) int32, or (n,) bytes for a column of words.
    """

    lines: np.ndarray
    names: np.ndarray
    values: np.ndarray


class ListFile:
    """One list file; counts what it can not read in the report, with file and line."""

    def __init__(self, path: Path, report: ImportReport, headed: bool = True) -> None:
        """`headed` lists may begin with a count and a line of column names; those of the fine splits never do."""
        self.path, self.report, self.headed = path, report, headed
        self.announced: int | None = None
        self.rows = 0

    def blocks(self) -> Iterator[tuple[np.ndarray, list[bytes]]]:
        """Blocks of (line numbers, lines that are not blank), after count and header."""
        number = 1
        try:
            with open(self.path, "rb") as file:
                while block := file.readlines(BLOCK_BYTES):
                    numbers = np.arange(number, number + len(block))
                    number += len(block)
                    start = self._skip_head(block) if numbers[0] == 1 else 0
                    kept = [i for i in range(start, len(block)) if not block[i].isspace()]
                    self.rows += len(kept)
                    if kept:
                        yield numbers[kept], [block[i] for i in kept]
        except OSError as problem:
            raise TableError(f"{self.path} can not be read. Received: {problem.strerror}") from problem
        if self.announced is not None and self.announced != self.rows:
            self.report.notes.append(f"{self.path.name} announces {self.announced:,} rows and has {self.rows:,}")

    def _skip_head(self, block: list[bytes]) -> int:
        """Lines of count and header at the start of the first block."""
        block[0] = block[0].removeprefix(_BOM)
        if not self.headed:
            return 0
        first = block[0].split()
        start = 0
        if len(first) == 1 and first[0].isdigit():
            self.announced, start = int(first[0]), 1
        if start < len(block) and (block[start].split() or [b""])[0].endswith(b"_name"):
            start += 1
        return start

    def named_numbers(self, columns: int) -> Iterator[Rows]:
        """Rows of a name (it may hold spaces) and `columns` whole numbers."""

        def parse(line: bytes) -> tuple[bytes, tuple[int, ...]] | None:
            parts = line.rsplit(None, columns)
            numbers = _numbers(parts[1:]) if len(parts) == columns + 1 else None
            return None if numbers is None else (parts[0].strip(), numbers)

        return self._parsed(parse, f"expected a picture and {columns} numbers")

    def numbers(self, columns: int) -> Iterator[Rows]:
        """Rows of `columns` whole numbers and nothing else."""

        def parse(line: bytes) -> tuple[bytes, tuple[int, ...]] | None:
            parts = line.split()
            numbers = _numbers(parts) if len(parts) == columns else None
            return None if numbers is None else (b"", numbers)

        return self._parsed(parse, f"expected {columns} numbers")

    def named_words(self, allowed: tuple[bytes, ...]) -> Iterator[Rows]:
        """Rows of a name and one of the allowed words; values are indices of `allowed`, (n, 1)."""
        places = {word: (i,) for i, word in enumerate(allowed)}

        def parse(line: bytes) -> tuple[bytes, tuple[int, ...]] | None:
            parts = line.rsplit(None, 1)
            place = places.get(parts[1].lower()) if len(parts) == 2 else None
            return None if place is None else (parts[0].strip(), place)

        return self._parsed(parse, f"expected a picture and one of {', '.join(w.decode() for w in allowed)}")

    def names(self) -> Iterator[Rows]:
        """Rows that are a name and nothing else."""
        return self._parsed(lambda line: (line.strip(), ()), "expected a picture")

    def _parsed(self, parse: Callable[[bytes], tuple[bytes, tuple[int, ...]] | None], expected: str) -> Iterator[Rows]:
        for lines, block in self.blocks():
            parsed = [parse(line) for line in block]
            good = np.array([row is not None for row in parsed], dtype=bool)
            self.complain(expected, lines[~good])
            rows = [row for row in parsed if row is not None]
            if rows:
                values = np.array([row[1] for row in rows], np.int32).reshape(len(rows), -1)
                yield Rows(lines[good], np.array([row[0] for row in rows]), values)

    def complain(self, expected: str, lines: np.ndarray) -> None:
        """Counts rows whose value is left empty."""
        self.report.mend(f"{self.path.name}: {expected}, left empty", lines)


def _numbers(parts: list[bytes]) -> tuple[int, ...] | None:
    try:
        numbers = tuple(map(int, parts))
    except ValueError:
        return None
    return numbers if max(map(len, parts), default=0) <= _LONGEST else None
