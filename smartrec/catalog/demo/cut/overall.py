"""The lower half of jumpsuits, rompers, onesies and bodysuits; it goes on from the torso in one piece."""

from __future__ import annotations

import numpy as np

from smartrec.catalog.demo.cut.block import Block
from smartrec.catalog.demo.cut.legs import leg_folds, leg_paths
from smartrec.catalog.demo.drawing import Dot, Piece
from smartrec.catalog.demo.outline import Pen, beside, mirror, smooth, strip

_RISE = 0.62


def has_legs(block: Block) -> bool:
    """Whether there are legs at all, or only openings for them."""
    spec = block.spec
    return spec.category != "Bodysuit" and spec.length not in ("na", "regular")


def lower_path(block: Block) -> np.ndarray:
    """(N, 2) right side from the hip to the middle of the crotch."""
    if not has_legs(block):
        return np.vstack([_leg_opening(block), [[0, block.length + 0.8]]])
    outer, inner = _leg(block)
    return np.vstack([outer, inner, [[0, block.length + _RISE]]])


def finish_lower(block: Block) -> None:
    """Bindings, snaps, ankle cuffs, folds; moves `block.length` down to the crotch."""
    if has_legs(block):
        _finish_legs(block)
    else:
        _finish_openings(block)
    block.length += _RISE - 0.12


def _leg_opening(block: Block) -> np.ndarray:
    hem, low = block.hem, block.length
    pen = Pen(hem, low).quad(hem * 1.02, low + 0.1, hem * 0.98, low + 0.18)
    return pen.cubic((hem * 0.62, low + 0.3), (0.34, low + 0.52), (0.25, low + 0.78)).points()


def _leg(block: Block) -> tuple[np.ndarray, np.ndarray]:
    spec = block.spec
    short = 0.8 if spec.gender == "kids" else 1.0
    inseam = {"short": 0.42, "full": 2.3, "capri": 1.6, "knee": 1.25}.get(spec.length, 1.4) * short
    knee = {"loose": 0.74, "tight": 0.5}.get(spec.fit, 0.62)
    ankle = knee * 0.78 if spec.length == "full" else 0.84
    outer, inner, _ = leg_paths(block.hem, _RISE, inseam, knee, ankle, 0.1, hip=block.hem * 1.04)
    return outer + [0, block.length], inner + [0, block.length]


def _finish_legs(block: Block) -> None:
    spec, drawing = block.spec, block.drawing
    outer, inner = _leg(block)
    for side in (-1, 1):
        end = np.vstack([outer[-1], inner[0]]) * [side, 1]
        if spec.gender == "kids" or spec.fabric in ("fleece", "padded"):
            band = np.vstack([end, end[::-1] - [0, 0.16]])
            drawing.add(Piece(band, "trimrib" if spec.has("trim") else "rib", lift=0.5))
        else:
            drawing.stitch(end - [0, 0.08])
        inseam = float(inner[0, 1] - block.length - _RISE)
        leg_folds(drawing, block.rng, side, outer, inner, block.length + _RISE, inseam)
    drawing.seam(np.array([[0, block.length], [0, block.length + _RISE]]))
    if spec.fit != "loose" or spec.has("belt"):
        waist = smooth([(-block.waist, block.waist_y), (0, block.waist_y + 0.05), (block.waist, block.waist_y)])
        drawing.seam(waist, 0.8, 0.025)


def _finish_openings(block: Block) -> None:
    spec, drawing = block.spec, block.drawing
    edge = beside(_leg_opening(block)[13:], -0.04)
    cloth = "trimrib" if spec.has("trim") else "rib"
    for path in (edge, mirror(edge)):
        drawing.add(Piece(strip(path, 0.07), cloth, lift=0.4))
    if spec.closure != "zip":
        for x in (-0.15, 0.0, 0.15):
            drawing.add(Dot(x, block.length + 0.72, 0.035, "metal", "snap"))
    for side in (-1, 1):
        for reach in (0.3, 0.6):
            fold = smooth(
                [(0.2 * side, block.length + 0.6), (reach * side, block.length + 0.3), (0.8 * side, block.length)]
            )
            drawing.crease(fold, 0.7, 0.06)
