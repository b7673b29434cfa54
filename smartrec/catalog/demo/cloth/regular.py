"""Patterns that repeat on a grid: stripes, checks, dots, geometric figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from smartrec.catalog.demo.palette import floats, mix

if TYPE_CHECKING:
    from smartrec.catalog.demo.cloth.pattern import Sheet

_UPRIGHT = ("Button-Down", "Blouse", "Blazer", "Shirtdress", "Chinos", "Culottes", "Trunks", "Shorts", "Gauchos")


def striped(sheet: Sheet) -> np.ndarray:
    """Stripes: broad, thin, or in groups; upright on shirts and trousers, across on knits."""
    rng, spec = sheet.rng, sheet.spec
    first, second, third, _ = spec.palette
    upright = (spec.category in _UPRIGHT and rng.random() < 0.8) or rng.random() < 0.1
    kind = rng.choice(["even", "breton", "thin", "group", "bold"], p=[0.25, 0.3, 0.15, 0.15, 0.15])
    if upright:
        kind = rng.choice(["even", "thin", "group"])
    period = (
        sheet.unit
        * {"even": 4.5, "breton": 5.0, "thin": 2.2, "group": 8.0, "bold": 13.0}[str(kind)]
        * rng.uniform(0.8, 1.25)
    )
    if upright:
        period *= 0.6
    at = np.arange(sheet.size, dtype=np.float32) / max(period, 3.0) % 1.0
    line = np.zeros((sheet.size, 3), dtype=np.float32) + first
    share = {"even": 0.47, "breton": 0.34, "thin": 0.35, "group": 0.16, "bold": 0.45}[str(kind)]
    _lay(line, at, 0.1, 0.1 + share, second, period)
    if kind == "group":
        _lay(line, at, 0.36, 0.44, second, period)
        _lay(line, at, 0.62, 0.7, third if spec.many_colors else second, period)
    if spec.many_colors:
        _lay(line, at, 0.62, 0.85, third, period)
    grid = line[None] if upright else line[:, None]
    return np.ascontiguousarray(np.broadcast_to(grid, (sheet.size, sheet.size, 3))).astype(np.uint8)


def _lay(
    line: np.ndarray, at: np.ndarray, start: float, end: float, color: tuple[int, int, int], period: float
) -> None:
    soft = 0.6 / max(period, 1.0)
    cover = np.clip((at - start) / soft + 0.5, 0, 1) * np.clip((end - at) / soft + 0.5, 0, 1)
    line[:] = line * (1 - cover[:, None]) + floats(color) * cover[:, None]


def plaid(sheet: Sheet) -> np.ndarray:
    """Checks: gingham, tartan, window pane, or houndstooth-like small checks."""
    rng, spec = sheet.rng, sheet.spec
    first, second, third, _ = spec.palette
    kind = str(rng.choice(["gingham", "tartan", "tartan", "window"]))
    if spec.category in ("Flannel", "Scarf", "Poncho"):
        kind = "tartan"
    period = sheet.unit * {"gingham": 3.4, "tartan": 12.0, "window": 8.0}[kind] * rng.uniform(0.8, 1.2)
    at = np.arange(sheet.size, dtype=np.float32) / max(period, 4.0) % 1.0
    weight = np.zeros((sheet.size,), dtype=np.float32)
    fine = np.zeros((sheet.size,), dtype=np.float32)
    if kind == "gingham":
        weight[:] = (at < 0.5) * 0.62
    elif kind == "window":
        fine[:] = (at < 0.07) * 0.85
    else:
        weight[:] = (at < 0.3) * 0.6 + ((at > 0.6) & (at < 0.66)) * 0.5 + ((at > 0.74) & (at < 0.8)) * 0.5
        fine[:] = ((at > 0.17) & (at < 0.21)) * 0.7
    if kind == "window":
        cover = np.maximum(fine[None], fine[:, None])[..., None]
        return (floats(first) * (1 - cover) + floats(second) * cover).astype(np.uint8)
    cover = (weight[None] + weight[:, None] - weight[None] * weight[:, None] * 0.5)[..., None] * 0.74
    cloth = floats(first) * (1 - cover) + floats(second) * cover
    accent = third if spec.many_colors or rng.random() < 0.3 else mix(second, (255, 255, 255), 0.75)
    line = np.maximum(fine[None], fine[:, None])[..., None]
    return np.clip(cloth * (1 - line) + floats(accent) * line, 0, 255).astype(np.uint8)


def dotted(sheet: Sheet) -> np.ndarray:
    """Dots in offset rows."""
    cloth, rng = sheet.plain(sheet.spec.palette[0]), sheet.rng
    step = max(6.0, sheet.unit * rng.uniform(3.0, 6.5))
    radius = step * rng.uniform(0.17, 0.3)
    many = sheet.spec.palette[1:] if sheet.spec.many_colors else sheet.spec.palette[1:2]
    for row, y in enumerate(np.arange(0, sheet.size, step * 0.87)):
        for i, x in enumerate(np.arange((row % 2) * step / 2, sheet.size, step)):
            cv2.circle(
                cloth, (int(x * 16), int(y * 16)), int(radius * 16), many[(i + row) % len(many)], -1, cv2.LINE_AA, 4
            )
    return cloth


def geometric(sheet: Sheet) -> np.ndarray:
    """Zigzags, diamonds, triangles, hexagons, or bands of small figures on knits."""
    kinds = [_zigzag, _diamonds, _triangles, _rings]
    if sheet.spec.fabric in ("knit", "wool"):
        kinds = [_bands, _bands, _zigzag, _diamonds]
    return kinds[int(sheet.rng.integers(len(kinds)))](sheet)


def _zigzag(sheet: Sheet) -> np.ndarray:
    first, second, third, _ = sheet.spec.palette
    step = max(8.0, sheet.unit * sheet.rng.uniform(4.0, 7.0))
    y, x = np.mgrid[0 : sheet.size, 0 : sheet.size].astype(np.float32)
    at = (y + np.abs((x / step) % 1.0 - 0.5) * step * 1.2) / (step * 1.1)
    soft = step * 0.7
    cover = np.clip((0.21 - np.abs(at % 1.0 - 0.5)) * soft + 0.5, 0, 1)[..., None]
    color = np.where(
        (np.floor(at) % 2 == 0)[..., None],
        floats(second),
        floats(third if sheet.spec.many_colors else second),
    )
    return (floats(first) * (1 - cover) + color * cover).astype(np.uint8)


def _diamonds(sheet: Sheet) -> np.ndarray:
    first, second, third, _ = sheet.spec.palette
    step = max(8.0, sheet.unit * sheet.rng.uniform(5.0, 9.0))
    y, x = np.mgrid[0 : sheet.size, 0 : sheet.size].astype(np.float32)
    away = np.abs((x / step) % 1.0 - 0.5) + np.abs((y / (step * 1.4)) % 1.0 - 0.5)
    cover = np.clip((0.32 - away) * step + 0.5, 0, 1)[..., None]
    core = np.clip((0.12 - away) * step + 0.5, 0, 1)[..., None]
    cloth = floats(first) * (1 - cover) + floats(second) * cover
    inner = third if sheet.spec.many_colors else first
    return (cloth * (1 - core) + floats(inner) * core).astype(np.uint8)


def _triangles(sheet: Sheet) -> np.ndarray:
    cloth = sheet.plain(sheet.spec.palette[0])
    step = max(8.0, sheet.unit * sheet.rng.uniform(4.5, 8.0))
    colors = sheet.spec.palette[1:] if sheet.spec.many_colors else sheet.spec.palette[1:2]
    for row, y in enumerate(np.arange(0, sheet.size, step)):
        for i, x in enumerate(np.arange(-(row % 2) * step / 2, sheet.size, step)):
            points = np.array(
                [
                    [x + step * 0.12, y + step * 0.85],
                    [x + step * 0.88, y + step * 0.85],
                    [x + step * 0.5, y + step * 0.15],
                ]
            )
            cv2.fillPoly(cloth, [(points * 16).astype(np.int32)], colors[(i + row) % len(colors)], cv2.LINE_AA, 4)
    return cloth


def _rings(sheet: Sheet) -> np.ndarray:
    cloth = sheet.plain(sheet.spec.palette[0])
    step = max(10.0, sheet.unit * sheet.rng.uniform(5.0, 8.0))
    for row, y in enumerate(np.arange(0, sheet.size, step * 0.87)):
        for x in np.arange((row % 2) * step / 2, sheet.size, step):
            t = np.arange(6) * np.pi / 3 + np.pi / 6
            points = np.stack([x + np.cos(t) * step * 0.4, y + np.sin(t) * step * 0.4], axis=1)
            cv2.polylines(
                cloth,
                [(points * 16).astype(np.int32)],
                True,
                sheet.spec.palette[1],
                max(1, int(step * 0.12)),
                cv2.LINE_AA,
                4,
            )
    return cloth


def _bands(sheet: Sheet) -> np.ndarray:
    cloth = sheet.plain(sheet.spec.palette[0])
    rng, cell = sheet.rng, max(3, round(sheet.unit * 1.1))
    _, second, third, _ = sheet.spec.palette
    y = int(sheet.px * 0.12)
    while y < sheet.size:
        rows = int(rng.integers(5, 9))
        half = rng.random((rows, 4)) < 0.5
        motif = np.hstack([half, half[:, ::-1]]) | (np.arange(rows) % (rows - 1) == 0)[:, None]
        tile = np.tile(motif, (1, sheet.size // (8 * cell) + 2))
        big = cv2.resize(tile.astype(np.uint8), None, fx=cell, fy=cell, interpolation=cv2.INTER_NEAREST)[
            :, : sheet.size
        ]
        part = cloth[y : y + big.shape[0]]
        part[big[: part.shape[0]] > 0] = third if sheet.spec.many_colors and rng.random() < 0.5 else second
        y += big.shape[0] + int(rng.integers(3, 12)) * cell
    return cloth
