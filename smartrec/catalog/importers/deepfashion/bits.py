"""A thousand yes/no attributes of hundreds of thousands of pictures, two bits each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from smartrec.catalog.importers.deepfashion.lines import ListFile, Rows

_SPACE, _MINUS, _STRANGE = 32, 45, 127
# Added to the byte after a minus.
_NEGATIVE = 128
_NOT_VALUES = bytes(range(_SPACE + 1)) + b"-"
# Byte of a value -> its int8: 1 yes, -1 no, 0 not known.
_MEANING = bytes({ord("1"): 1, ord("1") + _NEGATIVE: 0, ord("0"): 255}.get(byte, _STRANGE) for byte in range(256))


@dataclass(slots=True, eq=False)
class AttributeBits:
    """(N, A) attributes, packed; indexing gives (n, A) int8 of 1 = yes, 0 = no, -1 = not known.

    Attributes:
        yes: (N, ceil(A / 8)) uint8.
        known: (N, ceil(A / 8)) uint8.
        count: A.
    """

    yes: np.ndarray
    known: np.ndarray
    count: int

    @classmethod
    def unknown(cls, rows: int, count: int) -> AttributeBits:
        """Nothing is known of any row."""
        width = -(-count // 8)
        return cls(np.zeros((rows, width), np.uint8), np.zeros((rows, width), np.uint8), count)

    @property
    def shape(self) -> tuple[int, int]:
        """(N, A)."""
        return len(self.yes), self.count

    def __len__(self) -> int:
        return len(self.yes)

    def __getitem__(self, rows: np.ndarray | slice) -> np.ndarray:
        yes = np.unpackbits(np.atleast_2d(self.yes[rows]), axis=1, count=self.count).astype(np.int8)
        known = np.unpackbits(np.atleast_2d(self.known[rows]), axis=1, count=self.count).astype(np.int8)
        return yes + known - 1

    def take(self, rows: np.ndarray) -> AttributeBits:
        """These rows, still packed."""
        return AttributeBits(self.yes[rows], self.known[rows], self.count)

    def put(self, rows: np.ndarray, values: np.ndarray) -> None:
        """Sets rows to (n, A) int8 of 1, 0 and -1."""
        self.yes[rows] = np.packbits(values == 1, axis=1)
        self.known[rows] = np.packbits(values >= 0, axis=1)

    def appended(self, rows: int) -> AttributeBits:
        """With as many rows more of which nothing is known."""
        more = AttributeBits.unknown(rows, self.count)
        return AttributeBits(np.concatenate([self.yes, more.yes]), np.concatenate([self.known, more.known]), self.count)


def read_signs(file: ListFile, count: int) -> Iterator[Rows]:
    """Rows of a picture and `count` values of 1 (yes), -1 (no) or 0 (not known), as (n, count) int8 1, 0, -1."""
    for lines, block in file.blocks():
        names: list[bytes] = []
        values = np.empty((len(block), count), np.int8)
        good = np.zeros(len(block), bool)
        for i, line in enumerate(block):
            row = _signed_row(line, count)
            if row is not None:
                good[i] = True
                values[len(names)] = row[1]
                names.append(row[0])
        file.complain(f"expected a picture and {count} values of 1, -1 or 0", lines[~good])
        if names:
            yield Rows(lines[good], np.array(names), values[: len(names)])


def _signed_row(line: bytes, count: int) -> tuple[bytes, np.ndarray] | None:
    name, _, rest = line.partition(b" ") if b"\t" not in line else line.replace(b"\t", b" ").partition(b" ")
    values = signs_of(rest, count)
    if values is None:  # a name with spaces, or a row that is not one
        parts = line.rsplit(None, count)
        if len(parts) != count + 1:
            return None
        name = parts[0]
        values = signs_of(b" ".join(parts[1:]), count)
    return None if values is None or not name else (name.strip(), values)


def signs_of(text: bytes, count: int) -> np.ndarray | None:
    """(count,) int8 of 1 = yes, 0 = no, -1 = not known, from values of 1, -1 and 0; None if it is anything else.

    Passes over bytes: 289,222 rows of 1,000 values as Python numbers would take minutes and gigabytes.
    """
    if not text.isascii():
        return None
    data = np.frombuffer(text, np.uint8)
    minus, filled = data == _MINUS, data > _SPACE
    marked = data.copy()
    marked[1:] += minus[:-1] * np.uint8(_NEGATIVE)
    values = np.frombuffer(marked.tobytes().translate(_MEANING, _NOT_VALUES), np.int8)
    side_by_side = filled[1:] & filled[:-1] & ~minus[:-1]
    if len(values) != count or values.max(initial=0) > 1 or bool(side_by_side.any()):
        return None
    return values
