"""The annotations of all pictures as NumPy columns, whichever layout they came in."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from smartrec.catalog.importers.deepfashion.bits import AttributeBits
from smartrec.catalog.importers.deepfashion.files import SPLITS
from smartrec.catalog.importers.deepfashion.lines import Rows
from smartrec.catalog.importers.deepfashion.lists import FINE_GROUPS, NamedTypes, fine_value
from smartrec.catalog.importers.report import ImportReport

UNKNOWN = -1
LANDMARKS = 8


@dataclass(slots=True, eq=False)
class Annotations:
    """One row a picture, N rows. What a file does not say, or says in a corrupt row, is unknown and in the report.

    Attributes:
        folder: the folder that was read.
        layout: ``coarse`` (1,000 attributes) or ``fine`` (26 attributes in six groups).
        names: (N,) bytes, names of the pictures as in the lists, unique.
        lines: (N,) int64, line of each picture in the list that names it.
        category: (N,) int16, place in `categories`, -1 where not known.
        split: (N,) int8, place in `files.SPLITS`, -1 where not known.
        boxes: (N, 4) float32, xyxy in pixels of the picture, NaN where not known.
        landmarks: (N, 8, 3) int16: visibility (0 visible, 1 hidden, 2 cut off, -1 none), x and y in pixels.
        categories: names and types (1 upper body, 2 lower body, 3 full body).
        attribute_names: names and types of the attributes.
        attributes: (N, A) packed.
        groups: fine layout: group -> (N,) int16, place among the group's attributes, -1 where not known; else empty.
        report: the account of all rows.
    """

    folder: Path
    layout: str
    names: np.ndarray
    lines: np.ndarray
    category: np.ndarray
    split: np.ndarray
    boxes: np.ndarray
    landmarks: np.ndarray
    categories: NamedTypes
    attribute_names: NamedTypes
    attributes: AttributeBits
    report: ImportReport
    groups: dict[str, np.ndarray] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.names)

    def rows_of(self, split: str) -> np.ndarray:
        """(n,) int64, the rows of one split."""
        return np.flatnonzero(self.split == SPLITS.index(split))

    def group_values(self) -> dict[str, tuple[str, ...]]:
        """Fine layout: group -> its values, by the project's own names where they mean the same."""
        members = {group: self.attribute_names.of_type(i + 1) for i, group in enumerate(FINE_GROUPS)}
        return {
            group: tuple(fine_value(group, self.attribute_names.names[i]) for i in members[group])
            for group in self.groups
        }

    def name(self, row: int) -> str:
        """Name of a picture, a path relative to the folder of pictures."""
        return bytes(self.names[row]).decode("utf-8", "replace")


class Index:
    """Finds the rows of pictures by name; lists are mostly in the same order, and then this costs one comparison."""

    def __init__(self, names: np.ndarray) -> None:
        self.names = names
        self._next = 0
        self._order: np.ndarray | None = None

    def rows(self, names: np.ndarray) -> np.ndarray:
        """(n,) int64 row of each name, -1 for a name that is not there."""
        expected = self.names[self._next : self._next + len(names)]
        if len(expected) == len(names) and bool((expected == names).all()):
            self._next += len(names)
            return np.arange(self._next - len(names), self._next)
        if self._order is None:
            self._order = np.argsort(self.names)
        places = np.searchsorted(self.names, names, sorter=self._order)
        rows = self._order[np.minimum(places, len(self._order) - 1)]
        rows = np.where(self.names[rows] == names, rows, UNKNOWN)
        if len(rows) and rows[-1] >= 0:
            self._next = int(rows[-1]) + 1
        return rows


def blank(
    folder: Path, layout: str, pictures: Rows, lists: tuple[NamedTypes, NamedTypes], report: ImportReport
) -> Annotations:
    """Annotations in which nothing but the pictures' names is known."""
    count = len(pictures.names)
    categories, attributes = lists
    return Annotations(
        folder=folder,
        layout=layout,
        names=pictures.names,
        lines=pictures.lines,
        category=np.full(count, UNKNOWN, np.int16),
        split=np.full(count, UNKNOWN, np.int8),
        boxes=np.full((count, 4), np.nan, np.float32),
        landmarks=np.full((count, LANDMARKS, 3), UNKNOWN, np.int16),
        categories=categories,
        attribute_names=attributes,
        attributes=AttributeBits.unknown(count, len(attributes)),
        report=report,
    )


def set_boxes(table: Annotations, rows: np.ndarray, values: np.ndarray, lines: np.ndarray, source: str) -> None:
    """Sets boxes from (n, 4) whole pixels; those without area are left empty and reported."""
    good = (values[:, 0] < values[:, 2]) & (values[:, 1] < values[:, 3]) & (values >= 0).all(axis=1)
    table.boxes[rows[good]] = values[good]
    table.report.mend(f"{source}: box without area, left empty", lines[~good])


def set_category(table: Annotations, rows: np.ndarray, values: np.ndarray, lines: np.ndarray, source: str) -> None:
    """Sets categories from (n,) numbers that count from 1; those that the list does not have are left empty."""
    good = (values >= 1) & (values <= len(table.categories))
    table.category[rows[good]] = values[good] - 1
    table.report.mend(f"{source}: category not of 1 to {len(table.categories)}, left empty", lines[~good])
