"""Totes, handbags, backpacks, crossbody bags, clutches."""

from __future__ import annotations

import numpy as np

from smartrec.catalog.demo.cut import details
from smartrec.catalog.demo.drawing import Decal, Dot, Drawing, Piece, Stroke
from smartrec.catalog.demo.garment import GarmentSpec
from smartrec.catalog.demo.outline import Pen, beside, box, ellipse, smooth, strip


def draw_bag(spec: GarmentSpec, rng: np.random.Generator) -> Drawing:
    """One bag from the front."""
    drawing = Drawing(scale=1.3)
    kinds = {"tote": _tote, "backpack": _backpack, "crossbody": _crossbody, "clutch": _clutch, "bucket": _bucket}
    kinds.get(spec.style, _handbag)(drawing, spec, rng)
    return drawing


def _handle(
    drawing: Drawing, wide: float, tall: float, base: float, cloth: str, shade: float = 1.0, width: float = 0.09
) -> None:
    path = smooth([(-wide, base), (-wide * 0.98, base - tall * 0.6), (-wide * 0.5, base - tall), (wide * 0.5,
    base - tall),
                   (wide * 0.98, base - tall * 0.6), (wide, base)])  # fmt: skip
    drawing.add(Piece(strip(path, width), cloth, lift=0.9, shade=shade))
    drawing.stitch(beside(path, width * 0.3), 0.5)


def _body(drawing: Drawing, spec: GarmentSpec, outline: np.ndarray, face: float) -> None:
    drawing.add(Piece(outline, "main", lift=1.2, glow=0.2))
    if spec.fabric in ("leather", "canvas", "denim", "suede"):
        middle = outline.mean(axis=0)
        drawing.stitch((outline - middle) * 0.94 + middle, 0.6)
    if spec.pattern in ("text", "graphic"):
        drawing.add(Decal(0.0, face, 0.95, 0.7, spec.pattern))
    elif spec.has("logo"):
        drawing.add(Decal(0.0, face, 0.4, 0.2, "logo"))


def _extras(drawing: Drawing, spec: GarmentSpec, y: float, wide: float, low: float) -> None:
    if spec.has("studs"):
        for x in np.linspace(-wide * 0.85, wide * 0.85, 9):
            drawing.add(Dot(float(x), low - 0.12, 0.035, "metal", "stud"))
    if spec.has("fringe"):
        details.fringe(drawing, np.array([[-wide * 0.8, y], [0, y + 0.06], [wide * 0.8, y]]), 0.5)
    if spec.has("bow"):
        details.bow(drawing, wide * 0.5, y, 0.22, "trim")
    if spec.has("pockets"):
        details.patch_pocket(drawing, 0.0, low - 0.62, wide * 1.0, 0.48)


def _tote(drawing: Drawing, spec: GarmentSpec, rng: np.random.Generator) -> None:
    tall, wide = rng.uniform(1.5, 1.75), rng.uniform(0.85, 1.0)
    strap = "leatherdark" if spec.fabric == "canvas" and spec.seed % 2 else "trim" if spec.color2 != "none" else "plain"
    _handle(drawing, 0.42, 0.95, 0.1, strap, 0.75)
    inner = np.vstack(
        [Pen(-wide, 0.0).quad(0, -0.1, wide, 0.0).points(), Pen(wide, 0.0).quad(0, 0.1, -wide, 0).points()]
    )
    drawing.add(Piece(inner, "inside", lift=0.2))
    outline = np.vstack([Pen(-wide, 0).quad(0, 0.09, wide, 0).points(),
                         smooth([(wide, 0), (wide * 0.98, tall * 0.6), (wide * 0.94, tall)]),
                         Pen(wide * 0.94, tall).quad(0, tall + 0.1, -wide * 0.94, tall).points(),
                         smooth([(-wide * 0.94, tall), (-wide * 0.98, tall * 0.6), (-wide, 0)])])  # fmt: skip
    _body(drawing, spec, outline, tall * 0.55)
    if spec.pattern == "colorblock":
        base = np.vstack(
            [
                Pen(-wide * 0.97, tall * 0.68).line(wide * 0.97, tall * 0.68).points(),
                Pen(wide * 0.94, tall).quad(0, tall + 0.1, -wide * 0.94, tall).points(),
            ]
        )
        drawing.add(Piece(base, "trim", lift=0.3))
    _handle(drawing, 0.42, 0.82, 0.22, strap)
    for side in (-1, 1):
        patch = box(0.42 * side - 0.08, 0.1, 0.42 * side + 0.08, 0.36, 0.02)
        drawing.add(Piece(patch, strap, lift=0.6))
        drawing.add(Dot(0.42 * side, 0.28, 0.03, "metal", "stud"))
    if spec.closure == "zip":
        drawing.add(Stroke(Pen(-wide * 0.9, 0.0).quad(0, 0.04, wide * 0.9, 0).points(), "zip", 0.05))
    elif spec.closure == "snaps":
        drawing.add(Dot(0.0, 0.16, 0.06, "metal", "snap"))
    _extras(drawing, spec, 0.5, wide, tall)


