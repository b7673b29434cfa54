"""Draws the demo shop's products in several processes and looks at each with the detector."""

from __future__ import annotations

import io
import multiprocessing
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from smartrec.catalog.demo.garment import GarmentSpec
from smartrec.catalog.demo.shop import demo_products
from smartrec.vision.detector import Detector

PROCESSES = 2
CHUNK = 12
JPEG_QUALITY = 90


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """One drawn product.

    Attributes:
        row: the columns of the catalog but `attributes` and `image`.
        spec: what was drawn.
        box: xyxy in pixels of the picture.
        picture: JPEG bytes.
        embedding: (D,) float32, unit length.
    """

    row: dict[str, Any]
    spec: GarmentSpec
    box: tuple[float, float, float, float]
    picture: bytes
    embedding: np.ndarray


def draw_products(n: int, seed: int, bundle: Path, processes: int = PROCESSES) -> Iterator[Drawn]:
    """All products in order; the same for the same `n`, `seed` and bundle, however many processes draw them."""
    chunks = [range(start, min(start + CHUNK, n)) for start in range(0, n, CHUNK)]
    # Not fork: the calling process may have threads, and ONNX Runtime does not survive a fork.
    context = multiprocessing.get_context("spawn")
    with context.Pool(min(processes, len(chunks)), _open_detector, (bundle,)) as pool:
        for drawn in pool.imap(_draw, [(n, seed, chunk) for chunk in chunks]):
            yield from drawn


_detector: Detector | None = None


def _open_detector(bundle: Path) -> None:
    """In a drawing process, once."""
    import cv2

    global _detector
    cv2.setNumThreads(1)
    _detector = Detector.open(bundle, threads=1)


def _draw(task: tuple[int, int, Sequence[int]]) -> list[Drawn]:
    """In a drawing process: one chunk of products."""
    assert _detector is not None
    n, seed, only = task
    products = list(demo_products(n, seed, only=only))
    vectors = _detector.embed([picture.image for *_, picture in products], [picture.box for *_, picture in products])
    return [
        Drawn(row, spec, picture.box, _jpeg(picture.image), vector)
        for (row, spec, picture), vector in zip(products, vectors, strict=True)
    ]


def _jpeg(rgb: np.ndarray) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(rgb).save(buffer, "JPEG", quality=JPEG_QUALITY)
    return buffer.getvalue()
