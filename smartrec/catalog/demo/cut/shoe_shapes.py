"""One shoe of every kind, from its side or from above."""

from __future__ import annotations

import numpy as np

from smartrec.catalog.demo.drawing import Dot, Drawing, Piece, Stroke
from smartrec.catalog.demo.garment import GarmentSpec
from smartrec.catalog.demo.outline import between, box, ellipse, smooth, strip


def _sole(drawing: Drawing, outline: np.ndarray, spec: GarmentSpec) -> None:
    drawing.add(Piece(outline, "sole", lift=0.8))


def sneaker(drawing: Drawing, spec: GarmentSpec, rng: np.random.Generator) -> None:
    """A low shoe with laces, straps or a buckle, from its side: sneaker, high-top, oxford, monk."""
    high = 0.55 if spec.style == "hightop" else 0.0
    oxford = spec.style in ("oxford", "monk")
    tall = 0.95 + high
    upper = smooth([(-1.25, -0.12), (-1.28, -0.5), (-1.2, -tall), (-0.72, -tall - 0.04), (-0.42, -0.82 - high * 0.9),
                    (0.1, -0.62 - high * 0.2), (0.62, -0.5), (1.1, -0.46), (1.36, -0.28), (1.37, -0.08)])  # fmt: skip
    upper = np.vstack([upper, [[1.3, 0.0], [-1.24, 0.0]]])
    opening = smooth([(-1.2, -tall), (-0.95, -tall + 0.12), (-0.72, -tall - 0.04), (-0.95, -tall - 0.1)], closed=True)
    drawing.add(Piece(opening, "inside", lift=0.2))
    drawing.add(Piece(upper, "main", lift=1.0, glow=0.2))
    toe = np.vstack([smooth([(0.72, -0.49), (1.1, -0.46), (1.36, -0.28), (1.36, -0.04)]),
                     smooth([(1.36, -0.04), (0.86, -0.04), (0.72, -0.49)])])  # fmt: skip
    heel = smooth([(-1.25, -0.06), (-1.27, -0.55), (-1.0, -0.62), (-0.88, -0.06)], closed=True)
    second = "trim" if spec.color2 != "none" else "plain"
    drawing.add(Piece(toe, second if not oxford else "plain", lift=0.4, shade=0.96, glow=0.3))
    drawing.add(Piece(heel, second, lift=0.4, shade=0.96))
    if not oxford and spec.category == "Shoes":
        stripe = smooth([(-0.62, -0.1), (-0.25, -0.32), (0.3, -0.5)])
        drawing.add(Piece(strip(stripe, 0.16, 0.05), second, lift=0.3))
    _laces(drawing, spec, high, tall)
    if oxford:
        sole = np.vstack([smooth([(-1.3, 0.0), (0, 0.03), (1.3, -0.04), (1.37, 0.03), (0.7, 0.09), (-0.4, 0.07)]),
                          [[-0.55, 0.18], [-1.28, 0.18]]])  # fmt: skip
        _sole(drawing, sole, spec)
        return
    sole = smooth([(-1.32, -0.1), (-0.6, -0.03), (0.4, -0.03), (1.1, -0.08), (1.4, -0.2), (1.44, -0.08), (1.25, 0.08),
    (0.3, 0.13),
                   (-1.15, 0.14), (-1.34, 0.05)], closed=True)  # fmt: skip
    _sole(drawing, sole, spec)
    drawing.seam(smooth([(-1.3, 0.03), (0, 0.05), (1.1, 0.02), (1.4, -0.1)]), 0.8, 0.02)


