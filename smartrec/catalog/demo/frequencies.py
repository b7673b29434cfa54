"""How often people own what: counts over annotated photos, and what is customary where there are no photos."""

from __future__ import annotations

import json
from functools import lru_cache
from importlib import resources
from typing import Any

from smartrec.catalog.demo.conventions import CONVENTIONS

Weights = dict[str, float]


@lru_cache(maxsize=1)
def table() -> dict[str, Any]:
    """The shipped counts: "source", "photos", "categories" (field -> value -> count) and "color2" by pattern."""
    text = resources.files("smartrec.catalog.demo").joinpath("frequencies.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


def photos_of(category: str) -> int:
    """Number of annotated photos of a category; 0 where there are none."""
    return int(table()["categories"].get(category, {}).get("photos", 0))


def weights_of(category: str, field: str) -> Weights:
    """Value -> weight of one field in one category: customary values where given, else the counts."""
    custom = CONVENTIONS.get(category, {}).get(field)
    if custom is not None:
        return dict(custom)
    counts = table()["categories"].get(category, {}).get(field)
    if not counts:
        return {"none": 1.0} if field == "details" else _overall(field)
    return {value: float(n) for value, n in counts.items()}


def second_colors(pattern: str) -> Weights:
    """Second color -> weight for a pattern."""
    counts = table()["color2"].get(pattern)
    return {value: float(n) for value, n in counts.items()} if counts else {"white": 1.0, "black": 1.0}


@lru_cache(maxsize=16)
def _overall_items(field: str) -> tuple[tuple[str, float], ...]:
    total: Weights = {}
    for entry in table()["categories"].values():
        for value, n in entry[field].items():
            total[value] = total.get(value, 0.0) + n
    return tuple(total.items())


def _overall(field: str) -> Weights:
    return dict(_overall_items(field))
