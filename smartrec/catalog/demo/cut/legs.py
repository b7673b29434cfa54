"""Trousers and shorts, and the legs of overalls."""

from __future__ import annotations

import numpy as np

from smartrec.catalog.demo.cut import details, fly
from smartrec.catalog.demo.drawing import Drawing, Piece
from smartrec.catalog.demo.garment import GarmentSpec
from smartrec.catalog.demo.outline import Pen, beside, mirror, smooth, strip, symmetric

_INSEAMS = {"short": 0.75, "knee": 1.5, "capri": 2.15, "full": 3.2, "na": 0.0}
_ELASTIC = ("Leggings", "Joggers", "Sweatpants", "Sweatshorts", "Trunks", "Jeggings", "Tights")


def draw_legs(spec: GarmentSpec, rng: np.random.Generator) -> Drawing:
    """Trousers, shorts, leggings."""
    drawing = Drawing(scale=0.9)
    inseam = _INSEAMS.get(spec.length, 3.2) * rng.uniform(0.95, 1.05)
    if spec.category == "Cutoffs" and spec.length == "short":
        inseam = rng.uniform(0.3, 0.6)
    if spec.gender == "kids":
        inseam *= 0.85
    waist = {"tight": 0.7, "regular": 0.8, "loose": 0.88}.get(spec.fit, 0.8) * rng.uniform(0.97, 1.03)
    knee, ankle, apart = _leg_widths(spec, rng)
    outer, inner, crotch = leg_paths(waist, 1.08, inseam, knee, ankle, apart, spec.category == "Jodhpurs")
    back = (
        Pen(0, -0.1)
        .quad(waist * 0.7, -0.1, waist * 0.97, -0.02)
        .line(waist * 0.98, 0.1)
        .quad(0, 0.14, 0, 0.14)
        .points()
    )
    drawing.add(Piece(symmetric(back), "inside", lift=0.2))
    top = Pen(0, 0.04).quad(waist * 0.6, 0.03, waist, -0.02).points()
    half = np.vstack([top, outer, inner, [[0, crotch], [0, 0.5]]])
    for side in (-1, 1):
        placed = half if side > 0 else mirror(half)
        drawing.add(Piece(placed, "main", angle=-apart * 0.35 * side, lift=0.8, shift=(0.0, 0.0)))
        _leg_finish(drawing, spec, side, outer, inner)
        leg_folds(drawing, rng, side, outer, inner, crotch, inseam)
    drawing.seam(np.array([[0, 0.1], [0, crotch]]), 0.9, 0.024)
    fly.waistband(drawing, spec, waist, spec.category in _ELASTIC or spec.closure in ("none", "drawstring"))
    fly.closure(drawing, spec, rng, waist)
    fly.pockets(drawing, spec, waist, outer)
    if spec.pattern in ("graphic", "text") and not spec.has("print-small"):
        at = (outer[len(outer) // 2] + inner[len(inner) // 2]) / 2
        drawing.add(details.Decal(float(at[0]), float(at[1]), 0.5, min(1.1, 0.5 * inseam + 0.2), spec.pattern))
    details.ornaments(drawing, spec, rng, (0.48, 0.9), (0.0, 0.1), (0.45, crotch + inseam, 0.4))
    return drawing


def _leg_widths(spec: GarmentSpec, rng: np.random.Generator) -> tuple[float, float, float]:
    """Width at the knee, at the ankle, and how far the legs are apart (slope)."""
    table = {
        "Leggings": (0.4, 0.26), "Jeggings": (0.42, 0.28), "Tights": (0.36, 0.24), "Joggers": (0.56, 0.32),
        "Jodhpurs": (0.44, 0.3), "Culottes": (0.95, 1.1), "Gauchos": (0.85, 1.0), "Sweatpants": (0.6, 0.5),
    }  # fmt: skip
    fits = {"tight": (0.48, 0.32), "regular": (0.58, 0.46), "loose": (0.72, 0.66)}
    knee, ankle = table.get(spec.category) or fits.get(spec.fit, (0.58, 0.46))
    if spec.category == "Sweatpants" and spec.fit == "loose":
        knee, ankle = 0.72, 0.6
    if spec.length in ("short", "knee"):
        ankle = {"tight": 0.6, "regular": 0.76, "loose": 0.92}.get(spec.fit, 0.76)
        knee = ankle
    flared = spec.category == "Jeans" and spec.seed % 7 == 0
    return knee * rng.uniform(0.95, 1.05), ankle * (1.5 if flared else 1.0), rng.uniform(0.05, 0.16)


def leg_paths(waist: float, rise: float, inseam: float, knee: float, ankle: float, apart: float,
              breeches: bool = False, hip: float = 0.0) -> tuple[np.ndarray, np.ndarray, float]:  # fmt: skip
    """Outer side from waist to ankle, inner side from ankle to crotch (both right), and the crotch's y."""
    hip = hip or max(waist * 1.16, 0.86)
    bottom = rise + inseam
    middle = 0.1 + ankle / 2 + apart * inseam * 0.6 + 0.14 / max(inseam, 0.5) * 0.3
    knee_y, knee_mid = rise + inseam * 0.48, 0.1 + knee / 2 + apart * inseam * 0.3
    bulge = 0.16 if breeches else 0.0
    pen = Pen(waist, -0.02).cubic((waist * 1.06, 0.2), (hip + bulge, rise * 0.5), (hip + bulge, rise * 0.9))
    knee_x, end_x = knee_mid + knee / 2, middle + ankle / 2
    slope = (end_x - hip - bulge) / inseam if inseam > 1.2 else 0.0
    if inseam > 1.2:
        bend = knee_x - slope * 0.3
        pen.cubic((hip + bulge, rise + inseam * 0.15), (bend, knee_y - 0.3), (knee_x, knee_y))
        pen.quad(knee_x + slope * (bottom - knee_y) / 2, (knee_y + bottom) / 2, end_x, bottom)
    else:
        pen.line(max(end_x, hip * 0.98), bottom)
    outer = pen.points()
    inner_x = max(0.06, middle - ankle / 2) if inseam > 1.2 else 0.1
    pen = Pen(inner_x, bottom + 0.03)
    if inseam > 1.2:
        pen.quad(knee_mid - knee / 2, knee_y, 0.05, rise + 0.12).line(0, rise)
    else:
        pen.line(0.05, rise + 0.1).line(0, rise)
    return outer, pen.points(), rise


def _leg_finish(drawing: Drawing, spec: GarmentSpec, side: int, outer: np.ndarray, inner: np.ndarray) -> None:
    end = np.vstack([outer[-1], inner[0]]) * [side, 1]
    along = np.array([0, -1.0])
    if spec.has("cuffs") or spec.category == "Joggers":
        tall, cloth = 0.22, "trimrib" if spec.has("trim") else "rib"
        if spec.fabric in ("denim", "woven", "corduroy") and spec.category != "Joggers":
            cloth, tall = "turnup", 0.2
        grow = np.array([[0.03 * side, 0], [-0.03 * side, 0]]) if cloth == "turnup" else 0.0
        band = np.vstack([end + grow, (end + grow)[::-1] + along * tall])
        drawing.add(Piece(band, cloth, lift=0.7))
    elif spec.has("fringe") and spec.category == "Cutoffs":
        details.fringe(drawing, end, 0.14)
    elif spec.category not in ("Tights", "Leggings"):
        drawing.stitch(end + along * 0.08)
    if spec.has("trim") and spec.category in ("Sweatpants", "Joggers", "Sweatshorts", "Leggings", "Shorts", "Trunks"):
        stripe = beside(outer[8:] * [side, 1], -0.1 if side > 0 else 0.1)
        drawing.add(Piece(strip(stripe, 0.1), "trim", lift=0.15))
    if spec.fabric == "denim" and spec.seed % 4 == 0:
        drawing.stitch(beside(outer[10:-1] * [side, 1], -0.05 * side), 0.5)


def leg_folds(drawing: Drawing, rng: np.random.Generator, side: int, outer: np.ndarray, inner: np.ndarray,
crotch: float,
               inseam: float) -> None:  # fmt: skip
    """Folds that fan out from the crotch and cross the knee of one leg."""
    start = np.array([0.06 * side, crotch - 0.05])
    for _ in range(3):
        to = np.array([side * rng.uniform(0.35, 0.8), crotch + rng.uniform(-0.35, 0.3)])
        drawing.crease(
            smooth([start, (start + to) / 2 + [0, rng.uniform(-0.04, 0.08)], to]), rng.uniform(0.5, 1.1), 0.05
        )
    for _ in range(3 if inseam > 1.2 else 1):
        share = rng.uniform(0.3, 0.85)
        a = outer[int(share * (len(outer) - 1))] * [side, 1]
        b = inner[int((1 - share) * (len(inner) - 1))] * [side, 1]
        drawing.crease(smooth([a * 0.85 + b * 0.15, (a + b) / 2 + [0, rng.uniform(-0.08, 0.08)], a * 0.3 + b * 0.7]),
                       rng.uniform(0.3, 0.9), 0.06)  # fmt: skip
    if inseam > 1.5:
        middle = [
            (outer[int(s * (len(outer) - 1))] + inner[int((1 - s) * (len(inner) - 1))]) / 2 * [side, 1]
            for s in (0.5, 0.75, 0.98)
        ]
        drawing.crease(np.array(middle), 0.5, 0.12)
