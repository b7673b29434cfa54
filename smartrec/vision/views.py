"""The two looks at a photo: squares of it as the network sees them, and boxes between square and photo."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np

# What lies outside the photo, in training as in use: mid grey, which the preprocessing maps to 0.
PADDING = 127
# A second look shows the box with this much around it (side of the square / longer side of the box).
CROP_SCALE = 1.15
Square = tuple[float, float, float]


class View(NamedTuple):
    """One view of the second look.

    Attributes:
        smaller: how many pixels its side is below the network's own size.
        scale: side of the square / longer side of the box.
        mirrored: whether left and right are exchanged.
    """

    smaller: int
    scale: float
    mirrored: bool

    def side(self, size: int) -> int:
        """Side in pixels for a network of this size: a multiple of 32, as long as `size` is one."""
        return max(size - self.smaller, 32)


# In use the second look is the mean of two views that differ in what should make no difference, margin and side, and
# are smaller than the first look, which measures better (benchmarks/README.md).
SECOND_LOOK = (View(32, 1.08, False), View(32, CROP_SCALE, True))


def square_around(box: np.ndarray | tuple[float, float, float, float], scale: float) -> Square:
    """(center x, center y, side) of the square that shows an xyxy box with ``scale`` times its longer side."""
    x0, y0, x1, y1 = (float(side) for side in box)
    return (x0 + x1) / 2, (y0 + y1) / 2, max(x1 - x0, y1 - y0, 1.0) * scale


def square_matrix(square: Square, size: int) -> np.ndarray:
    """(2, 3) float64 affine from photo pixels to pixels of the ``size`` x ``size`` view of a square."""
    cx, cy, side = square
    zoom = size / side
    return np.array([[zoom, 0.0, size / 2 - zoom * cx], [0.0, zoom, size / 2 - zoom * cy]])


def warp(rgb: np.ndarray, matrix: np.ndarray, size: int) -> np.ndarray:
    """The ``(size, size, 3)`` uint8 view of a ``(H, W, 3)`` uint8 photo under an affine of pixels."""
    while np.abs(np.linalg.det(matrix[:, :2])) < 0.25 and min(rgb.shape[:2]) > 2:
        # Bilinear sampling would skip pixels: average first. Halving by areas is fast, any other ratio is slow.
        height, width = (side // 2 * 2 for side in rgb.shape[:2])
        rgb = cv2.resize(rgb[:height, :width], None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
        matrix = np.column_stack([matrix[:, :2] * 2, matrix[:, 2] + matrix[:, :2].sum(axis=1) / 2])
    return cv2.warpAffine(
        rgb, matrix, (size, size), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=(PADDING,) * 3
    )


def take_view(rgb: np.ndarray, square: Square, size: int) -> np.ndarray:
    """What the network sees of a square of the photo, ``(size, size, 3)`` uint8."""
    return warp(rgb, square_matrix(square, size), size)


def to_photo(box: np.ndarray, square: Square, width: int, height: int) -> np.ndarray:
    """Xyxy fractions of a view -> xyxy pixels of the photo, inside it, at least a pixel wide and high."""
    cx, cy, side = square
    offset = np.array([cx, cy, cx, cy]) - side / 2
    limits = np.array([width, height, width, height], float)
    x0, y0, x1, y1 = np.clip(np.asarray(box, float) * side + offset, 0.0, limits)
    x0, x1 = _apart(x0, x1, width)
    y0, y1 = _apart(y0, y1, height)
    return np.array([x0, y0, x1, y1])


def _apart(low: float, high: float, limit: int) -> tuple[float, float]:
    """The two sides at least a pixel apart, inside [0, limit]; a photo of one pixel keeps its whole width."""
    if high - low >= 1.0:
        return float(low), float(high)
    middle = min(max((low + high) / 2, 0.5), limit - 0.5)
    return middle - 0.5, middle + 0.5


def preprocess(views: np.ndarray, kind: str) -> np.ndarray:
    """``(N, S, S, 3)`` uint8 RGB -> float32 as the backbone wants it.

    Kinds: ``lite`` ((x - 127) / 128, EfficientNet-Lite's own), ``caffe`` (BGR minus ImageNet's means, ResNet50's own).
    """
    if kind == "caffe":
        return views[..., ::-1].astype(np.float32) - np.array([103.939, 116.779, 123.68], np.float32)
    return (views.astype(np.float32) - 127.0) / 128.0


def iou(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Intersection over union of xyxy boxes, (..., 4) each, in [0, 1]."""
    a, b = np.asarray(a, float), np.asarray(b, float)
    sides = np.minimum(a[..., 2:], b[..., 2:]) - np.maximum(a[..., :2], b[..., :2])
    overlap = np.prod(np.maximum(sides, 0.0), axis=-1)
    areas = sum(np.prod(np.maximum(x[..., 2:] - x[..., :2], 0.0), axis=-1) for x in (a, b))
    return overlap / np.maximum(areas - overlap, 1e-12)
