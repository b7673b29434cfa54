"""Patterns of scattered figures: flowers, paisley drops, animal spots, lace, small prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from smartrec.catalog.demo.cloth.outlines import around, fill
from smartrec.catalog.demo.noise import field
from smartrec.catalog.demo.palette import contrast, floats, mix, tone

if TYPE_CHECKING:
    from smartrec.catalog.demo.cloth.pattern import Sheet

Color = tuple[int, int, int]


def spots(rng: np.random.Generator, size: int, step: float, jitter: float = 0.3) -> np.ndarray:
    """(N, 2) scattered points, about `step` pixels apart."""
    grid = np.stack(np.meshgrid(np.arange(0, size + step, step), np.arange(0, size + step, step * 0.87)), axis=-1)
    grid[1::2, :, 0] += step / 2
    points = grid.reshape(-1, 2)
    return np.asarray(points + rng.uniform(-jitter, jitter, points.shape) * step)


def _bloom(count: int, petal: float) -> np.ndarray:
    t = np.linspace(0, 2 * np.pi, count * 10, endpoint=False)
    r = 1 - petal * (0.5 + 0.5 * np.cos(t * count))
    return around(t, r)


def _leaf() -> np.ndarray:
    t = np.linspace(0, np.pi, 9)
    side = np.stack([np.linspace(0, 1, 9), np.sin(t) * 0.24], axis=1)
    return np.vstack([side, (side * [1, -1])[::-1]])


def _turned(points: np.ndarray, turn: float) -> np.ndarray:
    return np.asarray(points @ np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]]))


def floral(sheet: Sheet) -> np.ndarray:
    """Flowers with leaves; color2 is the main flower's."""
    rng, spec = sheet.rng, sheet.spec
    first, second, third, fourth = spec.palette
    cloth = sheet.plain(first)
    step = max(9.0, sheet.unit * rng.uniform(5.0, 10.0))
    petals = int(rng.integers(5, 8))
    bloom, leaf = _bloom(petals, rng.uniform(0.35, 0.55)), _leaf()
    green = mix((70, 120, 70), first, 0.15) if spec.color1 != "green" else tone(first, 0.45)
    flowers = (second, third, fourth) if spec.many_colors else (second, second, mix(second, (255, 255, 255), 0.4))
    for point in spots(rng, sheet.size, step):
        radius = step * rng.uniform(0.2, 0.34)
        turn = rng.uniform(0, 6.28)
        for side in range(2):
            fill(cloth, _turned(leaf, turn + 2.3 * side) * radius * 1.7 + point, green)
        color = flowers[int(rng.integers(3))]
        fill(cloth, _turned(bloom, turn) * radius + point, color)
        fill(cloth, _turned(bloom, turn + 0.5) * radius * 0.6 + point, mix(color, (255, 255, 255), 0.22))
        heart = (240, 200, 70) if spec.color2 != "yellow" else (150, 90, 40)
        cv2.circle(cloth, (int(point[0] * 16), int(point[1] * 16)), int(radius * 4), heart, -1, cv2.LINE_AA, 4)
    return cloth


def paisley(sheet: Sheet) -> np.ndarray:
    """Curved drops with a core and a row of dots."""
    rng = sheet.rng
    first, second, third, _ = sheet.spec.palette
    cloth = sheet.plain(first)
    t = np.linspace(0, 2 * np.pi, 40)
    drop = np.stack([np.sin(t) * (0.52 + 0.3 * np.cos(t)) + 0.25 * (1 - np.cos(t)) ** 2 * 0.35, -np.cos(t)], axis=1)
    step = max(12.0, sheet.unit * rng.uniform(7.0, 11.0))
    inner = third if sheet.spec.many_colors else first
    for point in spots(rng, sheet.size, step, 0.15):
        turn, radius = rng.uniform(0, 6.28), step * 0.38
        fill(cloth, _turned(drop, turn) * radius + point, second)
        fill(cloth, _turned(drop, turn) * radius * 0.72 + point, inner)
        fill(cloth, _turned(drop, turn) * radius * 0.45 + point, second)
        for dot in (_turned(drop, turn) * radius * 1.25 + point)[::4]:
            cv2.circle(cloth, (int(dot[0] * 16), int(dot[1] * 16)), int(radius * 1.1), second, -1, cv2.LINE_AA, 4)
    return cloth


