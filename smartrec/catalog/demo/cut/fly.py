"""Waistbands, flies and pockets of trousers and shorts."""

from __future__ import annotations

import numpy as np

from smartrec.catalog.demo.cut import details
from smartrec.catalog.demo.drawing import Dot, Drawing, Piece, Stroke
from smartrec.catalog.demo.garment import GarmentSpec
from smartrec.catalog.demo.outline import Pen, box, smooth, strip

_JEANS = ("Jeans", "Cutoffs", "Jeggings")


def waistband(drawing: Drawing, spec: GarmentSpec, waist: float, elastic: bool) -> None:
    """The band around the waist; belt loops where it is not elastic."""
    tall = 0.2 if elastic else 0.17
    band = np.vstack([Pen(waist * 1.005, -0.03).quad(0, 0.09, -waist * 1.005, -0.03).points(),
                      Pen(-waist * 1.045, tall - 0.03).quad(0, tall + 0.08, waist * 1.045,
                      tall - 0.03).points()])  # fmt: skip
    cloth = "trim" if spec.has("trim") and elastic else "rib" if elastic and spec.fabric != "leather" else "main"
    drawing.add(Piece(band, cloth, lift=0.6, shift=(0.5, 0.7)))
    low = Pen(-waist * 1.04, tall - 0.05).quad(0, tall + 0.06, waist * 1.04, tall - 0.05).points()
    drawing.stitch(low)
    if elastic:
        return
    drawing.stitch(Pen(-waist, 0.0).quad(0, 0.11, waist, 0.0).points())
    for share in (-0.72, -0.3, 0.3, 0.72):
        x = waist * share
        y = 0.03 - abs(share) * 0.035
        drawing.add(Piece(box(x - 0.03, y - 0.02, x + 0.03, y + tall + 0.03, 0.01), "main", lift=0.7, shift=(0.3, 0.2)))
    if spec.has("belt") or spec.closure == "belt":
        path = Pen(-waist * 1.01, 0.06).quad(0, 0.18, waist * 1.01, 0.06).points()
        drawing.add(Piece(strip(path, 0.12), "leatherdark", lift=0.9))
        drawing.add(Stroke(box(-0.11, 0.03, 0.09, 0.21, 0.02), "metal", 0.03))


def closure(drawing: Drawing, spec: GarmentSpec, rng: np.random.Generator, waist: float) -> None:
    """The fly, its button, or a drawstring."""
    if spec.closure == "drawstring" or spec.has("drawstring"):
        _drawstring(drawing, spec, rng.uniform(-0.1, 0.1))
        return
    if spec.closure in ("zip", "buttons", "snaps", "hooks", "belt"):
        _fly(drawing, spec)
    if spec.has("pleats"):
        for x in (0.3, 0.42, -0.3, -0.42):
            drawing.seam(np.array([[x, 0.2], [x * 1.06, 0.75]]), 0.9, 0.028)


def _drawstring(drawing: Drawing, spec: GarmentSpec, lean: float) -> None:
    if spec.seed % 2:
        details.bow(drawing, 0.0, 0.12, 0.22, "cord")
        return
    for side in (-1, 1):
        points = [(0.07 * side, 0.1), (0.12 * side, 0.3), (0.06 * side + lean, 0.5), (0.14 * side + lean, 0.72)]
        drawing.add(Stroke(smooth(points), "cord", 0.04, raised=1.0))
        drawing.add(Dot(0.07 * side, 0.1, 0.03, "metal", "snap"))


def _fly(drawing: Drawing, spec: GarmentSpec) -> None:
    curve = smooth([(0.2, 0.16), (0.2, 0.5), (0.16, 0.68), (0.0, 0.8)])
    drawing.stitch(curve)
    if spec.fabric == "denim":
        drawing.stitch(curve - [0.04, 0.02])
    drawing.seam(np.array([[0.0, 0.1], [0.0, 0.82]]), 1.0, 0.03)
    metal = "metal" if spec.fabric == "denim" else "button"
    drawing.add(Dot(0.02, 0.1, 0.055, metal))
    if spec.closure == "buttons":
        for y in (0.3, 0.46, 0.62):
            drawing.add(Dot(0.05, y, 0.042, metal))


def pockets(drawing: Drawing, spec: GarmentSpec, waist: float, outer: np.ndarray) -> None:
    """Front pockets: scooped on jeans, slanted on others; cargo pockets on some."""
    if not spec.has("pockets") or spec.category in ("Leggings", "Tights"):
        return
    hip = outer[min(10, len(outer) - 1)]
    for side in (-1, 1):
        if spec.category in _JEANS or spec.fabric == "denim":
            mouth = smooth([(waist * 0.5 * side, 0.18), (waist * 0.62 * side, 0.4), (hip[0] * 0.93 * side, 0.5)])
            inner = np.vstack([mouth, [[hip[0] * 0.86 * side, 0.22], [waist * 0.5 * side, 0.17]]])
            drawing.add(Piece(inner, "main", lift=0.1, shade=0.88, shift=(0.8, 0.1)))
            drawing.seam(mouth, 0.9, 0.024)
            drawing.stitch(mouth + [-0.03 * side, 0.03])
            for at in (mouth[0], mouth[-1]):
                drawing.add(Dot(float(at[0] * 0.97), float(at[1] + 0.02), 0.022, "metal", "stud"))
        else:
            mouth = np.array([[waist * 0.66 * side, 0.2], [hip[0] * 0.94 * side, 0.72]])
            drawing.seam(mouth, 1.0, 0.03)
            drawing.stitch(mouth - [0.04 * side, 0])
        if spec.category in ("Chinos", "Shorts", "Joggers", "Capris") and spec.seed % 4 == 0 and spec.fit != "tight":
            at = outer[int(len(outer) * 0.52)]
            details.patch_pocket(drawing, float(at[0] - 0.3) * side, float(at[1]), 0.42, 0.5, flap=True)
