"""What is sewn onto the front of an upper garment: closures, pockets, prints, belts, ornaments."""

from __future__ import annotations

import numpy as np

from smartrec.catalog.demo.cut import details, neck
from smartrec.catalog.demo.cut.block import DRESSES, LEGGED, OUTER, Block
from smartrec.catalog.demo.drawing import Decal, Dot, Piece, Stroke
from smartrec.catalog.demo.outline import box, smooth, strip

_FULL_PRINT = ("graphic", "text")


def finish_front(block: Block) -> None:
    """Everything on the front, in the order in which it lies."""
    spec, drawing = block.spec, block.drawing
    if spec.pattern in _FULL_PRINT and not spec.has("print-small"):
        _print(block)
    if spec.fabric == "padded" and spec.category not in ("Onesie",):
        _quilting(block)
    _yoke(block)
    _closure(block)
    if spec.has("pockets"):
        _pockets(block)
    if spec.has("pleats") and spec.category not in DRESSES:
        for x in np.linspace(-0.3, 0.3, 7):
            drawing.seam(np.array([[x, block.depth + 0.1], [x, block.waist_y + 0.2]]), 0.8, 0.025)
    if spec.has("ruffles") and not block.bare_shoulder:
        details.ruffle(drawing, neck.neck_path(block), 0.24)
    elif spec.has("ruffles"):
        top = np.array([[0.95, block.armpit - 0.05], [0, block.armpit - 0.02], [-0.95, block.armpit - 0.05]])
        details.ruffle(drawing, smooth(top), 0.3)
    if spec.has("lace") and spec.pattern != "lace" and not block.bare_shoulder:
        neck.collar_lace(block)
    _belt(block)
    details.ornaments(drawing, spec, block.rng, chest=(0.5 * block.chest, block.armpit - 0.12),
                      middle=(0.0, max(block.depth + 0.1, 0.55)), low=(0.0, block.length - 0.1,
                      block.hem * 0.95))  # fmt: skip


def _print(block: Block) -> None:
    spec, rng = block.spec, block.rng
    kind = "text" if spec.pattern == "text" else "graphic"
    width = block.chest * rng.uniform(0.95, 1.35)
    height = width * (rng.uniform(0.3, 0.7) if kind == "text" else rng.uniform(0.8, 1.15))
    top = max(block.depth + 0.25, block.armpit * 0.62)
    if block.opens and spec.closure != "zip":  # on one half of the chest, clear of the buttons
        block.drawing.add(Decal(0.5 * block.chest, block.armpit + 0.05, width * 0.5, height * 0.5, kind))
        return
    height = min(height, block.length - top - 0.35)
    block.drawing.add(Decal(0.0, top + height / 2, width, height, kind, rng.normal(0, 0.01)))


def _quilting(block: Block) -> None:
    y = block.armpit * 0.55
    step = block.rng.uniform(0.24, 0.36)
    while y < block.length - 0.15:
        wide = block.shoulder * 0.95 if y < block.armpit else block.chest * 0.97
        path = smooth([(-wide, y - 0.02), (-wide / 2, y + 0.03), (0, y + 0.04), (wide / 2, y + 0.03), (wide, y - 0.02)])
        block.drawing.seam(path, 0.9, 0.03)
        block.drawing.crease(path - [0, step * 0.5], 1.6, step * 0.3)
        y += step


def _yoke(block: Block) -> None:
    spec, drawing = block.spec, block.drawing
    if spec.fabric == "denim" and spec.category in ("Jacket", "Vest", "Button-Down"):
        y = block.armpit - 0.18
        wide = block.shoulder * 0.92
        path = np.array([[-wide, y], [0, y + 0.03], [wide, y]])
        drawing.seam(path, 0.9, 0.025)
        drawing.stitch(path + [0, 0.035])
        for side in (-1, 1):
            for x in (0.3, 0.52):
                drawing.stitch(np.array([[x * side, y + 0.08], [x * side * 0.75, block.length - 0.25]]))
    if spec.category in ("Jersey", "Anorak", "Parka") and spec.pattern != "solid" and spec.pattern == "colorblock":
        y = block.armpit
        wide = block.chest * 0.97
        panel = np.array([[-wide, y], [0, y + 0.05], [wide, y], [wide, y + 0.4], [0, y + 0.45], [-wide, y + 0.4]])
        drawing.add(Piece(panel, "trim", lift=0.15))


