"""What people wear for an occasion, a season, a sport or a style, where a shop does not say what its products are for.

`assets/vocabulary/suits.tsv` holds one tag a line: garments that are worn for it, and traits that fit it. That is
common knowledge and no fact about a product, so that it never counts as much as a shop's own word.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from smartrec.text.cues import FOLDER

ENOUGH = 2  # traits; more of them make it no fitter
GARMENT = 0.6  # what the right garment counts for, against its traits


@dataclass(frozen=True, slots=True)
class Suit:
    """Tags of the garments that are worn for something, and of the traits that fit it."""

    garments: tuple[str, ...]
    traits: tuple[str, ...]


@lru_cache(maxsize=1)
def suits() -> Mapping[str, Suit]:
    """Tag -> what suits it."""
    _, *lines = (FOLDER / "suits.tsv").read_text(encoding="utf-8").splitlines()
    cells = (line.split("\t") for line in lines)
    return {name: Suit(tuple(garments.split("|")), tuple(traits.split("|"))) for name, garments, traits in cells}


def suited(tags: Iterable[str], carried: Collection[str]) -> tuple[str, ...]:
    """Those of the tags that a product suits by the tags that it carries."""
    known = suits()
    return tuple(tag for tag in tags if tag in known and _fits(known[tag], carried))


def _fits(suit: Suit, carried: Collection[str]) -> bool:
    """Two things must speak for it: a dress alone suits no wedding."""
    traits = sum(name in carried for name in suit.traits)
    return traits + any(name in carried for name in suit.garments) >= ENOUGH and traits > 0