def _handbag(drawing: Drawing, spec: GarmentSpec, rng: np.random.Generator) -> None:
    tall, wide = rng.uniform(1.0, 1.2), rng.uniform(0.98, 1.15)
    strap = "trim" if spec.color2 != "none" else "plain"
    _handle(drawing, 0.46, 0.68, 0.06, strap, 0.72, 0.1)
    outline = smooth([(-wide * 0.78, 0.0), (0, -0.02), (wide * 0.78, 0.0), (wide * 0.94, tall * 0.5), (wide,
    tall * 0.93),
                      (wide * 0.8, tall), (0, tall + 0.02), (-wide * 0.8, tall), (-wide, tall * 0.93), (-wide * 0.94,
                      tall * 0.5)], closed=True)  # fmt: skip
    _body(drawing, spec, outline, tall * 0.62)
    if spec.pattern == "colorblock" or spec.color2 != "none":
        for side in (-1, 1):
            gusset = smooth(
                [
                    (wide * 0.6 * side, 0.0),
                    (wide * 0.8 * side, 0.02),
                    (wide * 0.98 * side, tall * 0.9),
                    (wide * 0.72 * side, tall),
                ],
                closed=True,
            )
            drawing.add(Piece(gusset, "trim", lift=0.3))
    if spec.closure in ("snaps", "belt") or spec.seed % 3 == 0:
        flap = np.vstack([Pen(-wide * 0.8, -0.02).line(wide * 0.8, -0.02).points(),
                          smooth([(wide * 0.8, -0.02), (wide * 0.7, tall * 0.45), (0, tall * 0.56), (-wide * 0.7,
                          tall * 0.45), (-wide * 0.8, -0.02)])])  # fmt: skip
        drawing.add(Piece(flap, "main", lift=1.1, shift=(0.4, 0.5)))
        drawing.add(Piece(box(-0.09, tall * 0.46, 0.09, tall * 0.66, 0.03), "metal", lift=0.8))
    else:
        path = smooth([(-wide * 0.76, 0.04), (0, 0.06), (wide * 0.76, 0.04)])
        drawing.add(Stroke(path, "zip", 0.06), Stroke(path, "seam", 0.014, dash=0.025))
    _handle(drawing, 0.46, 0.58, 0.2, strap, 1.0, 0.1)
    for side in (-1, 1):
        drawing.add(Stroke(ellipse(0.46 * side, 0.2, 0.07, 0.09), "metal", 0.035))
        drawing.add(Piece(box(0.46 * side - 0.07, 0.24, 0.46 * side + 0.07, 0.42, 0.03), strap, lift=0.6))
    _extras(drawing, spec, tall * 0.5, wide, tall)


def _crossbody(drawing: Drawing, spec: GarmentSpec, rng: np.random.Generator) -> None:
    wide, tall = rng.uniform(0.8, 0.95), rng.uniform(0.95, 1.1)
    strap = smooth([(-wide * 0.9, 0.12), (-1.0, -0.7), (-0.5, -1.5), (0.25, -1.6), (0.85, -1.0), (wide * 0.9, 0.12)])
    chain = spec.color2 in ("gold", "silver") or spec.seed % 4 == 0
    if chain:
        drawing.add(Stroke(strap, "metal", 0.065, dash=0.05, raised=1.0))
    else:
        drawing.add(Piece(strip(strap, 0.07), "plain", lift=0.9))
    _body(drawing, spec, box(-wide, 0.0, wide, tall, 0.2), tall * 0.75)
    flap = np.vstack([Pen(-wide, 0.12).quad(-wide, 0, -wide + 0.12, 0).line(wide - 0.12, 0).quad(wide, 0, wide,
    0.12).points(),
                      smooth([(wide, 0.12), (wide * 0.92, tall * 0.45), (0, tall * 0.66), (-wide * 0.92, tall * 0.45),
                      (-wide, 0.12)])])  # fmt: skip
    drawing.add(Piece(flap, "trim" if spec.pattern == "colorblock" else "main", lift=1.2, shift=(0.4, 0.5)))
    drawing.add(Dot(0.0, tall * 0.56, 0.085, "metal", "snap"))
    _extras(drawing, spec, tall * 0.62, wide, tall)


