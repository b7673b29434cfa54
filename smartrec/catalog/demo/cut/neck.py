"""Necklines, collars and hoods."""

from __future__ import annotations

import numpy as np

from smartrec.catalog.demo.cut.block import Block
from smartrec.catalog.demo.drawing import Piece, Stroke
from smartrec.catalog.demo.outline import Pen, beside, between, mirror, smooth, strip, symmetric


def front_neck(block: Block) -> np.ndarray:
    """(N, 2) right half of the front neckline, from its side down to the centre."""
    neck, depth = block.neck, block.depth
    shape = block.spec.neck
    if shape in ("v", "lapel") or (shape == "none" and block.opens) or depth >= block.length:
        pen = Pen(neck, 0).quad(neck * 0.8, depth * 0.4, 0, depth)
        return pen.points()
    if shape in ("square", "strap"):
        return Pen(neck, 0).line(neck * 0.96, depth * 0.85).quad(neck * 0.9, depth, 0, depth).points()
    if shape == "boat":
        return Pen(neck, 0).quad(neck * 0.5, depth, 0, depth).points()
    if shape == "scoop":
        return Pen(neck, 0).cubic((neck * 0.98, depth * 0.8), (neck * 0.55, depth), (0, depth)).points()
    return Pen(neck, 0).cubic((neck * 0.95, depth * 0.75), (neck * 0.5, depth), (0, depth)).points()


def back_neck(block: Block) -> np.ndarray:
    """(N, 2) right half of the back neckline, from its side to the centre."""
    dip = min(0.12, block.depth * 0.5)
    return Pen(block.neck, 0).quad(block.neck * 0.6, dip, 0, dip).points()


def add_inside(block: Block) -> None:
    """The inside of the back, as seen through the neckline."""
    if block.bare_shoulder:
        return
    front, back = front_neck(block), back_neck(block)
    lower = front[::-1] if block.depth < block.length else np.array([[0.1, block.length], [block.neck, 0]])
    outline = symmetric(np.vstack([back[::-1], lower[::-1] + [0, 0.04]]))
    block.drawing.add(Piece(outline, "inside", lift=0.2))
    tag = np.array([[-0.09, 0.12], [0.09, 0.12], [0.09, 0.2], [-0.09, 0.2]]) + [0, min(0.06, block.depth * 0.3)]
    if block.depth > 0.2 and block.spec.neck != "hood":
        block.drawing.add(Piece(tag, (232, 230, 224), lift=0.3, shade=0.95))


def add_neck(block: Block) -> None:
    """Finish the neckline: rib, collar, lapels or hood."""
    shape = block.spec.neck
    if block.bare_shoulder:
        return
    if shape in ("mock", "turtle"):
        _roll(block, 0.36 if shape == "turtle" else 0.17)
    elif shape in ("shirtcollar", "polo"):
        _collar(block)
    elif shape == "stand":
        _stand(block)
    elif shape == "lapel":
        _lapels(block)
    elif shape == "hood":
        _hood_front(block)
    else:
        _band(block)


def _band(block: Block) -> None:
    spec, front = block.spec, front_neck(block)
    knit = spec.fabric in ("jersey", "knit", "fleece", "sport", "wool")
    width = (0.1 if spec.category in ("Sweater", "Cardigan", "Jersey") else 0.065) if knit else 0.03
    if spec.neck == "boat":
        width *= 0.6
    cloth = "trimrib" if spec.has("trim") else "rib"
    path = np.vstack([front, mirror(front)[::-1][1:]])
    back = np.vstack([back_neck(block), mirror(back_neck(block))[::-1][1:]])
    block.drawing.add(Piece(strip(beside(back, -width / 2), width), cloth, lift=0.3, shade=0.82))
    block.drawing.add(Piece(strip(beside(path, width / 2), width), cloth, lift=0.5))
    block.drawing.seam(beside(path, width + 0.005), 0.5)
    if knit and spec.category not in ("Sweater", "Cardigan"):
        block.drawing.stitch(beside(path, width + 0.035), 0.5)


