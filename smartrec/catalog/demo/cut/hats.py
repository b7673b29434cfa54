"""Caps, beanies, bucket hats and hats with a brim."""

from __future__ import annotations

import numpy as np

from smartrec.catalog.demo.cut import details
from smartrec.catalog.demo.drawing import Decal, Dot, Drawing, Piece
from smartrec.catalog.demo.garment import GarmentSpec
from smartrec.catalog.demo.outline import Pen, ellipse, smooth, strip, symmetric


def draw_hat(spec: GarmentSpec, rng: np.random.Generator) -> Drawing:
    """One hat from the front."""
    drawing = Drawing(scale=1.7)
    {"beanie": _beanie, "pompom": _beanie, "bucket": _bucket, "sunhat": _brimmed, "fedora": _brimmed}.get(
        spec.style, _cap
    )(drawing, spec, rng)
    return drawing


def _front_print(drawing: Drawing, spec: GarmentSpec, x: float, y: float, width: float) -> None:
    if spec.pattern in ("graphic", "text"):
        drawing.add(Decal(x, y, width, width * (0.42 if spec.pattern == "text" else 0.8), spec.pattern))
    elif spec.has("logo"):
        drawing.add(Decal(x, y, width * 0.5, width * 0.3, "logo"))
    elif spec.has("patch"):
        drawing.add(Decal(x, y, width * 0.6, width * 0.42, "patch"))
    elif spec.has("embroidery") or spec.pattern == "embroidered":
        drawing.add(Decal(x, y, width * 0.8, width * 0.6, "embroidery"))


def _cap(drawing: Drawing, spec: GarmentSpec, rng: np.random.Generator) -> None:
    tall = rng.uniform(1.05, 1.2)
    crown = Pen(0, -tall).cubic((0.5, -tall), (0.92, -0.75), (0.98, 0.02)).quad(0.5, 0.16, 0, 0.18).points()
    drawing.add(Piece(symmetric(crown), "main", lift=1.0))
    if spec.pattern == "colorblock" or spec.has("trim"):
        panel = Pen(0, -tall + 0.02).quad(0.34, -0.7, 0.5, 0.13).line(0, 0.17).points()
        drawing.add(Piece(symmetric(panel), "trim" if spec.pattern == "colorblock" else "plain", lift=0.2))
    for side in (-1, 1):
        for bend, end in ((0.36, 0.5), (0.78, 0.84)):
            path = smooth([(0.02 * side, -tall), (bend * side, -0.68), (end * side, 0.1)])
            drawing.seam(path, 0.8, 0.018)
            drawing.stitch(path + [0.04 * side, 0], 0.6)
        drawing.add(Dot(0.5 * side, -0.72, 0.035, "button", "eyelet"))
    drawing.add(Piece(ellipse(0, -tall - 0.01, 0.1, 0.055), "trim" if spec.color2 != "none" else "plain", lift=0.9))
    _front_print(drawing, spec, 0.0, -0.4, 0.85)
    brim = np.vstack([Pen(-0.9, 0.04).quad(0, 0.26, 0.9, 0.04).points(),
                      Pen(0.9, 0.04).cubic((1.05, 0.45), (0.6, 0.78), (0, 0.78)).points(),
                      Pen(0, 0.78).cubic((-0.6, 0.78), (-1.05, 0.45), (-0.9, 0.04)).points()])  # fmt: skip
    cloth = "trim" if spec.color2 != "none" and spec.seed % 2 else "plain"
    drawing.add(Piece(brim, cloth, lift=1.3))
    for step in (0.16, 0.28, 0.4, 0.52):
        wide = 0.92 - step * 0.25
        drawing.stitch(Pen(-wide, 0.06 + step * 0.6).quad(0, 0.26 + step * 1.15, wide, 0.06 + step * 0.6).points(), 0.5)


