"""Everything that makes one drawn garment what it is."""

from __future__ import annotations

from dataclasses import dataclass

from smartrec.labels import LABEL_FIELDS

Rgb = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class GarmentSpec:
    """One garment. Two drawings of one spec show the same garment, laid out anew.

    Attributes:
        category ... fit: value names of `labels.CATEGORIES` and `labels.GROUPS`.
        details: names of `labels.DETAILS` that are drawn.
        style: kind within the category, such as "sneaker" or "backpack"; "" where there is only one.
        gender: "women", "men", "kids" or "unisex".
        palette: sRGB 0-255 of color1, color2 (a shade of color1 if there is none) and two further colors of a print.
        seed: fixes proportions and the layout of the print.
    """

    category: str
    color1: str
    color2: str
    pattern: str
    sleeve: str
    neck: str
    length: str
    closure: str
    fabric: str
    fit: str
    details: tuple[str, ...]
    style: str
    gender: str
    palette: tuple[Rgb, Rgb, Rgb, Rgb]
    seed: int

    def labels(self) -> dict[str, str]:
        """Value of every field of `labels.LABEL_FIELDS`."""
        return {name: str(getattr(self, name)) for name in LABEL_FIELDS}

    @property
    def many_colors(self) -> bool:
        """Whether one of the colors is "multi": prints then use the whole palette."""
        return "multi" in (self.color1, self.color2)

    def has(self, detail: str) -> bool:
        """Whether a detail of `labels.DETAILS` is drawn."""
        return detail in self.details
