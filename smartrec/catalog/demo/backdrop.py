"""Backgrounds of a shop's own pictures: plain paper, or a studio wall and floor."""

from __future__ import annotations

import cv2
import numpy as np

from smartrec.catalog.demo.noise import field, grain
from smartrec.catalog.demo.palette import floats

_PLAIN = ((250, 250, 250), (245, 245, 244), (240, 240, 242), (243, 240, 235), (236, 238, 240))
_STUDIO = (
    (226, 224, 220),
    (214, 218, 222),
    (224, 216, 206),
    (210, 214, 208),
    (222, 212, 214),
    (200, 204, 210),
    (232, 226, 214),
)


def draw_backdrop(kind: str, rng: np.random.Generator, size: tuple[int, int]) -> np.ndarray:
    """(H, W, 3) float32 RGB 0-255.

    Raises:
        ValueError: a kind other than "plain" and "studio".
    """
    if kind not in ("plain", "studio"):
        raise ValueError(f"Expected a background of plain, studio. Received: {kind!r}")
    h, w = size
    shades = _PLAIN if kind == "plain" else _STUDIO
    color = floats(shades[int(rng.integers(len(shades)))])
    y, x = np.mgrid[0:1:24j, 0:1:24j].astype(np.float32)
    away = np.hypot(x - rng.uniform(0.35, 0.65), y - rng.uniform(0.3, 0.5))
    fall = np.float32(0.03 if kind == "plain" else 0.16)
    light = cv2.resize(1.0 + fall * 0.25 - fall * away**1.6, (w, h), interpolation=cv2.INTER_CUBIC)
    if kind == "studio":
        light = light + field(rng, size, 3) * 0.006 + grain(rng, size, 0.8) * 0.006
    return np.asarray(cv2.merge([np.minimum(light * np.float32(value), 255) for value in color]), dtype=np.float32)