def _beanie(drawing: Drawing, spec: GarmentSpec, rng: np.random.Generator) -> None:
    tall = rng.uniform(1.25, 1.5)
    crown = (
        Pen(0, -tall).cubic((0.6, -tall * 1.02), (0.92, -tall * 0.65), (0.94, 0.0)).quad(0.5, 0.08, 0, 0.08).points()
    )
    drawing.add(Piece(symmetric(crown), "main", lift=1.0))
    if spec.style == "pompom":
        t = np.linspace(0, 2 * np.pi, 60, endpoint=False)
        r = 0.34 + 0.02 * np.sin(t * 13) + 0.015 * np.cos(t * 23)
        ball = np.stack([r * np.cos(t), -tall - 0.2 + r * np.sin(t)], axis=1)
        drawing.add(Piece(ball, "fluff", lift=1.4))
    for x in np.linspace(-0.7, 0.7, 5):
        drawing.crease(smooth([(x * 0.2, -tall * 0.95), (x * 0.8, -tall * 0.6), (x, -0.1)]), 0.4, 0.08)
    if spec.has("cuffs") or spec.seed % 3:
        cuff = np.vstack(
            [Pen(-0.97, -0.32).quad(0, -0.22, 0.97, -0.32).points(), Pen(0.99, 0.08).quad(0, 0.2, -0.99, 0.08).points()]
        )
        drawing.add(
            Piece(cuff, "trimrib" if spec.has("trim") or (spec.color2 != "none" and spec.seed % 2) else "rib", lift=1.2)
        )
        _front_print(drawing, spec, 0.0, -0.08 if spec.pattern != "graphic" else -0.7, 0.6)
    else:
        drawing.seam(Pen(-0.92, -0.12).quad(0, -0.04, 0.92, -0.12).points(), 0.7)
        _front_print(drawing, spec, 0.0, -0.5, 0.75)


def _bucket(drawing: Drawing, spec: GarmentSpec, rng: np.random.Generator) -> None:
    tall = rng.uniform(0.85, 1.0)
    brim = np.vstack([Pen(-0.76, -0.02).quad(0, 0.1, 0.76, -0.02).points(),
                      Pen(0.76, -0.02).line(1.3, 0.42).quad(0, 0.92, -1.3, 0.42).points()])  # fmt: skip
    crown = Pen(0, -tall).quad(0.5, -tall, 0.6, -tall * 0.94).line(0.78, 0.0).quad(0.4, 0.1, 0, 0.1).points()
    drawing.add(Piece(symmetric(crown), "main", lift=1.0))
    drawing.seam(Pen(-0.6, -tall * 0.93).quad(0, -tall * 0.82, 0.6, -tall * 0.93).points(), 0.8)
    drawing.stitch(Pen(-0.62, -tall * 0.87).quad(0, -tall * 0.76, 0.62, -tall * 0.87).points())
    drawing.add(Piece(brim, "trim" if spec.pattern == "colorblock" else "main", lift=1.1, shift=(0.5, 0.8)))
    for share in (0.2, 0.4, 0.6, 0.8):
        wide = 0.76 + 0.54 * share
        drawing.stitch(
            Pen(-wide, -0.02 + 0.44 * share).quad(0, 0.1 + 0.8 * share, wide, -0.02 + 0.44 * share).points(), 0.6
        )
    _front_print(drawing, spec, 0.0, -0.42, 0.7)


def _brimmed(drawing: Drawing, spec: GarmentSpec, rng: np.random.Generator) -> None:
    wide = rng.uniform(1.55, 1.8) if spec.style == "sunhat" else rng.uniform(1.25, 1.4)
    tall = rng.uniform(0.85, 1.05)
    drawing.add(Piece(ellipse(0, 0.12, wide, 0.46), "main", lift=1.0, shift=(0.4, 0.7)))
    dent = 0.14 if spec.style == "fedora" else -0.04
    crown = (
        Pen(0, -tall + dent)
        .quad(0.3, -tall - 0.06, 0.52, -tall + 0.08)
        .quad(0.72, -0.5, 0.8, 0.08)
        .quad(0.4, 0.3, 0, 0.3)
    )
    drawing.add(Piece(symmetric(crown.points()), "main", lift=1.1))
    band = np.vstack(
        [Pen(-0.77, -0.16).quad(0, 0.06, 0.77, -0.16).points(), Pen(0.8, 0.08).quad(0, 0.5, -0.8, 0.08).points()]
    )
    drawing.add(Piece(band, "trim" if spec.color2 != "none" or spec.has("trim") else "dark", lift=0.5))
    if spec.has("bow") or spec.seed % 2:
        details.bow(drawing, 0.62, 0.08, 0.2, "trim" if spec.color2 != "none" else "dark")
    drawing.add(Piece(strip(ellipse(0, 0.12, wide * 0.985, 0.45)[:41], 0.03), "main", lift=0.3, shade=0.9))
    drawing.crease(
        smooth([(0, -tall + dent + 0.05), (0.0, -0.5), (0.02, -0.2)]), 0.9 if spec.style == "fedora" else 0.2, 0.1
    )
