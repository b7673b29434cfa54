"""Smooth chance: fields that folds, worn cloth, marbling and backgrounds are made from."""

from __future__ import annotations

import cv2
import numpy as np


def field(rng: np.random.Generator, size: tuple[int, int], cells: float, stretch: float = 1.0) -> np.ndarray:
    """(H, W) float32 smooth noise of about unit variance.

    Args:
        size: (H, W).
        cells: hills along the longer side.
        stretch: > 1 makes them longer from top to bottom, < 1 from side to side.
    """
    h, w = size
    longest = max(h, w)
    rows = max(2, round(cells * h / longest / np.sqrt(stretch))) + 3
    cols = max(2, round(cells * w / longest * np.sqrt(stretch))) + 3
    grid = rng.standard_normal((min(rows, h + 3), min(cols, w + 3)), dtype=np.float32)
    wide = cv2.resize(
        grid, (w + 2 * w // max(cols - 3, 1), h + 2 * h // max(rows - 3, 1)), interpolation=cv2.INTER_CUBIC
    )
    top, left = (wide.shape[0] - h) // 2, (wide.shape[1] - w) // 2
    return np.ascontiguousarray(wide[top : top + h, left : left + w]) * 1.3


def octaves(
    rng: np.random.Generator, size: tuple[int, int], cells: float, count: int = 3, fall: float = 0.5
) -> np.ndarray:
    """(H, W) float32 sum of ever finer fields, each weaker by `fall`."""
    total = field(rng, size, cells)
    for i in range(1, count):
        total += field(rng, size, cells * 2**i) * np.float32(fall**i)
    return total


def grain(rng: np.random.Generator, size: tuple[int, int], blur: float = 0.0) -> np.ndarray:
    """(H, W) float32 white noise of unit variance, blurred by `blur` pixels and brought back to unit variance.

    Repeats every 192 pixels: no eye finds the seam in grain, and it is many times faster.
    """
    h, w = size
    tile = rng.standard_normal((192, 192), dtype=np.float32)
    if blur > 0:
        tile = np.asarray(cv2.GaussianBlur(np.tile(tile, (2, 2)), (0, 0), blur), dtype=np.float32)[96:288, 96:288]
        tile = tile / max(float(tile.std()), 1e-6)
    return np.tile(tile, (h // 192 + 1, w // 192 + 1))[:h, :w]
