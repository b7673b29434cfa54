"""What the detector says of one photo."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

Box = tuple[float, float, float, float]


def as_box(sides: np.ndarray) -> Box:
    """The four sides of an array, (4,), as plain floats."""
    x0, y0, x1, y1 = (float(side) for side in sides)
    return x0, y0, x1, y1


@dataclass(frozen=True, slots=True)
class ColorShare:
    """A measured color: its name (`labels.COLORS`), its share of the mask in [0, 1], its mean sRGB 0-255."""

    name: str
    share: float
    rgb: tuple[int, int, int]


@dataclass(frozen=True, slots=True, eq=False)
class Finding:
    """One garment in one photo. Pixels refer to the photo turned upright by its EXIF.

    Attributes:
        size: (width, height) of the photo in pixels.
        garment: calibrated probability that there is a garment, [0, 1].
        garment_found: whether `garment` reaches the bundle's threshold.
        box: xyxy in pixels, inside the photo, x0 < x1, y0 < y1. Always the best guess.
        box_score: [0, 1], expected IoU of the box.
        mask: (H, W) bool, True on the garment; None if it was not asked for.
        heads: group -> {value: calibrated probability}; "category" and every group that the bundle answers, which for
            the project's own are all of `labels.GROUPS`; "attributes" where the bundle has DeepFashion's.
        colors: measured colors, largest share first; empty if no garment was found.
        labels: group -> best guess, never withheld: "category", the colors, and every group that the bundle answers.
        embedding: (D,) float32, unit length.
        timings_ms: milliseconds by stage.
        model: "sha256:..." of the bundle.
    """

    size: tuple[int, int]
    garment: float
    garment_found: bool
    box: Box
    box_score: float
    mask: np.ndarray | None
    heads: Mapping[str, Mapping[str, float]]
    colors: tuple[ColorShare, ...]
    labels: Mapping[str, str]
    embedding: np.ndarray
    timings_ms: Mapping[str, float] = field(default_factory=dict)
    model: str = ""

    @property
    def category(self) -> str:
        """The most probable category."""
        return self.labels["category"]

    def top_categories(self, k: int = 5) -> list[tuple[str, float]]:
        """The `k` most probable categories with their probabilities, best first."""
        ranked = sorted(self.heads["category"].items(), key=lambda item: -item[1])
        return ranked[:k]


@dataclass(frozen=True, slots=True)
class Glance:
    """What a frame of a running picture shows: the part of a `Finding` that is drawn on it.

    Attributes:
        garment_found: as in `Finding`.
        box: as in `Finding`, xyxy in pixels.
        category: the most probable category.
        score: its calibrated probability, [0, 1].
    """

    garment_found: bool
    box: Box
    category: str
    score: float
