"""A garment as an ordered list of things to paint, in garment units; later things lie on earlier ones."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from smartrec.catalog.demo.garment import Rgb

# Cloths: "main" carries the pattern, "plain" is color1 without it, "trim" is color2 (or a shade of color1),
# "inside" is the wrong side in shadow, "rib" and "trimrib" are ribbed. An Rgb is that plain color.
Cloth = str | Rgb


@dataclass(slots=True)
class Piece:
    """A panel of cloth.

    Attributes:
        outline: (N, 2) closed outline.
        cloth: what it is cut from.
        angle: direction of the grain, radians; 0 is straight down.
        lift: how thick the panel lies on what is below: shadow and rounding of its edge, 0-2.
        shade: brightness, 1 as the cloth is.
        shift: where the cloth is cut, garment units, so that panels do not continue each other's pattern.
        holes: closed outlines that are cut out.
        glow: extra shine, 0-1.
    """

    outline: np.ndarray
    cloth: Cloth = "main"
    angle: float = 0.0
    lift: float = 1.0
    shade: float = 1.0
    shift: tuple[float, float] = (0.0, 0.0)
    holes: list[np.ndarray] = field(default_factory=list)
    glow: float = 0.0


@dataclass(slots=True)
class Stroke:
    """A line: seam, stitching, cord, zip tape. `width` in garment units; `dash` is the length of a stitch or 0."""

    path: np.ndarray
    color: Cloth = "seam"
    width: float = 0.02
    dash: float = 0.0
    strength: float = 1.0
    raised: float = 0.0


@dataclass(slots=True)
class Dot:
    """A button, stud, eyelet or snap."""

    x: float
    y: float
    radius: float
    color: Cloth = "button"
    kind: str = "button"


@dataclass(slots=True)
class Decal:
    """A print or patch: a picture laid on the panels. `kind` as in `cloth.prints`."""

    x: float
    y: float
    width: float
    height: float
    kind: str = "graphic"
    angle: float = 0.0


@dataclass(slots=True)
class Crease:
    """A fold of the cloth: its path, how high it stands and how wide it is."""

    path: np.ndarray
    height: float = 1.0
    width: float = 0.06


Item = Piece | Stroke | Dot | Decal


@dataclass(slots=True)
class Drawing:
    """What to paint, and the folds that lie over everything."""

    items: list[Item] = field(default_factory=list)
    creases: list[Crease] = field(default_factory=list)
    # Pattern scale: 1 suits a garment that fills the picture; small things need more.
    scale: float = 1.0

    def add(self, *items: Item) -> None:
        """Lay items on top."""
        self.items.extend(items)

    def crease(self, path: np.ndarray, height: float = 1.0, width: float = 0.06) -> None:
        """Add one fold."""
        self.creases.append(Crease(np.asarray(path, dtype=float), height, width))

    def stitch(self, path: np.ndarray, strength: float = 0.8) -> None:
        """A seam's stitching: dashes in thread."""
        self.items.append(Stroke(path, "stitch", 0.012, dash=0.03, strength=strength))

    def seam(self, path: np.ndarray, strength: float = 0.7, width: float = 0.016) -> None:
        """A sewn line: a fine groove."""
        self.items.append(Stroke(path, "seam", width, strength=strength))

    def bounds(self) -> tuple[float, float, float, float]:
        """Xyxy around all panels and cords."""
        paths = [item.outline for item in self.items if isinstance(item, Piece)]
        paths += [item.path for item in self.items if isinstance(item, Stroke) and item.raised > 0]
        points = np.vstack(paths)
        (x0, y0), (x1, y1) = points.min(axis=0), points.max(axis=0)
        return float(x0), float(y0), float(x1), float(y1)
