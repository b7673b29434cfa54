"""The public clothing data set as a shop: its photos with this project's annotations (`assets/annotations`)."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pandas as pd

from smartrec.catalog.demo.garment import GarmentSpec
from smartrec.catalog.demo.wording import title_of
from smartrec.catalog.importers.csv import ImportedCatalog
from smartrec.catalog.importers.report import ImportReport
from smartrec.catalog.schema import COLUMNS
from smartrec.errors import TableError
from smartrec.labels import GROUPS, LABEL_FIELDS
from smartrec.settings import ROOT

ANNOTATIONS = ROOT / "assets" / "annotations" / "clothing.csv.gz"
SIDES = ("x0", "y0", "x1", "y1")
_PHOTOS = (".jpg", ".jpeg", ".webp", ".png")


def read_clothing_catalog(folder: Path, annotations: Path = ANNOTATIONS) -> ImportedCatalog:
    """Every annotated photo of the folder as a product.

    `folder` is a clone of the data set (`images/<image>.jpg`) or a copy with annotations of its own (`labels.csv`
    with the columns of `assets/annotations`). Photos without annotation are reported and left out, as are
    annotations without photo. The line numbers of the report count the annotations' lines.

    Raises:
        TableError: no folder of photos, damaged annotations, or no photo that is annotated.
    """
    began = time.perf_counter()
    folder = Path(folder)
    photos = _photos(folder)
    table = _annotations(folder / "labels.csv" if (folder / "labels.csv").is_file() else annotations)
    report = ImportReport(f"{folder.name} (clothing)")
    found = table["image"].isin(list(photos)).to_numpy()
    unknown = len(photos) - int(found.sum())
    report.rows_read = int(found.sum()) + unknown
    report.skip("photo without annotation", np.zeros(unknown, dtype=np.int64))
    lines, table = np.flatnonzero(found) + 2, table[found].reset_index(drop=True)
    if table.empty:
        raise TableError(f"Expected annotated photos in {folder / 'images'}. Received: {len(photos)}, none annotated")
    report.rows_kept = len(table)
    labels = table[[*LABEL_FIELDS, "details", *SIDES]].assign(product_id=table["image"])
    pictures = {name: photos[name].relative_to(folder).as_posix() for name in table["image"]}
    report.seconds = time.perf_counter() - began
    return ImportedCatalog(_products(table), report, pictures, labels, lines)


def _photos(folder: Path) -> dict[str, Path]:
    """Name without extension -> file."""
    try:
        files = sorted((folder / "images").iterdir())
    except OSError as problem:
        raise TableError(
            f"Expected a folder with photos in images/. Received: {folder} ({problem.strerror})"
        ) from problem
    return {path.stem: path for path in files if path.suffix.lower() in _PHOTOS}


def _annotations(path: Path) -> pd.DataFrame:
    needed = ["image", *LABEL_FIELDS, "details", *SIDES]
    try:
        table = pd.read_csv(path, dtype=str, keep_default_na=False, usecols=needed)
        return table.drop_duplicates("image").astype(dict.fromkeys(SIDES, "float64"))
    except (OSError, EOFError, ValueError) as problem:
        raise TableError(f"Expected annotations with {', '.join(needed)} in {path}. Received: {problem}") from problem


def _products(table: pd.DataFrame) -> pd.DataFrame:
    details = [tuple(value for value in cell.split("+") if value != "none") for cell in table["details"]]
    kids = ["kids" if "kids" in values else "" for values in details]
    rows = table[list(LABEL_FIELDS)].to_dict("records")
    titles = [_title(row, values, who) for row, values, who in zip(rows, details, kids, strict=True)]
    products = pd.DataFrame("", index=range(len(table)), columns=list(COLUMNS)).assign(
        product_id=table["image"], title=titles, category=table["category"], color=table["color1"], price=np.nan,
        gender=kids,
    )  # fmt: skip
    return products.astype(COLUMNS)


def _title(labels: dict[str, str], details: tuple[str, ...], gender: str) -> str:
    """The words that the demo shop would use for such a garment."""
    groups = {name: labels[name] for name in GROUPS}
    nothing_drawn = ((0, 0, 0),) * 4
    return title_of(
        GarmentSpec(
            category=labels["category"],
            **groups,
            details=details,
            style="",
            gender=gender,
            palette=nothing_drawn,
            seed=0,
        )
    )
