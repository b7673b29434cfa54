"""Socks, swimwear, underwear, ties, belts and gloves."""

from __future__ import annotations

import numpy as np

from smartrec.catalog.demo.cut import details
from smartrec.catalog.demo.drawing import Decal, Dot, Drawing, Piece, Stroke
from smartrec.catalog.demo.garment import GarmentSpec
from smartrec.catalog.demo.outline import Pen, box, mirror, smooth, strip, symmetric


def draw_socks(spec: GarmentSpec, rng: np.random.Generator) -> Drawing:
    """A pair of socks, side by side."""
    drawing = Drawing(scale=1.5)
    tall = float(rng.choice([0.7, 1.3, 1.9]))
    for x, turn in ((0.95, 0.08), (0.0, 0.0)):
        _sock(drawing, spec, rng, tall, np.array([x, -0.14 * (x > 0)]), np.array([[1.0, 0.0], [turn, 1.0]]))
    return drawing


def _sock(drawing: Drawing, spec: GarmentSpec, rng: np.random.Generator, tall: float, at: np.ndarray,
          shear: np.ndarray) -> None:  # fmt: skip
    def place(points: list[tuple[float, float]], closed: bool = True) -> np.ndarray:
        """Points of the foot, y from the ankle, as a spline where the sock lies."""
        placed: np.ndarray = (smooth(points, closed) + [0, tall]) @ shear + at
        return placed

    whole = place([(0.0, -tall), (0.04, -tall * 0.4), (0.02, 0), (-0.06, 0.35), (0.0, 0.62), (0.3, 0.72), (0.9, 0.74),
                   (1.32, 0.72), (1.45, 0.5), (1.3, 0.3), (0.95, 0.2), (0.72, -0.05), (0.66, -tall * 0.4),
                   (0.66, -tall)], closed=False)  # fmt: skip
    drawing.add(Piece(whole, "main", lift=1.0))
    second = "trim" if spec.color2 != "none" or spec.has("trim") else "plain"
    heel = place([(-0.07, 0.2), (0.22, 0.38), (0.3, 0.72), (0.02, 0.66), (-0.07, 0.4)])
    toe = place([(1.12, 0.26), (1.36, 0.34), (1.46, 0.5), (1.32, 0.72), (1.08, 0.74), (1.0, 0.5)])
    cuff = box(-0.02, -0.02, 0.68, 0.24, 0.03) @ shear + at
    drawing.add(Piece(heel, second, lift=0.2, shade=0.95), Piece(toe, second, lift=0.2, shade=0.95))
    drawing.add(Piece(cuff, "trimrib" if second == "trim" else "rib", lift=0.5))
    if spec.pattern == "graphic":
        cx, cy = (np.array([0.34, tall * 0.6 + 0.1]) @ shear + at).tolist()
        drawing.add(Decal(cx, cy, 0.5, 0.5, "graphic"))
    for _ in range(3):
        fold = [(0.1, rng.uniform(-0.3, 0.2)), (0.4, rng.uniform(-0.1, 0.25)), (0.62, -0.05)]
        drawing.crease(place(fold, closed=False), 0.7, 0.05)


def draw_swimwear(spec: GarmentSpec, rng: np.random.Generator) -> Drawing:
    """A swimsuit, or a bikini's two parts."""
    drawing = Drawing(scale=1.1)
    if spec.style == "bikini":
        _cups(drawing, spec, rng, 0.0)
        _briefs(drawing, spec, rng, 1.15)
        return drawing
    deep = {"v": 0.95, "halter": 0.55}.get(spec.neck, 0.72)
    _swim_straps(drawing, spec)
    right = Pen(0, deep).quad(0.3, deep, 0.44, 0.56).line(0.56, 0.54).quad(0.6, 0.85, 0.84, 0.98)
    right.cubic((0.8, 1.4), (0.66, 1.6), (0.68, 1.75)).cubic((0.72, 2.0), (0.9, 2.2), (0.94, 2.45))
    right.cubic((0.6, 2.6), (0.3, 2.85), (0.2, 3.15)).line(0, 3.17)
    drawing.add(Piece(symmetric(right.points()), "main", lift=1.0))
    leg = Pen(0.94, 2.45).cubic((0.6, 2.6), (0.3, 2.85), (0.2, 3.15)).points()
    for path in (leg - [0.03, 0.05], mirror(leg - [0.03, 0.05])):
        drawing.stitch(path)
    drawing.seam(smooth([(-0.8, 1.12), (0, 1.22), (0.8, 1.12)]), 0.6)
    if spec.has("ruffles"):
        details.ruffle(drawing, smooth([(0.6, 0.68), (0, deep + 0.02), (-0.6, 0.68)]), 0.3)
    if spec.has("cutout"):
        for side in (-1, 1):
            drawing.add(
                Piece(
                    smooth([(0.72 * side, 1.45), (0.36 * side, 1.62), (0.66 * side, 1.8)], closed=True),
                    "inside",
                    lift=0.1,
                )
            )
    _pulls(drawing, rng, 1.2, 2.9)
    return drawing


