"""What holds up a garment without shoulders: thin straps, halter, or nothing."""

from __future__ import annotations

import numpy as np

from smartrec.catalog.demo.cut.block import Block
from smartrec.catalog.demo.drawing import Piece
from smartrec.catalog.demo.outline import Pen, mirror, smooth, strip, symmetric


def add_straps(block: Block) -> None:
    """Straps and the upper edge of the back, behind the front panel."""
    spec, drawing, rng = block.spec, block.drawing, block.rng
    if spec.neck == "offshoulder" or block.strapless:
        y = 0.42 if spec.neck == "offshoulder" else 0.6
        wide = block.shoulder if spec.neck == "offshoulder" else block.chest * 0.96
        dip = (
            Pen(0, y - 0.06)
            .quad(wide * 0.6, y - 0.06, wide * 0.98, y - 0.04)
            .line(wide * 0.9, y + 0.2)
            .line(0, y + 0.25)
        )
        drawing.add(Piece(symmetric(dip.points()), "inside", lift=0.2))
        return
    if spec.neck == "halter":
        loop = smooth([(0.34, 0.06), (0.3, -0.18), (0.0, -0.28), (-0.3, -0.18), (-0.34, 0.06)])
        drawing.add(Piece(strip(loop, 0.12), "plain", lift=0.6))
        low = Pen(0, block.armpit - 0.05).line(block.chest * 0.96, block.armpit).line(0, block.armpit + 0.2)
        drawing.add(Piece(symmetric(low.points()), "inside", lift=0.2))
        return
    width = rng.uniform(0.05, 0.13)
    back = (
        Pen(0, 0.62)
        .quad(0.3, 0.6, 0.56, 0.58)
        .quad(0.7, 0.8, block.chest * 0.97, block.armpit)
        .line(0, block.armpit + 0.1)
    )
    drawing.add(Piece(symmetric(back.points()), "inside", lift=0.2))
    cloth = "trim" if spec.has("trim") else "plain"
    x = 0.53
    for path in (np.array([[x, 0.75], [x - 0.02, 0.4], [x - 0.1, 0.0]]), np.array([[x - 0.1, 0.0], [x - 0.05, 0.6]])):
        for placed in (path, mirror(path)):
            drawing.add(Piece(strip(smooth(placed), width), cloth, lift=0.6))
