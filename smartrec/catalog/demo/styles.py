"""Kinds within a category (sneaker, boot, tote, beanie, ...) and whom a garment is made for."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np

_WOMEN = frozenset(
    [
        "Blouse",
        "Halter",
        "Top",
        "Capris",
        "Culottes",
        "Gauchos",
        "Jeggings",
        "Leggings",
        "Sarong",
        "Skirt",
        "Caftan",
        "Cape",
        "Coverup",
        "Dress",
        "Kaftan",
        "Kimono",
        "Nightdress",
        "Romper",
        "Shirtdress",
        "Sundress",
        "Tights",
        "Bodysuit",
        "Poncho",
    ]
)
_MEN = frozenset(["Trunks", "Jersey", "Flannel", "Henley", "Button-Down", "Polo"])

_WOMEN_STYLES = frozenset("bra bikini onepiece pump ballet heelboot clutch handbag sunhat".split())
# Pictures that need the front of a cap or a beanie.
_FRONT_PRINTS = ("graphic", "text", "embroidered")
_FRONT_DETAILS = {"logo", "patch", "embroidery"}

# Category -> fabric or closure -> kinds; "" for any other.
STYLES: dict[str, dict[str, tuple[str, ...]]] = {
    "Shoes": {
        "laces": ("sneaker", "sneaker", "oxford", "boot", "hightop"),
        "zip": ("boot", "heelboot"),
        "belt": ("sandal", "monk"),
        "hooks": ("sandal",),
        "snaps": ("sneaker", "sandal"),
        "": ("pump", "ballet", "loafer", "slide", "pump"),
    },
    "Hat": {
        "knit": ("beanie", "pompom"),
        "wool": ("beanie", "fedora"),
        "fleece": ("beanie",),
        "fur": ("beanie", "pompom"),
        "": ("cap", "cap", "bucket", "cap", "sunhat"),
    },
    "Bag": {
        "drawstring": ("bucket", "backpack"),
        "canvas": ("tote", "backpack", "tote"),
        "": ("handbag", "crossbody", "tote", "backpack", "clutch"),
    },
    "Scarf": {"satin": ("square",), "sheer": ("square", "long"), "": ("long", "folded")},
    "Underwear": {"lace": ("bra", "briefs"), "satin": ("bra", "briefs"), "": ("briefs", "boxers", "bra")},
    "Swimwear": {"": ("onepiece", "bikini", "onepiece")},
    "Other": {"leather": ("belt",), "satin": ("tie",), "knit": ("gloves",), "": ("tie", "gloves")},
}


def style_of(values: dict[str, Any], rng: np.random.Generator) -> str:
    """A kind that fits the closure and the fabric; "" where the category has only one."""
    kinds = STYLES.get(values["category"])
    if kinds is None:
        return ""
    fitting = kinds.get(values["closure"]) or kinds.get(values["fabric"]) or kinds[""]
    if values["category"] == "Hat" and (values["pattern"] in _FRONT_PRINTS or _FRONT_DETAILS & set(values["details"])):
        fitting = tuple(kind for kind in fitting if kind not in ("sunhat", "fedora")) or ("cap",)
    if values["gender"] == "men":
        fitting = tuple(kind for kind in fitting if kind not in _WOMEN_STYLES) or fitting
    return str(rng.choice(fitting))


def worn_by(style: str, gender: str) -> str:
    """`gender`, but "women" for what only women's departments sell."""
    return "women" if style in _WOMEN_STYLES and gender == "men" else gender


def gender_of(category: str, details: Collection[str], rng: np.random.Generator) -> str:
    """Whom the garment is for: "kids" with that detail, else what is usual for the category."""
    if "kids" in details or category == "Onesie":
        return "kids"
    if category in _WOMEN:
        return "women"
    if category in _MEN:
        return "men" if rng.random() < 0.8 else "women"
    if category in ("Scarf", "Hat", "Socks"):
        return str(rng.choice(["unisex", "women", "men"]))
    return str(rng.choice(["women", "men"]))
