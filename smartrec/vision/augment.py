"""Views of a photo for training: geometry that carries the box along, and changes of light that keep the labels."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from smartrec.vision.views import Square, warp


@dataclass(frozen=True, slots=True)
class Strength:
    """How far a view may differ from the photo. The defaults are what the shipped network was trained with.

    Attributes:
        rotation: standard deviation in degrees.
        quarter_turn: probability of a turn by 90, 180 or 270 degrees.
        aspect: largest log-ratio of stretching.
        shift: largest shift of the view's center, share of its side.
        zoom: (smallest, largest) factor on the nominal side of the view.
        light: size of gain, gamma and cast changes.
        erase: probability that a rectangle is painted over.
    """

    rotation: float = 8.0
    quarter_turn: float = 0.03
    aspect: float = 0.12
    shift: float = 0.08
    zoom: tuple[float, float] = (0.85, 1.25)
    light: float = 0.25
    erase: float = 0.35


NONE = Strength(0.0, 0.0, 0.0, 0.0, (1.0, 1.0), 0.0, 0.0)


def view_matrix(
    square: Square, size: int, rng: np.random.Generator | None = None, strength: Strength = NONE
) -> np.ndarray:
    """(2, 3) float64 affine from photo pixels to pixels of the ``size`` x ``size`` view, randomized with `rng`."""
    cx, cy, side = square
    angle, stretch, flip = 0.0, 1.0, 1.0
    if rng is not None:
        side *= rng.uniform(*strength.zoom)
        cx += rng.uniform(-strength.shift, strength.shift) * side
        cy += rng.uniform(-strength.shift, strength.shift) * side
        angle = np.deg2rad(rng.normal(0.0, strength.rotation))
        if rng.random() < strength.quarter_turn:
            angle += np.pi / 2 * rng.integers(1, 4)
        stretch = float(np.exp(rng.uniform(-strength.aspect, strength.aspect)))
        flip = -1.0 if strength is not NONE and rng.random() < 0.5 else 1.0
    zoom = size / side
    cos, sin = np.cos(angle), np.sin(angle)
    linear = np.array(
        [[flip * zoom * stretch * cos, -flip * zoom * stretch * sin], [zoom / stretch * sin, zoom / stretch * cos]]
    )
    offset = size / 2 - linear @ np.array([cx, cy])
    return np.column_stack([linear, offset])


def transform_box(box: np.ndarray, matrix: np.ndarray, size: int) -> np.ndarray:
    """The box after `matrix`, xyxy as fractions of the view, clipped to [0, 1].

    Under rotation the corners of a box would overstate it: garments rarely reach them. A superellipse of degree 4
    inscribed in the box stands for the garment, which is exact without rotation.
    """
    angles = np.linspace(0, 2 * np.pi, 32, endpoint=False)
    cos, sin = np.cos(angles), np.sin(angles)
    x0, y0, x1, y1 = box
    xs = (x0 + x1) / 2 + (x1 - x0) / 2 * np.sign(cos) * np.sqrt(np.abs(cos))
    ys = (y0 + y1) / 2 + (y1 - y0) / 2 * np.sign(sin) * np.sqrt(np.abs(sin))
    points = matrix[:, :2] @ np.stack([xs, ys]) + matrix[:, 2:]
    low, high = points.min(axis=1), points.max(axis=1)
    return np.clip(np.concatenate([low, high]) / size, 0.0, 1.0).astype(np.float32)


def relight(rgb: np.ndarray, rng: np.random.Generator, strength: Strength) -> np.ndarray:
    """Another exposure, cast, saturation, sharpness and noise; colors keep their names."""
    light = strength.light
    gamma = np.exp(rng.uniform(-light, light))
    gain = np.exp(rng.uniform(-light, light) + rng.uniform(-light, light, 3) * 0.25)
    ramp = np.linspace(0, 1, 256)[:, None] ** gamma * gain
    table = np.clip(ramp * 255, 0, 255).astype(np.uint8)
    out = cv2.LUT(rgb, np.ascontiguousarray(table[None]))
    saturation = 1 + rng.uniform(-light, light)
    grey = cv2.cvtColor(cv2.cvtColor(out, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB)
    out = cv2.addWeighted(out, saturation, grey, 1 - saturation, 0)
    kind = rng.random()
    if kind < 0.15:
        out = cv2.GaussianBlur(out, (0, 0), rng.uniform(0.4, 1.5))
    elif kind < 0.3:
        noise = rng.normal(0, rng.uniform(2, 10), (*out.shape[:2], 1)).astype(np.float32)
        out = np.clip(out + noise, 0, 255).astype(np.uint8)
    elif kind < 0.4:
        quality = int(rng.integers(30, 80))
        encoded = cv2.imencode(".jpg", out, [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
        out = np.asarray(cv2.imdecode(encoded, cv2.IMREAD_COLOR))
    return out


def erase(view: np.ndarray, rng: np.random.Generator) -> None:
    """Paints a random rectangle over the view, in place (Zhong et al., Random Erasing, AAAI 2020)."""
    size = view.shape[0]
    height, width = (rng.uniform(0.1, 0.4, 2) * size).astype(int)
    y, x = rng.integers(0, size - height), rng.integers(0, size - width)
    view[y : y + height, x : x + width] = rng.integers(0, 256, 3)


def make_view(
    rgb: np.ndarray, square: Square, box: np.ndarray, size: int, rng: np.random.Generator, strength: Strength
) -> tuple[np.ndarray, np.ndarray]:
    """A randomized view and the box in it.

    Args:
        rgb: ``(H, W, 3)`` uint8 photo.
        square: (center x, center y, side) that the view shows, before randomization.
        box: xyxy in pixels of the photo.
        size: side of the view in pixels.
        rng: source of randomness.
        strength: how far the view may differ.

    Returns:
        ``(size, size, 3)`` uint8 and ``(4,)`` float32 fractions of the view.
    """
    matrix = view_matrix(square, size, rng, strength)
    view = warp(rgb, matrix, size)
    if strength.light:
        view = relight(view, rng, strength)
    if rng.random() < strength.erase:
        erase(view, rng)
    return view, transform_box(box, matrix, size)
