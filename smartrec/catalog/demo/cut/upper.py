"""Bodies and sleeves: shirts, knits, jackets, coats, and the upper half of dresses and overalls."""

from __future__ import annotations

import numpy as np

from smartrec.catalog.demo.cut import neck, overall
from smartrec.catalog.demo.cut.block import DRESSES, LEGGED, OUTER, Block, block_of
from smartrec.catalog.demo.cut.finish import finish_front
from smartrec.catalog.demo.cut.skirt import skirt_below
from smartrec.catalog.demo.cut.straps import add_straps
from smartrec.catalog.demo.drawing import Drawing, Piece
from smartrec.catalog.demo.garment import GarmentSpec
from smartrec.catalog.demo.outline import Pen, beside, between, mirror, smooth, strip, symmetric

_RIBBED = ("Bomber", "Sweater", "Hoodie", "Turtleneck", "Cardigan")


def draw_upper(spec: GarmentSpec, rng: np.random.Generator) -> Drawing:
    """Any garment with a torso."""
    drawing = Drawing()
    block = block_of(spec, rng, drawing)
    if spec.neck == "hood":
        neck.add_hood(block)
    neck.add_inside(block)
    if block.bare_shoulder:
        add_straps(block)
    for side in (1, -1):
        if block.sleeve > 0:
            _sleeve(block, side)
    split = spec.category in DRESSES and skirt_below(block)
    _torso(block, split)
    if spec.category in LEGGED:
        overall.finish_lower(block)
    neck.add_neck(block)
    finish_front(block)
    _folds(block)
    return drawing


def side_path(block: Block) -> np.ndarray:
    """(N, 2) right side from the shoulder point to the hem."""
    pen = Pen(block.shoulder, block.drop)
    if block.sleeve > 0:
        pen.cubic((block.shoulder - 0.08, block.armpit * 0.55), (block.chest - 0.12, block.armpit * 0.8),
                  (block.chest, block.armpit))  # fmt: skip
    else:
        pen.cubic(
            (block.shoulder - 0.1, block.armpit * 0.6), (block.shoulder, block.armpit), (block.chest, block.armpit)
        )
    pen.cubic(
        (block.chest * 0.99, block.armpit + 0.3), (block.waist, block.waist_y - 0.35), (block.waist, block.waist_y)
    )
    if block.length > block.waist_y + 0.2:
        middle = (block.waist_y + block.length) / 2
        pen.cubic((block.waist, middle - 0.15), (block.hem * 0.985, middle + 0.1), (block.hem, block.length))
    return pen.points()


def hem_path(block: Block) -> np.ndarray:
    """(N, 2) right half of the hem, from the side to the centre."""
    spec = block.spec
    if spec.category in ("Button-Down", "Flannel", "Shirtdress") or (spec.category == "Blouse" and spec.seed % 2):
        return Pen(block.hem, block.length - 0.26).cubic((block.hem - 0.2, block.length), (0.5, block.length + 0.08),
                                                         (0, block.length + 0.08)).points()  # fmt: skip
    return Pen(block.hem, block.length).quad(block.hem * 0.5, block.length + 0.07, 0, block.length + 0.07).points()


def torso_outline(block: Block, end_at_waist: bool) -> np.ndarray:
    """(N, 2) closed front panel."""
    side = side_path(block)
    if end_at_waist:
        side = side[side[:, 1] <= block.waist_y + 1e-6]
        hem = (
            Pen(block.waist, block.waist_y)
            .quad(block.waist * 0.5, block.waist_y + 0.06, 0, block.waist_y + 0.06)
            .points()
        )
    elif block.spec.category in LEGGED:
        hem = overall.lower_path(block)
    else:
        hem = hem_path(block)
        side = side[side[:, 1] <= hem[0, 1] + 1e-6]
    if block.bare_shoulder:
        top = _bare_top(block)
        side = side[side[:, 1] > top[-1, 1]]
    else:
        top = neck.front_neck(block)[::-1]
    right = np.vstack([top, side, hem])
    if block.depth >= block.length:  # open all the way: two fronts that do not meet
        right = np.vstack([Pen(0.12, block.length).quad(block.neck * 0.8, 0.9, block.neck, 0).points(), side, hem[:-4]])
    return symmetric(right)


