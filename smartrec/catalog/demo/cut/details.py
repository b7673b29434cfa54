"""Ornaments that any garment can carry: pockets, bows, ruffles, fringe, logos, patches, studs, sequins."""

from __future__ import annotations

import numpy as np

from smartrec.catalog.demo.drawing import Cloth, Decal, Dot, Drawing, Piece, Stroke
from smartrec.catalog.demo.garment import GarmentSpec
from smartrec.catalog.demo.outline import beside, between, box, ellipse, smooth, strip, wave

Place = tuple[float, float]


def ornaments(drawing: Drawing, spec: GarmentSpec, rng: np.random.Generator, chest: Place, middle: Place,
              low: tuple[float, float, float]) -> None:  # fmt: skip
    """Draw the details that have no place of their own.

    Args:
        chest: where a logo, a patch or embroidery sits.
        middle: where a bow sits.
        low: middle x, y and half width of the hem, for fringe.
    """
    big = spec.seed % 5 == 0
    if spec.has("logo"):
        x, y = (0.0, chest[1] + 0.2) if big else chest
        drawing.add(Decal(x, y, 0.5 if big else 0.22, 0.24 if big else 0.14, "logo"))
    if spec.has("patch"):
        drawing.add(Decal(-chest[0], chest[1] + 0.05, 0.36, 0.36, "patch", rng.normal(0, 0.05)))
    if spec.has("embroidery") or spec.pattern == "embroidered":
        drawing.add(Decal(-chest[0], chest[1] + 0.15, 0.55, 0.7, "embroidery"))
        if spec.pattern == "embroidered":
            drawing.add(Decal(chest[0], chest[1] + 0.15, 0.55, 0.7, "embroidery"))
    if spec.has("bow"):
        bow(drawing, *middle, 0.3, "trim")
    if spec.has("fringe"):
        x, y, half = low
        fringe(drawing, np.array([[x - half, y], [x, y + 0.08], [x + half, y]]), 0.3)
    _glitter(drawing, spec, rng, chest, middle)
    _holes(drawing, spec, rng, chest)


def _glitter(drawing: Drawing, spec: GarmentSpec, rng: np.random.Generator, chest: Place, middle: Place) -> None:
    if spec.has("studs"):
        for i in range(18):
            x, y = chest[0] * np.cos(i * 0.7) * 1.1, middle[1] + 0.25 + 0.12 * np.sin(i * 0.7)
            drawing.add(Dot(x, y, 0.03, "metal", "stud"))
    if spec.has("sequins"):
        for _ in range(260):
            x, y = rng.normal(0, abs(chest[0]) * 0.7 + 0.1), chest[1] + rng.normal(0.15, 0.28)
            drawing.add(Dot(x, y, 0.022, "sequin", "stud"))


def _holes(drawing: Drawing, spec: GarmentSpec, rng: np.random.Generator, chest: Place) -> None:
    if spec.has("distressed"):
        for _ in range(4):
            x = rng.choice([-1, 1]) * abs(chest[0]) + rng.normal(0, 0.05)
            worn_hole(drawing, x, chest[1] + rng.uniform(0.2, 1.1), rng)
    if spec.has("cutout"):
        for side in (-1, 1):
            hole = ellipse(side * abs(chest[0]) * 1.2, chest[1] + 0.62, 0.13, 0.22, 0.3 * side)
            drawing.add(Piece(hole, "inside", lift=0.1), Stroke(hole, "seam", 0.025))


def patch_pocket(drawing: Drawing, x: float, y: float, width: float, height: float, flap: bool = False) -> None:
    """A pocket sewn on, its top edge at (x, y)."""
    w = width / 2
    outline = np.array(
        [[x - w, y], [x + w, y], [x + w, y + height * 0.82], [x, y + height], [x - w, y + height * 0.82]]
    )
    drawing.add(Piece(_closed(outline), "main", lift=0.55))
    seam = np.array([[x - w, y], *outline[:1:-1].tolist(), [x + w, y]])
    drawing.stitch((seam - [x, y + height / 2]) * 0.93 + [x, y + height / 2])
    if flap:
        lid = np.array([[x - w - 0.02, y - 0.03], [x + w + 0.02, y - 0.03], [x + w + 0.02, y + 0.1], [x, y + 0.18],
                        [x - w - 0.02, y + 0.1]])  # fmt: skip
        drawing.add(Piece(_closed(lid), "main", lift=0.7))
        drawing.add(Dot(x, y + 0.11, 0.032, "button"))
    else:
        drawing.stitch(np.array([[x - w, y + 0.06], [x + w, y + 0.06]]))


def _closed(points: np.ndarray) -> np.ndarray:
    return np.vstack(
        [between(np.array([a, b]), 0, 1) for a, b in zip(points, np.roll(points, -1, axis=0), strict=True)]
    )


