"""Skirts: on their own, and as the lower half of a dress."""

from __future__ import annotations

import numpy as np

from smartrec.catalog.demo.cut import details
from smartrec.catalog.demo.cut.block import Block
from smartrec.catalog.demo.drawing import Drawing, Piece
from smartrec.catalog.demo.garment import GarmentSpec
from smartrec.catalog.demo.outline import Pen, smooth, strip, symmetric, wave

_LENGTHS = {"mini": 1.35, "knee": 1.95, "midi": 2.55, "maxi": 3.2}


def skirt_below(block: Block) -> bool:
    """Draw a dress's skirt as a panel of its own, where the dress has a waist seam. False if it is cut in one."""
    spec, drawing = block.spec, block.drawing
    one_piece = spec.fit in ("tight", "loose") or spec.category in ("Caftan", "Kaftan", "Coverup", "Nightdress")
    if spec.category == "Shirtdress" or one_piece or spec.seed % 3 == 0:
        return False
    right = Pen(0, block.waist_y).line(block.waist, block.waist_y)
    right.cubic(
        (block.waist + 0.12, block.waist_y + 0.4), (block.hem * 0.95, block.length - 0.7), (block.hem, block.length)
    )
    sag = block.length + 0.12
    right.quad(block.hem * 0.5, sag, 0, sag)
    _panel(drawing, symmetric(right.points()), block.waist, block.hem, (block.waist_y, block.length), spec, block.rng)
    return True


def draw_skirt(spec: GarmentSpec, rng: np.random.Generator) -> Drawing:
    """A skirt or a sarong."""
    drawing = Drawing(scale=0.9)
    length = _LENGTHS.get(spec.length, 1.95) * rng.uniform(0.95, 1.05)
    waist = rng.uniform(0.62, 0.7)
    flare = {"tight": rng.uniform(-0.04, 0.06), "regular": rng.uniform(0.22, 0.42), "loose": rng.uniform(0.45, 0.7)}
    hem = waist * 1.35 + flare.get(spec.fit, 0.3) * length * 0.75
    if spec.category == "Sarong":
        return _sarong(spec, rng, drawing, length)
    inner = Pen(0, 0.02).quad(waist, 0.0, waist * 0.98, -0.02).quad(waist * 0.6, -0.1, 0, -0.1).points()
    drawing.add(Piece(symmetric(inner[::-1]), "inside", lift=0.2))
    right = Pen(0, 0.0).quad(waist * 0.5, 0.02, waist, -0.02)
    hip = waist * 1.3 if spec.fit != "loose" else waist * 1.5
    right.cubic((waist * 1.1, 0.25), (hip, 0.45), (max(hip, waist + (hem - waist) * 0.5), 0.6 * length))
    right.line(hem, length).quad(hem * 0.5, length + 0.12, 0, length + 0.12)
    _panel(drawing, symmetric(right.points()), waist, hem, (0.0, length), spec, rng)
    _waistband(drawing, spec, waist)
    details.add_lower(drawing, spec, rng, waist * 1.2, length)
    return drawing


def _waistband(drawing: Drawing, spec: GarmentSpec, waist: float) -> None:
    band = np.vstack([Pen(waist * 1.0, -0.04).quad(0, 0.06, -waist, -0.04).points(),
                      Pen(-waist * 1.03, 0.14).quad(0, 0.22, waist * 1.03, 0.14).points()])  # fmt: skip
    elastic = spec.closure in ("none", "drawstring") and spec.fabric in ("jersey", "sheer", "satin", "woven", "knit")
    cloth = "trim" if spec.has("trim") else "rib" if elastic else "plain" if spec.fabric == "leather" else "main"
    drawing.add(Piece(band, cloth, lift=0.6, shift=(0.8, 0.9)))


