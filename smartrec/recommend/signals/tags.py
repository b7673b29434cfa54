"""Tags: which of the photo's colors and tags a product carries."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from scipy import sparse

from smartrec.attributes.tag import ScoredTag
from smartrec.catalog.schema import Catalog
from smartrec.labels import COLORS
from smartrec.recommend.base import Query
from smartrec.text.parsed import ParsedWords

# People see the color first, then the pattern; a neckline only at a second glance.
GROUP_WEIGHT = {"pattern": 1.0, "sleeve": 0.5, "length": 0.4, "neck": 0.35, "closure": 0.3, "fabric": 0.35, "fit": 0.25}
OTHER_GROUPS = 0.15
COLOR_WEIGHT = 2.5
_COLOR_GROUPS = frozenset(("color", "color1", "color2"))


class TagsSignal:
    """Weighted share of the photo's color and tags that a product carries.

    A tag of the photo is left out where the words name or rule out another of its group ("but in blue"), and the
    words' own tags are left to the words signal.
    """

    name = "tags"

    def __init__(self, catalog: Catalog, tag_groups: Mapping[str, str] | None = None) -> None:
        """`tag_groups`: vocabulary tag -> attribute group."""
        self._groups = dict(tag_groups or {})
        self._matrix, self._columns = tag_matrix(catalog)
        colors = catalog.table["color"].fillna("").to_numpy(dtype=object)
        code = {name: i for i, name in enumerate(COLORS)}
        # The last slot stands for a product whose color is not known.
        self._colors = np.array([code.get(str(color).lower(), len(COLORS)) for color in colors], dtype=np.int64)

    def score(self, query: Query) -> np.ndarray:
        """(N,) float32 in [0, 1]."""
        taken = groups_named(query.parsed, self._groups)
        weights = np.zeros(self._matrix.shape[1], dtype=np.float32)
        total = 0.0
        for tag in query.tags:
            if tag.group in taken or tag.group in _COLOR_GROUPS or tag.group == "category":
                continue
            weight = GROUP_WEIGHT.get(tag.group, OTHER_GROUPS) * tag.score
            total += weight
            column = self._columns.get(tag.name)
            if column is not None:
                weights[column] = weight
        values = self._matrix @ weights
        if query.finding is not None and not taken & _COLOR_GROUPS:
            values = values + COLOR_WEIGHT * self._photo_colors(query)[self._colors]
            total += COLOR_WEIGHT
        if total == 0.0:
            return np.zeros(self._matrix.shape[0], dtype=np.float32)
        return np.clip(values / np.float32(total), 0.0, 1.0).astype(np.float32)

    def because(self, query: Query, position: int) -> list[tuple[int, float]]:
        """No past purchase is responsible."""
        return []

    def matched(self, query: Query, position: int) -> tuple[str, ...]:
        """The query's tags that this product carries: those of the words first, then of the photo by score."""
        taken = groups_named(query.parsed, self._groups)
        wanted = list(query.parsed.tags) if query.parsed is not None else []
        seen: list[ScoredTag] = sorted(query.tags, key=lambda tag: -tag.score)
        wanted += [tag.name for tag in seen if tag.group not in taken]
        part = slice(self._matrix.indptr[position], self._matrix.indptr[position + 1])
        carried = set(self._matrix.indices[part].tolist())
        return tuple(name for name in dict.fromkeys(wanted) if self._columns.get(name, -1) in carried)

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


def tag_matrix(catalog: Catalog) -> tuple[sparse.csr_matrix, dict[str, int]]:
    """(N, T) float32 CSR of the tags that products carry, and the column of every tag."""
    columns: dict[str, int] = {}
    indices: list[int] = []
    starts = [0]
    for tags in catalog.tags:
        indices.extend(columns.setdefault(tag, len(columns)) for tag in dict.fromkeys(tags))
        starts.append(len(indices))
    data = np.ones(len(indices), dtype=np.float32)
    shape = (len(catalog), max(len(columns), 1))
    return sparse.csr_matrix((data, np.array(indices, np.int32), np.array(starts, np.int32)), shape=shape), columns


def groups_named(parsed: ParsedWords | None, groups: Mapping[str, str]) -> frozenset[str]:
    """Attribute groups in which the words name a tag or rule one out, so that the photo no longer decides."""
    if parsed is None:
        return frozenset()
    named = {groups[tag] for tag in (*parsed.tags, *parsed.excluded) if tag in groups}
    return frozenset(named | _COLOR_GROUPS) if named & _COLOR_GROUPS else frozenset(named)
