"""Pictures that are printed, sewn or stitched onto one place: (H, W, 4) uint8 RGBA."""

from __future__ import annotations

import cv2
import numpy as np

from smartrec.catalog.demo.cloth.outlines import around, fill
from smartrec.catalog.demo.garment import GarmentSpec, Rgb
from smartrec.catalog.demo.palette import floats, luminance, tone

_WORDS = ("OCEAN", "NORTH", "wild soul", "RIDGE", "1987", "SUMMER", "CLUB 24", "good days", "STUDIO", "HARBOR",
"PEAK", "ATLAS",
          "sunday", "FREE", "EAST SIDE", "NOVA", "hello", "RACING", "32", "KINDRED", "BREAK", "SLOW LIFE", "VISTA",
          "LOUD")  # fmt: skip
_SMALL = ("EST. 1964", "original goods", "supply co.", "since 2011", "athletic dept.", "made to move", "field & shore")
_BRANDS = ("nord", "VELA", "kite", "ORO", "Lumo", "AVE", "halden", "tern")


def draw_print(kind: str, spec: GarmentSpec, size: tuple[int, int]) -> np.ndarray:
    """A print of a kind ("graphic", "text", "logo", "patch", "embroidery"), (H, W) = `size` pixels."""
    rng = np.random.default_rng(spec.seed + len(kind))
    h, w = max(8, size[0]), max(8, size[1])
    canvas = np.zeros((h, w, 4), dtype=np.uint8)
    canvas[..., :3] = spec.palette[1]
    {"graphic": _graphic, "text": _text, "logo": _logo, "patch": _patch, "embroidery": _embroidery}[kind](
        canvas, spec, rng
    )
    return canvas


def _ink(canvas: np.ndarray, cover: np.ndarray, color: Rgb) -> None:
    share = cover.astype(np.float32)[..., None] / 255
    canvas[..., :3] = (canvas[..., :3] * (1 - share) + floats(color) * share).astype(np.uint8)
    canvas[..., 3] = np.maximum(canvas[..., 3], cover)


def _write(
    canvas: np.ndarray, word: str, center: tuple[float, float], wide: float, tall: float, color: Rgb, weight: int
) -> None:
    """Write a word into a box `wide` x `tall` around `center`, pixels."""
    face = cv2.FontFace("sans")
    probe = 60
    (x0, y0, w0, h0) = cv2.getTextSize((2000, 400), word, (0, 0), face, probe, weight)
    size = max(5, int(min(wide / max(w0, 1), tall / max(h0, 1)) * probe))
    (x0, y0, w0, h0) = cv2.getTextSize((2000, 400), word, (0, 0), face, size, weight)
    cover = np.zeros((*canvas.shape[:2], 3), dtype=np.uint8)
    at = (int(center[0] - w0 / 2 - x0), int(center[1] - h0 / 2 - y0))
    cv2.putText(cover, word, at, (255, 255, 255), face, size, weight)
    _ink(canvas, cover[..., 0], color)