def _roll(block: Block, height: float) -> None:
    neck, depth = block.neck, block.depth
    right = Pen(0, -height * 0.92).quad(neck * 0.7, -height * 0.95, neck * 0.93, -height).line(neck * 1.04, 0.02)
    right.quad(neck * 0.6, depth + 0.08, 0, depth + 0.08)
    cloth = "trimrib" if block.spec.has("trim") else "rib"
    block.drawing.add(Piece(symmetric(right.points()), cloth, lift=0.8))
    opening = Pen(0, -height * 0.92).quad(neck * 0.6, -height * 0.94, neck * 0.9, -height * 0.98)
    opening.quad(neck * 0.5, -height * 0.74, 0, -height * 0.72)
    block.drawing.add(Piece(symmetric(opening.points()), "inside", lift=0.1))
    if height > 0.25:
        fold = Pen(neck * 0.99, -height * 0.15).quad(0, height * 0.2, -neck * 0.99, -height * 0.15).points()
        block.drawing.seam(fold, 0.8, 0.025)


def _collar(block: Block) -> None:
    spec, neck, depth = block.spec, block.neck, block.depth
    cloth = "trim" if spec.has("trim") else "rib" if spec.neck == "polo" else "main"
    tall = 0.13
    back = Pen(0, -tall).quad(neck * 0.8, -tall, neck * 1.06, 0.02).quad(neck * 0.5, 0.12, 0, 0.12).points()
    block.drawing.add(Piece(symmetric(back), cloth, lift=0.4, shade=0.86, shift=(0.3, 0.2)))
    point = block.rng.uniform(0.26, 0.36)
    leaf = Pen(neck * 1.04, -0.02).quad(neck * 0.62, depth * 0.45, 0.02, depth)
    leaf.line(0.12 + point * 0.5, depth + point).quad(neck * 1.15, depth * 0.9, neck * 1.22, 0.1)
    leaf.quad(neck * 1.2, -0.02, neck * 1.04, -0.02)
    for side, outline in ((1, leaf.points()), (-1, mirror(leaf.points()))):
        block.drawing.add(Piece(outline, cloth, angle=-0.5 * side, lift=0.9, shift=(0.7 * side, 0.4)))
    edge = (
        Pen(0.05, depth + 0.03)
        .line(0.12 + point * 0.48, depth + point * 0.86)
        .quad(neck * 1.08, depth, neck * 1.14, 0.1)
    )
    if spec.neck == "shirtcollar":
        block.drawing.stitch(edge.points())
        block.drawing.stitch(mirror(edge.points()))


def _stand(block: Block) -> None:
    spec, neck, depth = block.spec, block.neck, block.depth
    knit = spec.category in ("Bomber", "Cardigan", "Sweater")
    cloth = "trimrib" if spec.has("trim") and knit else "rib" if knit else "trim" if spec.has("trim") else "main"
    tall = 0.2 if spec.category in ("Bomber", "Button-Down", "Blouse", "Top", "Onesie", "Henley") else 0.28
    back = Pen(0, -tall * 0.85).quad(neck * 0.7, -tall * 0.9, neck * 0.96, -tall).line(neck, 0.04).quad(0, 0.1, 0, 0.1)
    block.drawing.add(Piece(symmetric(back.points()), "inside", lift=0.3))
    front = (
        Pen(neck * 0.96, -tall).quad(neck * 0.6, depth - tall * 0.95, 0.01, depth - tall * 0.8).line(0.01, depth + 0.02)
    )
    front.quad(neck * 0.8, depth * 0.9, neck * 1.05, 0.02).line(neck * 0.96, -tall)
    for side, outline in ((1, front.points()), (-1, mirror(front.points()))):
        block.drawing.add(Piece(outline, cloth, angle=-0.3 * side, lift=0.8, shift=(0.5 * side, 0.3)))
    lower = Pen(neck * 1.03, 0.02).quad(neck * 0.8, depth * 0.92, 0.01, depth + 0.02).points()
    block.drawing.seam(lower)
    block.drawing.seam(mirror(lower))