def bow(drawing: Drawing, x: float, y: float, size: float, cloth: Cloth) -> None:
    """A tied bow; of "cord" it is a thin lace."""
    loops = []
    for side in (-1, 1):
        loops.append(
            np.array([[0, 0], [0.5 * side, -0.42], [1.0 * side, -0.3], [0.95 * side, 0.16], [0.4 * side, 0.2]])
        )
    tails = [smooth([(0, 0), (0.25 * side, 0.6), (0.42 * side, 1.25)]) for side in (-1, 1)]
    at = np.array([x, y])
    if cloth == "cord":
        for loop in loops:
            drawing.add(Stroke(smooth(loop, closed=True) * size * 0.8 + at, "cord", 0.04, raised=1.0))
        for tail in tails:
            drawing.add(Stroke(tail * size * 1.2 + at, "cord", 0.04, raised=1.0))
        return
    for tail in tails:
        drawing.add(Piece(strip(tail * size + at, size * 0.22, size * 0.36), cloth, lift=0.8, shade=0.9))
    for loop in loops:
        drawing.add(Piece(smooth(loop, closed=True) * size + at, cloth, lift=1.0))
        drawing.crease(smooth([at, at + loop[2] * size * 0.6]), 1.0, 0.03)
    drawing.add(Piece(ellipse(x, y, size * 0.16, size * 0.2), cloth, lift=1.0, shade=0.92))


def ruffle(drawing: Drawing, path: np.ndarray, width: float) -> None:
    """A frill that hangs from a path, on its left side."""
    far = wave(beside(path, width), width * 0.13, 11)
    drawing.add(Piece(np.vstack([path, far[::-1]]), "main", lift=1.0, shift=(0.6, 0.2)))
    near = between(path, 0.02, 0.98)
    edge = between(far, 0.02, 0.98)
    for i in range(4, len(edge) - 4, 7):
        start = near[min(len(near) - 1, int(i / len(edge) * len(near)))]
        drawing.crease(np.vstack([start, (start + edge[i]) / 2, edge[i]]), 0.9, 0.04)


def fringe(drawing: Drawing, path: np.ndarray, length: float) -> None:
    """Threads that hang from a path."""
    dense = between(smooth(path) if len(path) < 20 else path, 0, 1)
    total = np.linalg.norm(np.diff(dense, axis=0), axis=1).sum()
    count = max(8, int(total / 0.055))
    at = np.linspace(0, len(dense) - 1, count)
    xs, ys = np.interp(at, range(len(dense)), dense[:, 0]), np.interp(at, range(len(dense)), dense[:, 1])
    for i, (x, y) in enumerate(zip(xs, ys, strict=True)):
        lean = 0.03 * np.sin(i * 2.4)
        thread = np.array(
            [
                [x, y - 0.03],
                [x + lean * 0.4, y + length * 0.5],
                [x + lean, y + length * (0.92 + 0.08 * np.cos(i * 5.1))],
            ]
        )
        drawing.add(Stroke(thread, "thread", 0.03, raised=0.6))


def worn_hole(drawing: Drawing, x: float, y: float, rng: np.random.Generator) -> None:
    """A ripped place with white threads across."""
    wide, tall = rng.uniform(0.12, 0.2), rng.uniform(0.06, 0.12)
    drawing.add(Piece(ellipse(x, y, wide, tall), (222, 226, 230), lift=0.1))
    for i in range(5):
        row = y - tall * 0.7 + tall * 0.35 * i
        drawing.add(
            Stroke(np.array([[x - wide, row], [x, row + 0.012], [x + wide, row]]), "seam", 0.018, strength=0.45)
        )


def add_lower(drawing: Drawing, spec: GarmentSpec, rng: np.random.Generator, hip: float, length: float) -> None:
    """Closure, pockets and ornaments of a skirt."""
    _close_skirt(drawing, spec, length)
    if spec.has("belt") or spec.closure == "belt":
        path = np.array([[-hip * 0.86, 0.06], [0, 0.12], [hip * 0.86, 0.06]])
        drawing.add(Piece(strip(path, 0.13), "leatherdark", lift=0.9))
        drawing.add(Stroke(box(-0.1, 0.02, 0.1, 0.22, 0.02), "metal", 0.03))
    if spec.has("pockets"):
        for side in (-1, 1):
            if spec.fabric == "denim" or spec.seed % 2:
                drawing.stitch(smooth([(0.42 * side, 0.18), (0.5 * side, 0.42), (hip * 0.92 * side, 0.5)]))
                drawing.seam(smooth([(0.44 * side, 0.18), (0.52 * side, 0.39), (hip * 0.92 * side, 0.46)]))
            else:
                patch_pocket(drawing, hip * 0.5 * side, 0.4, 0.42, 0.44)
    if spec.pattern in ("graphic", "text") and not spec.has("print-small"):
        drawing.add(Decal(0, length * 0.6, hip, hip * 0.7, spec.pattern))
    ornaments(drawing, spec, rng, (hip * 0.5, min(0.55, length * 0.4)), (0.0, 0.12), (0.0, length + 0.04, hip * 1.2))


def _close_skirt(drawing: Drawing, spec: GarmentSpec, length: float) -> None:
    if spec.closure == "buttons":
        band = np.array([[0, 0.12], [0, length + 0.08]])
        drawing.add(Piece(strip(band, 0.2), "main", lift=0.5))
        for x in (-0.08, 0.08):
            drawing.stitch(band + [x, 0])
        for y in np.arange(0.12, length, 0.3):
            drawing.add(Dot(0.0, float(y), 0.045, "metal" if spec.fabric == "denim" else "button"))
    elif spec.closure in ("zip", "snaps"):
        drawing.seam(np.array([[0, 0.12], [0, 0.12 + min(0.6, length * 0.4)]]), 1.0, 0.03)
        drawing.add(Dot(0.0, 0.08, 0.05, "metal"))
    elif spec.closure == "drawstring":
        bow(drawing, 0.0, 0.12, 0.24, "cord")
