"""The cloth's pattern as one flat picture, drawn from the spec's palette."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from smartrec.catalog.demo.cloth import allover, regular, stained
from smartrec.catalog.demo.garment import GarmentSpec, Rgb

# Patterns without a pattern all over the cloth; printed ones have their picture in one place, unless it is small.
PLAIN = ("solid", "embroidered")
PRINTED = ("graphic", "text", "other")
Draw = Callable[["Sheet"], np.ndarray]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a pattern is drawn from.

    Attributes:
        spec: the garment.
        rng: chance that is the same for every drawing of the spec.
        size: side of the square sheet, pixels.
        px: height of the picture, pixels; the top left of the sheet lies on the picture's.
        scale: size of the motifs, 1 for a garment that fills the picture.
    """

    spec: GarmentSpec
    rng: np.random.Generator
    size: int
    px: int
    scale: float

    @property
    def unit(self) -> float:
        """A hundredth of the picture's height times the motif scale, pixels."""
        return self.px * 0.01 * self.scale * (0.6 if self.spec.has("print-small") else 1.0)

    def plain(self, color: Rgb) -> np.ndarray:
        """(size, size, 3) uint8 of one color."""
        return np.full((self.size, self.size, 3), color, dtype=np.uint8)


_DRAW: dict[str, Draw] = {
    "striped": regular.striped,
    "plaid": regular.plaid,
    "dotted": regular.dotted,
    "geometric": regular.geometric,
    "floral": allover.floral,
    "paisley": allover.paisley,
    "animal": allover.animal,
    "lace": allover.lace,
    "camo": stained.camo,
    "abstract": stained.abstract,
    "tiedye": stained.tiedye,
    "melange": stained.melange,
    "denimwash": stained.denimwash,
    "colorblock": stained.colorblock,
}


def draw_pattern(sheet: Sheet) -> np.ndarray:
    """(size, size, 3) uint8 RGB cloth before weave and light."""
    pattern = sheet.spec.pattern
    if pattern in PRINTED and sheet.spec.has("print-small"):
        return allover.motifs(sheet)
    draw = _DRAW.get(pattern)
    if draw is None:
        return sheet.plain(sheet.spec.palette[0])
    return draw(sheet)