def _panel(drawing: Drawing, outline: np.ndarray, waist: float, hem: float, ys: tuple[float, float], spec: GarmentSpec,
           rng: np.random.Generator) -> None:  # fmt: skip
    bottom = ys[1]
    if spec.has("slit"):
        x = rng.choice([-0.5, 0.5]) * hem
        notch = np.array([[x - 0.01, bottom - 0.7], [x + 0.09, bottom + 0.3], [x - 0.06, bottom + 0.3]])
        drawing.add(Piece(outline * [0.97, 1] - [0, 0.05], "inside", lift=0.2))
        drawing.add(Piece(outline, "main", lift=0.9, holes=[notch]))
    else:
        drawing.add(Piece(outline, "main", lift=0.9, shift=(0.3, 1.9)))
    _gores(drawing, waist, hem, ys, spec, rng)
    low = Pen(hem * 0.96, bottom - 0.08).quad(0, bottom + 0.13, -hem * 0.96, bottom - 0.08).points()
    if spec.has("ruffles"):
        edge = wave(low + [0, 0.08], 0.05, hem * 9)
        drawing.add(Piece(np.vstack([edge, (low - [0, 0.22])[::-1]]), "main", lift=0.8, shift=(0.4, 0.7)))
    elif spec.has("trim") or spec.has("lace"):
        drawing.add(Piece(strip(low, 0.14), "lacetrim" if spec.has("lace") else "trim", lift=0.2))
    elif spec.fabric not in ("sheer", "fur", "knit"):
        drawing.stitch(low, 0.7)


def _gores(drawing: Drawing, waist: float, hem: float, ys: tuple[float, float], spec: GarmentSpec,
           rng: np.random.Generator) -> None:  # fmt: skip
    top, bottom = ys
    if spec.has("pleats"):
        for share in np.linspace(-0.88, 0.88, 12):
            path = np.array([[waist * share, top + 0.12], [hem * share, bottom + 0.06]])
            drawing.seam(path, 1.0, 0.03)
            drawing.crease(path + [0.03, 0], 1.2, 0.05)
        return
    full = max(0.0, hem / waist - 1.3)
    for _ in range(int(4 + 7 * full)):
        share = rng.uniform(-0.95, 0.95)
        start = rng.uniform(0.0, 0.5)
        a = np.array([waist * share, top + 0.1]) * (1 - start) + np.array([hem * share, bottom]) * start
        b = np.array([hem * (share + rng.uniform(-0.04, 0.04)), bottom + 0.05])
        drawing.crease(smooth([a, (a + b) / 2 + [rng.uniform(-0.05, 0.05), 0], b]), rng.uniform(0.4, 1.2), 0.09)


def _sarong(spec: GarmentSpec, rng: np.random.Generator, drawing: Drawing, length: float) -> Drawing:
    waist = 0.72
    back = smooth([(-waist, 0.02), (-0.86, 0.6 * length), (-0.84, length * 0.96), (0.2, length), (0.9, length * 0.97),
                   (0.88, length * 0.5), (waist, 0.02)])  # fmt: skip
    drawing.add(Piece(back, "inside", shade=1.15, lift=0.4))
    front = np.vstack([Pen(-waist, 0.0).quad(0, 0.1, waist * 0.95, 0.0).points(),
                       smooth([(waist * 0.95, 0), (0.5, length * 0.45), (0.18, length * 0.92)]),
                       smooth([(0.18, length * 0.92), (-0.35, length * 1.05), (-1.0, length * 1.0)]),
                       smooth([(-1.0, length), (-0.92, length * 0.5), (-waist, 0)])])  # fmt: skip
    drawing.add(Piece(front, "main", angle=0.12, lift=1.0))
    knot = np.array([waist * 0.78, 0.06])
    for end in ((0.25, 0.75), (0.5, 0.68)):
        tail = smooth([knot, knot + [end[0] * 0.2, 0.35], knot + [end[0] * 0.5, end[1]]])
        drawing.add(Piece(strip(tail, 0.1, 0.3), "main", angle=0.3, lift=0.9, shift=(end[0], 0.4)))
    drawing.add(
        Piece(smooth([knot + [-0.13, 0], knot + [0, -0.1], knot + [0.13, 0.02], knot + [0, 0.12]], closed=True), "main")
    )
    for i in range(7):
        drawing.crease(
            smooth([knot, [0.2 - 0.2 * i, length * 0.5], [0.1 - 0.19 * i, length]]), rng.uniform(0.5, 1.2), 0.08
        )
    if spec.has("fringe"):
        details.fringe(drawing, smooth([(0.18, length * 0.92), (-0.35, length * 1.05), (-1.0, length * 1.0)]), 0.22)
    return drawing
