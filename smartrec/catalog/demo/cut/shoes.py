"""A pair of shoes, seen from the side or from above."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from smartrec.catalog.demo.cut import details
from smartrec.catalog.demo.cut import shoe_shapes as shapes
from smartrec.catalog.demo.drawing import Decal, Dot, Drawing, Item, Piece, Stroke
from smartrec.catalog.demo.garment import GarmentSpec

_SHAPES = {"boot": shapes.boot, "heelboot": shapes.boot, "pump": shapes.pump, "sandal": shapes.sandal,
"slide": shapes.slide,
           "ballet": shapes.from_above, "loafer": shapes.from_above}  # fmt: skip
# Where an ornament sits: x, y, and its width.
_ORNAMENT = {"boot": (-0.62, -1.2, 0.4), "heelboot": (-0.62, -1.2, 0.4), "pump": (0.8, -0.26, 0.26), "sandal": (0.96,
-0.36, 0.2),
             "slide": (0.0, -0.48, 0.42), "ballet": (0.0, -0.78, 0.36), "loafer": (0.0, -0.6, 0.34)}  # fmt: skip


def draw_shoes(spec: GarmentSpec, rng: np.random.Generator) -> Drawing:
    """Two shoes of one kind, the second shifted behind the first; some kinds from above."""
    one = Drawing()
    _SHAPES.get(spec.style, shapes.sneaker)(one, spec, rng)
    _ornaments(one, spec)
    drawing = Drawing(scale=1.6)
    above = spec.style in ("slide", "ballet", "loafer")
    if above:
        for side in (-1, 1):
            turn = rng.uniform(0.02, 0.12) * side
            _place(drawing, one, np.array([0.62 * side, 0.0]), turn, side)
        return drawing
    lift = rng.uniform(0.75, 1.0)
    _place(drawing, one, np.array([rng.uniform(0.25, 0.5), -lift]), rng.uniform(-0.06, 0.1), 1)
    _place(drawing, one, np.array([0.0, 0.0]), rng.uniform(-0.04, 0.04), 1)
    return drawing


def _ornaments(one: Drawing, spec: GarmentSpec) -> None:
    x, y, wide = _ORNAMENT.get(spec.style, (-0.2, -0.26, 0.42))
    if spec.has("logo"):
        one.add(Decal(x, y, wide, wide * 0.5, "logo"))
    if spec.has("bow"):
        details.bow(one, x, y, wide * 0.55, "trim")
    if spec.has("studs"):
        for share in np.linspace(-0.9, 0.9, 7):
            one.add(Dot(x + share * wide, y + 0.1 + 0.05 * share**2, 0.04, "metal", "stud"))
    if spec.has("fringe"):
        details.fringe(one, np.array([[x - wide * 0.6, y], [x, y + 0.02], [x + wide * 0.6, y]]), 0.22)


def _place(target: Drawing, source: Drawing, at: np.ndarray, turn: float, side: int) -> None:
    spin = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])

    def move(points: np.ndarray) -> np.ndarray:
        moved: np.ndarray = (np.asarray(points) * [side, 1]) @ spin + at
        return moved

    for item in source.items:
        target.add(_moved(item, move))
    for crease in source.creases:
        target.crease(move(crease.path), crease.height, crease.width)


def _moved(item: Item, move: Callable[[np.ndarray], np.ndarray]) -> Item:
    if isinstance(item, Piece):
        return Piece(move(item.outline), item.cloth, item.angle, item.lift, item.shade, item.shift,
                     [move(hole) for hole in item.holes], item.glow)  # fmt: skip
    if isinstance(item, Stroke):
        return Stroke(move(item.path), item.color, item.width, item.dash, item.strength, item.raised)
    x, y = move(np.array([[item.x, item.y]]))[0]
    if isinstance(item, Dot):
        return Dot(float(x), float(y), item.radius, item.color, item.kind)
    return Decal(float(x), float(y), item.width, item.height, item.kind, item.angle)