def _text(canvas: np.ndarray, spec: GarmentSpec, rng: np.random.Generator) -> None:
    h, w = canvas.shape[:2]
    first = spec.palette[1]
    lines = int(rng.integers(1, 4)) if h > w * 0.4 else int(rng.integers(1, 3))
    words = list(rng.permutation(_WORDS)[:lines])
    if lines > 1 and rng.random() < 0.6:
        words[-1] = str(rng.choice(_SMALL))
    weight = int(rng.choice([600, 800, 900]))
    share = h / (lines + 0.15)
    for i, word in enumerate(words):
        small = word in _SMALL
        color = spec.palette[2] if spec.many_colors and i % 2 else first
        _write(
            canvas,
            str(word),
            (w / 2, share * (i + 0.55)),
            w * (0.7 if small else 0.97),
            share * (0.36 if small else 0.86),
            color,
            weight,
        )
    if rng.random() < 0.3:
        cover = np.zeros((h, w), np.uint8)
        cv2.rectangle(cover, (1, 1), (w - 2, h - 2), 255, max(1, w // 60), cv2.LINE_AA)
        _ink(canvas, cover, first)


def _graphic(canvas: np.ndarray, spec: GarmentSpec, rng: np.random.Generator) -> None:
    kinds = (_landscape, _sun, _flower, _face, _blocks, _bolt)
    kinds[int(rng.integers(len(kinds)))](canvas, spec, rng)


def _colors(spec: GarmentSpec) -> tuple[Rgb, Rgb, Rgb]:
    _, second, third, fourth = spec.palette
    if spec.many_colors:
        return second, third, fourth
    return second, tone(second, -0.35 if luminance(second) > 0.4 else 0.4), third


def _shape(canvas: np.ndarray, points: np.ndarray, color: Rgb) -> None:
    """Fill an outline given in shares of the canvas."""
    _ink(canvas, _covered(canvas, points), color)


def _covered(canvas: np.ndarray, points: np.ndarray) -> np.ndarray:
    cover = np.zeros(canvas.shape[:2], np.uint8)
    fill(cover, points * [canvas.shape[1], canvas.shape[0]], 255)
    return cover


def _circle(x: float, y: float, r: float, aspect: float = 1.0) -> np.ndarray:
    return around(np.linspace(0, 2 * np.pi, 48), r, (x, y), aspect)


def _landscape(canvas: np.ndarray, spec: GarmentSpec, rng: np.random.Generator) -> None:
    a, b, c = _colors(spec)
    aspect = canvas.shape[1] / canvas.shape[0]
    frame = (
        _circle(0.5, 0.5, 0.48, min(aspect, 1.04))
        if rng.random() < 0.5
        else np.array([[0.03, 0.03], [0.97, 0.03], [0.97, 0.97], [0.03, 0.97]])
    )
    clip = _covered(canvas, frame)
    _shape(canvas, frame, a)
    _shape(canvas, _circle(rng.uniform(0.3, 0.7), 0.35, 0.13, aspect), c)
    for base, color in ((0.55, b), (0.72, spec.palette[0])):
        xs = np.linspace(0, 1, 9)
        ridge = np.stack([xs, base + rng.uniform(-0.13, 0.1, 9)], axis=1)
        _shape(canvas, np.vstack([ridge, [[1, 1], [0, 1]]]), color)
    canvas[..., 3] = np.minimum(canvas[..., 3], clip)


def _sun(canvas: np.ndarray, spec: GarmentSpec, rng: np.random.Generator) -> None:
    a, b, c = _colors(spec)
    aspect = canvas.shape[1] / canvas.shape[0]
    for i in range(14):
        t = i / 14 * 2 * np.pi
        ray = np.array(
            [
                [np.cos(t - 0.09) * 0.3, np.sin(t - 0.09) * 0.3],
                [np.cos(t) * 0.47, np.sin(t) * 0.47],
                [np.cos(t + 0.09) * 0.3, np.sin(t + 0.09) * 0.3],
            ]
        )
        _shape(canvas, ray * [1, aspect] + 0.5, b)
    _shape(canvas, _circle(0.5, 0.5, 0.28, aspect), a)
    for y in (0.55, 0.62, 0.69):
        _shape(canvas, np.array([[0.2, y], [0.8, y], [0.8, y + 0.025], [0.2, y + 0.025]]), spec.palette[0])
    _write(
        canvas,
        str(rng.choice(_WORDS)),
        (canvas.shape[1] / 2, canvas.shape[0] * 0.94),
        canvas.shape[1] * 0.6,
        canvas.shape[0] * 0.09,
        c,
        700,
    )


def _flower(canvas: np.ndarray, spec: GarmentSpec, rng: np.random.Generator) -> None:
    a, b, c = _colors(spec)
    t = np.linspace(0, 2 * np.pi, 120)
    count = int(rng.integers(5, 9))
    aspect = canvas.shape[1] / canvas.shape[0]
    stem = np.array([[0.49, 0.4], [0.52, 0.4], [0.54, 0.98], [0.5, 0.98]])
    _shape(canvas, stem, b)
    for side in (-1, 1):
        _shape(
            canvas,
            np.array([[0.51, 0.85], [0.51 + 0.16 * side, 0.66], [0.51 + 0.26 * side, 0.7], [0.51 + 0.14 * side, 0.82]]),
            b,
        )
    r = 0.33 * (0.75 + 0.25 * np.cos(count * t))
    _shape(canvas, around(t, r, (0.5, 0.36), aspect), a)
    _shape(canvas, _circle(0.5, 0.36, 0.1, aspect), c)


def _face(canvas: np.ndarray, spec: GarmentSpec, rng: np.random.Generator) -> None:
    a, b, c = _colors(spec)
    aspect = canvas.shape[1] / canvas.shape[0]
    dark = spec.palette[0] if abs(luminance(spec.palette[0]) - luminance(a)) > 0.25 else tone(a, -0.6)
    pointed = rng.random() < 0.5
    for side in (-1, 1):
        ear = np.array([[0.5 + 0.34 * side, 0.05], [0.5 + 0.36 * side, 0.42], [0.5 + 0.06 * side, 0.22]])
        _shape(canvas, ear if pointed else _circle(0.5 + 0.3 * side, 0.2, 0.13, aspect), a)
        _shape(
            canvas,
            (ear - [0.5 + 0.25 * side, 0.22]) * 0.5 + [0.5 + 0.26 * side, 0.24]
            if pointed
            else _circle(0.5 + 0.3 * side, 0.2, 0.07, aspect),
            b,
        )
    _shape(canvas, _circle(0.5, 0.52, 0.4, aspect * 0.92), a)
    _shape(canvas, _circle(0.5, 0.68, 0.2, aspect * 0.7), b if not pointed else tone(a, 0.5))
    for side in (-1, 1):
        _shape(canvas, _circle(0.5 + 0.16 * side, 0.45, 0.055, aspect), dark)
        _shape(canvas, _circle(0.5 + 0.16 * side - 0.018, 0.435, 0.018, aspect), (250, 250, 250))
    _shape(canvas, _circle(0.5, 0.6, 0.05, aspect * 0.7), dark)
    _shape(canvas, np.array([[0.43, 0.7], [0.57, 0.7], [0.5, 0.76]]), dark)
    if rng.random() < 0.5:
        _write(
            canvas,
            str(rng.choice(_WORDS)),
            (canvas.shape[1] / 2, canvas.shape[0] * 0.96),
            canvas.shape[1] * 0.7,
            canvas.shape[0] * 0.08,
            c,
            800,
        )


def _blocks(canvas: np.ndarray, spec: GarmentSpec, rng: np.random.Generator) -> None:
    a, b, c = _colors(spec)
    for i in range(5):
        x, y = rng.uniform(0.02, 0.5, 2)
        w, h = rng.uniform(0.2, 0.48, 2)
        color = (a, b, c, a, b)[i]
        if i % 2:
            _shape(canvas, _circle(x + w / 2, y + h / 2, w / 2, canvas.shape[1] / canvas.shape[0]), color)
        else:
            _shape(canvas, np.array([[x, y], [x + w, y], [x + w, y + h], [x, y + h]]), color)
    _write(
        canvas,
        str(rng.choice(_WORDS)),
        (canvas.shape[1] / 2, canvas.shape[0] * 0.8),
        canvas.shape[1] * 0.9,
        canvas.shape[0] * 0.2,
        a,
        900,
    )


def _bolt(canvas: np.ndarray, spec: GarmentSpec, rng: np.random.Generator) -> None:
    a, b, c = _colors(spec)
    aspect = canvas.shape[1] / canvas.shape[0]
    t = np.arange(10) * np.pi / 5 - np.pi / 2
    r = np.where(np.arange(10) % 2, 0.2, 0.47)
    star = around(t, r, (0.5, 0.45), aspect)
    if rng.random() < 0.5:
        star = np.array([[0.58, 0.02], [0.2, 0.55], [0.45, 0.55], [0.36, 0.97], [0.8, 0.38], [0.54, 0.38]])
    _shape(canvas, (star - 0.5) * 1.04 + [0.52, 0.52], b)
    _shape(canvas, star, a)
    _shape(canvas, (star - [0.5, 0.45]) * 0.5 + [0.5, 0.45], c)


def _logo(canvas: np.ndarray, spec: GarmentSpec, rng: np.random.Generator) -> None:
    first, second = spec.palette[:2]
    color = second if spec.color2 != "none" else ((245, 245, 245) if luminance(first) < 0.55 else (30, 32, 36))
    h, w = canvas.shape[:2]
    if rng.random() < 0.6:
        _write(canvas, str(rng.choice(_BRANDS)), (w / 2, h / 2), w * 0.95, h * 0.7, color, 800)
    else:
        _shape(canvas, np.array([[0.3, 0.9], [0.5, 0.1], [0.7, 0.9], [0.5, 0.65]]), color)


def _patch(canvas: np.ndarray, spec: GarmentSpec, rng: np.random.Generator) -> None:
    a, _, c = _colors(spec)
    if luminance(a) - luminance(spec.palette[0]) < 0.15:
        a = tone(a, 0.4)
    _shape(canvas, _circle(0.5, 0.5, 0.49), c)
    _shape(canvas, _circle(0.5, 0.5, 0.43), a)
    _write(
        canvas,
        str(rng.choice(_BRANDS)),
        (canvas.shape[1] / 2, canvas.shape[0] / 2),
        canvas.shape[1] * 0.66,
        canvas.shape[0] * 0.3,
        tone(c, -0.5),
        800,
    )


def _embroidery(canvas: np.ndarray, spec: GarmentSpec, rng: np.random.Generator) -> None:
    a, b, c = _colors(spec)
    if spec.color2 == "none":
        a, b, c = (196, 60, 80), (70, 130, 80), (240, 200, 90)
    h, w = canvas.shape[:2]
    t = np.linspace(0, 1, 24)
    vine = np.stack([0.5 + 0.22 * np.sin(t * 6 + rng.uniform(0, 6)), 0.05 + 0.9 * t], axis=1)
    cover = np.zeros((h, w), np.uint8)
    cv2.polylines(cover, [np.round(vine * [w, h] * 16).astype(np.int32)], False, 255, max(1, w // 40), cv2.LINE_AA, 4)
    _ink(canvas, cover, b if b != spec.palette[0] else (80, 130, 80))
    for i in range(3, 24, 4):
        x, y = vine[i] + rng.uniform(-0.08, 0.08, 2)
        angle = np.linspace(0, 2 * np.pi, 60)
        r = 0.13 * (0.72 + 0.28 * np.cos(5 * angle + i))
        _shape(canvas, around(angle, r, (x, y), w / h), (a, c)[i // 4 % 2])
        _shape(canvas, _circle(x, y, 0.035, w / h), (c, a)[i // 4 % 2])
        leaf = np.array([[x, y + 0.05], [x + 0.16, y + 0.1], [x + 0.2, y + 0.02]])
        _shape(canvas, leaf, b)
