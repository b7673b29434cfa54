"""The lie of the cloth: wrinkles as a height field, and the light on it."""

from __future__ import annotations

import cv2
import numpy as np

from smartrec.catalog.demo.cloth.fabric import Hand
from smartrec.catalog.demo.drawing import Crease
from smartrec.catalog.demo.noise import field


def fold_light(creases: list[tuple[Crease, np.ndarray]], hand: Hand, rng: np.random.Generator, size: tuple[int, int],
unit: float,
               light: tuple[float, float], strength: float = 1.0) -> tuple[np.ndarray, np.ndarray]:  # fmt: skip
    """Light on the folds.

    Args:
        creases: folds with their paths in pixels.
        hand: how the fabric folds and shines.
        rng: chance of this laying-out.
        size: (H, W) pixels.
        unit: pixels of one garment unit.
        light: direction the light comes from, x to the right and y down.
        strength: 1 for a neatly laid garment.

    Returns:
        (H, W) float32 brightness around 1, and (H, W) float32 gloss in [0, 1].
    """
    step = 4
    h, w = (size[0] + step - 1) // step, (size[1] + step - 1) // step
    height = _rest(rng, (h, w)) * np.float32(0.75 * hand.folds * strength)
    drawn = _ridges(creases, rng, (h, w), unit / step, step, hand.folds * strength)
    sigma = max(0.8, unit * 0.028 * hand.soft / step)
    height += (
        cv2.GaussianBlur(drawn, (0, 0), sigma) * 1.8 + cv2.GaussianBlur(drawn, (0, 0), sigma * 2.2)
    ) * np.float32(sigma)
    dx = cv2.Sobel(height, cv2.CV_32F, 1, 0, ksize=3) / 8
    dy = cv2.Sobel(height, cv2.CV_32F, 0, 1, ksize=3) / 8
    slope = (dx * light[0] + dy * light[1]) * np.float32(-0.62)
    bright = 1 + np.tanh(slope * np.float32(1.25)) * np.float32(0.36)
    gloss = np.clip(slope * 2.0 - 0.15, 0, 1) ** 1.5 * np.float32(hand.gloss)
    wide = (size[1], size[0])
    return (
        cv2.resize(bright, wide, interpolation=cv2.INTER_CUBIC),
        cv2.resize(gloss, wide, interpolation=cv2.INTER_LINEAR),
    )


def _ridges(creases: list[tuple[Crease, np.ndarray]], rng: np.random.Generator, size: tuple[int, int], unit: float,
            step: int, strength: float) -> np.ndarray:  # fmt: skip
    """(H, W) float32 height of the folds alone, `step` times smaller than their paths."""
    drawn = np.zeros(size, dtype=np.float32)
    for crease, path in creases:
        amount = crease.height * strength * rng.uniform(0.5, 1.2) * (-1 if rng.random() < 0.3 else 1)
        jitter = rng.normal(0, unit * step * 0.015, 2)
        points = np.round((path + jitter) / step * 16).astype(np.int32)
        layer = np.zeros(size, dtype=np.uint8)
        cv2.polylines(layer, [points], False, 255, max(1, round(crease.width * unit * 0.8)), cv2.LINE_AA, 4)
        drawn += layer.astype(np.float32) * np.float32(amount / 255)
    return drawn


def _rest(rng: np.random.Generator, size: tuple[int, int]) -> np.ndarray:
    """Wrinkles without a cause: broad hills, and finer ones that mostly run down."""
    broad = field(rng, size, 5) * 2.2
    middle = field(rng, size, 11, 1.8) * 0.9
    fine = field(rng, size, 24, 1.5) * 0.36
    return np.asarray(broad + middle + fine, dtype=np.float32)


def wobble(
    rng: np.random.Generator, size: tuple[int, int], amount: float, rough: float
) -> tuple[np.ndarray, np.ndarray]:
    """Maps for `cv2.remap` that bend straight lines as soft cloth does.

    Args:
        size: (H, W) pixels.
        amount: broad displacement, pixels.
        rough: fine displacement of a hairy edge, pixels.
    """
    h, w = size
    dx, dy = field(rng, (h // 4, w // 4), 4) * amount, field(rng, (h // 4, w // 4), 4) * amount
    dx += field(rng, (h // 4, w // 4), 13) * amount * 0.22
    dy += field(rng, (h // 4, w // 4), 13) * amount * 0.22
    x, y = np.meshgrid(np.arange(w, dtype=np.float32), np.arange(h, dtype=np.float32))
    x += cv2.resize(dx, (w, h), interpolation=cv2.INTER_LINEAR)
    y += cv2.resize(dy, (w, h), interpolation=cv2.INTER_LINEAR)
    if rough > 0.2:
        for grid in (x, y):
            hair = rng.standard_normal((h // 2, w // 2), dtype=np.float32)
            grid += cv2.resize(hair, (w, h)) * np.float32(rough)
    return x, y
