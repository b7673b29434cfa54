"""Values that exclude each other are made to agree; what a caller fixed stays as it is."""

from __future__ import annotations

from typing import Any

import numpy as np

_DENIM_COLORS = ("blue", "lightblue", "navy", "black", "grey", "white")
_SOFT = ("jersey", "knit", "fleece", "wool", "sport")
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
_NO_TORSO = ("Shoes", "Hat", "Bag", "Scarf", "Socks", "Other")


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
    if values["pattern"] == "denimwash":
        _set(values, fixed, "fabric", "denim")
    if values["fabric"] == "denim" and values["pattern"] not in ("solid", "embroidered", "graphic"):
        _set(values, fixed, "pattern", "denimwash")
    if values["fabric"] == "denim" and values["color1"] not in _DENIM_COLORS:
        _set(values, fixed, "color1", str(rng.choice(_DENIM_COLORS[:4])))
    if values["pattern"] == "lace":
        _set(values, fixed, "fabric", "lace")
    if values["fabric"] == "lace" and values["pattern"] != "solid":
        _set(values, fixed, "pattern", "lace")
    if values["pattern"] == "melange" and values["fabric"] not in _SOFT:
        _set(values, fixed, "pattern", "solid")
    if values["fabric"] == "unknown":
        _set(values, fixed, "fabric", "woven")
    allowed = _PLAIN_ONLY.get(values["fabric"])
    if allowed and values["pattern"] not in allowed:
        _set(values, fixed, "pattern", "solid")
    if values["pattern"] == "camo":
        _set(values, fixed, "color1", str(rng.choice(["olive", "green", "beige", "grey"])))
    if values["color1"] == "multi" and values["pattern"] in ("solid", "melange", "denimwash", "lace", "embroidered"):
        _set(values, fixed, "pattern", "abstract")


def _neck_and_closure(values: dict[str, Any], fixed: dict[str, Any]) -> None:
    category, neck = values["category"], values["neck"]
    if neck in ("henley", "polo") and category not in ("Sweater", "Dress"):
        _set(values, fixed, "closure", "buttons")
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
    details: set[str] = values["details"]
    for detail, places in _PLACE.items():
        if detail in details and not any(values[p.split(":")[0]] == p.split(":")[1] for p in places):
            details.discard(detail)
    closure, category = values["closure"], values["category"]
    if closure == "buttons":
        details.add("buttons")
    elif "buttons" in details and category in ("Shoes", "Hat", "Leggings", "Tights"):
        details.discard("buttons")
    if closure == "drawstring":
        details.add("drawstring")
    if closure == "belt" and category not in ("Shoes", "Bag"):
        details.add("belt")
    if category == "Joggers":
        details.add("cuffs")
    if category in ("Jeans", "Cutoffs", "Jeggings"):
        details.add("pockets")
    if category in _NO_TORSO:
        details -= {"belt", "buttons", "slit", "pleats", "drawstring"}
    if values["fabric"] != "denim":
        details.discard("distressed")
    if values["pattern"] in (
        "solid",
        "melange",
        "denimwash",
        "lace",
        "plaid",
        "striped",
        "text",
        "colorblock",
        "tiedye",
    ):
        details.discard("print-small")
    if values["pattern"] not in ("solid", "melange", "denimwash"):
        details -= {"logo", "patch", "embroidery"}
    if values["pattern"] == "embroidered":
        details.add("embroidery")
    if values["pattern"] == "lace" or values["fabric"] == "lace":
        details.add("lace")
