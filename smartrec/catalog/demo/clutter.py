"""Photo-like scenes without any garment: surfaces, things of the house, rooms, views outdoors."""

from __future__ import annotations

import cv2
import numpy as np

from smartrec.catalog.demo import outdoors
from smartrec.catalog.demo.camera import snap
from smartrec.catalog.demo.noise import field
from smartrec.catalog.demo.surface import draw_surface
from smartrec.catalog.demo.things import draw_thing


def render_clutter(rng: np.random.Generator, size: tuple[int, int] = (224, 224)) -> np.ndarray:
    """A photo-like scene with no garment in it.

    Args:
        rng: source of all chance.
        size: (width, height) pixels.

    Returns:
        (H, W, 3) uint8 RGB.
    """
    w, h = size
    kind = rng.random()
    if kind < 0.22:
        picture = outdoors.view(rng, (h, w))
    elif kind < 0.32:
        picture = _close(rng, (h, w))
    else:
        picture = draw_surface(rng, (h, w))
        if rng.random() < 0.35:
            picture = _room(rng, picture)
        count = int(rng.integers(0, 2) if kind < 0.42 else rng.integers(1, 9))
        for _ in range(count):
            draw_thing(picture, rng, float(rng.uniform(0.08, 0.55)))
    return snap(picture, rng)


def _room(rng: np.random.Generator, floor: np.ndarray) -> np.ndarray:
    h, w = floor.shape[:2]
    line = int(h * rng.uniform(0.3, 0.65))
    wall = draw_surface(rng, (h, w), "wall")
    picture = np.vstack([wall[:line], floor[line:]])
    slope = rng.uniform(-0.12, 0.12) * h
    cv2.line(
        picture,
        (0, int(line - slope)),
        (w, int(line + slope)),
        (wall.mean(axis=(0, 1)) * 0.75).tolist(),
        max(2, h // 50),
        cv2.LINE_AA,
    )
    return np.ascontiguousarray(picture)


def _close(rng: np.random.Generator, size: tuple[int, int]) -> np.ndarray:
    """A surface or thing so near that it fills the picture, out of focus."""
    picture = draw_surface(rng, size)
    for _ in range(3):
        draw_thing(picture, rng, float(rng.uniform(0.6, 1.3)))
    picture *= 1 + field(rng, size, 3)[..., None] * 0.1
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), float(rng.uniform(0.3, 3.5))))
