"""What is measured of a garment's color: its pixels and its surroundings in OKLab, as one vector."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from smartrec.vision.perceptual import oklab

LONGEST_SIDE = 96  # of the garment when its pixels are read: finer detail is texture, which the eye mixes too
READ_SIDE = 192  # about what a photo is thinned to before it is averaged
CONTEXT_SIDE = 64  # of the whole photo when its surroundings are read
MAX_PIXELS = 1000
FEWEST_PIXELS = 30
# Chroma differences count for more than lightness, which changes with the folds of the cloth.
STRETCH = np.array([1.0, 2.5, 2.5], np.float32)
SHARPNESS = 60.0  # of the soft assignment of a pixel to the code colors, per squared stretched OKLab unit


@dataclass(frozen=True, slots=True, eq=False)
class ColorPixels:
    """Pixels of a garment and of what surrounds it.

    Attributes:
        garment: (N, 3) float32 OKLab, N >= 1.
        rgb: (N, 3) uint8 sRGB of the same pixels.
        context: (M, 3) float32 OKLab of the rest of the photo, or of all of it where the garment fills it.
    """

    garment: np.ndarray
    rgb: np.ndarray
    context: np.ndarray


def read_pixels(rgb: np.ndarray, mask: np.ndarray) -> ColorPixels:
    """Sample a photo (H, W, 3) uint8 with its garment mask (H, W) bool; an empty mask counts as a full one."""
    # Every n-th pixel of a large photo is plenty, and everything below costs by the pixel.
    step = max(1, max(mask.shape) // READ_SIDE)
    thin = mask[::step, ::step]
    if thin.any() or not mask.any():
        rgb, mask = np.ascontiguousarray(rgb[::step, ::step]), thin if thin.any() else np.ones_like(thin)
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    part = slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1)
    garment = _inner_pixels(rgb[part], mask[part])
    small, cover = _shrunk(rgb, mask, CONTEXT_SIDE)
    outside = small[cover < 8]
    context = outside if len(outside) >= FEWEST_PIXELS else small.reshape(-1, 3)
    return ColorPixels(oklab(garment), garment, oklab(context))


def _inner_pixels(rgb: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """(N, 3) uint8 pixels well inside the mask: its rim mixes with what is behind."""
    small, cover = _shrunk(rgb, mask, LONGEST_SIDE)
    full = (cover > 250).astype(np.uint8)
    inner = cv2.erode(full, np.ones((3, 3), np.uint8), borderType=cv2.BORDER_CONSTANT, borderValue=0)
    for level in (inner > 0, full > 0, cover >= min(128, int(cover.max()))):
        if level.sum() >= FEWEST_PIXELS:
            break
    pixels = small[level]
    step = max(1, -(-len(pixels) // MAX_PIXELS))
    return pixels[::step]


def _shrunk(rgb: np.ndarray, mask: np.ndarray, side: int) -> tuple[np.ndarray, np.ndarray]:
    """Photo and cover (H, W) uint8 0-255, longest side at most `side`."""
    cover = mask.astype(np.uint8) * 255
    height, width = mask.shape
    scale = side / max(height, width)
    if scale < 1:
        size = max(1, round(cover.shape[1] * scale)), max(1, round(cover.shape[0] * scale))
        rgb, cover = (
            np.asarray(cv2.resize(np.ascontiguousarray(image), size, interpolation=cv2.INTER_AREA), np.uint8)
            for image in (rgb, cover)
        )
    return rgb, cover


class Measurement:
    """Features of a garment and of parts of it.

    Attributes:
        pixels: what is measured.
        shares: (N, K) float32, the share of each code color in each pixel.
    """

    def __init__(self, pixels: ColorPixels, codes: np.ndarray) -> None:
        self.pixels = pixels
        self.shares = code_shares(pixels.garment, codes)
        # Hue and saturation tell cloths apart that code colors lump together.
        self._values = np.c_[pixels.garment, np.hypot(pixels.garment[:, 1], pixels.garment[:, 2])]
        context = np.sort(pixels.context, axis=0)
        bright = pixels.context[pixels.context[:, 0] >= _quantiles(context, (0.9,))[0, 0]]
        self._around = [_quantiles(context, (0.1, 0.5, 0.9)).ravel(), bright.mean(axis=0), context.mean(axis=0)]

    def features(self, members: np.ndarray | None = None) -> np.ndarray:
        """Features of the whole garment, or of the part of it that `members`, (N,) bool, picks.

        Returns:
            (K + 43,) float32: how much of the garment is like each code color; quantiles, means and spreads; the same
            of the surroundings, whose brightest part stands for the light.
        """
        part = slice(None) if members is None else members
        values = self._values[part]
        own = [
            np.sqrt(self.shares[part].mean(axis=0)),
            _quantiles(np.sort(values, axis=0), (0.1, 0.25, 0.5, 0.75, 0.9)).ravel(),
            values.mean(axis=0),
            values.std(axis=0),
        ]
        return np.concatenate([*own, *self._around]).astype(np.float32)


def _quantiles(ordered: np.ndarray, levels: tuple[float, ...]) -> np.ndarray:
    """Rows of an array that is sorted along its first axis, nearest to each level."""
    return np.asarray(ordered[np.rint(np.array(levels) * (len(ordered) - 1)).astype(int)])


def code_shares(lab: np.ndarray, codes: np.ndarray) -> np.ndarray:
    """(N, 3) OKLab -> (N, K) float32: the share of each code color in each pixel; rows sum to 1."""
    stretched = lab * STRETCH
    distance = (stretched**2).sum(1)[:, None] - 2 * stretched @ codes.T + (codes**2).sum(1)[None]
    weight = np.exp(SHARPNESS * (distance.min(axis=1, keepdims=True) - distance))
    return np.asarray(weight / weight.sum(axis=1, keepdims=True))
