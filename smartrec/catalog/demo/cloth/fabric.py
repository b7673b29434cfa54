"""What a fabric looks like from near: relief of its weave, how it folds, how it shines."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np

from smartrec.catalog.demo.noise import field, grain


@dataclass(frozen=True, slots=True)
class Hand:
    """How a fabric behaves.

    Attributes:
        folds: strength of wrinkles, 1 is a cotton shirt.
        soft: width of wrinkles, 1 is a cotton shirt.
        gloss: strength of highlights, [0, 1].
        opacity: [0, 1].
        rough: ragged edge, in shares of the picture's height.
    """

    folds: float = 0.8
    soft: float = 1.0
    gloss: float = 0.0
    opacity: float = 1.0
    rough: float = 0.0


HANDS = {
    "jersey": Hand(0.75, 1.2), "denim": Hand(0.75, 1.0), "knit": Hand(0.55, 1.6, rough=0.0006),
    "leather": Hand(0.85, 1.1, 0.5), "woven": Hand(0.85, 0.9), "fleece": Hand(0.6, 1.6, rough=0.0005),
    "lace": Hand(0.6, 1.2), "sheer": Hand(0.8, 0.9, 0.06, 0.84), "satin": Hand(1.2, 1.4, 0.5),
    "wool": Hand(0.5, 1.7, rough=0.0006), "linen": Hand(1.25, 0.7), "sport": Hand(0.8, 1.2, 0.12),
    "corduroy": Hand(0.6, 1.3), "suede": Hand(0.5, 1.4), "canvas": Hand(0.5, 1.2), "padded": Hand(0.55, 1.4, 0.25),
    "fur": Hand(0.4, 2.0, rough=0.0028), "unknown": Hand(),
}  # fmt: skip


@lru_cache(maxsize=48)
def relief(fabric: str, size: int, px: int) -> np.ndarray:
    """(size, size) uint8 brightness of the weave, 128 is the cloth's own; `px` is the picture's height in pixels.

    The fabric "rib" is ribbing, whatever it is knitted of.
    """
    rng = np.random.default_rng(sum(map(ord, fabric)))
    y, x = np.mgrid[0:size, 0:size].astype(np.float32)
    value = _weave(fabric, x, y, px / 640, rng)
    return np.clip(128 * (1 + value), 0, 255).astype(np.uint8)


@lru_cache(maxsize=24)
def relief_rgb(fabric: str, size: int, px: int) -> np.ndarray:
    """(size, size, 3) uint8: `relief`, three times."""
    return np.asarray(cv2.merge([relief(fabric, size, px)] * 3))


def _weave(fabric: str, x: np.ndarray, y: np.ndarray, unit: float, rng: np.random.Generator) -> np.ndarray:
    shape = x.shape
    drawn = {"denim": _denim, "knit": _knit, "corduroy": _corduroy, "linen": _linen, "canvas": _canvas, "sport": _sport}
    if fabric in drawn:
        return drawn[fabric](x, y, unit, rng, shape)
    if fabric == "rib":
        return np.asarray(0.1 * np.sin(x * (2 * np.pi / max(3.0, unit * 5.5))) + grain(rng, shape, 0.8) * 0.015)
    amounts = {"leather": (0.035, 2.2), "fleece": (0.035, 1.5), "wool": (0.07, 1.3), "suede": (0.035, 2.5),
    "fur": (0.2, 1.8),
               "jersey": (0.018, 0.8), "woven": (0.02, 0.7), "sheer": (0.03, 0.7), "lace": (0.03, 0.8)}  # fmt: skip
    amount, blur = amounts.get(fabric, (0.006, 1.0))
    value: np.ndarray = grain(rng, shape, blur * unit) * amount
    if fabric in ("suede", "leather", "fur"):
        value = value + field(rng, shape, 40) * 0.016
    if fabric == "fur":
        value = cv2.GaussianBlur(value, (1, 2 * int(4 * unit) + 1), 0) * 1.6
    return np.asarray(value)


def _denim(x: np.ndarray, y: np.ndarray, unit: float, rng: np.random.Generator, shape: tuple[int, int]) -> np.ndarray:
    twill = np.sin((x + y * 0.9) * (2 * np.pi / (3.6 * unit))) * 0.035
    slub = cv2.GaussianBlur(grain(rng, shape), (1, 2 * int(5 * unit) + 1), 0)
    return np.asarray(twill + slub * 0.07 + field(rng, shape, 60) * 0.015)


def _knit(x: np.ndarray, y: np.ndarray, unit: float, rng: np.random.Generator, shape: tuple[int, int]) -> np.ndarray:
    period = 8.5 * unit
    column = np.abs((x / period) % 1.0 - 0.5) * 2
    stitch = np.sin(2 * np.pi * (y / (period * 0.8) + column * 0.55))
    return np.asarray((column - 0.5) * 0.11 + stitch * 0.065 + grain(rng, shape, 0.9) * 0.02)


def _corduroy(
    x: np.ndarray, y: np.ndarray, unit: float, rng: np.random.Generator, shape: tuple[int, int]
) -> np.ndarray:
    return np.asarray(np.sin(x * (2 * np.pi / (9.0 * unit))) * 0.12 + grain(rng, shape, 0.8) * 0.02)


def _linen(x: np.ndarray, y: np.ndarray, unit: float, rng: np.random.Generator, shape: tuple[int, int]) -> np.ndarray:
    long = 2 * int(9 * unit) + 1
    return np.asarray(
        cv2.GaussianBlur(grain(rng, shape), (1, long), 0) * 0.08
        + cv2.GaussianBlur(grain(rng, shape), (long, 1), 0) * 0.08
    )


def _canvas(x: np.ndarray, y: np.ndarray, unit: float, rng: np.random.Generator, shape: tuple[int, int]) -> np.ndarray:
    period = 4.5 * unit
    return np.asarray(
        np.sin(x * 2 * np.pi / period) * np.sin(y * 2 * np.pi / period) * 0.06 + grain(rng, shape, 0.8) * 0.025
    )


def _sport(x: np.ndarray, y: np.ndarray, unit: float, rng: np.random.Generator, shape: tuple[int, int]) -> np.ndarray:
    period = 5.0 * unit
    dots = np.cos(x * 2 * np.pi / period) * np.cos((y + (x // period % 2) * period / 2) * 2 * np.pi / period)
    return np.asarray(dots * 0.025)
