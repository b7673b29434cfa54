"""Garments without sleeves to speak of: ponchos, capes, scarves."""

from __future__ import annotations

import numpy as np

from smartrec.catalog.demo.cut import details, neck
from smartrec.catalog.demo.cut.block import block_of
from smartrec.catalog.demo.drawing import Dot, Drawing, Piece, Stroke
from smartrec.catalog.demo.garment import GarmentSpec
from smartrec.catalog.demo.outline import Pen, box, mirror, smooth, strip, symmetric


def draw_poncho(spec: GarmentSpec, rng: np.random.Generator) -> Drawing:
    """A poncho: wide, pointed or rounded at the hem."""
    drawing = Drawing()
    block = block_of(spec, rng, drawing)
    wide, low = rng.uniform(1.7, 2.0), rng.uniform(2.2, 2.6) * (1.15 if spec.length == "long" else 1.0)
    neck.add_inside(block)
    if spec.neck == "hood":
        drawing.items.clear()
        neck.add_hood(block)
        neck.add_inside(block)
    pointed = spec.seed % 2 == 0
    if pointed:
        side = (
            Pen(block.neck, 0)
            .cubic((0.9, 0.12), (wide * 0.9, 0.7), (wide, low * 0.5))
            .quad(wide * 0.5, low * 0.8, 0, low)
        )
        border = Pen(wide, low * 0.5).quad(wide * 0.5, low * 0.8, 0, low).points()
    else:
        side = (
            Pen(block.neck, 0).cubic((0.9, 0.1), (wide * 0.85, 0.4), (wide, low * 0.8)).quad(wide * 0.55, low, 0, low)
        )
        border = Pen(wide, low * 0.8).quad(wide * 0.55, low, 0, low).points()
    drawing.add(Piece(symmetric(np.vstack([neck.front_neck(block)[::-1], side.points()])), "main", lift=1.0))
    whole = np.vstack([border, mirror(border)[::-1][1:]])
    if spec.has("trim") or spec.pattern == "geometric":
        drawing.add(Piece(strip(whole - [0, 0.22], 0.13), "trim", lift=0.1))
    if spec.has("fringe"):
        details.fringe(drawing, whole, 0.26)
    neck.add_neck(block)
    for x in np.linspace(-0.75, 0.75, 9):
        foot = np.array([x * wide, low * (0.92 - (0.38 if pointed else 0.12) * abs(x))])
        drawing.crease(smooth([(x * 0.5, 0.45), (x * 0.9, low * 0.4), foot]), rng.uniform(0.4, 1.1), 0.1)
    return drawing


def draw_cape(spec: GarmentSpec, rng: np.random.Generator) -> Drawing:
    """A cape: sloping from the shoulders, open in front, with slits for the arms."""
    drawing = Drawing()
    block = block_of(spec, rng, drawing)
    low = rng.uniform(2.5, 2.8) if spec.length == "regular" else rng.uniform(3.2, 3.6)
    wide = rng.uniform(1.45, 1.7)
    block.depth = min(block.depth, 0.3)
    if spec.neck == "hood":
        neck.add_hood(block)
    neck.add_inside(block)
    top = neck.front_neck(block)[::-1]
    side = Pen(block.neck, 0).cubic((0.75, 0.1), (1.05, 0.3), (1.15, 0.8)).quad(wide * 0.92, low * 0.6, wide, low)
    side.quad(wide * 0.5, low + 0.16, 0.02, low + 0.14)
    half = np.vstack([top + [0.01, 0], side.points()])
    for placed in (half, mirror(half)):
        drawing.add(Piece(placed, "main", lift=1.0))
    for sign in (-1, 1):
        slit = np.array([[0.62 * sign, 1.25], [0.7 * sign, 2.1]])
        drawing.add(Piece(strip(slit, 0.07), "main", lift=0.9, shade=0.93))
        drawing.seam(slit, 1.0, 0.03)
        drawing.seam(smooth([(block.neck * sign, 0.02), (0.75 * sign, 0.5), (0.95 * sign, 1.2)]), 0.5)
    border = Pen(wide, low).quad(wide * 0.5, low + 0.16, 0, low + 0.14).points()
    whole = np.vstack([border, mirror(border)[::-1][1:]])
    if spec.has("trim"):
        drawing.add(Piece(strip(whole - [0, 0.08], 0.12), "trim", lift=0.2))
    if spec.has("fringe"):
        details.fringe(drawing, whole, 0.25)
    neck.add_neck(block)
    if spec.closure != "none":
        for y in np.arange(block.depth + 0.12, 1.6 if spec.closure == "buttons" else 0.5, 0.38):
            drawing.add(Dot(0.06, float(y), 0.075, "button", "hook" if spec.closure == "hooks" else "button"))
    else:
        details.bow(drawing, 0.0, block.depth + 0.06, 0.26, "plain")
    for x in np.linspace(-0.8, 0.8, 8):
        drawing.crease(smooth([(x * 0.9, 0.8), (x * 1.2, low * 0.6), (x * wide, low)]), rng.uniform(0.5, 1.2), 0.11)
    return drawing


