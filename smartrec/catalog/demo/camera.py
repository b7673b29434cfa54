"""What a phone does to a scene: uneven light, color cast, blur, noise, compression."""

from __future__ import annotations

import cv2
import numpy as np

from smartrec.catalog.demo.noise import field, grain
from smartrec.catalog.demo.palette import floats


def snap(scene: np.ndarray, rng: np.random.Generator, strength: float = 1.0) -> np.ndarray:
    """(H, W, 3) uint8 photo of a (H, W, 3) float32 scene, RGB 0-255.

    `strength` 0 leaves it nearly as it is, 1 is a phone at home.
    """
    h, w = scene.shape[:2]
    light = _light(rng, (h, w), strength)
    warm = rng.normal(0, 0.055) * strength
    gain = floats([1 + warm, 1 + rng.normal(0, 0.015) * strength, 1 - warm]) * (1 + rng.normal(-0.03, 0.12) * strength)
    photo = cv2.multiply(scene, cv2.merge([light * value for value in gain.tolist()]))
    curve = 255 * (np.arange(256, dtype=np.float32) / 255) ** np.float32(np.exp(rng.normal(0, 0.12) * strength))
    photo = cv2.LUT(cv2.convertScaleAbs(photo), curve)
    blur = abs(rng.normal(0, 0.7)) * strength
    if blur > 0.25:
        photo = cv2.GaussianBlur(photo, (0, 0), blur * max(h, w) / 320)
    noise = grain(rng, (h, w)) * np.float32(rng.uniform(0.5, 5.0) * strength)
    flat = cv2.add(photo, cv2.merge([noise] * 3), dtype=cv2.CV_8U)
    quality = int(rng.uniform(40, 95))
    _, data = cv2.imencode(".jpg", flat, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR))


def _light(rng: np.random.Generator, size: tuple[int, int], strength: float) -> np.ndarray:
    """(H, W) float32 brightness around 1: a window on one side, dark corners, at times a shadow's edge."""
    y, x = np.mgrid[-0.5:0.5:56j, -0.5:0.5:56j].astype(np.float32)
    turn = rng.uniform(0, 2 * np.pi)
    across = x * np.cos(turn) + y * np.sin(turn)
    dim = (x**2 + y**2) * rng.uniform(0, 0.5)
    light = 1 + strength * (across * rng.uniform(0, 0.5) - dim + field(rng, x.shape, 2) * rng.uniform(0, 0.05))
    if rng.random() < 0.2 * strength:
        edge = across - rng.uniform(-0.4, 0.4)
        light *= 1 - rng.uniform(0.1, 0.35) / (1 + np.exp(-edge * rng.uniform(8, 40)))
    wide = cv2.resize(light.astype(np.float32), (size[1], size[0]), interpolation=cv2.INTER_LINEAR)
    return np.asarray(wide)
