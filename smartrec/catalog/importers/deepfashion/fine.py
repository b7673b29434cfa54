"""The fine layout: `train.txt` names the pictures, `train_attr.txt` and so on have the same lines without names."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np

from smartrec.catalog.importers.deepfashion.coarse import join_blocks
from smartrec.catalog.importers.deepfashion.files import LANDMARKS as LANDMARK_SPELLINGS
from smartrec.catalog.importers.deepfashion.files import SPLITS, AnnotationFiles
from smartrec.catalog.importers.deepfashion.lines import ListFile, Rows
from smartrec.catalog.importers.deepfashion.lists import CATEGORY_TYPES, FINE_GROUPS, NamedTypes, read_named_types
from smartrec.catalog.importers.deepfashion.table import LANDMARKS, UNKNOWN, Annotations, blank, set_boxes, set_category
from smartrec.catalog.importers.report import ImportReport
from smartrec.errors import TableError
from smartrec.labels import DEEPFASHION_CATEGORIES


def read_fine(files: AnnotationFiles, report: ImportReport, landmarks: bool = True) -> Annotations:
    """Reads the splits that are there; every part of a split may be missing and is then unknown."""
    attributes = read_named_types(files.need("list_attr_cloth.txt"), report, len(FINE_GROUPS))
    blocks, splits, sizes = [], [], []
    for place, split in enumerate(SPLITS):
        path = files.get(f"{split}.txt")
        if path is None:
            report.notes.append(f"{split}.txt is not there: the split is empty")
            continue
        rows = join_blocks([_no_rows(), *ListFile(path, report, headed=False).names()])
        blocks.append(rows)
        splits.append(split)
        sizes.append(np.full(len(rows.names), place, np.int8))
    pictures = join_blocks(blocks)
    if not len(pictures.names):
        raise TableError(f"Expected names of pictures in {', '.join(f'{s}.txt' for s in splits)}. Received: none")
    table = blank(files.folder, "fine", pictures, (_categories(files, report), attributes), report)
    table.split[:] = np.concatenate(sizes)
    table.groups = {group: np.full(len(table), UNKNOWN, np.int16) for group in FINE_GROUPS}
    start = 0
    for split, block in zip(splits, blocks, strict=True):
        _read_split(table, files, split, slice(start, start + len(block.names)), landmarks)
        start += len(block.names)
    return _without_twins(table)


def _no_rows() -> Rows:
    return Rows(np.empty(0, np.int64), np.empty(0, "S1"), np.empty((0, 0), np.int32))


def _categories(files: AnnotationFiles, report: ImportReport) -> NamedTypes:
    path = files.get("list_category_cloth.txt")
    if path is not None:
        return read_named_types(path, report, len(CATEGORY_TYPES))
    # The list is the same in every release, and copies of the fine layout often leave it out.
    report.notes.append("list_category_cloth.txt is not there: the published list of 50 categories is used")
    return NamedTypes(DEEPFASHION_CATEGORIES, (0,) * len(DEEPFASHION_CATEGORIES))


def _read_split(table: Annotations, files: AnnotationFiles, split: str, place: slice, landmarks: bool) -> None:
    """Fills the rows of one split; line i of every part belongs to line i of the list of names."""
    row_of_line = np.full(int(table.lines[place].max(initial=0)) + 2, UNKNOWN, np.int64)
    row_of_line[table.lines[place]] = np.arange(place.start, place.stop)
    for spellings, put in _PARTS.items():
        if put is _put_landmarks and not landmarks:
            continue
        path = files.split_file(split, *spellings)
        if path is None:
            table.report.notes.append(f"{split}_{spellings[0]}.txt is not there: what it tells is not known of it")
            continue
        columns = _COLUMNS[spellings] or _attribute_columns(path, len(table.attribute_names))
        for block in ListFile(path, table.report, headed=False).numbers(columns):
            rows = row_of_line[np.minimum(block.lines, len(row_of_line) - 1)]
            kept = rows >= 0
            table.report.mend(f"{path.name}: line without a picture in {split}.txt, not used", block.lines[~kept])
            put(table, rows[kept], Rows(block.lines[kept], block.names[kept], block.values[kept]), path.name)


def _attribute_columns(path: Path, attributes: int) -> int:
    with open(path, "rb") as file:
        return attributes if len(file.readline().split()) == attributes else len(FINE_GROUPS)


def _put_category(table: Annotations, rows: np.ndarray, block: Rows, source: str) -> None:
    set_category(table, rows, block.values[:, 0], block.lines, source)


def _put_boxes(table: Annotations, rows: np.ndarray, block: Rows, source: str) -> None:
    set_boxes(table, rows, block.values, block.lines, source)


def _put_attributes(table: Annotations, rows: np.ndarray, block: Rows, source: str) -> None:
    """Either one place per group, as published, or one 0/1 column per attribute, as some tools write it."""
    values, names = block.values, table.attribute_names
    signs = np.full((len(rows), len(names)), UNKNOWN, np.int8)
    if values.shape[1] == len(names):
        good = ((values >= -1) & (values <= 1)).all(axis=1)
        signs[good] = values[good] > 0
    else:
        sizes = np.array([len(names.of_type(i + 1)) for i in range(len(FINE_GROUPS))])
        good = ((values >= -1) & (values < sizes)).all(axis=1)
        for i in range(len(FINE_GROUPS)):
            members = names.of_type(i + 1)
            known = good & (values[:, i] >= 0)
            signs[np.ix_(np.flatnonzero(known), np.array(members))] = np.eye(len(members), dtype=np.int8)[
                values[known, i]
            ]
    table.report.mend(f"{source}: value out of range, left empty", block.lines[~good])
    table.attributes.put(rows, signs)
    for i, group in enumerate(FINE_GROUPS):
        own = signs[:, names.of_type(i + 1)]
        table.groups[group][rows] = np.where((own == 1).sum(axis=1) == 1, own.argmax(axis=1), UNKNOWN)


def _put_landmarks(table: Annotations, rows: np.ndarray, block: Rows, source: str) -> None:
    points = np.clip(block.values.reshape(-1, LANDMARKS, 2), 0, 32767)
    there = (points > 0).any(axis=2, keepdims=True)
    table.landmarks[rows] = np.where(there, np.pad(points, ((0, 0), (0, 0), (1, 0))), UNKNOWN)


_Put = Callable[[Annotations, np.ndarray, Rows, str], None]
# Spellings of a part's file name -> what puts its rows into the table, and how many numbers a row has.
_PARTS: dict[tuple[str, ...], _Put] = {
    ("cate", "category"): _put_category,
    ("bbox",): _put_boxes,
    ("attr",): _put_attributes,
    LANDMARK_SPELLINGS: _put_landmarks,
}
_COLUMNS = {("cate", "category"): 1, ("bbox",): 4, ("attr",): None, LANDMARK_SPELLINGS: 2 * LANDMARKS}


def _without_twins(table: Annotations) -> Annotations:
    """A picture that two splits name, or one split twice, would be learned and tested: only the first row stays."""
    _, first = np.unique(table.names, return_index=True)
    kept = np.sort(first)
    table.report.rows_read, table.report.rows_kept = len(table), len(kept)
    if len(kept) == len(table):
        return table
    twins = np.setdiff1d(np.arange(len(table)), kept)
    for place, split in enumerate(SPLITS):
        table.report.skip(
            f"{split}.txt: picture that an earlier row has", table.lines[twins[table.split[twins] == place]]
        )
    for name in ("names", "lines", "category", "split", "boxes", "landmarks"):
        setattr(table, name, getattr(table, name)[kept])
    table.attributes = table.attributes.take(kept)
    table.groups = {group: values[kept] for group, values in table.groups.items()}
    return table
