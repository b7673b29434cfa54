"""A product picture of a garment, with its exact mask and box."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from smartrec.catalog.demo.backdrop import draw_backdrop
from smartrec.catalog.demo.garment import GarmentSpec
from smartrec.catalog.demo.noise import grain
from smartrec.catalog.demo.paint import Fit, Layer, paint
from smartrec.catalog.demo.palette import floats


@dataclass(frozen=True, slots=True, eq=False)
class Rendering:
    """A drawn picture and what is known of it.

    Attributes:
        image: (H, W, 3) uint8 RGB.
        mask: (H, W) bool, True on the garment.
        box: xyxy in pixels, the mask's bounds: x1 and y1 lie just outside its last column and row.
        spec: the garment.
    """

    image: np.ndarray
    mask: np.ndarray
    box: tuple[float, float, float, float]
    spec: GarmentSpec


def render(
    spec: GarmentSpec, rng: np.random.Generator, size: tuple[int, int] = (320, 400), background: str = "plain"
) -> Rendering:
    """A garment laid flat, as in a shop.

    Args:
        spec: the garment.
        rng: chance of this laying-out: folds, light, background.
        size: (width, height) pixels, each at least 32.
        background: "plain" or "studio".

    Raises:
        ValueError: a background that is neither, or a size below 32.
    """
    width, height = size
    if min(size) < 32:
        raise ValueError(f"Expected a size of at least 32 x 32 pixels. Received: {size!r}")
    light = (float(rng.uniform(-0.8, -0.35)), float(rng.uniform(-0.9, -0.6)))
    fit = Fit(fill=float(rng.uniform(0.84, 0.91)), turn=float(rng.normal(0, 0.012)))
    layer = paint(spec, rng, (height, width), fit, light)
    ground = draw_backdrop(background, rng, (height, width))
    image = compose(layer, cast_shadow(ground, layer.alpha, light, 0.012 * height))
    image += grain(rng, (height, width), 0.6)[..., None] * 1.1
    mask = mask_of(layer.alpha)
    return Rendering(np.clip(image, 0, 255).astype(np.uint8), mask, box_of(mask), spec)


def cast_shadow(
    ground: np.ndarray, alpha: np.ndarray, light: tuple[float, float], reach: float, depth: float = 0.3
) -> np.ndarray:
    """The ground with the garment's soft shadow; (H, W, 3) float32."""
    near = cv2.GaussianBlur(alpha, (0, 0), max(0.6, reach * 0.35))
    far = cv2.GaussianBlur(alpha, (0, 0), max(1.0, reach * 1.6))
    move = floats([[1, 0, -light[0] * reach * 0.9], [0, 1, -light[1] * reach * 0.9]])
    h, w = alpha.shape
    far = cv2.warpAffine(far, move, (w, h), borderMode=cv2.BORDER_REPLICATE)
    dark = 1 - np.float32(depth) * (np.float32(0.55) * near + np.float32(0.75) * far)
    return np.asarray(cv2.multiply(ground, cv2.merge([dark] * 3)))


def compose(layer: Layer, ground: np.ndarray) -> np.ndarray:
    """(H, W, 3) float32: the layer over the ground."""
    share = cv2.merge([layer.alpha] * 3)
    return np.asarray(ground + (layer.rgb.astype(np.float32) - ground) * share)


def mask_of(alpha: np.ndarray) -> np.ndarray:
    """(H, W) bool: covered by half or more (sheer cloth counts as the cloth that it is)."""
    return np.asarray(alpha >= 0.4)


def box_of(mask: np.ndarray) -> tuple[float, float, float, float]:
    """Xyxy bounds of a mask. Raises ValueError if it is empty."""
    rows, cols = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if len(rows) == 0:
        raise ValueError("Expected a mask with at least one pixel. Received: an empty mask")
    return float(cols[0]), float(rows[0]), float(cols[-1] + 1), float(rows[-1] + 1)