def draw_scarf(spec: GarmentSpec, rng: np.random.Generator) -> Drawing:
    """A scarf: looped once, folded, or a square laid as a triangle."""
    drawing = Drawing(scale=0.8)
    if spec.style == "square":
        return _square(spec, rng, drawing)
    if spec.style == "folded":
        return _folded(spec, rng, drawing)
    width = rng.uniform(0.5, 0.62)
    low = rng.uniform(3.1, 3.5)
    back = smooth([(-0.55, 0.75), (-0.5, 0.25), (0, 0.02), (0.5, 0.25), (0.55, 0.75)])
    drawing.add(Piece(strip(back, width * 0.8), "main", angle=1.4, lift=0.8, shade=0.86))
    for side, end in ((-1, low), (1, low - rng.uniform(0.2, 0.6))):
        lean = side * rng.uniform(0.36, 0.5)
        tail = smooth([(0.5 * side, 0.55), (lean, 1.3), (lean + 0.04 * side, 2.0), (lean + 0.1 * side, end)])
        drawing.add(Piece(strip(tail, width * 0.85, width), "main", angle=-0.05 * side, lift=1.0, shift=(side, 0.0)))
        _ends(drawing, spec, tail[-1], width, 0.0)
        for offset in (-0.12, 0.1):
            drawing.crease(tail + [offset, 0], rng.uniform(0.4, 0.9), 0.05)
    front = smooth([(-0.58, 0.5), (-0.4, 1.0), (0, 1.15), (0.4, 1.0), (0.58, 0.5)])
    drawing.add(Piece(strip(front, width * 0.85), "main", angle=1.5, lift=1.2))
    for offset in (-0.12, 0.0, 0.12):
        drawing.crease(front + [0, offset], 1.1, 0.05)
    return drawing


def _ends(drawing: Drawing, spec: GarmentSpec, end: np.ndarray, width: float, turn: float) -> None:
    half = np.array([np.cos(turn), np.sin(turn)]) * width / 2
    if spec.has("fringe") or (spec.fabric in ("knit", "wool") and spec.seed % 3):
        details.fringe(drawing, np.vstack([end - half, end, end + half]), 0.3)
    else:
        drawing.stitch(np.vstack([end - half, end + half]) - [0, 0.08])


def _folded(spec: GarmentSpec, rng: np.random.Generator, drawing: Drawing) -> Drawing:
    width, height = rng.uniform(0.75, 0.9), rng.uniform(2.4, 2.8)
    for i, (x, low) in enumerate(((0.16, height), (0.0, height - 0.35))):
        panel = box(x - width / 2, 0.02 * i, x + width / 2, low, 0.05)
        drawing.add(Piece(panel, "main", lift=1.1, shift=(0.4 * i, 0.3 * i), shade=0.93 + 0.07 * i))
        _ends(drawing, spec, np.array([x, low]), width, 0.0)
        for share in rng.uniform(-0.4, 0.4, 3):
            drawing.crease(
                smooth([(x + share * width, 0.1), (x + share * width + 0.05, low / 2), (x + share * width, low)]),
                0.6,
                0.07,
            )
    drawing.crease(np.array([[-width / 2, 0.05], [width / 2 + 0.16, 0.05]]), 1.4, 0.08)
    return drawing


def _square(spec: GarmentSpec, rng: np.random.Generator, drawing: Drawing) -> Drawing:
    size = 1.5
    under = smooth([(-size, 0.08), (0, -0.02), (size, 0.08), (0.78, 0.95), (0.08, 1.72), (-0.76, 0.98)], closed=True)
    drawing.add(Piece(under * [1, 1.02], "inside", lift=0.5, shade=1.3))
    top = np.vstack([Pen(-size * 0.98, 0.02).quad(0, 0.08, size * 0.98, 0.02).points(),
                     Pen(size * 0.98, 0.02).quad(0.7, 0.85, 0.03, 1.6).points(),
                     Pen(0.03, 1.6).quad(-0.7, 0.88, -size * 0.98, 0.02).points()])  # fmt: skip
    drawing.add(Piece(top, "main", angle=0.78, lift=0.9))
    inner = (top - [0, 0.5]) * 0.88 + [0, 0.52]
    drawing.add(Stroke(inner, "trim" if spec.color2 != "none" or spec.has("trim") else "seam", 0.05, strength=0.8))
    if spec.has("fringe"):
        details.fringe(drawing, Pen(size * 0.95, 0.06).quad(0.7, 0.85, 0.03, 1.6).points(), 0.16)
        details.fringe(drawing, Pen(0.03, 1.6).quad(-0.7, 0.88, -size * 0.95, 0.06).points(), 0.16)
    for _ in range(6):
        x = rng.uniform(-0.8, 0.8)
        drawing.crease(smooth([(x, 0.1), (x * 0.6, 0.6), (x * 0.25, 1.3)]), rng.uniform(0.4, 1.0), 0.08)
    return drawing
