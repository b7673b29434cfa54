"""Which cut a category has."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from smartrec.catalog.demo.cut import bags, drape, hats, legs, shoes, skirt, small, upper
from smartrec.catalog.demo.drawing import Drawing
from smartrec.catalog.demo.garment import GarmentSpec

_LEGS = ["Capris", "Chinos", "Culottes", "Cutoffs", "Gauchos", "Jeans", "Jeggings", "Jodhpurs", "Joggers", "Leggings",
"Shorts", "Sweatpants", "Sweatshorts", "Trunks", "Tights"]  # fmt: skip
_CUTS: dict[str, Callable[[GarmentSpec, np.random.Generator], Drawing]] = {
    **dict.fromkeys(_LEGS, legs.draw_legs),
    "Skirt": skirt.draw_skirt,
    "Sarong": skirt.draw_skirt,
    "Poncho": drape.draw_poncho,
    "Cape": drape.draw_cape,
    "Scarf": drape.draw_scarf,
    "Shoes": shoes.draw_shoes,
    "Hat": hats.draw_hat,
    "Bag": bags.draw_bag,
    "Socks": small.draw_socks,
    "Swimwear": small.draw_swimwear,
    "Underwear": small.draw_underwear,
    "Other": small.draw_other,
}


def cut(spec: GarmentSpec) -> Drawing:
    """The garment as panels and lines in garment units; the same for every drawing of one spec."""
    return _CUTS.get(spec.category, upper.draw_upper)(spec, np.random.default_rng(spec.seed))