def _backpack(drawing: Drawing, spec: GarmentSpec, rng: np.random.Generator) -> None:
    wide, tall = rng.uniform(0.85, 0.95), rng.uniform(2.0, 2.3)
    for side in (-1, 1):
        strap = smooth([(0.4 * side, 0.1), (1.0 * side, 0.35), (1.12 * side, 1.1), (0.92 * side, tall * 0.9)])
        drawing.add(Piece(strip(strap, 0.18), "plain", lift=0.8, shade=0.8))
    _handle(drawing, 0.2, 0.3, 0.05, "plain", 0.9, 0.09)
    outline = smooth([(-wide, tall * 0.94), (-wide * 1.02, tall * 0.5), (-wide * 0.88, 0.28), (-0.4, 0.0), (0.4, 0.0),
    (wide * 0.88, 0.28), (wide * 1.02, tall * 0.5),
                      (wide, tall * 0.94), (wide * 0.8, tall), (-wide * 0.8, tall)], closed=True)  # fmt: skip
    _body(drawing, spec, outline, tall * 0.36)
    arch = smooth(
        [
            (-wide * 0.9, tall * 0.5),
            (-wide * 0.82, 0.42),
            (-0.35, 0.16),
            (0.35, 0.16),
            (wide * 0.82, 0.42),
            (wide * 0.9, tall * 0.5),
        ]
    )
    drawing.add(Stroke(arch, "zip", 0.06), Stroke(arch, "seam", 0.014, dash=0.025))
    pocket = smooth(
        [
            (-wide * 0.72, tall * 0.94),
            (-wide * 0.74, tall * 0.6),
            (-wide * 0.5, tall * 0.52),
            (wide * 0.5, tall * 0.52),
            (wide * 0.74, tall * 0.6),
            (wide * 0.72, tall * 0.94),
        ],
        closed=True,
    )
    drawing.add(Piece(pocket, "trim" if spec.color2 != "none" else "main", lift=1.0, shift=(0.5, 0.3)))
    path = smooth([(-wide * 0.62, tall * 0.6), (0, tall * 0.57), (wide * 0.62, tall * 0.6)])
    drawing.add(Stroke(path, "zip", 0.05))
    drawing.add(Piece(box(wide * 0.4, tall * 0.58, wide * 0.46, tall * 0.68, 0.02), "metal", lift=0.6))
    if spec.has("studs"):
        _extras(drawing, spec, tall * 0.5, wide, tall)


def _clutch(drawing: Drawing, spec: GarmentSpec, rng: np.random.Generator) -> None:
    wide, tall = 1.25, rng.uniform(0.8, 0.95)
    _body(drawing, spec, box(-wide, 0, wide, tall, 0.1), tall * 0.8)
    flap = np.array([[-wide, 0.0], [wide, 0.0], [wide, tall * 0.14], [0.0, tall * 0.68], [-wide, tall * 0.14]])
    drawing.add(Piece(np.vstack([Pen(*flap[0]).line(*flap[1]).line(*flap[2]).line(*flap[3]).line(*flap[4]).points()]),
                      "trim" if spec.color2 != "none" else "main", lift=1.2, shift=(0.5, 0.4)))  # fmt: skip
    drawing.add(Dot(0.0, tall * 0.58, 0.07, "metal", "snap"))
    loop = smooth([(wide * 0.96, 0.2), (wide * 1.2, 0.4), (wide * 1.12, 0.9), (wide * 0.98, 0.6), (wide * 0.94, 0.28)])
    drawing.add(Piece(strip(loop, 0.06), "plain", lift=0.8))
    _extras(drawing, spec, tall * 0.7, wide, tall)


def _bucket(drawing: Drawing, spec: GarmentSpec, rng: np.random.Generator) -> None:
    wide, tall = 0.85, rng.uniform(1.35, 1.55)
    strap = smooth([(-wide * 0.8, 0.2), (-0.7, -0.8), (0.0, -1.25), (0.7, -0.8), (wide * 0.8, 0.2)])
    drawing.add(Piece(strip(strap, 0.1), "plain", lift=0.8, shade=0.85))
    top = np.array([0.0, 0.03, -0.02, 0.04, -0.01, 0.03, 0.0])
    crest = smooth(np.stack([np.linspace(-wide * 0.85, wide * 0.85, 7), top], axis=1))
    outline = np.vstack([crest, smooth([(wide * 0.85, 0), (wide * 0.82, 0.25), (wide, tall * 0.7), (wide * 0.95,
    tall)]),
                         Pen(wide * 0.95, tall).quad(0, tall + 0.14, -wide * 0.95, tall).points(),
                         smooth([(-wide * 0.95, tall), (-wide, tall * 0.7), (-wide * 0.82, 0.25), (-wide * 0.85,
                         0)])])  # fmt: skip
    _body(drawing, spec, outline, tall * 0.62)
    for x in np.linspace(-0.6, 0.6, 7):
        drawing.crease(smooth([(x, 0.05), (x * 0.95, 0.3), (x * 1.05, 0.7)]), 0.9, 0.05)
        drawing.add(Dot(float(x), 0.24, 0.035, "metal", "eyelet"))
    drawing.add(Stroke(smooth([(-0.7, 0.25), (0, 0.28), (0.7, 0.25)]), "cord", 0.05, raised=0.8))
    details.bow(drawing, 0.0, 0.28, 0.26, "cord")
    _extras(drawing, spec, tall * 0.5, wide, tall)
