"""Simulation, time: when garments of a kind are wanted, and when people shop."""

from __future__ import annotations

import numpy as np


def names_in(words: str) -> frozenset[str]:
    """The words of a line, as a set."""
    return frozenset(words.split())


# What can be worn together: one of each makes an outfit.
FAMILIES = ("upper", "lower", "full", "extra")
_LOWER = names_in(
    "Capris Chinos Culottes Cutoffs Gauchos Jeans Jeggings Jodhpurs Joggers Leggings Sarong Shorts Skirt "
    "Sweatpants Sweatshorts Trunks Tights"
)
_FULL = names_in(
    "Caftan Coverup Dress Jumpsuit Kaftan Kimono Nightdress Onesie Robe Romper Shirtdress Sundress Swimwear"
)
_EXTRA = names_in("Shoes Hat Bag Scarf Socks Underwear Other")
_SUMMER = names_in(
    "Tank Halter Tee Polo Culottes Cutoffs Gauchos Capris Sarong Shorts Skirt Sweatshorts Trunks Caftan Coverup "
    "Kaftan Romper Sundress Dress Hat Swimwear"
)
_WINTER = names_in(
    "Anorak Parka Peacoat Poncho Sweater Turtleneck Cape Coat Cardigan Hoodie Flannel Scarf Vest Robe Jacket Tights"
)
# Bought seldom: after one, the wish for another sleeps for months.
_DURABLE = names_in("Coat Parka Peacoat Anorak Cape Poncho Blazer Jacket Bomber Bag Robe Kimono Jumpsuit")
# Bought again and again, often the very same piece.
_BASIC = names_in("Tee Tank Leggings Jeans Socks Underwear Tights Sweatpants Joggers Onesie Top Polo Shoes")


def family_of(category: str) -> str:
    """The family of a category: upper, lower, full or extra."""
    if category in _LOWER:
        return "lower"
    if category in _FULL:
        return "full"
    return "extra" if category in _EXTRA else "upper"


def season_of(categories: np.ndarray) -> np.ndarray:
    """(C,) float64: 1 = wanted in summer, -1 = wanted in winter, 0 = all year."""
    return np.array([float(name in _SUMMER) - float(name in _WINTER) for name in categories])


def rest_days(categories: np.ndarray) -> np.ndarray:
    """(C,) float64, days for which the wish for another one sleeps after a purchase."""
    return np.array([150.0 if name in _DURABLE else 7.0 if name in _BASIC else 35.0 for name in categories])


def is_basic(categories: np.ndarray) -> np.ndarray:
    """(C,) bool, whether people buy the very same piece again."""
    return np.array([name in _BASIC for name in categories], dtype=bool)


def warmth(day_of_year: float) -> float:
    """Northern season, 1 in mid July and -1 in mid January; people shop about three weeks ahead of it."""
    return float(np.cos(2.0 * np.pi * (day_of_year + 21.0 - 196.0) / 365.25))


def shopping_mood(day_of_year: float) -> float:
    """How much people shop, about 1: more before Christmas and in the two sales, less in February and August."""
    bumps = ((345.0, 18.0, 0.7), (8.0, 10.0, 0.35), (185.0, 14.0, 0.35), (45.0, 15.0, -0.25), (225.0, 15.0, -0.25))
    distance = [min(abs(day_of_year - at), 365.25 - abs(day_of_year - at)) for at, _, _ in bumps]
    return 1.0 + sum(
        height * float(np.exp(-((d / width) ** 2))) for d, (_, width, height) in zip(distance, bumps, strict=True)
    )


def discount(day_of_year: float, rng: np.random.Generator, size: int) -> np.ndarray:
    """(size,) factors on the price: sales in January and July, a few vouchers all year."""
    sale = day_of_year < 25 or 180 <= day_of_year < 210
    share = 0.55 if sale else 0.08
    return np.where(rng.random(size) < share, rng.choice([0.9, 0.8, 0.7, 0.6], size=size), 1.0)
