"""``benchmark import``: how fast, and in how much memory, lists of DeepFashion's size and CSV tables are read."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from smartrec.labels import DEEPFASHION_CATEGORIES

Say = Callable[[str], None]
# DeepFashion Category and Attribute Prediction as published.
ROWS, ATTRIBUTES = 289_222, 1000
CSV_ROWS = 100_000
# Rows with different attributes; they repeat, because drawing 289 million values would measure the generator.
_VARIANTS = 512
_BLOCK = 2000
FLOOR_ROWS_PER_SECOND, CEILING_BYTES = 5000.0, 2 * 10**9


def benchmark_import(say: Say, rows: int = ROWS, csv_rows: int = CSV_ROWS) -> dict[str, Any]:
    """Generates files in a temporary folder, reads them in processes of their own, and removes them.

    Returns:
        {"rows": [{"format", "bytes", "rows", "seconds", "cpu_seconds", "rows_per_second", "peak_bytes"}],
        "floor_rows_per_second", "ceiling_bytes"}; `peak_bytes` is the largest resident size of the reading process,
        None where the system does not tell.
    """
    measured = []
    with tempfile.TemporaryDirectory(prefix="smartrec-import-") as name:
        folder = Path(name)
        say(f"writing DeepFashion lists of {rows:,} rows")
        size = write_deepfashion_lists(folder / "deepfashion", rows)
        say(f"reading {size / 1e6:,.0f} MB")
        measured.append({"format": "deepfashion", "bytes": size, **_apart("deepfashion", folder / "deepfashion")})
        say(f"writing a CSV catalog of {csv_rows:,} rows")
        table = folder / "catalog.csv"
        size = write_csv(table, csv_rows)
        measured.append({"format": "csv", "bytes": size, **_apart("csv", table)})
    return {"rows": measured, "floor_rows_per_second": FLOOR_ROWS_PER_SECOND, "ceiling_bytes": CEILING_BYTES}


def write_deepfashion_lists(folder: Path, rows: int, attributes: int = ATTRIBUTES, seed: int = 0) -> int:
    """Writes the coarse layout's lists, padded as published, and returns their bytes."""
    anno, rng = folder / "Anno", np.random.default_rng(seed)
    (folder / "Eval").mkdir(parents=True)
    anno.mkdir()
    kinds = [1 if i < 20 else 2 if i < 36 else 3 for i in range(len(DEEPFASHION_CATEGORIES))]
    _write(anno / "list_category_cloth.txt", "category_name  category_type",
           [f"{name:<16}{kind}" for name, kind in zip(DEEPFASHION_CATEGORIES, kinds, strict=True)])  # fmt: skip
    _write(anno / "list_attr_cloth.txt", "attribute_name  attribute_type",
           [f"{f'attribute {i}':<32}{i % 5 + 1}" for i in range(attributes)])  # fmt: skip
    categories = rng.integers(1, len(DEEPFASHION_CATEGORIES) + 1, rows)
    names = [f"img/{DEEPFASHION_CATEGORIES[c - 1]}_Of_Kind_{i // 50}/img_{i:08d}.jpg" for i, c in enumerate(categories)]
    corners = np.sort(rng.integers(1, 300, (rows, 2, 2)), axis=1).reshape(rows, 4)
    corners[:, 2:] += 1
    signs = rng.choice(np.array([" 1", "-1", " 0"]), (_VARIANTS, attributes), p=[0.003, 0.99, 0.007])
    variants = [" ".join(row) for row in signs]
    points = " ".join(["0 100 100"] * 6)
    splits = ("train", "train", "train", "val", "test")
    columns: dict[str, tuple[str, Callable[[int], str]]] = {
        "list_category_img.txt": ("image_name  category_label", lambda i: str(categories[i])),
        "list_bbox.txt": ("image_name  x_1  y_1  x_2  y_2", lambda i: " ".join(f"{v:03d}" for v in corners[i])),
        "list_landmarks.txt": ("image_name  clothes_type  variation_type", lambda i: f"1 1 {points}"),
        "list_attr_img.txt": ("image_name  attribute_labels", lambda i: variants[i % _VARIANTS]),
    }
    for name, (header, column) in columns.items():
        _write_rows(anno / name, header, names, column)
    partition = folder / "Eval" / "list_eval_partition.txt"
    _write_rows(partition, "image_name  evaluation_status", names, lambda i: splits[i % len(splits)])
    return sum(path.stat().st_size for path in folder.rglob("*.txt"))


def write_csv(path: Path, rows: int, seed: int = 0) -> int:
    """Writes a catalog of made-up products and returns its bytes."""
    rng = np.random.default_rng(seed)
    categories = rng.choice(np.array(DEEPFASHION_CATEGORIES), rows)
    prices = rng.uniform(5, 200, rows)
    with open(path, "w", encoding="utf-8") as file:
        file.write("product_id,title,category,color,price,brand,attributes\n")
        for i in range(rows):
            file.write(
                f"{i:07d},Washed {categories[i]} No {i},{categories[i]},navy,{prices[i]:.2f},Kind,striped|denim\n"
            )
    return path.stat().st_size


def _write(path: Path, header: str, lines: list[str]) -> None:
    path.write_text("\n".join([str(len(lines)), header, *lines]) + "\n", encoding="utf-8")


def _write_rows(path: Path, header: str, names: list[str], column: Callable[[int], str]) -> None:
    with open(path, "w", encoding="utf-8") as file:
        file.write(f"{len(names)}\n{header}\n")
        for start in range(0, len(names), _BLOCK):
            stop = min(start + _BLOCK, len(names))
            file.writelines(f"{names[i]:<70}{column(i)}\n" for i in range(start, stop))


def _apart(kind: str, path: Path) -> dict[str, Any]:
    """Runs a reader in a new process, so that its peak of memory is its own."""
    command = [sys.executable, "-m", "smartrec.evaluate.import_speed", kind, str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return dict(json.loads(done.stdout))


def _rows_of(kind: str, path: Path) -> int:
    if kind == "csv":
        from smartrec.catalog.importers.csv import read_catalog

        return len(read_catalog(path).table)
    from smartrec.catalog.importers.deepfashion.reader import read_annotations

    return len(read_annotations(path))


def _timed(read: Callable[[], int]) -> dict[str, Any]:
    began, computed = time.perf_counter(), time.process_time()
    rows = read()
    seconds = time.perf_counter() - began
    return {
        "rows": rows,
        "seconds": seconds,
        "cpu_seconds": time.process_time() - computed,  # on a busy machine the wall clock measures the others too
        "rows_per_second": rows / seconds,
        "peak_bytes": _peak_bytes(),
    }


def _peak_bytes() -> int | None:
    try:
        import resource
    except ImportError:  # Windows
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return int(peak if sys.platform == "darwin" else peak * 1024)


if __name__ == "__main__":
    print(json.dumps(_timed(lambda: _rows_of(sys.argv[1], Path(sys.argv[2])))))
