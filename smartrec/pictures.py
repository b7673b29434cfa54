"""Pictures of an imported shop: found, read with the limits of uploads, reduced, and looked at by the network."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import cv2
import numpy as np
from PIL import Image

from smartrec.catalog.importers.csv import ImportedCatalog
from smartrec.errors import ImageError
from smartrec.vision.finding import Box
from smartrec.vision.image import load_photo
from smartrec.workspace import Draft

if TYPE_CHECKING:
    from smartrec.vision.detector import Detector

LONGEST_SIDE = 640
JPEG_QUALITY = 88
NOT_FOUND = "picture not found, kept without one"
OUTSIDE = "picture outside the folder of pictures, kept without one"
REMOTE = "picture on the internet, which is never fetched, kept without one"
_BATCH = 16
_THREADS = 2
_EXTENSIONS = (".jpg", ".jpeg", ".png", ".webp", ".heic", ".avif", ".gif", ".bmp")


@dataclass(frozen=True, slots=True, eq=False)
class Looks:
    """What the pictures gave.

    Attributes:
        images: (N,) path in the workspace of every product's picture, "" without one.
        embeddings: (N, D) float32 unit rows, zeros without a picture; None if no product has one.
    """

    images: list[str]
    embeddings: np.ndarray | None


def locate(imported: ImportedCatalog, folder: Path) -> dict[int, Path]:
    """Row of the catalog -> file of its picture, for those that are there; the others are reported.

    A product whose source names no picture takes the one that bears its id. Names must stay inside `folder`.
    """
    by_id = {path.stem: path for path in _files(folder)}
    found: dict[int, Path] = {}
    missing: dict[str, list[int]] = {}
    for row, product_id in enumerate(imported.table["product_id"]):
        name = imported.pictures.get(product_id, "")
        if not name:
            if product_id in by_id:
                found[row] = by_id[product_id]
            continue
        problem = _problem(name)
        path = folder / name.replace("\\", "/")
        if not problem and path.is_file():
            found[row] = path
        else:
            missing.setdefault(problem or NOT_FOUND, []).append(row)
    for problem, rows in missing.items():
        imported.report.mend(problem, _lines(imported, rows))
    return found


def take(
    imported: ImportedCatalog,
    files: dict[int, Path],
    draft: Draft,
    detector: Detector,
    progress: Callable[[float], None],
) -> Looks:
    """Copies the pictures into a workspace, upright and at most 640 pixels wide or high, and embeds them.

    A picture that can not be read is reported, and its product kept without one. `progress` is told the share of
    pictures that are done.
    """
    images = [""] * len(imported.table)
    embeddings: np.ndarray | None = None
    broken = []
    for done, (row, rgb) in enumerate(_decoded(files)):
        if rgb is None:
            broken.append(row)
            continue
        # Folders of a thousand: file managers and file systems stay quick.
        images[row] = draft.add_image(f"{row // 1000:04d}/{row:07d}.jpg", _jpeg(rgb))
        boxes = [box] if (box := _box(imported, row, rgb)) else None
        vector = detector.embed([rgb], boxes)[0]
        if embeddings is None:
            embeddings = np.zeros((len(images), len(vector)), dtype=np.float32)
        embeddings[row] = vector
        progress((done + 1) / len(files))
    imported.report.mend("picture not readable, kept without one", _lines(imported, broken))
    return Looks(images, embeddings)


def _files(folder: Path) -> list[Path]:
    """Pictures directly inside the folder, in name order."""
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if path.suffix.lower() in _EXTENSIONS)


def _problem(name: str) -> str:
    """Why the name of a picture is not followed, or ""."""
    if "://" in name:
        return REMOTE
    path = PurePosixPath(name.replace("\\", "/"))
    drive = len(name) > 1 and name[1] == ":"
    return OUTSIDE if path.is_absolute() or drive or ".." in path.parts or "\0" in name else ""


def _lines(imported: ImportedCatalog, rows: Sequence[int]) -> np.ndarray:
    """Lines in the source of rows of the catalog; 0 where there are none."""
    places = np.asarray(rows, dtype=np.int64)
    return np.zeros(len(places), np.int64) if imported.lines is None else imported.lines[places]


def _decoded(files: dict[int, Path]) -> Iterator[tuple[int, np.ndarray | None]]:
    """Row and picture, (H, W, 3) uint8 RGB; None where it can not be read. Reads ahead in threads."""
    rows = list(files)
    with ThreadPoolExecutor(_THREADS) as pool:
        for start in range(0, len(rows), _BATCH):
            part = rows[start : start + _BATCH]
            yield from zip(part, pool.map(_read, [files[row] for row in part]), strict=True)


def _read(path: Path) -> np.ndarray | None:
    try:
        rgb = load_photo(path).rgb
    except ImageError:
        return None
    factor = LONGEST_SIDE / max(rgb.shape[:2])
    if factor >= 1:
        return rgb
    size = (max(1, round(rgb.shape[1] * factor)), max(1, round(rgb.shape[0] * factor)))
    return np.asarray(cv2.resize(rgb, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def _jpeg(rgb: np.ndarray) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(rgb).save(buffer, "JPEG", quality=JPEG_QUALITY)
    return buffer.getvalue()


def _box(imported: ImportedCatalog, row: int, rgb: np.ndarray) -> Box | None:
    """The annotated box in pixels, where the source has one."""
    labels = imported.labels
    if labels is None or "x0" not in labels:
        return None
    x0, y0, x1, y1 = (float(labels[side].iloc[row]) for side in ("x0", "y0", "x1", "y1"))
    height, width = rgb.shape[:2]
    return (x0 * width, y0 * height, x1 * width, y1 * height) if x1 > x0 and y1 > y0 else None
