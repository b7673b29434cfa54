"""The generated lists are what the reader expects, and the measurement counts what it says."""

from __future__ import annotations

from pathlib import Path

from smartrec.catalog.importers.deepfashion.reader import read_annotations
from smartrec.evaluate.import_speed import benchmark_import, write_deepfashion_lists


def test_generated_lists_are_read_without_complaint(tmp_path: Path) -> None:
    write_deepfashion_lists(tmp_path / "data", 50, attributes=30)
    table = read_annotations(tmp_path / "data")
    assert len(table) == 50 and len(table.attribute_names) == 30
    assert not table.report.skipped and not table.report.mended and not table.report.notes


def test_small_files_are_measured_in_processes_of_their_own() -> None:
    lines: list[str] = []
    result = benchmark_import(lines.append, rows=40, csv_rows=30)
    assert [(row["format"], row["rows"]) for row in result["rows"]] == [("deepfashion", 40), ("csv", 30)]
    assert all(row["rows_per_second"] > 0 and row["peak_bytes"] > 1e6 for row in result["rows"])
    assert len(lines) == 3
