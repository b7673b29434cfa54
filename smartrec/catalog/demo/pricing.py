"""Invented brands and what they ask."""

from __future__ import annotations

import numpy as np

from smartrec.catalog.demo.garment import GarmentSpec

# Brand -> (price level, its chance). All names are made up for the demo shop.
BRANDS: dict[str, tuple[float, float]] = {
    "Lumo Basics": (0.6, 1.6), "Kettle & Kin": (0.8, 1.3), "Fennway": (0.75, 1.2), "Plainsong": (0.9, 1.2),
    "Harlow Pier": (1.0, 1.2),
    "Odd Meadow": (1.0, 1.0), "Tern Harbor": (1.15, 1.0), "Vesper Lane": (1.2, 0.9), "Northbarn": (1.1, 0.9),
    "Sundial Co": (0.85, 1.0),
    "Marlo Finch": (1.4, 0.7), "Atelier Osk": (1.8, 0.5), "Casa Brume": (1.6, 0.5), "Veldt & Vine": (1.35, 0.6),
    "Ilex Studio": (2.1, 0.35),
    "Pebble Kids": (0.7, 0.0),
}  # fmt: skip
_BASE = {"Tee": 18, "Top": 24, "Tank": 15, "Blouse": 36, "Button-Down": 39, "Flannel": 42, "Halter": 24, "Henley": 26,
"Hoodie": 46, "Jersey": 34,
         "Sweater": 49, "Turtleneck": 42, "Cardigan": 52, "Polo": 32, "Vest": 48, "Jacket": 89, "Anorak": 95,
         "Blazer": 110, "Bomber": 92,
         "Parka": 149, "Peacoat": 139, "Coat": 155, "Poncho": 58, "Cape": 79, "Capris": 34, "Chinos": 46,
         "Culottes": 42, "Cutoffs": 32,
         "Gauchos": 44, "Jeans": 58, "Jeggings": 34, "Jodhpurs": 64, "Joggers": 38, "Leggings": 22, "Sarong": 22,
         "Shorts": 29, "Skirt": 35,
         "Sweatpants": 34, "Sweatshorts": 24, "Trunks": 27, "Caftan": 54, "Coverup": 34, "Dress": 56, "Jumpsuit": 62,
         "Kaftan": 52,
         "Kimono": 48, "Nightdress": 28, "Onesie": 22, "Robe": 46, "Romper": 36, "Shirtdress": 58, "Sundress": 44,
         "Shoes": 69, "Hat": 22,
         "Bag": 64, "Scarf": 26, "Socks": 7, "Tights": 11, "Swimwear": 39, "Underwear": 14, "Bodysuit": 28,
         "Other": 24}  # fmt: skip
_FABRIC = {
    "leather": 1.8,
    "suede": 1.5,
    "wool": 1.35,
    "fur": 1.4,
    "satin": 1.2,
    "linen": 1.15,
    "padded": 1.15,
    "lace": 1.15,
}


def brand_of(spec: GarmentSpec, rng: np.random.Generator) -> str:
    """An invented brand; things for kids are mostly of one."""
    if spec.gender == "kids" and rng.random() < 0.75:
        return "Pebble Kids"
    share = np.array([chance for _, chance in BRANDS.values()])
    return str(rng.choice(list(BRANDS), p=share / share.sum()))


def price_of(spec: GarmentSpec, brand: str, rng: np.random.Generator) -> float:
    """A price with a shop's usual ending, by category, fabric and brand."""
    value = _BASE[spec.category] * BRANDS[brand][0] * _FABRIC.get(spec.fabric, 1.0) * float(np.exp(rng.normal(0, 0.13)))
    if spec.gender == "kids" and brand != "Pebble Kids":
        value *= 0.75
    ending = 0.9 if value < 100 else 0.0
    return round(max(4.0, np.floor(value)) + ending, 2)
