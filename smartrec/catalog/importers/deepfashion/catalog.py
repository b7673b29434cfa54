"""DeepFashion's pictures as products of a shop."""

from __future__ import annotations

import time
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd

from smartrec.catalog.importers.csv import ImportedCatalog
from smartrec.catalog.importers.deepfashion.files import picture_folder
from smartrec.catalog.importers.deepfashion.lists import FINE_GROUPS
from smartrec.catalog.importers.deepfashion.reader import read_annotations
from smartrec.catalog.importers.deepfashion.table import Annotations
from smartrec.catalog.schema import COLUMNS
from smartrec.errors import TableError
from smartrec.labels import CATEGORIES, GROUPS

# A title names at most so many attributes, and at most so many of one type.
TITLE_WORDS, TITLE_WORDS_OF_A_TYPE = 4, 2
# Words that a shop's title would not use: they say that something is not there, or is as usual.
_SILENT = ("no_dress", "no_neckline", "conventional")


def read_deepfashion_catalog(folder: Path, layout: str | None = None) -> ImportedCatalog:
    """Every picture with a category as a product; what can not be used is in the report, with file and line.

    Raises:
        TableError: the folder has none of the published layouts, or no row can be used.
    """
    began = time.perf_counter()
    table = read_annotations(folder, layout, landmarks=False)
    known = np.flatnonzero(table.category >= 0)
    report = table.report
    report.skip("category is not known", table.lines[np.flatnonzero(table.category < 0)])
    if not len(known):
        raise TableError(f"No picture could be used. Received: {'; '.join(report.as_text())}")
    report.rows_kept = len(known)
    names = [table.name(int(row)) for row in known]
    ids = [product_id(name) for name in names]
    categories = [table.categories.names[i] for i in table.category[known]]
    tags = attribute_words(table, known)
    products = pd.DataFrame("", index=range(len(known)), columns=list(COLUMNS)).assign(
        product_id=ids,
        title=[make_title(category, words, table) for category, words in zip(categories, tags, strict=True)],
        category=_own_names(categories),
        price=np.nan,
        attributes=["|".join(table.attribute_names.names[i].replace("_", " ") for i in words) for words in tags],
    )
    report.seconds = time.perf_counter() - began
    pictures = dict(zip(ids, _below(Path(folder), names), strict=True))
    labels = _labels(table, known, ids)
    return ImportedCatalog(products.astype(COLUMNS), report, pictures, labels, table.lines[known])


def _below(folder: Path, names: list[str]) -> list[str]:
    """The pictures' paths relative to the folder; some copies have `img` in a folder of its own."""
    base = picture_folder(folder, names[:: max(1, len(names) // 50)])
    if base is None or not base.is_relative_to(folder):
        return names
    return [(base.relative_to(folder) / name).as_posix() for name in names]


def product_id(name: str) -> str:
    """`img/Sheer_Blouse/img_00000001.jpg` -> `Sheer_Blouse-img_00000001`."""
    parts = list(Path(name).with_suffix("").parts)
    return "-".join(parts[1:] if len(parts) > 1 and parts[0].lower() == "img" else parts)


def attribute_words(table: Annotations, rows: np.ndarray, block: int = 4096) -> list[tuple[int, ...]]:
    """Places of the attributes that each of these rows has; unpacked a block at a time."""
    words: list[tuple[int, ...]] = []
    for start in range(0, len(rows), block):
        part = table.attributes[rows[start : start + block]]
        row, place = np.nonzero(part == 1)
        ends = np.searchsorted(row, np.arange(len(part) + 1))
        words += [tuple(place[a:b].tolist()) for a, b in pairwise(ends)]
    return words


def make_title(category: str, words: tuple[int, ...], table: Annotations) -> str:
    """A few attributes in the order of their types (texture, fabric, shape, part, style), then the category."""
    names, types = table.attribute_names.names, table.attribute_names.types
    chosen: list[str] = []
    used: dict[int, int] = {}
    for i in sorted(words, key=lambda i: (types[i], i)):
        text = names[i].replace("_", " ")
        repeated = text.casefold() in f" {' '.join(chosen)} {category}".casefold()
        if names[i] in _SILENT or repeated or used.get(types[i], 0) >= TITLE_WORDS_OF_A_TYPE:
            continue
        used[types[i]] = used.get(types[i], 0) + 1
        chosen.append(text)
    return " ".join([*(word.title() for word in chosen[:TITLE_WORDS]), category])


def _own_names(categories: list[str]) -> list[str]:
    """The project's spelling of a category where it is one of the project's."""
    ours = {name.casefold(): name for name in CATEGORIES}
    return [ours.get(name.casefold(), name) for name in categories]


def _labels(table: Annotations, rows: np.ndarray, ids: list[str]) -> pd.DataFrame | None:
    """Labels of the fine layout, under the project's names; None for the coarse one: its attributes are no labels."""
    if not table.groups:
        return None
    values = table.group_values()
    columns: dict[str, list[str]] = {"product_id": ids}
    for group in FINE_GROUPS:
        own = [name if name in GROUPS[group] else "" for name in values[group]]
        columns[group] = [own[i] if i >= 0 else "" for i in table.groups[group][rows]]
    return pd.DataFrame(columns)