def _swim_straps(drawing: Drawing, spec: GarmentSpec) -> None:
    low = Pen(0, 0.95).line(0.78, 0.9).line(0.72, 1.2).line(0, 1.2).points()
    drawing.add(Piece(symmetric(low), "inside", lift=0.2))
    for side in (-1, 1):
        ends = (0.06, -0.1) if spec.neck == "halter" else (0.4, 0.0)
        strap = smooth([(0.5 * side, 0.62), (0.46 * side, 0.3), (ends[0] * side, ends[1])])
        drawing.add(Piece(strip(strap, 0.1), "trim" if spec.has("trim") else "plain", lift=0.6))
        if spec.neck != "halter":
            back = smooth([(0.4 * side, 0.0), (0.42 * side, 0.5), (0.5 * side, 0.95)])
            drawing.add(Piece(strip(back, 0.09), "inside", lift=0.4, shade=1.2))


def draw_underwear(spec: GarmentSpec, rng: np.random.Generator) -> Drawing:
    """A bra, briefs or boxer shorts."""
    drawing = Drawing(scale=1.3)
    if spec.style == "bra":
        _cups(drawing, spec, rng, 0.0)
    elif spec.style == "boxers":
        _boxers(drawing, spec, rng)
    else:
        _briefs(drawing, spec, rng, 0.0)
    return drawing


def _pulls(drawing: Drawing, rng: np.random.Generator, top: float, low: float) -> None:
    for _ in range(5):
        y = rng.uniform(top, low)
        x = rng.choice([-1, 1]) * rng.uniform(0.3, 0.6)
        drawing.crease(
            smooth([(x * 1.25, y), (x * 0.7, y + rng.uniform(-0.06, 0.08)), (x * 0.2, y)]), rng.uniform(0.4, 0.8), 0.05
        )


def _cups(drawing: Drawing, spec: GarmentSpec, rng: np.random.Generator, y: float) -> None:
    lace = "lacetrim" if spec.has("lace") else "plain"
    for side in (-1, 1):
        strap = smooth([(0.5 * side, y + 0.35), (0.52 * side, y - 0.2), (0.36 * side, y - 0.62)])
        drawing.add(Piece(strip(strap, 0.07), lace if lace == "plain" else "plain", lift=0.6))
        wing = np.array(
            [[0.9 * side, y + 0.5], [1.3 * side, y + 0.58], [1.3 * side, y + 0.76], [0.85 * side, y + 0.86]]
        )
        drawing.add(Piece(wing, "plain", lift=0.7))
        cup = smooth(
            [
                (0.05, 0.62),
                (0.16, 0.4),
                (0.46, 0.22),
                (0.6, 0.26),
                (0.86, 0.46),
                (0.94, 0.72),
                (0.7, 0.98),
                (0.35, 1.0),
                (0.1, 0.84),
            ],
            closed=True,
        )
        placed = cup * [side, 1] + [0, y]
        drawing.add(Piece(placed, "main", lift=1.2, shift=(side, 0.0)))
        drawing.seam(smooth([(0.12 * side, y + 0.66), (0.5 * side, y + 0.58), (0.9 * side, y + 0.68)]), 0.6)
        drawing.crease(smooth([(0.25 * side, y + 0.5), (0.5 * side, y + 0.4), (0.75 * side, y + 0.55)]), 1.4, 0.16)
    band = np.vstack(
        [
            Pen(-0.92, y + 0.82).quad(0, y + 1.02, 0.92, y + 0.82).points(),
            Pen(0.9, y + 0.92).quad(0, y + 1.1, -0.9, y + 0.92).points(),
        ]
    )
    drawing.add(Piece(band, "trim" if spec.has("trim") else "plain", lift=0.6))
    details.bow(drawing, 0.0, y + 0.7, 0.12, "trim")


