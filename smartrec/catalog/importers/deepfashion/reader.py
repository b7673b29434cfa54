"""Reads a DeepFashion folder, whatever its layout."""

from __future__ import annotations

import time
from pathlib import Path

from smartrec.catalog.importers.deepfashion.coarse import read_coarse
from smartrec.catalog.importers.deepfashion.files import find_files
from smartrec.catalog.importers.deepfashion.fine import read_fine
from smartrec.catalog.importers.deepfashion.table import Annotations
from smartrec.catalog.importers.report import ImportReport


def read_annotations(folder: Path, layout: str | None = None, landmarks: bool = True) -> Annotations:
    """All annotations of a folder as columns.

    Args:
        folder: the data set's folder.
        layout: ``coarse`` or ``fine``; None = the coarse one where both are there.
        landmarks: whether to read the landmarks too.

    Raises:
        TableError: a list that the layout can not do without is missing or can not be read.
    """
    began = time.perf_counter()
    files = find_files(Path(folder), layout)
    report = ImportReport(f"{Path(folder).name} (DeepFashion, {files.layout} layout)")
    table = (read_coarse if files.layout == "coarse" else read_fine)(files, report, landmarks)
    report.seconds = time.perf_counter() - began
    return table
