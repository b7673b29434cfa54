"""What a phone does to a scene: uneven light, color cast, blur, noise, compression."""

from __future__ import annotations

import cv2
import numpy as np

from smartrec.catalog.demo.noise import field, grain


def snap(scene: np.ndarray, rng: np.random.Generator, strength: float = 1.0) -> np.ndarray:
    """(H, W, 3) uint8 photo of a (H, W, 3) float32 scene, RGB 0-255.

    `strength` 0 leaves it nearly as it is, 1 is a phone at home.
    """
    h, w = scene.shape[:2]
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    turn = rng.uniform(0, 2 * np.pi)
    slope = ((x / w - 0.5) * np.cos(turn) + (y / h - 0.5) * np.sin(turn)) * rng.uniform(0, 0.5)
    away = np.hypot(x / w - 0.5, y / h - 0.5)
    light = 1 + strength * (slope - away**2 * rng.uniform(0, 0.5) + field(rng, (h, w), 2) * rng.uniform(0, 0.05))
    if rng.random() < 0.2 * strength:  # the phone's own shadow, or a window's light
        edge = (x * np.cos(turn) + y * np.sin(turn)) / w - rng.uniform(-0.2, 0.8)
        light *= 1 - rng.uniform(0.1, 0.35) / (1 + np.exp(-edge * rng.uniform(8, 40)))
    warm = rng.normal(0, 0.055) * strength
    gain = np.float32([1 + warm, 1 + rng.normal(0, 0.015) * strength, 1 - warm]) * (
        1 + rng.normal(-0.03, 0.12) * strength
    )
    photo = scene * light[..., None].astype(np.float32) * gain
    photo = np.clip(photo, 0, 255) / 255
    photo = 255 * photo ** np.float32(np.exp(rng.normal(0, 0.12) * strength))
    blur = abs(rng.normal(0, 0.7)) * strength
    if blur > 0.25:
        photo = cv2.GaussianBlur(photo, (0, 0), blur * max(h, w) / 320)
    photo = photo + grain(rng, (h, w))[..., None] * rng.uniform(0.5, 5.0) * strength
    flat = np.clip(photo, 0, 255).astype(np.uint8)
    quality = int(rng.uniform(40, 95))
    _, data = cv2.imencode(".jpg", flat, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR))