def _briefs(drawing: Drawing, spec: GarmentSpec, rng: np.random.Generator, y: float) -> None:
    right = (
        Pen(0, y + 0.06)
        .quad(0.5, y + 0.1, 0.98, y)
        .line(1.0, y + 0.34)
        .cubic((0.6, y + 0.5), (0.28, y + 0.8), (0.22, y + 1.12))
    )
    right.line(0, y + 1.14)
    back = Pen(0, y - 0.06).quad(0.5, y - 0.04, 0.96, y - 0.02).line(0.9, y + 0.2).line(0, y + 0.2).points()
    drawing.add(Piece(symmetric(back), "inside", lift=0.3))
    drawing.add(Piece(symmetric(right.points()), "main", lift=1.0, shift=(0.2, 1.0)))
    band = np.vstack(
        [
            Pen(-0.99, y - 0.02).quad(0, y + 0.12, 0.99, y - 0.02).points(),
            Pen(1.0, y + 0.11).quad(0, y + 0.24, -1.0, y + 0.11).points(),
        ]
    )
    cloth = "lacetrim" if spec.has("lace") else "trimrib" if spec.has("trim") else "rib"
    drawing.add(Piece(band, cloth, lift=0.6))
    leg = Pen(1.0, y + 0.34).cubic((0.6, y + 0.5), (0.28, y + 0.8), (0.22, y + 1.12)).points()
    for path in (leg, mirror(leg)):
        drawing.add(Piece(strip(path, 0.07), cloth, lift=0.4))
    if spec.category == "Underwear" and spec.gender != "men":
        details.bow(drawing, 0.0, y + 0.12, 0.1, "trim")
    for side in (-1, 1):
        for reach in (0.25, 0.5):
            drawing.crease(smooth([(0.2 * side, y + 1.0), (reach * side, y + 0.6), (0.7 * side, y + 0.35)]), 0.6, 0.06)


def _boxers(drawing: Drawing, spec: GarmentSpec, rng: np.random.Generator) -> None:
    right = (
        Pen(0, 0.05).quad(0.5, 0.08, 0.9, 0).cubic((1.0, 0.4), (1.05, 0.8), (1.08, 1.35)).line(0.2, 1.42).line(0, 1.02)
    )
    drawing.add(Piece(symmetric(right.points()), "main", lift=1.0))
    band = np.vstack(
        [Pen(-0.91, -0.04).quad(0, 0.08, 0.91, -0.04).points(), Pen(0.93, 0.16).quad(0, 0.27, -0.93, 0.16).points()]
    )
    drawing.add(Piece(band, "trimrib" if spec.has("trim") or spec.color2 != "none" else "rib", lift=0.6))
    for x in (-0.2, 0.2):
        drawing.seam(smooth([(x, 0.22), (x * 1.2, 0.6), (x * 0.3, 1.02)]), 0.8, 0.022)
    drawing.seam(np.array([[0, 0.24], [0, 1.02]]), 0.8, 0.022)
    for side in (-1, 1):
        drawing.stitch(np.array([[0.2 * side, 1.34], [1.04 * side, 1.27]]))
    _pulls(drawing, rng, 0.5, 1.2)


def draw_other(spec: GarmentSpec, rng: np.random.Generator) -> Drawing:
    """A tie, a belt or a pair of gloves."""
    drawing = Drawing(scale=1.4)
    {"tie": _tie, "gloves": _gloves}.get(spec.style, _belt)(drawing, spec, rng)
    return drawing


