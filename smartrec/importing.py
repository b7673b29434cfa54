"""Brings a shop from outside into a workspace: its catalog with pictures, and its transactions."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from smartrec import pictures
from smartrec.artifacts import MANIFEST
from smartrec.attributes.labelled import tags_for_labels
from smartrec.attributes.vocabulary import Vocabulary
from smartrec.catalog.importers.clothing import read_clothing_catalog
from smartrec.catalog.importers.csv import ImportedCatalog, read_catalog
from smartrec.catalog.importers.deepfashion.catalog import read_deepfashion_catalog
from smartrec.catalog.importers.deepfashion.files import find_files
from smartrec.catalog.importers.report import ImportReport
from smartrec.catalog.schema import Catalog
from smartrec.engine import Engine
from smartrec.errors import TableError, UsageError, WorkspaceError
from smartrec.labels import LABEL_FIELDS
from smartrec.settings import Settings
from smartrec.shoppers.schema import empty_transactions
from smartrec.shoppers.transactions_csv import read_transactions, shoppers_of
from smartrec.text.tagging import Tagger
from smartrec.workspace import Draft, Workspace, create_workspace

FORMATS = ("csv", "deepfashion", "clothing")
Progress = Callable[[float, str], None]
# Where each stage ends, as a share of the whole.
_READ, _LOOKED, _WRITTEN = 0.05, 0.9, 0.95


def import_catalog(
    source: Path,
    settings: Settings,
    *,
    format: str = "csv",
    images: Path | None = None,
    mapping: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> ImportReport:
    """Makes the workspace of `settings` hold the products of `source`; all or nothing.

    The histories of an imported shop stay, as far as their products do; simulated shoppers go.

    Args:
        source: a CSV file (`csv`) or the folder of a data set (`deepfashion`, `clothing`).
        settings: says where the workspace and the model bundle are.
        format: one of `FORMATS`.
        images: folder of pictures; None = beside the CSV file, or inside the data set.
        mapping: `csv` only, target column -> column of the file.
        progress: called with a share in [0, 1] and the name of the stage.

    Raises:
        UsageError: an unknown format, or a mapping for a data set.
        TableError: the source can not be read, or no product can be used.
        BundleError: there are pictures, but no model to look at them.
        WorkspaceError, StorageError: the workspace can not be written.
    """
    began, report_progress = time.perf_counter(), progress or (lambda share, stage: None)
    report_progress(0.0, "reading the catalog")
    imported = _read(Path(source), format, mapping)
    report_progress(_READ, "reading tags")
    foreign = _foreign_vocabulary(Path(source), format)
    catalog = imported.table.assign(attributes=_tags(imported, foreign or Vocabulary.load()))
    with create_workspace(settings.workspace) as draft:
        looks, model = _look(imported, images or _beside(Path(source)), draft, settings, report_progress)
        catalog["image"] = looks.images if looks else ""
        report_progress(_LOOKED, "writing the workspace")
        transactions = _kept_history(settings.workspace, set(catalog["product_id"]), imported.report)
        imported.report.seconds = time.perf_counter() - began
        draft.write(
            catalog=catalog,
            shoppers=shoppers_of(transactions),
            transactions=transactions,
            kind="imported",
            simulated=False,
            embeddings=looks.embeddings if looks else None,
            details={
                "format": format,
                **model,
                **({"vocabulary": foreign.types} if foreign else {}),
                "imports": {"catalog": imported.report.as_json()},
            },
        )
    report_progress(_WRITTEN, "indexing words")
    _prepare(settings)
    report_progress(1.0, "done")
    return imported.report


def import_transactions(
    source: Path,
    settings: Settings,
    *,
    mapping: Mapping[str, str] | None = None,
    now: np.datetime64 | None = None,
    progress: Progress | None = None,
) -> ImportReport:
    """Replaces the shoppers and histories of an existing workspace; its catalog stays. All or nothing.

    Args:
        source: a CSV file, see `read_transactions`.
        settings: says where the workspace is.
        mapping: target column -> column of the file.
        now: naive UTC; later rows are skipped. None = the clock.
        progress: called with a share in [0, 1] and the name of the stage.

    Raises:
        TableError: the file can not be read, or no row can be used.
        WorkspaceError, StorageError: there is no workspace, or it can not be written.
    """
    report_progress = progress or (lambda share, stage: None)
    report_progress(0.0, "reading transactions")
    Workspace.open(settings.workspace)
    with create_workspace(settings.workspace) as draft:
        # Opened again under the lock, so that nobody's import gets lost between reading and writing.
        shop = Workspace.open(settings.workspace)
        transactions, report = read_transactions(source, shop.catalog.ids.tolist(), mapping, now)
        report_progress(0.5, "writing the workspace")
        draft.keep_images(shop)
        kept = {name: value for name, value in shop.manifest.details.items() if name not in ("simulated", "rows")}
        draft.write(
            catalog=shop.catalog.table,
            shoppers=shoppers_of(transactions),
            transactions=transactions,
            kind="imported",
            simulated=False,
            renderings=shop.renderings,
            embeddings=shop.embeddings,
            details={**kept, "imports": {**kept.get("imports", {}), "transactions": report.as_json()}},
        )
    report_progress(0.8, "indexing words")
    _prepare(settings)
    report_progress(1.0, "done")
    return report


def _read(source: Path, format: str, mapping: Mapping[str, str] | None) -> ImportedCatalog:
    if format not in FORMATS:
        raise UsageError(f"A catalog's format is one of {', '.join(FORMATS)}. Received: {format!r}")
    if format == "csv":
        if source.is_dir():
            raise TableError(f"Expected a .csv or .csv.gz file. Received: {source}, a folder")
        return read_catalog(source, mapping)
    if mapping:
        raise UsageError(f"Columns are renamed in CSV files only. Received: a mapping with the format {format!r}")
    return read_clothing_catalog(source) if format == "clothing" else read_deepfashion_catalog(source)


def _beside(source: Path) -> Path:
    return source if source.is_dir() else source.parent


def _foreign_vocabulary(source: Path, format: str) -> Vocabulary | None:
    """DeepFashion's thousand attributes where the source lists them; they replace the project's tags in this shop.

    The fine layout's 26 are values of the project's own labels, with other types: there the project's tags stay.
    """
    if format != "deepfashion":
        return None
    files = find_files(source)
    listed = files.get("list_attr_cloth.txt") if files.layout == "coarse" else None
    return Vocabulary.from_deepfashion(listed) if listed else None


def _tags(imported: ImportedCatalog, vocabulary: Vocabulary) -> list[str]:
    """(N,) vocabulary tags of every product, joined by "|": from its labels where it has all, else from its texts."""
    labels = imported.labels
    if labels is None or not set(LABEL_FIELDS) <= set(labels.columns):
        _tell_foreign_words(imported, vocabulary)
        return ["|".join(tags) for tags in Tagger(vocabulary).of_catalog(Catalog(imported.table))]
    rows = labels.to_dict("records")
    return ["|".join(tags_for_labels(row, str(row.get("details", "")).split("+"), vocabulary)) for row in rows]


def _tell_foreign_words(imported: ImportedCatalog, vocabulary: Vocabulary) -> None:
    tagger = Tagger(vocabulary)
    words = {word.strip() for cell in imported.table["attributes"].unique() for word in str(cell).split("|")} - {""}
    foreign = sorted(word for word in words if not tagger.tags(title="", attributes=(word,)))
    if foreign:
        some = ", ".join(repr(word) for word in foreign[:5])
        imported.report.notes.append(f"{len(foreign):,} attributes are not in the vocabulary and do not count: {some}")


def _look(
    imported: ImportedCatalog, folder: Path, draft: Draft, settings: Settings, progress: Progress
) -> tuple[pictures.Looks | None, dict[str, str]]:
    """The pictures' `Looks` and the hash of the model that looked; None without pictures, which needs no model."""
    if not folder.is_dir():
        raise TableError(f"Expected a folder of pictures. Received: {folder}")
    files = pictures.locate(imported, folder)
    if not files:
        return None, {}
    from smartrec.vision.detector import Detector

    detector = Detector.open(settings.bundle)

    def share(done: float) -> None:
        progress(_READ + (_LOOKED - _READ) * done, "looking at pictures")

    return pictures.take(imported, files, draft, detector, share), {"model": detector.hash}


def _kept_history(path: Path, products: set[str], report: ImportReport) -> pd.DataFrame:
    """Transactions of the imported shop that is there already, of products that it still has."""
    if not (path / MANIFEST).exists():
        return empty_transactions()
    try:
        shop = Workspace.open(path)
        before = shop.transactions
    except WorkspaceError:
        report.notes.append("The workspace was damaged; its histories are gone")
        return empty_transactions()
    if shop.simulated:
        report.notes.append("The simulated shoppers of the demo shop are gone")
        return empty_transactions()
    kept = before[before["product_id"].isin(products)]
    if len(before):
        report.notes.append(f"{len(kept):,} of {len(before):,} transactions kept; the others' products are gone")
    return kept


def _prepare(settings: Settings) -> None:
    """Makes what is kept beside the shop, so that the next start is fast."""
    engine = Engine.open(settings)
    _ = engine.text_index
    if engine.workspace.embeddings is not None:
        engine.prepare()