def _closure(block: Block) -> None:
    spec, drawing = block.spec, block.drawing
    start, end = block.depth, block.length + 0.05
    open_front = block.depth >= block.length
    if spec.closure == "none" and spec.category in OUTER and not open_front:
        drawing.seam(np.array([[0.05, start], [0.055, end]]), 1.0, 0.025)  # edge to edge, or a hidden closure
    if open_front or spec.closure in ("none", "na", "drawstring"):
        return
    if spec.closure == "halfzip":
        zip_down(block, start - 0.04, start + 0.75)
    elif spec.closure == "zip":
        if block.opens:
            zip_down(block, start - (0.16 if spec.neck == "stand" else 0.0), end)
        else:
            drawing.seam(np.array([[0, start + 0.06], [0, start + 0.5]]), 1.0, 0.03)
    elif spec.closure in ("buttons", "snaps", "hooks"):
        _buttons(block, start, end)
    elif spec.closure == "laces":
        for i in range(4):
            y = start + 0.06 + 0.13 * i
            drawing.add(Stroke(np.array([[-0.1, y], [0.1, y + 0.12]]), "cord", 0.035))
            drawing.add(Stroke(np.array([[0.1, y], [-0.1, y + 0.12]]), "cord", 0.035))


def zip_down(block: Block, start: float, end: float) -> None:
    """A zip along the centre from one height to the other."""
    drawing, x = block.drawing, block.center
    path = np.array([[x, start], [x + 0.005, (start + end) / 2], [x, end]])
    drawing.add(Piece(strip(path, 0.15), "zipband", lift=0.35))
    drawing.add(Stroke(path, "zip", 0.055))
    drawing.add(Stroke(path, "seam", 0.014, dash=0.022, strength=0.9))
    for side in (-1, 1):
        drawing.stitch(path + [0.1 * side, 0])
    drawing.add(Piece(box(x - 0.035, start + 0.04, x + 0.035, start + 0.22, 0.02), "metal", lift=0.6))


def _buttons(block: Block, start: float, end: float) -> None:
    spec, drawing, rng = block.spec, block.drawing, block.rng
    full = block.opens or spec.category in ("Coat", "Cardigan", "Blazer", "Peacoat")
    if not full:
        end = start + (1.5 if spec.category == "Onesie" and spec.seed % 2 else 0.62)
    half = 0.09 if spec.category not in OUTER else 0.11
    band = np.array([[0, start - 0.02], [0.004, end]])
    tailored = spec.category in ("Blazer", "Coat", "Peacoat", "Cape")
    if not tailored:
        cloth = "trim" if spec.has("trim") and not full else "rib" if spec.category == "Cardigan" else "main"
        drawing.add(Piece(strip(band, half * 2), cloth, lift=0.5, shift=(0.05, 0.0)))
        if spec.category != "Cardigan" and spec.fabric != "fleece":
            for x in (-half * 0.75, half * 0.75):
                drawing.stitch(band + [x, 0])
    else:
        drawing.seam(band + [half, 0], 1.0, 0.025)
    gap = {"Blazer": 0.5, "Coat": 0.62, "Peacoat": 0.45}.get(spec.category, 0.34 if full else 0.2)
    radius = {"Blazer": 0.05, "Coat": 0.065, "Peacoat": 0.07, "Cardigan": 0.055}.get(spec.category, 0.038)
    kind = {"snaps": "snap", "hooks": "hook"}.get(spec.closure, "button")
    columns = (-0.3, 0.3) if spec.category == "Peacoat" or (tailored and spec.seed % 4 == 0) else (0.0,)
    y = start + (0.1 if not tailored else 0.05)
    stop = end - (0.1 if not full else 0.25 if not tailored else (end - start) * 0.35)
    while y < stop:
        for x in columns:
            drawing.add(Dot(x + rng.normal(0, 0.004), y, radius, "metal" if spec.fabric == "denim" else "button", kind))
        y += gap