def _tie(drawing: Drawing, spec: GarmentSpec, rng: np.random.Generator) -> None:
    narrow = np.array([[0.02, 0.2], [0.12, 0.2], [0.3, 2.3], [0.2, 2.5], [0.06, 2.34]])
    drawing.add(Piece(narrow + [0.06, 0], "main", angle=0.7, lift=0.8, shade=0.88))
    blade = np.vstack(
        [Pen(-0.13, 0.3).quad(-0.1, 1.2, -0.36, 2.9).line(0, 3.25).line(0.36, 2.9).quad(0.1, 1.2, 0.13, 0.3).points()]
    )
    drawing.add(Piece(blade, "main", angle=0.78, lift=1.0))
    knot = smooth([(-0.24, -0.02), (0.24, -0.02), (0.14, 0.34), (-0.14, 0.34)], closed=True)
    drawing.add(Piece(knot, "main", angle=-0.6, lift=1.1))
    loop = smooth([(-0.18, 0.02), (-0.5, -0.5), (0, -0.85), (0.5, -0.5), (0.18, 0.02)])
    drawing.items.insert(0, Piece(strip(loop, 0.14), "main", lift=0.7, shade=0.8))
    drawing.crease(smooth([(0.0, 0.3), (0.03, 1.0), (0.0, 1.8)]), 0.9, 0.06)


def _belt(drawing: Drawing, spec: GarmentSpec, rng: np.random.Generator) -> None:
    t = np.linspace(0.2, 4.4 * np.pi, 150)
    radius = 0.42 + 0.062 * t
    coil = np.stack([radius * np.cos(t), radius * 0.82 * np.sin(t)], axis=1)
    tail = smooth([coil[-1], coil[-1] + [0.1, 0.45], coil[-1] + [-0.25, 0.95]])
    path = np.vstack([coil, tail])
    drawing.add(Piece(strip(coil[:80], 0.17), "main", lift=1.0, glow=0.4))
    drawing.add(Piece(strip(path[75:], 0.18), "main", lift=1.0, glow=0.4))
    drawing.stitch(path + [0.05, 0.0], 0.5)
    x, y = path[-1]
    drawing.add(Stroke(box(x - 0.16, y - 0.1, x + 0.16, y + 0.24, 0.05), "metal", 0.06, raised=1.0))
    for i in range(5):
        a = coil[4 + i * 4]
        drawing.add(Dot(float(a[0]), float(a[1]), 0.03, "metal", "eyelet"))


def _gloves(drawing: Drawing, spec: GarmentSpec, rng: np.random.Generator) -> None:
    for side in (-1, 1):
        at = np.array([0.72 * side, 0.08 * (side + 1)])
        fingers = [(-0.36, -1.02), (-0.13, -1.22), (0.12, -1.2), (0.36, -0.98)]
        for i, (x, top) in enumerate(fingers):
            path = smooth([(x * 0.85, 0.0), (x, top * 0.5), (x * (1.08 + 0.06 * (i in (0, 3))), top)])
            drawing.add(Piece(_round(path, 0.23) * [side, 1] + at, "main", lift=0.7))
        thumb = smooth([(-0.3, 0.45), (-0.66, 0.1), (-0.84, -0.24)])
        drawing.add(Piece(_round(thumb, 0.26) * [side, 1] + at, "main", lift=0.8))
        palm = smooth(
            [(-0.46, -0.1), (0.0, -0.16), (0.46, -0.1), (0.46, 0.4), (0.36, 0.85), (-0.36, 0.85), (-0.46, 0.4)],
            closed=True,
        )
        drawing.add(Piece(palm * [side, 1] + at, "main", lift=0.5))
        cuff = np.array([[-0.36, 0.76], [0.36, 0.76], [0.38, 1.25], [-0.38, 1.25]]) * [side, 1] + at
        drawing.add(Piece(cuff, "trimrib" if spec.color2 != "none" else "rib", lift=0.8))


def _round(path: np.ndarray, width: float) -> np.ndarray:
    t = np.linspace(0, np.pi, 10)
    tip, back = path[-1], path[-1] - path[-2]
    turn = np.arctan2(back[1], back[0])
    arc = np.stack([np.cos(t - np.pi / 2 + turn), np.sin(t - np.pi / 2 + turn)], axis=1) * width / 2 + tip
    band = strip(path, width)
    half = len(band) // 2
    return np.vstack(
        [band[:half], arc if np.linalg.norm(arc[0] - band[half - 1]) < width / 2 else arc[::-1], band[half:]]
    )
