"""Tags: which of the photo's colors and tags a product carries."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from smartrec.attributes.meaning import colors_of
from smartrec.attributes.tag import ScoredTag
from smartrec.catalog.schema import Catalog
from smartrec.labels import COLORS
from smartrec.recommend.base import Because, Query
from smartrec.text.parsed import ParsedWords
from smartrec.text.postings import Postings

# People see the color first, then the pattern; a neckline only at a second glance.
GROUP_WEIGHT = {"pattern": 1.0, "sleeve": 0.5, "length": 0.4, "neck": 0.35, "closure": 0.3, "fabric": 0.35, "fit": 0.25}
OTHER_GROUPS = 0.15
COLOR_WEIGHT = 2.5
_COLOR_GROUPS = frozenset(("color", "color1", "color2"))


class TagsSignal:
    """Weighted share of the photo's color and tags that a product carries.

    A tag of the photo is left out where the words name or rule out another of its group, and the words' own tags are
    left to the words signal. A color is the exception: "this but in blue" asks for the photo as if it were blue.
    """

    name = "tags"

    def __init__(self, catalog: Catalog, carriers: Postings, tag_groups: Mapping[str, str] | None = None) -> None:
        """`carriers`: who carries which tag; `tag_groups`: vocabulary tag -> attribute group."""
        self._groups = dict(tag_groups or {})
        self._carriers = carriers
        self._tags = catalog.tags
        self._last: tuple[Query, dict[str, None]] | None = None
        colors = catalog.table["color"].fillna("").to_numpy(dtype=object)
        code = {name: i for i, name in enumerate(COLORS)}
        # The last slot stands for a product whose color is not known.
        self._colors = np.array([code.get(str(color).lower(), len(COLORS)) for color in colors], dtype=np.int64)

    def score(self, query: Query) -> np.ndarray:
        """(N,) float32 in [0, 1]."""
        taken = groups_named(query.parsed, self._groups)
        values = np.zeros(self._carriers.size, dtype=np.float32)
        total = 0.0
        for tag in query.tags:
            if tag.group in taken or tag.group in _COLOR_GROUPS or tag.group == "category":
                continue
            weight = GROUP_WEIGHT.get(tag.group, OTHER_GROUPS) * tag.score
            total += weight
            self._carriers.add(tag.name, weight, values)
        wanted = self._wanted_colors(query, taken)
        if wanted is not None:
            values += (np.float32(COLOR_WEIGHT) * wanted)[self._colors]
            total += COLOR_WEIGHT
        if total > 0.0:
            values /= np.float32(total)
        return np.clip(values, 0.0, 1.0, out=values)

    def because(self, query: Query, positions: np.ndarray) -> Because:
        """No past purchase is responsible."""
        return Because.nobody(len(positions))

    def matched(self, query: Query, position: int) -> tuple[str, ...]:
        """The query's tags that this product carries: those of the words first, then of the photo by score."""
        carried = self._tags[position]
        return tuple(name for name in self._wanted(query) if name in carried)

    def _wanted(self, query: Query) -> dict[str, None]:
        """The tags asked for, in order; made once for a query."""
        last = self._last
        if last is not None and last[0] is query:
            return last[1]
        taken = groups_named(query.parsed, self._groups)
        seen: list[ScoredTag] = sorted(query.tags, key=lambda tag: -tag.score)
        said = query.parsed.tags if query.parsed is not None else ()
        wanted = dict.fromkeys([*said, *(tag.name for tag in seen if tag.group not in taken)])
        self._last = (query, wanted)
        return wanted

    def _wanted_colors(self, query: Query, taken: frozenset[str]) -> np.ndarray | None:
        """(C + 1,) float32, what every main color is worth beside a photo; None where none is asked for."""
        if query.finding is None:
            return None
        if not taken & _COLOR_GROUPS:
            return self._photo_colors(query)
        said = colors_of(query.parsed.tags) if query.parsed is not None else ()
        return np.array([name in said for name in (*COLORS, "")], dtype=np.float32) if said else None

    def _photo_colors(self, query: Query) -> np.ndarray:
        """(C + 1,) float32: 1 for the photo's dominant color, less for colors that it could as well be."""
        values = np.zeros(len(COLORS) + 1, dtype=np.float32)
        finding = query.finding
        if finding is None:
            return values
        head = finding.heads.get("color1", {})
        top = max(head.values(), default=0.0)
        for i, name in enumerate(COLORS):
            values[i] = 0.5 * head.get(name, 0.0) / top if top > 0 else 0.0
        best = finding.labels.get("color1", finding.colors[0].name if finding.colors else "")
        if best in COLORS:
            values[COLORS.index(best)] = 1.0
        return values


def tag_carriers(catalog: Catalog) -> Postings:
    """For every tag of the catalog the products that carry it."""
    names = dict.fromkeys(tag for tags in catalog.tags for tag in tags)
    return Postings.from_sets(catalog.tags, names)


def groups_named(parsed: ParsedWords | None, groups: Mapping[str, str]) -> frozenset[str]:
    """Attribute groups in which the words name a tag or rule one out, so that the photo no longer decides."""
    if parsed is None:
        return frozenset()
    named = {groups[tag] for tag in (*parsed.tags, *parsed.excluded) if tag in groups}
    return frozenset(named | _COLOR_GROUPS) if named & _COLOR_GROUPS else frozenset(named)
