"""A tag with its score and where it came from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ScoredTag:
    """One tag of a photo.

    Attributes:
        name: vocabulary tag.
        group: attribute group ("pattern", "sleeve", "color", ...).
        type: DeepFashion's attribute type: texture, fabric, shape, part or style.
        score: calibrated probability, [0, 1].
        source: "seen" (an attribute head), "color" (measured pixels) or "neighbor" (votes of similar products).
    """

    name: str
    group: str
    type: str
    score: float
    source: str
