"""Queries about held-out purchases: a few words of the product that was bought, or a fresh picture of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from smartrec.attributes.tag import ScoredTag
from smartrec.catalog.schema import Catalog
from smartrec.evaluate.splits import Case, Window
from smartrec.recommend.base import Query
from smartrec.text.parsed import ParsedWords
from smartrec.vision.finding import Finding

# Words that a shopper types besides the kind of garment.
MOST_TAGS = 2
# Queries of a window; a picture takes a fifth of a second to draw and to look at.
MOST_WORDS, MOST_PICTURES = 400, 40
Asker = Callable[[Query, int, np.random.Generator], Query]
# Catalog position -> (H, W, 3) uint8 RGB.
Draw = Callable[[int, np.random.Generator], np.ndarray]
Describe = Callable[[np.ndarray], tuple[Finding, tuple[ScoredTag, ...]]]


def ask_in_words(catalog: Catalog) -> Asker:
    """An asker that names the category of the product and up to two of its tags, drawn anew for every case."""

    def ask(query: Query, position: int, rng: np.random.Generator) -> Query:
        category = str(catalog.categories[position])
        others = [tag for tag in catalog.tags[position] if tag.lower() != category.lower()]
        count = min(int(rng.integers(1, MOST_TAGS + 1)), len(others))
        chosen = [others[i] for i in rng.choice(len(others), size=count, replace=False)] if count else []
        text = " ".join([*chosen, category]).lower()
        parsed = ParsedWords(text, terms=tuple(text.split()), tags=tuple(chosen), categories=(category,))
        return replace(query, parsed=parsed)

    return ask


def ask_with_picture(draw: Draw, describe: Describe) -> Asker:
    """An asker that shows a fresh picture of the product, as the detector finds it.

    Where no garment is found in the picture, nothing is asked, as in the shop.
    """

    def ask(query: Query, position: int, rng: np.random.Generator) -> Query:
        finding, tags = describe(draw(position, rng))
        return replace(query, finding=finding, tags=tags) if finding.garment_found else query

    return ask


def asked_windows(windows: list[Window], ask: Asker, seed: int = 0, most: int = MOST_WORDS) -> list[Window]:
    """Windows whose cases are one purchase each, with a query about it; at most `most` cases a window."""
    rng = np.random.default_rng(seed)
    asked = []
    for window in windows:
        pairs = [(case, int(position)) for case in window.cases for position in case.wanted]
        if len(pairs) > most:
            pairs = [pairs[i] for i in np.sort(rng.choice(len(pairs), size=most, replace=False))]
        cases = [Case(c.user, ask(c.query, p, rng), np.array([p], dtype=np.int64), c.owned) for c, p in pairs]
        asked.append(Window(window.start, window.end, window.past, cases))
    return asked