def _bare_top(block: Block) -> np.ndarray:
    spec = block.spec
    edge = 0.5 if spec.neck != "halter" else 0.0
    if spec.neck == "offshoulder":
        return Pen(0, block.depth).quad(block.shoulder * 0.6, block.depth, block.shoulder, block.drop + 0.12).points()
    armhole = block.armpit
    if spec.neck == "halter":
        pen = Pen(0, block.depth).quad(0.16, block.depth * 0.8, 0.2, 0.02).line(0.4, 0.02)
        return pen.cubic((0.46, armhole * 0.6), (0.6, armhole * 0.92), (block.chest, armhole)).points()
    if block.strapless:
        return Pen(0, 0.68).quad(0.4, 0.5, block.chest * 0.98, 0.62).points()
    pen = Pen(0, block.depth)
    if spec.neck == "v":
        pen.quad(0.3, block.depth * 0.75, 0.48, edge)
    elif spec.neck in ("square", "strap"):
        pen.line(0.5, block.depth - 0.06)
    else:
        pen.cubic((0.3, block.depth), (0.46, block.depth * 0.9), (0.5, edge))
    return pen.line(pen.at[0] + 0.1, pen.at[1]).quad(0.66, armhole * 0.92, block.chest, armhole).points()


def _torso(block: Block, split: bool) -> None:
    spec, drawing = block.spec, block.drawing
    outline = torso_outline(block, split)
    open_front = block.depth >= block.length
    if open_front:
        half = outline[: len(outline) // 2]
        for points in (half, mirror(half)):
            drawing.add(Piece(points, "main", lift=0.8))
    else:
        drawing.add(Piece(outline, "main", lift=0.9))
    side = side_path(block)
    if block.sleeve > 0:
        armhole = side[:13]
        for path in (armhole, mirror(armhole)):
            drawing.seam(path, 0.6, 0.018)
            if spec.fabric in ("denim", "canvas", "leather", "sport"):
                drawing.stitch(beside(path, -0.04))
    if split or spec.category in LEGGED or (open_front and spec.category == "Kimono"):
        return
    _hem(block)


def _hem(block: Block) -> None:
    spec, drawing = block.spec, block.drawing
    hem = hem_path(block)
    whole = np.vstack([hem, mirror(hem)[::-1][1:]])
    if (spec.category in _RIBBED and spec.category != "Turtleneck") or (
        spec.category == "Jacket" and spec.has("cuffs")
    ):
        cloth = "trimrib" if spec.has("trim") else "rib"
        tall = 0.2
        upper = whole * [0.985, 1] - [0, tall]
        band = np.vstack([whole, upper[::-1]]) * [0.97, 1]
        drawing.add(Piece(band, cloth, lift=0.4))
        drawing.seam(upper * 0.99 + [0, 0.01 * block.length], 0.8)
    elif spec.fabric not in ("fur", "knit"):
        drawing.stitch(whole * [0.97, 1] - [0, 0.09], 0.7)
        if spec.fabric == "denim":
            drawing.stitch(whole * [0.97, 1] - [0, 0.05], 0.7)
    if spec.has("trim") and spec.category in (*DRESSES, "Top", "Tee", "Tank", "Jersey", "Sweater", "Vest"):
        drawing.add(Piece(strip(whole * [0.975, 1] - [0, 0.06], 0.1), "trim", lift=0.2))


def _sleeve(block: Block, side: int) -> None:
    spec, drawing = block.spec, block.drawing
    top = np.array([block.shoulder - 0.02, block.drop - 0.015])
    pit = np.array([block.chest - 0.02, block.armpit])
    bend = block.spread + block.rng.uniform(-0.04, 0.04)
    if spec.neck == "offshoulder":
        top = np.array([block.shoulder, block.drop + 0.1])
    along = np.array([np.sin(bend), np.cos(bend)])
    across = np.array([np.cos(bend), -np.sin(bend)])
    end = (top + pit) / 2 + along * block.sleeve + across * 0.06
    outer, inner = end + across * block.cuff, end - across * block.cuff
    puff = 0.16 if spec.sleeve in ("cap", "short") and spec.has("ruffles") else 0.0
    cap = top + np.array([0.17, 0.1]) * min(1.0, 0.4 + block.sleeve) + across * puff
    pen = (
        Pen(*top).cubic(tuple(cap), tuple(outer * 0.7 + top * 0.3 + across * (0.06 + puff)), tuple(outer)).line(*inner)
    )
    pen.quad(*(pit * 0.7 + inner * 0.3 + across * 0.05), *pit).line(block.chest - 0.3, block.armpit + 0.06)
    outline = pen.line(block.shoulder - 0.35, block.drop + 0.05).points()
    place = (lambda p: p) if side > 0 else mirror
    shift = (1.7 * side, 0.5)
    drawing.add(Piece(place(outline), _sleeve_cloth(spec), angle=-bend * side, lift=0.8, shift=shift))
    if spec.fabric == "padded":
        _quilt(block, place(np.vstack([top, outer, pit, inner])))
    _cuff(block, place(np.array([outer, inner])), along * [side, 1], bend * side)
    _sleeve_folds(block, place(np.vstack([top, pit, end])), along * [side, 1], across * [side, 1])


def _quilt(block: Block, corners: np.ndarray) -> None:
    """Bands of padding across a sleeve, between its upper and its lower edge."""
    top, outer, pit, inner = corners
    count = max(2, round(block.sleeve / 0.3))
    for share in (np.arange(count) + 0.6) / count:
        a, b = top * (1 - share) + outer * share, pit * (1 - share) + inner * share
        block.drawing.seam(smooth([a, (a + b) / 2 + [0, 0.03], b]), 0.8, 0.028)
        puff = (outer - top) * 0.5 / count
        block.drawing.crease(np.vstack([a, b]) - puff, 1.3, 0.09)


def _sleeve_cloth(spec: GarmentSpec) -> str:
    raglan = spec.category in ("Tee", "Sweater", "Jersey", "Bomber", "Hoodie", "Jacket")
    return "trim" if spec.pattern == "colorblock" and raglan and spec.seed % 2 else "main"


def _cuff(block: Block, ends: np.ndarray, along: np.ndarray, bend: float) -> None:
    spec, drawing = block.spec, block.drawing
    ribbed = spec.category in (*_RIBBED, "Polo") or spec.has("cuffs")
    tailored = spec.category in ("Button-Down", "Flannel", "Blouse", "Shirtdress", "Jacket", "Anorak")
    cloth = "trimrib" if spec.has("trim") else "rib"
    tall = 0.2 if spec.sleeve == "long" else 0.09
    if spec.sleeve == "cap" or spec.fabric == "fur":
        return
    if ribbed or spec.has("trim"):
        a, b = ends
        band = np.vstack([a + along * 0.02, b + along * 0.02, b * 0.97 + a * 0.03 - along * tall,
                          a * 0.97 + b * 0.03 - along * tall])  # fmt: skip
        drawing.add(Piece(band, cloth if ribbed else "trim", angle=-bend, lift=0.5))
    elif tailored and spec.sleeve == "long":
        a, b = ends
        drawing.seam(np.vstack([a - along * 0.24, b - along * 0.24]), 0.9)
        drawing.stitch(np.vstack([a - along * 0.2, b - along * 0.2]))
        drawing.stitch(np.vstack([a - along * 0.03, b - along * 0.03]))
    elif spec.fabric != "knit":
        drawing.stitch(np.vstack([ends[0] - along * 0.07, ends[1] - along * 0.07]), 0.7)


def _sleeve_folds(block: Block, anchors: np.ndarray, along: np.ndarray, across: np.ndarray) -> None:
    top, pit = anchors[:2]
    rng, drawing = block.rng, block.drawing
    start = pit + across * 0.05
    for _ in range(2):
        drawing.crease(smooth([start, start + along * 0.3 + across * rng.uniform(0.05, 0.3),
                               start + along * rng.uniform(0.5, 0.8) + across * rng.uniform(0.1, 0.4)]),
                       rng.uniform(0.4, 1.0))  # fmt: skip
    if block.sleeve > 1.5:
        elbow = (top + pit) / 2 + along * block.sleeve * 0.48
        for _ in range(3):
            at = elbow + along * rng.uniform(-0.3, 0.4)
            drawing.crease(smooth([at - across * 0.25, at + along * rng.uniform(-0.1, 0.12), at + across * 0.25]),
                           rng.uniform(0.3, 0.9), 0.05)  # fmt: skip


def _folds(block: Block) -> None:
    rng, drawing = block.rng, block.drawing
    for side in (-1, 1):
        pit = np.array([block.chest * side * 0.95, block.armpit])
        for _ in range(2):
            to = np.array([block.chest * side * rng.uniform(0.1, 0.6), block.armpit + rng.uniform(-0.2, 0.7)])
            bow = (pit + to) / 2 + [0, rng.uniform(-0.1, 0.12)]
            drawing.crease(smooth([pit, bow, to]), rng.uniform(0.3, 0.9), 0.07)
    for _ in range(4):
        x, y = (
            rng.uniform(-0.8, 0.8) * block.waist,
            rng.uniform(block.armpit, max(block.length - 0.3, block.armpit + 0.4)),
        )
        turn = rng.uniform(-0.6, 0.6)
        step = np.array([np.sin(turn), np.cos(turn)]) * rng.uniform(0.3, 0.6)
        drawing.crease(smooth([(x, y), (x + step[0] * 0.5 + 0.04, y + step[1] * 0.5), (x + step[0], y + step[1])]),
                       rng.uniform(0.2, 0.6), 0.09)  # fmt: skip
    if block.spec.category in DRESSES:
        return
    if block.spec.category in OUTER and block.spec.fabric in ("wool", "woven") and block.spec.category != "Vest":
        for side in (-1, 1):
            dart = between(np.array([[0.55 * side, block.armpit + 0.25], [0.5 * side, block.length - 0.55]]), 0, 1)
            drawing.seam(dart, 0.4)
