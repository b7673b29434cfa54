"""Things of the house that are no garment: books, cups, boxes, plants, cables, phones, toys, furniture."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np

from smartrec.catalog.demo.noise import field
from smartrec.catalog.demo.palette import floats

_Draw = Callable[[np.ndarray, np.random.Generator, np.ndarray, float], None]


def draw_thing(picture: np.ndarray, rng: np.random.Generator, size: float) -> None:
    """Draw one thing into a (H, W, 3) float32 scene; `size` is its share of the shorter side."""
    h, w = picture.shape[:2]
    center = rng.uniform(0, 1, 2) * [w, h]
    draw = _THINGS[int(rng.integers(len(_THINGS)))]
    draw(picture, rng, center, size * min(h, w) / 2)


def _color(rng: np.random.Generator) -> np.ndarray:
    hue = np.array([[[rng.integers(180), rng.integers(20, 230), rng.integers(50, 250)]]], dtype=np.uint8)
    return np.asarray(cv2.cvtColor(hue, cv2.COLOR_HSV2RGB)[0, 0], dtype=np.float32)


def _turn(points: np.ndarray, angle: float) -> np.ndarray:
    return np.asarray(points @ np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]]))


def _paint(picture: np.ndarray, points: np.ndarray, color: np.ndarray, shadow: float = 0.0) -> None:
    """Fill an outline; `shadow` pixels wide on the ground around it, light from the top left."""
    (x0, y0), (x1, y1) = points.min(axis=0), points.max(axis=0)
    pad, (h, w) = 3 * shadow + 2, picture.shape[:2]
    left, top = max(0, int(x0 - pad)), max(0, int(y0 - pad))
    part = picture[top : max(top, min(h, int(y1 + pad) + 1)), left : max(left, min(w, int(x1 + pad) + 1))]
    if part.size == 0:
        return
    local = points - [left, top]
    if shadow > 0:
        dark = _cover(part.shape, local + shadow * 0.5)
        part *= 1 - 0.4 * cv2.GaussianBlur(dark, (0, 0), max(1.0, shadow))[..., None]
    y, x = np.mgrid[0 : part.shape[0], 0 : part.shape[1]].astype(np.float32)
    slope = (x - (x0 - left) + y - (y0 - top)) / (x1 - x0 + y1 - y0 + 1)
    light = (1.1 - 0.35 * np.clip(slope, 0, 1)).astype(np.float32)
    part += (np.minimum(color * light[..., None], 255) - part) * _cover(part.shape, local)[..., None]


def _cover(shape: tuple[int, ...], points: np.ndarray) -> np.ndarray:
    mask = np.zeros(shape[:2], dtype=np.uint8)
    cv2.fillPoly(mask, [np.round(points * 16).astype(np.int32)], 255, cv2.LINE_AA, 4)
    return mask.astype(np.float32) / np.float32(255)


def _ellipse(center: np.ndarray, rx: float, ry: float, angle: float = 0.0) -> np.ndarray:
    t = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    return _turn(np.stack([rx * np.cos(t), ry * np.sin(t)], axis=1), angle) + center


def _slab(center: np.ndarray, rx: float, ry: float, angle: float) -> np.ndarray:
    return _turn(np.array([[-rx, -ry], [rx, -ry], [rx, ry], [-rx, ry]]), angle) + center


def _book(picture: np.ndarray, rng: np.random.Generator, at: np.ndarray, r: float) -> None:
    angle, color = rng.uniform(-3, 3), _color(rng)
    _paint(picture, _slab(at + r * 0.06, r * 0.7, r, angle), floats([236, 232, 220]), r * 0.1)
    _paint(picture, _slab(at, r * 0.7, r, angle), color)
    for share in rng.uniform(-0.7, 0.5, int(rng.integers(1, 4))):
        bar = _turn(np.array([[0, share * r]]), angle)[0] + at
        _paint(picture, _slab(bar, r * rng.uniform(0.2, 0.55), r * 0.06, angle), 255 - color)


def _cup(picture: np.ndarray, rng: np.random.Generator, at: np.ndarray, r: float) -> None:
    color = _color(rng)
    handle = _ellipse(at + [r * 0.95, 0], r * 0.35, r * 0.28)
    _paint(picture, handle, color * 0.85, r * 0.1)
    _paint(picture, _ellipse(at, r * 0.8, r * 0.8), color, r * 0.2)
    _paint(picture, _ellipse(at, r * 0.68, r * 0.68), color * 0.7)
    _paint(picture, _ellipse(at, r * 0.62, r * 0.62), floats([70, 44, 28]) * rng.uniform(0.8, 2.2))


def _carton(picture: np.ndarray, rng: np.random.Generator, at: np.ndarray, r: float) -> None:
    color = _color(rng) if rng.random() < 0.5 else floats([186, 146, 100])
    a, b, up = rng.uniform(0.5, 1.0) * r, rng.uniform(0.4, 0.9) * r, rng.uniform(0.3, 1.0) * r
    angle = rng.uniform(-0.6, 0.6)
    top = _turn(np.array([[-a, -b * 0.5], [a, -b * 0.5], [a, b * 0.5], [-a, b * 0.5]]), angle) + at
    side = np.vstack([top[[3, 2]], top[[2, 3]] + [0, up]])
    right = np.vstack([top[[1, 2]], top[[2, 1]] + [0, up]])
    for face, tone in ((side, 0.75), (right, 0.55), (top, 1.05)):
        _paint(picture, face, np.minimum(color * tone, 250), r * 0.12 if tone == 0.75 else 0.0)


def _plant(picture: np.ndarray, rng: np.random.Generator, at: np.ndarray, r: float) -> None:
    pot = np.array([[-0.4, 0.1], [0.4, 0.1], [0.3, 0.9], [-0.3, 0.9]]) * r + at
    _paint(picture, pot, _color(rng), r * 0.15)
    t = np.linspace(0, np.pi, 10)
    leaf = np.vstack(
        [
            np.stack([np.linspace(0, 1, 10), np.sin(t) * 0.18], 1),
            np.stack([np.linspace(1, 0, 10), -np.sin(t) * 0.18], 1),
        ]
    )
    for _ in range(int(rng.integers(7, 18))):
        green = floats([rng.uniform(30, 90), rng.uniform(90, 170), rng.uniform(30, 80)])
        _paint(picture, _turn(leaf, rng.uniform(-2.9, -0.2)) * r * rng.uniform(0.5, 1.1) + at + [0, r * 0.1], green)


def _cable(picture: np.ndarray, rng: np.random.Generator, at: np.ndarray, r: float) -> None:
    steps = np.cumsum(rng.normal(0, 0.28, (9, 2)), axis=0) * r + at
    dense = np.stack([np.interp(np.linspace(0, 8, 90), range(9), steps[:, i]) for i in (0, 1)], axis=1)
    dense = cv2.blur(dense, (1, 11))
    color = (_color(rng) * 0.4).tolist()
    cv2.polylines(picture, [np.round(dense * 16).astype(np.int32)], False, color, max(2, int(r * 0.05)), cv2.LINE_AA, 4)


def _phone(picture: np.ndarray, rng: np.random.Generator, at: np.ndarray, r: float) -> None:
    angle = rng.uniform(-3, 3)
    _paint(picture, _slab(at, r * 0.5, r, angle), floats([30, 30, 34]) * rng.uniform(0.7, 2), r * 0.08)
    screen = _color(rng) if rng.random() < 0.5 else floats([14, 15, 18])
    _paint(picture, _slab(at, r * 0.44, r * 0.88, angle), screen)


def _plate(picture: np.ndarray, rng: np.random.Generator, at: np.ndarray, r: float) -> None:
    flat = rng.uniform(0.5, 1.0)
    color = floats([238, 236, 230]) if rng.random() < 0.6 else _color(rng)
    _paint(picture, _ellipse(at, r, r * flat), color, r * 0.15)
    _paint(picture, _ellipse(at, r * 0.72, r * 0.72 * flat), color * 0.94)
    for _ in range(int(rng.integers(0, 8))):
        spot = at + rng.normal(0, 0.25, 2) * r * [1, flat]
        _paint(
            picture,
            _ellipse(spot, r * rng.uniform(0.1, 0.25), r * rng.uniform(0.08, 0.2), rng.uniform(0, 3)),
            _color(rng),
            r * 0.04,
        )


def _ball(picture: np.ndarray, rng: np.random.Generator, at: np.ndarray, r: float) -> None:
    color = _color(rng)
    _paint(picture, _ellipse(at, r * 0.8, r * 0.8), color * 0.75, r * 0.25)
    for i in range(5):
        share = 1 - i / 5
        spot = at - r * 0.28 * (1 - share)
        _paint(picture, _ellipse(spot, r * 0.75 * share, r * 0.75 * share), np.minimum(color * (0.8 + 0.12 * i), 250))


def _furniture(picture: np.ndarray, rng: np.random.Generator, at: np.ndarray, r: float) -> None:
    color = floats([150, 104, 66]) * rng.uniform(0.4, 1.5)
    wide, tall = r * rng.uniform(0.8, 1.8), r * rng.uniform(0.15, 0.4)
    for side in (-1, 1):
        _paint(
            picture,
            _slab(at + [side * wide * 0.85, r * 0.8], r * 0.08, r * 0.8, rng.normal(0, 0.05)),
            color * 0.8,
            r * 0.06,
        )
    _paint(picture, _slab(at, wide, tall, rng.normal(0, 0.03)), color, r * 0.1)


def _blot(picture: np.ndarray, rng: np.random.Generator, at: np.ndarray, r: float) -> None:
    """A shapeless thing: a stone, a cushion, a toy animal."""
    t = np.linspace(0, 2 * np.pi, 60, endpoint=False)
    radius = r * (0.75 + sum(rng.normal(0, 0.16 / k) * np.cos(k * t + rng.uniform(0, 6)) for k in range(1, 6)))
    color = _color(rng)
    points = np.stack([radius * np.cos(t), radius * np.sin(t) * rng.uniform(0.5, 1)], axis=1) + at
    _paint(picture, points, color, r * 0.15)
    inner = (points - at) * 0.6 + at - r * 0.08
    _paint(picture, inner, np.minimum(color * rng.uniform(0.9, 1.2), 250))
    if rng.random() < 0.5:
        picture *= 1 + field(rng, picture.shape[:2], 12)[..., None] * 0.03


def _rods(picture: np.ndarray, rng: np.random.Generator, at: np.ndarray, r: float) -> None:
    """Pens, toy bricks, cutlery: several slim things side by side."""
    angle = rng.uniform(-3, 3)
    for i in range(int(rng.integers(2, 7))):
        offset = _turn(np.array([[(i - 3) * r * 0.22, rng.normal(0, 0.1) * r]]), angle)[0]
        _paint(
            picture,
            _slab(at + offset, r * 0.07, r * rng.uniform(0.4, 1.0), angle + rng.normal(0, 0.12)),
            _color(rng),
            r * 0.05,
        )


_THINGS: tuple[_Draw, ...] = (_book, _cup, _carton, _plant, _cable, _phone, _plate, _ball, _furniture, _blot, _rods)
