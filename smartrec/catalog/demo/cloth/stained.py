"""Patterns without outlines: camouflage, marbling, dyes, melange, washed denim, blocks of color."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from smartrec.catalog.demo.noise import grain, octaves
from smartrec.catalog.demo.palette import floats, mix, tone

if TYPE_CHECKING:
    from smartrec.catalog.demo.cloth.pattern import Sheet

Color = tuple[int, int, int]


def _between(first: Color, second: Color, cover: np.ndarray) -> np.ndarray:
    share = np.clip(cover, 0, 1).astype(np.float32)[..., None]
    return (floats(first) * (1 - share) + floats(second) * share).astype(np.uint8)


def camo(sheet: Sheet) -> np.ndarray:
    """Hard-edged blots of color1, its shades and color2."""
    first, second, _, _ = sheet.spec.palette
    size = (sheet.size, sheet.size)
    cells = sheet.size / (sheet.unit * 9)
    cloth = sheet.plain(first)
    for color, level in ((tone(first, -0.38), 0.55), (mix(first, (214, 200, 160), 0.5), 0.75), (second, 0.75)):
        blot = octaves(sheet.rng, size, cells, 2, 0.4)
        cloth[blot > level] = color
    return cv2.medianBlur(cloth, 3)


def abstract(sheet: Sheet) -> np.ndarray:
    """Broad brush strokes or marbled bands."""
    rng = sheet.rng
    first, second, third, fourth = sheet.spec.palette
    size = (sheet.size, sheet.size)
    extra = (third, fourth) if sheet.spec.many_colors else (mix(first, second, 0.5), second)
    if rng.random() < 0.5:
        wave = octaves(rng, size, sheet.size / (sheet.unit * 22), 3, 0.45)
        cloth = sheet.plain(first)
        for color, low, high in ((second, 0.35, 1.0), (extra[0], -0.9, -0.45), (extra[1], 1.15, 1.7)):
            cover = np.clip((wave - low) * 9, 0, 1) * np.clip((high - wave) * 9, 0, 1)
            share = cover[..., None]
            cloth = (cloth * (1 - share) + floats(color) * share).astype(np.uint8)
        return cloth
    cloth = sheet.plain(first)
    for _ in range(int(70 / sheet.scale)):
        x, y = rng.uniform(0, sheet.size, 2)
        turn, long, wide = rng.normal(0.4, 0.35), sheet.unit * rng.uniform(4, 13), sheet.unit * rng.uniform(0.8, 2.6)
        color = (second, second, *extra)[int(rng.integers(4))]
        center = (int(x * 16), int(y * 16))
        cv2.ellipse(
            cloth, center, (int(long * 16), int(wide * 16)), float(np.degrees(turn)), 0, 360, color, -1, cv2.LINE_AA, 4
        )
    return cloth


def tiedye(sheet: Sheet) -> np.ndarray:
    """Dye in rings and rays around one point of the garment."""
    rng = sheet.rng
    first, second, third, _ = sheet.spec.palette
    size = (sheet.size, sheet.size)
    y, x = np.mgrid[0 : sheet.size, 0 : sheet.size].astype(np.float32) / sheet.px
    dx, dy = x - rng.uniform(0.3, 0.5), y - rng.uniform(0.35, 0.6)
    radius, turn = np.hypot(dx, dy), np.arctan2(dy, dx)
    wobble = octaves(rng, size, 14, 3) * 0.5
    swirl = rng.random() < 0.5
    phase = radius * 26 + wobble * 1.6 + (turn * rng.integers(2, 4) if swirl else 0)
    cover = np.clip(np.sin(phase) * 0.9 + 0.25 + wobble * 0.3, 0, 1) ** 1.3
    cloth = _between(first, second, cover * 0.95)
    if sheet.spec.many_colors:
        ring = np.clip(np.sin(phase * 0.5 + 1.5) * 2 - 0.8, 0, 1)[..., None]
        cloth = (cloth * (1 - ring) + floats(third) * ring).astype(np.uint8)
    return cloth


def melange(sheet: Sheet) -> np.ndarray:
    """Mixed yarn: short flecks of lighter and darker thread."""
    first = sheet.spec.palette[0]
    other = sheet.spec.palette[1] if sheet.spec.color2 != "none" else tone(first, 0.5 if sum(first) < 500 else -0.4)
    size = (sheet.size, sheet.size)
    fine = grain(sheet.rng, size, 0.8 * sheet.px / 640)
    long = 2 * int(4 * sheet.px / 640) + 1
    fleck = cv2.GaussianBlur(grain(sheet.rng, size), (long, 1), 0) * 1.6
    return _between(first, other, 0.27 + 0.2 * fine + 0.2 * fleck)


def denimwash(sheet: Sheet) -> np.ndarray:
    """Indigo, faded where legs and sleeves rub."""
    rng, (first, _, _, _) = sheet.rng, sheet.spec.palette
    size = (sheet.size, sheet.size)
    dark = sheet.spec.color1 in ("black", "navy")
    fade = tone(first, 0.3 if dark else 0.42)
    x = np.linspace(0, sheet.size / sheet.px, sheet.size, dtype=np.float32)[None] / 0.8
    y = np.linspace(0, sheet.size / sheet.px, sheet.size, dtype=np.float32)[:, None]
    lower = sheet.spec.sleeve == "na"
    legs = np.exp(-(((x - 0.36) / 0.07) ** 2)) + np.exp(-(((x - 0.64) / 0.07) ** 2))
    rub = legs * np.exp(-(((y - 0.42) / 0.22) ** 2)) if lower else np.exp(-(((x - 0.5) / 0.3) ** 2)) * 0.5 + 0 * y
    strength = rng.uniform(0.2, 0.75) * (0.6 if dark else 1.0)
    cloth = _between(first, fade, rub * strength + octaves(rng, size, 18, 3) * 0.05 + 0.06)
    return cloth


def colorblock(sheet: Sheet) -> np.ndarray:
    """Fields of color, one above or beside the other; color1 has the largest."""
    rng = sheet.rng
    first, second, third, _ = sheet.spec.palette
    cloth = sheet.plain(first)
    low = sheet.px * (
        rng.uniform(0.28, 0.4) if sheet.spec.seed % 2 == 0 else rng.uniform(0.18, 0.26)
    )  # odd: other sleeves
    if rng.random() < 0.55:
        cloth[: int(low)] = second
    else:
        cloth[int(sheet.px - low) :] = second
    if sheet.spec.many_colors:
        band = int(sheet.px * 0.47)
        cloth[band : band + int(sheet.px * 0.09)] = third
    return cloth
