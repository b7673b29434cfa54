"""Values that exclude each other are made to agree; what a caller fixed stays as it is."""

from __future__ import annotations

from typing import Any

import numpy as np

_DENIM_COLORS = ("blue", "lightblue", "navy", "black", "grey", "white")
_SOFT = ("jersey", "knit", "fleece", "wool", "sport")
_SMALL_PRINTS = ("floral", "graphic", "dotted", "abstract", "geometric", "paisley", "animal", "camo", "other")
_PLAIN_ONLY = {
    "leather": ("solid", "animal", "colorblock", "floral", "geometric", "text"),
    "suede": ("solid", "colorblock", "embroidered"),
    "fur": ("solid", "animal", "colorblock"),
    "corduroy": ("solid",),
    "padded": ("solid", "colorblock", "camo", "geometric", "dotted", "floral"),
    "satin": ("solid", "floral", "striped", "dotted", "paisley", "geometric", "abstract", "animal", "embroidered"),
    "wool": ("solid", "plaid", "melange", "striped", "colorblock", "geometric"),
}
# Details that are drawn only where there is a place for them.
_PLACE = {
    "cuffs": ("sleeve:long", "sleeve:threequarter", "category:Joggers", "category:Cutoffs", "category:Jeans",
              "category:Capris", "category:Shorts", "category:Hat", "category:Chinos"),
    "slit": ("category:Skirt", "category:Dress", "category:Sundress", "category:Nightdress", "category:Sarong"),
}  # fmt: skip
# Details that the drawings of these categories show; other categories show any.
_DRAWN = {
    "Shoes": {"bow", "fringe", "kids", "logo", "studs", "trim"},
    "Hat": {"bow", "cuffs", "embroidery", "kids", "logo", "patch", "print-small", "trim"},
    "Bag": {"bow", "fringe", "logo", "pockets", "print-small", "studs"},
    "Scarf": {"fringe", "print-small", "trim"},
    "Socks": {"kids", "print-small", "trim"},
    "Other": set(),
    "Underwear": {"lace", "print-small", "trim"},
    "Swimwear": {"cutout", "print-small", "ruffles", "trim"},
    "Poncho": {"fringe", "print-small", "trim"},
    "Cape": {"buttons", "fringe", "trim"},
    "Sarong": {"bow", "fringe", "print-small"},
}


def agree(values: dict[str, Any], fixed: dict[str, Any], rng: np.random.Generator) -> None:
    """Change `values` in place so that fabric, pattern, closure, neck, color and details go together."""
    _fabric_and_pattern(values, fixed, rng)
    _neck_and_closure(values, fixed)
    if "details" not in fixed:
        _details(values)


def _set(values: dict[str, Any], fixed: dict[str, Any], field: str, value: str) -> None:
    if field not in fixed:
        values[field] = value


def _fabric_and_pattern(values: dict[str, Any], fixed: dict[str, Any], rng: np.random.Generator) -> None:
    if values["fabric"] == "unknown":
        _set(values, fixed, "fabric", "woven")
    _denim_and_lace(values, fixed, rng)
    if values["pattern"] == "melange" and values["fabric"] not in _SOFT:
        _set(values, fixed, "pattern", "solid")
    allowed = _PLAIN_ONLY.get(values["fabric"])
    if allowed and values["pattern"] not in allowed:
        _set(values, fixed, "pattern", "solid")
    if values["pattern"] == "camo":
        _set(values, fixed, "color1", str(rng.choice(["olive", "green", "beige", "grey"])))
    if values["color1"] == "multi" and values["pattern"] in ("solid", "melange", "denimwash", "lace", "embroidered"):
        _set(values, fixed, "pattern", "abstract")


def _denim_and_lace(values: dict[str, Any], fixed: dict[str, Any], rng: np.random.Generator) -> None:
    if values["pattern"] == "denimwash":
        _set(values, fixed, "fabric", "denim")
    if values["fabric"] == "denim" and values["pattern"] not in ("solid", "embroidered", "graphic"):
        _set(values, fixed, "pattern", "denimwash")
    if values["fabric"] == "denim" and values["color1"] not in _DENIM_COLORS:
        _set(values, fixed, "color1", str(rng.choice(_DENIM_COLORS[:4])))
    if values["pattern"] == "lace":
        _set(values, fixed, "fabric", "lace")
    if values["fabric"] == "lace":
        _set(values, fixed, "pattern", "lace")


def _neck_and_closure(values: dict[str, Any], fixed: dict[str, Any]) -> None:
    category, neck = values["category"], values["neck"]
    if neck in ("henley", "polo") and category not in ("Sweater", "Dress"):
        _set(values, fixed, "closure", "buttons")
    if category == "Cardigan" and values["closure"] == "none" and neck in ("stand", "lapel", "shirtcollar", "mock"):
        _set(values, fixed, "neck", "none")
    if category in ("Cardigan", "Blazer") and neck in ("none", "stand", "lapel") and values["closure"] == "zip":
        _set(values, fixed, "closure", "buttons")
    if values["sleeve"] == "strap" and neck in ("crew", "boat", "shirtcollar", "turtle", "mock", "polo", "stand"):
        _set(values, fixed, "neck", "scoop")
    if neck in ("offshoulder", "none", "strap") and category in ("Dress", "Romper", "Jumpsuit", "Top", "Bodysuit"):
        _set(values, fixed, "sleeve", "strap" if neck == "strap" else "sleeveless")
    if neck == "shirtcollar" and category in ("Blouse", "Dress", "Shirtdress"):
        _set(values, fixed, "closure", "buttons")
    if category == "Onesie":
        _set(values, fixed, "length", "full" if values["closure"] == "zip" else "na")
        if values["closure"] == "none":
            _set(values, fixed, "closure", "snaps")
    if category in ("Trunks", "Sweatshorts") and values["closure"] in ("laces", "snaps"):
        _set(values, fixed, "closure", "drawstring")


def _details(values: dict[str, Any]) -> None:
    _details_of_shape(values, values["details"])
    _details_of_cloth(values, values["details"])
    drawn = _DRAWN.get(values["category"])
    if drawn is not None:
        values["details"] &= drawn


def _details_of_shape(values: dict[str, Any], details: set[str]) -> None:
    for detail, places in _PLACE.items():
        if detail in details and not any(values[p.split(":")[0]] == p.split(":")[1] for p in places):
            details.discard(detail)
    closure, category = values["closure"], values["category"]
    if closure == "buttons":
        details.add("buttons")
    elif category in ("Leggings", "Tights") or closure == "none":
        details.discard("buttons")
    if closure in ("drawstring", "belt"):
        details.add(closure)
    if category == "Joggers":
        details.add("cuffs")
    if category in ("Jeans", "Cutoffs", "Jeggings"):
        details.add("pockets")


def _details_of_cloth(values: dict[str, Any], details: set[str]) -> None:
    pattern, fabric = values["pattern"], values["fabric"]
    if fabric != "denim":
        details.discard("distressed")
    if pattern not in _SMALL_PRINTS:
        details.discard("print-small")
    if pattern not in ("solid", "melange", "denimwash"):
        details -= {"logo", "patch", "embroidery"}
    if pattern == "embroidered":
        details.add("embroidery")
    if "lace" in (pattern, fabric):
        details.add("lace")