def _lapels(block: Block) -> None:
    spec, neck, depth = block.spec, block.neck, block.depth
    wide = block.rng.uniform(0.26, 0.36) * (1.25 if spec.category in ("Coat", "Peacoat", "Robe") else 1.0)
    cloth = "trim" if spec.has("trim") and spec.category != "Blazer" else "main"
    notch = depth * 0.3
    lapel = Pen(neck * 0.98, 0.05).quad(neck * 0.72, depth * 0.45, 0.02, depth)
    lapel.quad(neck * 0.95 + wide * 0.4, depth * 0.62, neck * 0.8 + wide, notch + 0.1).line(neck * 0.95, notch)
    collar = Pen(neck * 0.9, -0.1).quad(neck * 0.86, notch * 0.6, neck * 0.8, notch)
    collar.line(neck * 0.84 + wide * 0.75, notch - 0.02).quad(neck * 1.5, 0.12, neck * 1.3, -0.02).line(
        neck * 0.9, -0.1
    )
    if spec.category == "Robe":
        shawl = (
            Pen(neck * 0.9, -0.08)
            .quad(neck * 0.7, depth * 0.5, 0.0, depth)
            .quad(neck * 1.3, depth * 0.5, neck * 1.4, 0)
        )
        pieces = [shawl.points()]
    else:
        pieces = [lapel.points(), collar.points()]
    back = Pen(0, -0.14).quad(neck * 0.7, -0.15, neck * 1.0, -0.09).line(neck * 1.02, 0.06).quad(0.2, 0.1, 0, 0.1)
    block.drawing.add(Piece(symmetric(back.points()), cloth, lift=0.5, shade=0.9))
    for side in (-1, 1):
        for outline in pieces:
            turned = outline if side > 0 else mirror(outline)
            block.drawing.add(Piece(turned, cloth, angle=0.35 * side, lift=1.0, shift=(0.4 * side, 0.6)))


def add_hood(block: Block) -> None:
    """The hood that lies behind the neckline."""
    neck, rng = block.neck, block.rng
    tall = rng.uniform(0.72, 0.9)
    wide = neck * rng.uniform(1.45, 1.65)
    right = smooth(
        [(0, -tall), (wide * 0.62, -tall * 0.9), (wide, -tall * 0.45), (wide * 1.02, 0.02), (wide * 0.8, 0.3)]
    )
    fur = block.spec.fabric != "fur" and block.spec.category == "Parka" and block.spec.has("trim")
    shape = np.vstack([right, [[0, block.depth + 0.1]]])
    block.drawing.add(Piece(symmetric(shape), "main", lift=1.0, shift=(0.2, 1.1)))
    inner = smooth([(0, -tall * 0.74), (wide * 0.42, -tall * 0.62), (wide * 0.62, -tall * 0.2), (wide * 0.42, 0.14)])
    opening = symmetric(np.vstack([inner, [[0, block.depth]]]))
    block.drawing.add(Piece(opening, "inside", lift=0.1))
    rim = np.vstack([inner[::-1], mirror(inner)[1:]])
    if fur:
        block.drawing.add(Piece(strip(rim, 0.26), "fur", lift=1.2))
    else:
        block.drawing.add(
            Piece(strip(beside(rim, -0.03), 0.07), "trim" if block.spec.has("trim") else "plain", lift=0.5)
        )
    block.drawing.crease(right[6:26] * [0.82, 0.85], 0.7, 0.1)


def _hood_front(block: Block) -> None:
    neck, depth = block.neck, block.depth
    over = Pen(neck * 0.62, -0.08).quad(neck * 0.4, depth * 0.7, 0.0, depth + 0.03)
    over.quad(neck * 1.0, depth * 0.95, neck * 1.5, 0.22).quad(neck * 1.3, -0.1, neck * 0.62, -0.08)
    for side, outline in ((1, over.points()), (-1, mirror(over.points()))):
        block.drawing.add(Piece(outline, "main", angle=-0.5 * side, lift=0.7, shift=(0.9 * side, 1.3)))
    soft = block.spec.category in ("Hoodie", "Jumpsuit", "Sweater", "Top") or block.spec.has("drawstring")
    if soft and block.spec.category != "Parka":
        for side in (-1, 1):
            x, end = 0.1 * side, depth + block.rng.uniform(0.5, 0.75)
            cord = smooth([(x, depth - 0.05), (x * 1.5, depth + 0.2), (x * 1.2, depth + 0.4), (x * 1.8, end)])
            block.drawing.add(Stroke(cord, "cord", 0.045, raised=1.0))


def neck_path(block: Block) -> np.ndarray:
    """(N, 2) the whole front neckline from right to left."""
    front = front_neck(block)
    return np.vstack([front, mirror(front)[::-1][1:]])


def collar_lace(block: Block) -> None:
    """A ruffle or lace border under the neckline."""
    path = between(neck_path(block), 0.02, 0.98)
    block.drawing.add(Piece(strip(beside(path, 0.09), 0.16), "trim", lift=0.7))
