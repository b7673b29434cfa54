"""Views outdoors: sky, hills, streets, leaves, water."""

from __future__ import annotations

import cv2
import numpy as np

from smartrec.catalog.demo.noise import field, grain, octaves
from smartrec.catalog.demo.palette import floats


def view(rng: np.random.Generator, size: tuple[int, int]) -> np.ndarray:
    """(H, W, 3) float32 RGB 0-255: a landscape, a street, or leaves close by."""
    kind = rng.random()
    if kind < 0.4:
        return _landscape(rng, size)
    return _street(rng, size) if kind < 0.75 else _leaves(rng, size)


def _sky(rng: np.random.Generator, size: tuple[int, int]) -> np.ndarray:
    h, w = size
    top = floats([rng.uniform(60, 170), rng.uniform(110, 190), rng.uniform(170, 245)])
    low = floats([rng.uniform(180, 250), rng.uniform(170, 230), rng.uniform(150, 235)])
    share = np.linspace(0, 1, h, dtype=np.float32)[:, None, None]
    sky = np.broadcast_to(top * (1 - share) + low * share, (h, w, 3)).copy()
    cloud = np.clip(octaves(rng, size, 4, 4) * 0.5, 0, 1)[..., None] * rng.uniform(0, 0.9)
    return np.asarray(sky * (1 - cloud) + 245 * cloud, dtype=np.float32)


def _landscape(rng: np.random.Generator, size: tuple[int, int]) -> np.ndarray:
    h, w = size
    picture = _sky(rng, size)
    line = h * rng.uniform(0.25, 0.5)
    for i in range(int(rng.integers(2, 5))):
        ridge = line + field(rng, (2, w), 5)[0] * h * 0.06
        color = floats([rng.uniform(40, 130), rng.uniform(80, 140), rng.uniform(40, 120)]) * (0.9 - 0.08 * i)
        rows = np.arange(h)[:, None] > ridge[None]
        texture = 1 + octaves(rng, size, 14 + 8 * i, 3) * 0.1 + grain(rng, size, 0.8) * 0.05
        picture = np.where(rows[..., None], color * texture[..., None], picture)
        line += h * rng.uniform(0.1, 0.25)
    return picture.astype(np.float32)


def _street(rng: np.random.Generator, size: tuple[int, int]) -> np.ndarray:
    h, w = size
    picture = _sky(rng, size)
    x = 0.0
    ground = h * rng.uniform(0.65, 0.85)
    while x < w:
        wide, tall = w * rng.uniform(0.12, 0.35), h * rng.uniform(0.3, 0.75)
        color = np.float32(rng.uniform(70, 210)) + floats(rng.normal(0, 22, 3))
        cv2.rectangle(picture, (int(x), int(ground - tall)), (int(x + wide), int(ground)), color.tolist(), -1)
        step = max(6.0, wide / rng.integers(2, 6))
        for wx in np.arange(x + step * 0.3, x + wide - step * 0.4, step):
            for wy in np.arange(ground - tall + step * 0.4, ground - step * 0.5, step * 1.2):
                pane = color * 0.45 if rng.random() < 0.8 else floats([240, 220, 150])
                cv2.rectangle(
                    picture, (int(wx), int(wy)), (int(wx + step * 0.5), int(wy + step * 0.7)), pane.tolist(), -1
                )
        x += wide
    picture[int(ground) :] = np.float32(rng.uniform(70, 130)) * (
        1 + grain(rng, (h - int(ground), w), 0.8)[..., None] * 0.06
    )
    return picture


def _leaves(rng: np.random.Generator, size: tuple[int, int]) -> np.ndarray:
    h, w = size
    picture = np.full((h, w, 3), (40, 62, 34), dtype=np.float32) * (1 + octaves(rng, size, 8, 3)[..., None] * 0.2)
    for _ in range(int(rng.integers(50, 160))):
        center, axis = (int(rng.uniform(0, w)), int(rng.uniform(0, h))), int(rng.uniform(0.02, 0.12) * w) + 2
        flower = rng.random() < 0.1
        color = (
            rng.uniform(120, 255, 3)
            if flower
            else np.array([rng.uniform(30, 130), rng.uniform(80, 190), rng.uniform(20, 90)])
        )
        cv2.ellipse(
            picture,
            center,
            (axis, max(1, axis // int(rng.integers(1, 5)))),
            float(rng.uniform(0, 180)),
            0,
            360,
            color.tolist(),
            -1,
            cv2.LINE_AA,
        )
    return picture.astype(np.float32)
