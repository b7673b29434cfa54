"""The thousand tags that photos, words and products share.

`assets/vocabulary/<type>.tsv` holds one tag a line, in DeepFashion's five types: name, group, whether it can be
seen in a photo, synonyms, the tags that it implies ("mini" is "short"), the tags that it excludes, and the values of
`smartrec.labels` that mean it. A DeepFashion folder's own list replaces it by the same interface.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from pathlib import Path

from smartrec.attributes import normalize
from smartrec.errors import BadInputError, SmartRecError
from smartrec.settings import ROOT

FOLDER = ROOT / "assets" / "vocabulary"
TYPES = ("texture", "fabric", "shape", "part", "style")
COLUMNS = ("name", "group", "visible", "synonyms", "implies", "excludes", "labels")
# Of these groups a garment has one labelled value: its tags exclude one another unless one implies the other.
EXCLUSIVE_GROUPS = ("category", "sleeve", "neck", "length", "fit")
# One measured color can be called by any of two heads, and the second of them is often "none".
_SAME_VALUES = {"color2": "color1"}


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag of the vocabulary.

    Attributes:
        name: unique.
        type: DeepFashion's attribute type, one of `TYPES`.
        group: what it is about ("color", "pattern", "sleeve", "fiber", "occasion", ...).
        synonyms: other words and spellings for it; plurals, hyphens and case need not be listed.
        visible: whether a photo can show it.
        implies: tags that hold whenever this one does.
        excludes: tags that can not hold together with it, as written; see `Vocabulary.excluded_by` for all.
        labels: (group, value) pairs of `smartrec.labels` that mean it.
    """

    name: str
    type: str
    group: str
    synonyms: tuple[str, ...] = ()
    visible: bool = True
    implies: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    labels: tuple[tuple[str, str], ...] = ()