def _laces(drawing: Drawing, spec: GarmentSpec, high: float, tall: float) -> None:
    tongue = smooth(
        [
            (-0.74, -tall - 0.04),
            (-0.62, -tall - 0.16),
            (-0.38, -tall - 0.02),
            (0.36, -0.58),
            (0.2, -0.5),
            (-0.5, -tall + 0.24),
        ],
        closed=True,
    )
    drawing.add(Piece(tongue, "plain", lift=0.5, shade=0.92))
    line = smooth([(-0.56, -tall + 0.1), (-0.26, -0.76 - high * 0.5), (0.24, -0.54)])
    eyelets = between(line + [-0.06, 0.1], 0, 1)
    drawing.seam(smooth(eyelets[:: max(1, len(eyelets) // 6)]), 0.9, 0.025)
    if spec.style == "monk":
        drawing.add(Piece(strip(np.array([[-0.75, -0.45], [0.1, -0.72]]), 0.16), "main", lift=0.8))
        drawing.add(Stroke(box(-0.3, -0.72, -0.12, -0.52, 0.02), "metal", 0.03))
        return
    if spec.closure not in ("laces", "none"):
        for share in (0.1, 0.45, 0.8):
            x, y = between(line, share, share + 0.01)[0]
            drawing.add(Piece(strip(np.array([[x - 0.28, y + 0.24], [x + 0.1, y - 0.08]]), 0.15), "plain", lift=0.8))
        return
    for share in np.linspace(0.02, 0.98, 5 + int(high > 0) * 2):
        x, y = between(line, min(share, 0.98), min(share, 0.98) + 0.01)[0]
        drawing.add(Stroke(np.array([[x - 0.14, y + 0.12], [x + 0.1, y - 0.06]]), "lace", 0.055, raised=0.6))
        drawing.add(Dot(float(x - 0.15), float(y + 0.14), 0.025, "metal", "stud"))
    x, y = line[0]
    for end in ((-0.34, 0.3), (0.3, 0.34)):
        drawing.add(
            Stroke(smooth([(x, y), (x + end[0] * 0.6, y - 0.08), (x + end[0], y + end[1])]), "lace", 0.045, raised=0.8)
        )


def boot(drawing: Drawing, spec: GarmentSpec, rng: np.random.Generator) -> None:
    """An ankle boot from its side, flat or with a heel."""
    heeled = spec.style == "heelboot"
    tall = rng.uniform(1.5, 2.0)
    raise_ = 0.35 if heeled else 0.06
    back = smooth([(-1.1, -tall), (-1.14, -1.0), (-1.2, -0.5 - raise_), (-1.2, -0.05 - raise_)])
    front = smooth([(1.32, -0.04), (1.34, -0.26), (1.0, -0.48), (0.3, -0.62 - raise_ * 0.5),
                    (-0.12, -0.9 - raise_ * 0.6), (-0.24, -1.25), (-0.2, -tall)])  # fmt: skip
    base = smooth([(-1.2, -0.05 - raise_), (-0.4, -raise_), (0.4, -0.02), (1.32, -0.02)])
    drawing.add(
        Piece(
            smooth([(-1.1, -tall), (-0.65, -tall - 0.1), (-0.2, -tall), (-0.65, -tall + 0.1)], closed=True),
            "inside",
            lift=0.3,
        )
    )
    drawing.add(Piece(np.vstack([back, base, front]), "main", lift=1.0, glow=0.3))
    _close_boot(drawing, spec, tall, raise_)
    drawing.seam(smooth([(-1.16, -0.75 - raise_), (-0.6, -0.62 - raise_), (-0.3, -0.3), (-0.25, 0)]), 0.6)
    if heeled:
        drawing.add(Piece(np.array([[-1.22, -0.42], [-0.74, -0.36], [-0.9, 0.24], [-1.16, 0.24]]), "sole", lift=0.8))
        sole = np.vstack([base + [0, -0.03], (base + [0.02, 0.07])[::-1]])
    else:
        sole = smooth(
            [
                (-1.24, -0.1),
                (0, -0.04),
                (1.36, -0.06),
                (1.42, 0.05),
                (0.6, 0.14),
                (-0.4, 0.12),
                (-0.5, 0.24),
                (-1.22, 0.24),
            ],
            closed=True,
        )
    _sole(drawing, sole, spec)
    drawing.crease(smooth([(-1.1, -0.95), (-0.7, -0.9), (-0.28, -1.05)]), 0.9, 0.06)


def _close_boot(drawing: Drawing, spec: GarmentSpec, tall: float, raise_: float) -> None:
    if spec.closure == "zip":
        path = smooth([(-0.75, -tall + 0.06), (-0.72, -1.0), (-0.6, -0.2 - raise_ * 0.5)])
        drawing.add(Stroke(path, "zip", 0.06), Stroke(path, "seam", 0.014, dash=0.025))
    elif spec.closure == "laces":
        for y in np.linspace(-tall + 0.15, -0.85, 6):
            shift = max(0.0, (y + 1.1)) * 0.5
            drawing.add(Stroke(np.array([[-0.5 + shift, y], [-0.16 + shift, y - 0.1]]), "lace", 0.055, raised=0.5))
        drawing.seam(smooth([(-0.52, -tall + 0.05), (-0.5, -1.1), (-0.1, -0.68)]), 0.9, 0.025)


def pump(drawing: Drawing, spec: GarmentSpec, rng: np.random.Generator) -> None:
    """A pump with a heel from its side."""
    rise = rng.uniform(0.35, 0.75)
    base = smooth([(-1.2, -rise), (-0.7, -rise * 0.85), (-0.1, -rise * 0.3), (0.5, -0.02), (1.1, 0.0), (1.42, -0.04)])
    top = smooth(
        [
            (1.42, -0.06),
            (1.2, -0.26),
            (0.72, -0.34),
            (0.4, -0.24),
            (-0.1, -rise * 0.5 - 0.22),
            (-0.7, -rise - 0.22),
            (-1.08, -rise - 0.5),
            (-1.24, -rise - 0.42),
            (-1.22, -rise),
        ]
    )
    inner = smooth(
        [
            (0.4, -0.24),
            (0.0, -rise * 0.45 - 0.32),
            (-0.6, -rise - 0.4),
            (-1.1, -rise - 0.52),
            (-0.6, -rise - 0.26),
            (0.0, -rise * 0.5 - 0.18),
        ],
        closed=True,
    )
    drawing.add(Piece(inner, (206, 178, 150), lift=0.2, shade=0.8))
    drawing.add(Piece(np.vstack([base, top]), "main", lift=1.0, glow=0.5))
    slim = rng.uniform(0.1, 0.26)
    heel = np.vstack([smooth([(-1.22, -rise - 0.05), (-1.16, -rise * 0.4), (-1.12, 0.16)]), [[-1.12 + slim * 0.6,
    0.16]],
                      smooth([(-1.12 + slim * 0.6, 0.16), (-0.98 + slim * 0.4, -rise * 0.4), (-0.7,
                      -rise * 0.8)])])  # fmt: skip
    drawing.add(Piece(heel, "main", lift=0.7, shade=0.85))
    drawing.add(Piece(np.vstack([base[14:], (base[14:] + [0, 0.07])[::-1]]), "sole", lift=0.4))


def sandal(drawing: Drawing, spec: GarmentSpec, rng: np.random.Generator) -> None:
    """A strapped sandal from its side."""
    base = smooth(
        [
            (-1.3, -0.12),
            (-0.6, -0.1),
            (0.4, -0.04),
            (1.36, -0.08),
            (1.46, 0.04),
            (0.4, 0.14),
            (-0.5, 0.16),
            (-1.34, 0.14),
        ],
        closed=True,
    )
    for x, reach, tall in ((0.86, 0.3, 0.46), (0.3, 0.3, 0.56), (-0.75, 0.34, 0.9)):
        far = smooth([(x + 0.05, -0.1), (x + reach * 0.7, -tall * 0.75), (x + reach, -tall)])
        drawing.add(Piece(strip(far, 0.15), "main", lift=0.4, shade=0.75))
        near = smooth([(x - 0.1, -0.02), (x - 0.02, -tall * 0.6), (x + reach, -tall)])
        drawing.add(Piece(strip(near, 0.18), "main", lift=1.0))
    back = smooth([(-1.26, -0.1), (-1.3, -0.5), (-0.9, -0.86), (-0.42, -0.9)])
    drawing.add(Piece(strip(back, 0.16), "main", lift=1.0))
    drawing.add(Stroke(box(-0.66, -0.82, -0.5, -0.6, 0.03), "metal", 0.035))
    drawing.add(Piece(base, "sole", lift=0.8))
    drawing.add(
        Piece(
            smooth(
                [(-1.3, -0.14), (-0.3, -0.12), (0.6, -0.07), (1.38, -0.1), (0.4, -0.02), (-1.2, -0.04)], closed=True
            ),
            "plain",
            lift=0.3,
            shade=0.9,
        )
    )


def _foot(scale: float = 1.0) -> np.ndarray:
    return smooth([(0.0, -1.42), (0.36, -1.24), (0.46, -0.7), (0.36, 0.1), (0.36, 0.8), (0.2, 1.3), (-0.02, 1.38),
    (-0.26, 1.28), (-0.36, 0.8),
                   (-0.36, 0.1), (-0.44, -0.6), (-0.3, -1.24)], closed=True) * scale  # fmt: skip


def slide(drawing: Drawing, spec: GarmentSpec, rng: np.random.Generator) -> None:
    """A slide from above."""
    drawing.add(Piece(_foot(), "sole", lift=0.9))
    drawing.add(Piece(_foot(0.92), "plain", lift=0.2, shade=0.85))
    band = np.vstack(
        [smooth([(-0.52, -0.72), (0, -0.86), (0.54, -0.76)]), smooth([(0.5, -0.05), (0, -0.16), (-0.5, -0.02)])]
    )
    drawing.add(Piece(band, "main", lift=1.2))


def from_above(drawing: Drawing, spec: GarmentSpec, rng: np.random.Generator) -> None:
    """A ballet flat or a loafer from above."""
    drawing.add(Piece(_foot(1.03), "sole", lift=0.5))
    depth = -0.62 if spec.style == "ballet" else -0.2
    opening = smooth([(0.0, depth), (0.24, depth + 0.22), (0.27, 0.3), (0.24, 0.95), (0.0, 1.2), (-0.24, 0.95),
    (-0.27, 0.3),
                      (-0.24, depth + 0.22)], closed=True)  # fmt: skip
    drawing.add(Piece(_foot(), "main", lift=1.0, glow=0.4))
    drawing.add(Piece(opening, (196, 168, 138), lift=0.1, shade=0.8))
    drawing.add(Piece(opening * [0.75, 0.9] + [0, 0.06], (206, 180, 150), lift=0.1))
    drawing.add(Stroke(opening, "plainline", 0.05))
    if spec.style == "ballet":
        for side in (-1, 1):
            drawing.add(Piece(ellipse(0.11 * side, depth - 0.06, 0.1, 0.06, 0.3 * side), "trim", lift=0.8))
        return
    drawing.add(
        Piece(
            smooth([(-0.36, -0.42), (0, -0.5), (0.36, -0.42), (0.34, -0.2), (0, -0.28), (-0.34, -0.2)], closed=True),
            "main",
            lift=0.9,
        )
    )
    drawing.seam(smooth([(-0.34, -0.5), (-0.26, -0.95), (0, -1.1), (0.26, -0.95), (0.34, -0.5)]), 0.9, 0.03)
    if spec.has("fringe") or spec.seed % 2:
        for side in (-1, 1):
            drawing.add(Piece(strip(np.array([[0, -0.3], [0.09 * side, -0.12]]), 0.07), "trim", lift=0.9))