def animal(sheet: Sheet) -> np.ndarray:
    """Leopard rosettes or zebra stripes."""
    rng = sheet.rng
    first, second, _, _ = sheet.spec.palette
    cloth = sheet.plain(first)
    if {sheet.spec.color1, sheet.spec.color2} <= {"black", "white", "grey", "beige", "brown"} and rng.random() < 0.45:
        wide = field(rng, (sheet.size, sheet.size), sheet.size / (sheet.unit * 9.0), 0.4)
        y = np.arange(sheet.size, dtype=np.float32)[:, None] / (sheet.unit * 2.6)
        cover = np.clip(np.sin(y + wide * 2.2) * 4 + 0.3, 0, 1)[..., None]
        return (floats(first) * (1 - cover) + floats(second) * cover).astype(np.uint8)
    step = max(8.0, sheet.unit * rng.uniform(3.6, 5.5))
    core = (
        mix(first, (150, 96, 40), 0.45)
        if sheet.spec.color1 in ("beige", "brown", "yellow", "gold", "orange")
        else mix(first, second, 0.2)
    )
    for point in spots(rng, sheet.size, step, 0.25):
        radius, turn = step * rng.uniform(0.22, 0.34), rng.uniform(0, 360)
        stretch = rng.uniform(0.7, 1.0)
        center, axes = (int(point[0] * 16), int(point[1] * 16)), (int(radius * 16), int(radius * stretch * 16))
        cv2.ellipse(cloth, center, axes, turn, 0, 360, core, -1, cv2.LINE_AA, 4)
        for start in (0, 130, 240):
            cv2.ellipse(
                cloth,
                center,
                axes,
                turn,
                start,
                start + rng.uniform(60, 105),
                second,
                max(2, int(radius * 0.42)),
                cv2.LINE_AA,
                4,
            )
    return cloth


def lace(sheet: Sheet) -> np.ndarray:
    """Flowers of thick thread on a fine net over a darker ground."""
    rng = sheet.rng
    first = sheet.spec.palette[0]
    light = sum(first) > 330
    ground = tone(first, -0.3) if light else mix(first, (200, 170, 150), 0.34)
    thread = first if light else tone(first, -0.15)
    cloth = sheet.plain(ground)
    mesh = max(4.0, sheet.unit * 1.1)
    for at in np.arange(-sheet.size, sheet.size, mesh):
        for ends in (((at, 0), (at + sheet.size, sheet.size)), ((at + sheet.size, 0), (at, sheet.size))):
            a, b = ((int(x * 16), int(y * 16)) for x, y in ends)
            cv2.line(cloth, a, b, thread, max(1, int(sheet.px / 640)), cv2.LINE_AA, 4)
    step = max(16.0, sheet.unit * rng.uniform(6.5, 9.0))
    for point in spots(rng, sheet.size, step, 0.1):
        turn, radius = rng.uniform(0, 6.28), step * 0.4
        for ring, count, wide in ((0.66, 8, 0.24), (0.3, 5, 0.17)):
            angles = turn + np.arange(count) * 2 * np.pi / count
            for angle in angles:
                center = point + radius * ring * np.array([np.cos(angle), np.sin(angle)])
                at, axes = (
                    (int(center[0] * 16), int(center[1] * 16)),
                    (int(radius * 5.2), int(radius * wide * 16 * 0.75)),
                )
                cv2.ellipse(cloth, at, axes, float(np.degrees(angle)), 0, 360, thread, -1, cv2.LINE_AA, 4)
        cv2.circle(cloth, (int(point[0] * 16), int(point[1] * 16)), int(radius * 2), ground, -1, cv2.LINE_AA, 4)
    return cloth


def motifs(sheet: Sheet) -> np.ndarray:
    """Small figures all over: hearts, stars, letters, drops, crosses."""
    rng, spec = sheet.rng, sheet.spec
    cloth = sheet.plain(spec.palette[0])
    colors = spec.palette[1:] if spec.many_colors else (spec.palette[1], spec.palette[1], contrast(spec.palette[0]))
    step = max(10.0, sheet.unit * 8.0)
    star = around(np.arange(10) * np.pi / 5, np.where(np.arange(10) % 2, 0.42, 1))
    t = np.linspace(0, 2 * np.pi, 30)
    heart = (
        np.stack(
            [16 * np.sin(t) ** 3, -(13 * np.cos(t) - 5 * np.cos(2 * t) - 2 * np.cos(3 * t) - np.cos(4 * t))], axis=1
        )
        / 16
    )
    shapes = [star, heart, _bloom(5, 0.4), _bloom(3, 0.5)]
    chosen = [shapes[i] for i in rng.permutation(len(shapes))[:2]]
    face = cv2.FontFace("sans")
    for i, point in enumerate(spots(rng, sheet.size, step, 0.12)):
        color = colors[i % 3]
        if spec.pattern == "text":
            word = "abcdefghkmnoprstuvxyz"[i * 7 % 21].upper()
            cv2.putText(cloth, word, (int(point[0]), int(point[1])), color, face, max(8, int(step * 0.55)), 700)
        else:
            fill(cloth, _turned(chosen[i % 2], rng.uniform(-0.5, 0.5)) * step * 0.28 + point, color)
    return cloth