class Vocabulary:
    """Tags in a fixed order, with every way to look one up."""

    def __init__(self, tags: Iterable[Tag]) -> None:
        self.tags = tuple(tags)
        self.names = tuple(tag.name for tag in self.tags)
        self.positions: Mapping[str, int] = {name: i for i, name in enumerate(self.names)}
        if len(self.positions) != len(self.tags):
            raise SmartRecError("Tag names must be unique in the vocabulary.")

    @classmethod
    def load(cls, folder: Path = FOLDER) -> Vocabulary:
        """The project's own vocabulary. Raises SmartRecError if a file of it is missing or malformed."""
        tags: list[Tag] = []
        for kind in TYPES:
            path = folder / f"{kind}.tsv"
            if not path.is_file():
                raise SmartRecError(f"The vocabulary needs a file for every type of {TYPES}. Missing: {path}")
            header, *lines = path.read_text(encoding="utf-8").splitlines()
            if tuple(header.split("\t")) != COLUMNS:
                raise SmartRecError(f"{path} must have the columns {COLUMNS}. Received: {header!r}")
            tags.extend(_tag(kind, line) for line in lines)
        return cls(tags)

    @classmethod
    def from_deepfashion(cls, path: Path) -> Vocabulary:
        """The vocabulary of a `list_attr_cloth.txt`. Raises BadInputError if the file holds no attribute.

        A count line and a line of column names are skipped where present; columns may be separated by tabs or padded;
        names may hold spaces and the type, 1 to 5, is the last field.
        """
        numbers = {str(i): kind for i, kind in enumerate(TYPES, start=1)}
        types: dict[str, str] = {}
        for line in path.read_text(encoding="utf-8-sig").splitlines():
            name, _, number = line.strip().replace("\t", " ").rpartition(" ")
            name = " ".join(name.split())
            if name and number in numbers:
                types.setdefault(name, numbers[number])
        if not types:
            raise BadInputError(f"Lines of an attribute name and a type from 1 to 5 were expected. Received: {path}")
        return cls.from_types(types)

    @classmethod
    def from_types(cls, types: Mapping[str, str]) -> Vocabulary:
        """The vocabulary of foreign attributes, each with one of `TYPES`, in this order.

        A name that this project's own vocabulary knows keeps its group and its label, so that photos still map to it.
        """
        own = cls.load()
        tags = []
        for name, kind in types.items():
            same = own.by_surface.get(normalize.key(name))
            known = own.tag(same) if same else Tag(name, kind, group=kind)
            tags.append(Tag(name, kind, known.group, visible=known.visible, labels=known.labels))
        return cls(tags)

    @property
    def types(self) -> dict[str, str]:
        """Tag name -> type, in order: what `from_types` makes a foreign vocabulary of."""
        return {tag.name: tag.type for tag in self.tags}

    def __len__(self) -> int:
        return len(self.tags)

    def __contains__(self, name: object) -> bool:
        return name in self.positions

    def tag(self, name: str) -> Tag:
        """The tag of this name. Raises SmartRecError."""
        try:
            return self.tags[self.positions[name]]
        except KeyError:
            raise SmartRecError(f"No tag of this name in the vocabulary. Received: {name!r}") from None

    def for_label(self, group: str, value: str) -> str | None:
        """The tag that means a label value; None for "na", "unknown" and whatever means that nothing is there."""
        return self._by_label.get((_SAME_VALUES.get(group, group), value))

    @cached_property
    def _by_label(self) -> dict[tuple[str, str], str]:
        return {label: tag.name for tag in self.tags for label in tag.labels}

    @cached_property
    def by_surface(self) -> dict[str, str]:
        """Normalized surface (`normalize.key` of a name or a synonym) -> tag name; a name wins over a synonym."""
        found = {normalize.key(tag.name): tag.name for tag in self.tags}
        for tag in self.tags:
            for synonym in tag.synonyms:
                found.setdefault(normalize.key(synonym), tag.name)
        return found

    @cached_property
    def implied_by(self) -> dict[str, frozenset[str]]:
        """Tag name -> every tag that holds with it, itself not included."""
        closed: dict[str, frozenset[str]] = {}

        def close(name: str) -> frozenset[str]:
            if name not in closed:
                closed[name] = frozenset()
                direct = [other for other in self.tag(name).implies if other in self]
                closed[name] = frozenset(direct).union(*(close(other) for other in direct))
            return closed[name]

        for name in self.names:
            close(name)
        return closed

    def expand(self, names: Iterable[str]) -> tuple[str, ...]:
        """The names and all that they imply, each once, in the order in which they turn up."""
        found: dict[str, None] = {}
        for name in names:
            if name in self:
                found.setdefault(name)
                for other in self.tags[self.positions[name]].implies:
                    found.update(dict.fromkeys(self.expand((other,))))
        return tuple(found)

    @cached_property
    def excluded_by(self) -> dict[str, frozenset[str]]:
        """Tag name -> the tags that can not hold together with it. Symmetric; implied tags hand theirs down."""
        pairs = {(tag.name, other) for tag in self.tags for other in tag.excludes if other in self}
        for group in EXCLUSIVE_GROUPS:
            values = [tag.name for tag in self.tags if any(g == group for g, _ in tag.labels)]
            pairs.update(combinations(values, 2))
        holders: dict[str, set[str]] = {}
        for name, implied in self.implied_by.items():
            for other in (name, *implied):
                holders.setdefault(other, set()).add(name)
        found: dict[str, set[str]] = {name: set() for name in self.names}
        for a, b in pairs:
            if b in self.implied_by[a] or a in self.implied_by[b]:
                continue
            for x in holders[a]:
                for y in holders[b] - holders[a]:
                    if x not in holders[b]:
                        found[x].add(y)
                        found[y].add(x)
        return {name: frozenset(others) for name, others in found.items()}


def _tag(kind: str, line: str) -> Tag:
    name, group, visible, synonyms, implies, excludes, labels = line.split("\t")
    return Tag(
        name=name,
        type=kind,
        group=group,
        visible=visible == "1",
        synonyms=_parts(synonyms),
        implies=_parts(implies),
        excludes=_parts(excludes),
        labels=tuple(_pair(label) for label in _parts(labels)),
    )


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()


def _pair(label: str) -> tuple[str, str]:
    group, _, value = label.partition(":")
    return group, value
