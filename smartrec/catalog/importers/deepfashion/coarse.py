"""The coarse layout: `list_*.txt`, every row with its picture's name (289,222 pictures, 1,000 attributes)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import numpy as np

from smartrec.catalog.importers.deepfashion.bits import read_signs
from smartrec.catalog.importers.deepfashion.files import COARSE_ANCHOR, SPLITS, AnnotationFiles
from smartrec.catalog.importers.deepfashion.lines import ListFile, Rows
from smartrec.catalog.importers.deepfashion.lists import CATEGORY_TYPES, COARSE_TYPES, read_named_types
from smartrec.catalog.importers.deepfashion.table import LANDMARKS, Annotations, Index, blank, set_boxes, set_category
from smartrec.catalog.importers.report import ImportReport
from smartrec.errors import TableError

# Landmarks of a picture by its type of clothes: 1 upper body, 2 lower body, 3 full body.
LANDMARKS_OF = {b"1": 6, b"2": 4, b"3": 8}


def read_coarse(files: AnnotationFiles, report: ImportReport, landmarks: bool = True) -> Annotations:
    """Reads all lists that are there; only the lists of categories and attributes and who wears which are a must."""
    lists = (
        read_named_types(files.need("list_category_cloth.txt"), report, len(CATEGORY_TYPES)),
        read_named_types(files.need("list_attr_cloth.txt"), report, len(COARSE_TYPES)),
    )
    pictures = _pictures(files, report)
    table = blank(files.folder, "coarse", pictures, lists, report)
    numbers = pictures.values[:, 0]
    set_category(table, np.arange(len(table)), numbers, table.lines, COARSE_ANCHOR)
    boxes = ("list_bbox.txt", lambda file: file.named_numbers(4), _put_boxes)
    splits = ("list_eval_partition.txt", lambda file: file.named_words(tuple(s.encode() for s in SPLITS)), _put_split)
    signs = ("list_attr_img.txt", lambda file: read_signs(file, len(table.attribute_names)), _put_attributes)
    points = ("list_landmarks.txt", _read_landmarks, _put_landmarks)
    for name, read, put in (boxes, splits, signs, *([points] if landmarks else [])):
        _join(table, files, name, read, put)
    return table


def _pictures(files: AnnotationFiles, report: ImportReport) -> Rows:
    """Names, lines and category numbers of all pictures; a name that an earlier row has is skipped."""
    file = ListFile(files.need(COARSE_ANCHOR), report)
    # A row that names no picture is lost, not mended: the file's own complaints become skipped rows.
    inner = ImportReport(report.source)
    file.report = inner
    blocks = list(file.named_numbers(1))
    report.rows_read = file.rows
    report.notes += inner.notes
    for reason in inner.mended.values():
        skipped = report.skipped.setdefault(f"{COARSE_ANCHOR}: expected a picture and a category number", reason)
        skipped.rows = reason.rows
    if not blocks:
        raise TableError(f"Expected rows of a picture and a category in {file.path}. Received: none")
    rows = join_blocks(blocks)
    _, first = np.unique(rows.names, return_index=True)
    kept = np.zeros(len(rows.names), bool)
    kept[first] = True
    report.skip(f"{COARSE_ANCHOR}: picture that an earlier row has", rows.lines[~kept])
    report.rows_kept = int(kept.sum())
    return Rows(rows.lines[kept], rows.names[kept], rows.values[kept])


def join_blocks(blocks: Iterable[Rows]) -> Rows:
    """All blocks as one."""
    blocks = list(blocks)
    return Rows(*(np.concatenate([getattr(b, name) for b in blocks]) for name in ("lines", "names", "values")))


def _join(
    table: Annotations,
    files: AnnotationFiles,
    name: str,
    read: Callable[[ListFile], Iterator[Rows]],
    put: Callable[[Annotations, np.ndarray, Rows, str], None],
) -> None:
    """Puts a list's rows where their pictures are in the table."""
    path = files.get(name)
    if path is None:
        table.report.notes.append(f"{name} is not there: what it tells is not known of any picture")
        return
    index, seen = Index(table.names), np.zeros(len(table), bool)
    for block in read(ListFile(path, table.report)):
        rows = index.rows(block.names)
        strange = rows < 0
        table.report.mend(f"{name}: picture that {COARSE_ANCHOR} does not have, not used", block.lines[strange])
        kept = ~strange
        put(table, rows[kept], Rows(block.lines[kept], block.names[kept], block.values[kept]), name)
        seen[rows[kept]] = True
    if not seen.all():
        table.report.notes.append(f"{name} has no readable row for {int((~seen).sum()):,} pictures")


def _put_boxes(table: Annotations, rows: np.ndarray, block: Rows, source: str) -> None:
    set_boxes(table, rows, block.values, block.lines, source)


def _put_split(table: Annotations, rows: np.ndarray, block: Rows, source: str) -> None:
    table.split[rows] = block.values[:, 0]


def _put_attributes(table: Annotations, rows: np.ndarray, block: Rows, source: str) -> None:
    table.attributes.put(rows, block.values)


def _put_landmarks(table: Annotations, rows: np.ndarray, block: Rows, source: str) -> None:
    table.landmarks[rows] = block.values.reshape(-1, LANDMARKS, 3)


def _read_landmarks(file: ListFile) -> Iterator[Rows]:
    """Rows of a picture, type of clothes, type of variation, and (visibility, x, y) of 4, 6 or 8 landmarks."""
    for lines, block in file.blocks():
        values = np.full((len(block), LANDMARKS * 3), -1, np.int16)
        names: list[bytes] = []
        good = np.zeros(len(block), bool)
        for i, line in enumerate(block):
            row = _landmark_row(line)
            if row is not None:
                good[i] = True
                values[len(names), : len(row[1])] = row[1]
                names.append(row[0])
        file.complain("expected a picture, two types and its landmarks", lines[~good])
        if names:
            yield Rows(lines[good], np.array(names), values[: len(names)])


def _landmark_row(line: bytes) -> tuple[bytes, list[int]] | None:
    parts = line.split()
    for kind, count in LANDMARKS_OF.items():
        start = len(parts) - 3 * count
        if start >= 3 and parts[start - 2] == kind:
            try:
                return b" ".join(parts[: start - 2]), [max(-1, min(32767, int(part))) for part in parts[start:]]
            except ValueError:
                return None
    return None