def _pockets(block: Block) -> None:
    spec, drawing = block.spec, block.drawing
    if spec.category in ("Tee", "Button-Down", "Flannel", "Polo", "Henley", "Blouse", "Tank", "Shirtdress", "Romper"):
        sides = (1,) if spec.category in ("Tee", "Polo", "Henley", "Tank") or spec.seed % 2 else (-1, 1)
        for side in sides:
            details.patch_pocket(
                drawing, side * block.chest * 0.5, block.armpit - 0.1, 0.42, 0.46, flap=spec.seed % 3 == 0
            )
    elif spec.fabric == "denim" and spec.category in ("Jacket", "Vest"):
        for side in (-1, 1):
            details.patch_pocket(drawing, side * block.chest * 0.5, block.armpit - 0.16, 0.44, 0.42, flap=True)
    elif spec.category in ("Hoodie", "Sweater") and not block.opens:
        y = block.length - 0.95
        pouch = np.array([[-0.38, y], [0.38, y], [0.62, y + 0.38], [0.6, y + 0.7], [-0.6, y + 0.7], [-0.62, y + 0.38]])
        drawing.add(Piece(pouch, "main", lift=0.7))
        for side in (-1, 1):
            drawing.stitch(np.array([[0.36 * side, y + 0.03], [0.58 * side, y + 0.38]]))
    else:
        _side_pockets(block)


def _side_pockets(block: Block) -> None:
    spec, drawing = block.spec, block.drawing
    y = min(block.waist_y + 0.35, block.length - 0.6)
    flaps = spec.category in ("Blazer", "Parka", "Anorak", "Peacoat", "Coat", "Jacket", "Cardigan", "Robe")
    for side in (-1, 1):
        x = side * block.waist * 0.58
        if flaps and spec.seed % 3 and spec.category not in ("Robe", "Cardigan"):
            flap = box(x - 0.24, y, x + 0.24, y + 0.17, 0.03)
            drawing.add(Piece(flap, "main", lift=0.8))
            drawing.stitch(flap[6:20] * [0.99, 1])
        elif spec.category in ("Robe", "Cardigan") or block.spec.category in LEGGED:
            details.patch_pocket(drawing, x, y - 0.1, 0.48, 0.5)
        else:
            welt = np.array([[x - 0.05 * side, y + 0.42], [x + 0.1 * side, y]])
            drawing.add(Piece(strip(welt, 0.075), "main", lift=0.7, angle=0.3 * side))
    if spec.category == "Blazer":
        drawing.add(
            Piece(strip(np.array([[0.36, block.armpit - 0.02], [0.66, block.armpit - 0.07]]), 0.07), "main", lift=0.6)
        )


def _belt(block: Block) -> None:
    spec, drawing, rng = block.spec, block.drawing, block.rng
    if not (spec.has("belt") or spec.closure == "belt"):
        if spec.category == "Anorak" or (
            spec.has("drawstring") and spec.category not in ("Hoodie", "Sweater", "Jumpsuit")
        ):
            path = smooth(
                [(-block.waist * 0.97, block.waist_y), (0, block.waist_y + 0.05), (block.waist * 0.97, block.waist_y)]
            )
            drawing.seam(path, 0.9, 0.03)
            details.bow(drawing, 0.0, block.waist_y + 0.05, 0.2, "cord")
        return
    y, wide = block.waist_y, block.waist * 1.0
    path = smooth([(-wide, y - 0.02), (0, y + 0.05), (wide, y - 0.02)])
    soft = spec.category in ("Robe", "Kimono", "Coat", "Dress", "Cardigan") and spec.fabric != "leather"
    drawing.add(Piece(strip(path, 0.17 if soft else 0.12), "plain" if soft else "leatherdark", lift=1.5, shade=0.88))
    if soft:
        knot = np.array([0.06, y + 0.05])
        for lean in (-0.22, 0.16):
            tail = smooth([knot, knot + [lean * 0.6, 0.35], knot + [lean + rng.normal(0, 0.04), 0.85]])
            drawing.add(Piece(strip(tail, 0.13, 0.16), "plain", lift=1.4, shade=0.92))
        drawing.add(Piece(box(-0.05, y - 0.06, 0.17, y + 0.16, 0.05), "plain", lift=0.9, shade=0.95))
    else:
        drawing.add(Stroke(np.vstack([box(-0.09, y - 0.06, 0.09, y + 0.16, 0.02)]), "metal", 0.03, raised=0.0))
