"""Chance in the shop: specs whose values go together as they do in annotated photos."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import numpy as np

from smartrec.catalog.demo import frequencies, styles
from smartrec.catalog.demo.agree import agree
from smartrec.catalog.demo.garment import GarmentSpec, Rgb
from smartrec.catalog.demo.palette import NEUTRALS, contrast, shade_of
from smartrec.labels import CATEGORIES, GROUPS

_FIELDS = ("pattern", "sleeve", "neck", "length", "closure", "fabric", "fit", "color1")
_VIVID = ("red", "blue", "yellow", "green", "pink", "orange", "teal", "purple", "white", "navy")


def sample_spec(rng: np.random.Generator, category: str | None = None, **fixed: Any) -> GarmentSpec:
    """A garment as people own them.

    Args:
        rng: source of all chance.
        category: name of `labels.CATEGORIES`; None draws one by frequency.
        fixed: values of `GarmentSpec` fields that must hold, e.g. `color1="red"`, `pattern="striped"`.

    Raises:
        ValueError: an unknown category, field, or value of a field.
    """
    _check(category, fixed)
    if category is None:
        names = [name for name in CATEGORIES if frequencies.photos_of(name)]
        category = draw(rng, {name: float(frequencies.photos_of(name)) for name in names})
    values: dict[str, Any] = {"category": category}
    for field in _FIELDS:
        values[field] = fixed.get(field) or draw(rng, _known(field, frequencies.weights_of(category, field)))
    values["details"] = set(fixed["details"]) if "details" in fixed else _details(rng, category)
    values["gender"] = fixed.get("gender") or styles.gender_of(category, values["details"], rng)
    agree(values, fixed, rng)
    values["color2"] = fixed.get("color2") or _second_color(rng, values)
    if values["pattern"] == "solid" and values["color2"] != "none" and "details" not in fixed:
        values["details"] |= {"trim"}
    values["style"] = fixed.get("style") or styles.style_of(values, rng)
    if "gender" not in fixed:
        values["gender"] = styles.worn_by(values["style"], values["gender"])
    palette = fixed.get("palette") or _palette(rng, values)
    return GarmentSpec(
        **{name: values[name] for name in ("category", "color1", "color2", "gender", "style", *_FIELDS[:-1])},
        details=tuple(sorted(values["details"])),
        palette=palette,
        seed=int(fixed.get("seed", rng.integers(2**31))),
    )


def draw(rng: np.random.Generator, weights: dict[str, float]) -> str:
    """One key, with a chance proportional to its weight."""
    share = np.array(list(weights.values()), dtype=float)
    return list(weights)[int(rng.choice(len(share), p=share / share.sum()))]


def _known(field: str, weights: dict[str, float]) -> dict[str, float]:
    rare = 0.012 * sum(weights.values())  # one-off labels of single photos are not a style
    kept = {v: w for v, w in weights.items() if w >= rare and v not in ("unknown", "other")}
    return {v: w for v, w in kept.items() if v in GROUPS[field]}


def _details(rng: np.random.Generator, category: str) -> set[str]:
    weights = _known_details(frequencies.weights_of(category, "details"))
    count = 1 + int(rng.random() < 0.45) + int(rng.random() < 0.12)
    return {draw(rng, weights) for _ in range(count)} - {"none"}


def _known_details(weights: dict[str, float]) -> dict[str, float]:
    return {v: w * (0.4 if v == "kids" else 1.0) for v, w in weights.items()}


def _second_color(rng: np.random.Generator, values: dict[str, Any]) -> str:
    weights = {c: w for c, w in frequencies.second_colors(values["pattern"]).items() if c != values["color1"]}
    plain = ("solid", "melange", "denimwash", "lace")
    if values["pattern"] in plain and values["fabric"] in (
        "denim",
        "leather",
        "suede",
        "lace",
        "corduroy",
        "fur",
        "wool",
    ):
        return "none"
    if values["pattern"] not in plain:
        weights.pop("none", None)
        weights = {c: w for c, w in weights.items() if _differ(values["color1"], c)} or {"white": 1.0}
    return draw(rng, weights)


def _differ(first: str, second: str) -> bool:
    near = [{"black", "navy"}, {"beige", "white"}, {"grey", "silver"}, {"white", "silver"}, {"blue", "navy"},
            {"lightblue", "white"}, {"beige", "gold"}, {"beige", "silver"}, {"red", "burgundy"}, {"black", "brown"},
            {"burgundy", "brown"}, {"olive", "green"}, {"teal", "green"}, {"black", "burgundy"}, {"black", "olive"},
            {"lightblue", "silver"}, {"lightblue", "grey"}, {"yellow", "gold"}, {"brown", "olive"}]  # fmt: skip
    return first != second and {first, second} not in near


def _palette(rng: np.random.Generator, values: dict[str, Any]) -> tuple[Rgb, Rgb, Rgb, Rgb]:
    color1, color2 = values["color1"], values["color2"]
    first = shade_of(color1, rng, values["fabric"])
    second = contrast(first) if color2 == "none" else shade_of(color2, rng)
    others = rng.permutation([name for name in (*_VIVID, *NEUTRALS) if name not in (color1, color2)])
    return first, second, shade_of(str(others[0]), rng), shade_of(str(others[1]), rng)


def _check(category: str | None, fixed: dict[str, Any]) -> None:
    if category is not None and category not in CATEGORIES:
        raise ValueError(f"Expected a category of labels.CATEGORIES. Received: {category!r}")
    known = {field.name for field in fields(GarmentSpec)}
    for name, value in fixed.items():
        if name not in known:
            raise ValueError(f"Expected a field of GarmentSpec ({', '.join(sorted(known))}). Received: {name!r}")
        if name in GROUPS and value not in GROUPS[name]:
            raise ValueError(f"Expected a {name} of {', '.join(GROUPS[name])}. Received: {value!r}")
