"""What tags, categories and color values mean in the project's own vocabulary, whichever of the three they are.

So that one sentence says each thing once, and that a shade asked for finds the label of its color.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from smartrec.attributes import normalize
from smartrec.attributes.vocabulary import Vocabulary

# Of these, "denim" beside "denim wash" says nothing new; "short" beside "short sleeve" does.
_REPEATED = frozenset(("color", "tone", "pattern", "fabric", "fiber"))
_GARMENTS = frozenset(("category", "family", "kind"))


@lru_cache(maxsize=4096)
def meaning(name: str) -> str:
    """The tag of the project's vocabulary that a tag, category or color value means; a comparable form without one."""
    vocabulary = _own()
    if name in vocabulary:
        return name
    by_label = vocabulary.for_label("category", name) or vocabulary.for_label("color1", name)
    return by_label or vocabulary.by_surface.get(normalize.key(name)) or normalize.key(name)


def said_once(names: Iterable[str], beside: Iterable[str] = ()) -> tuple[str, ...]:
    """The names in order without those that repeat another one, or that another one implies.

    Args:
        names: tags, category names or color values, in any spelling; what is none of them is kept as it is.
        beside: names that the sentence says elsewhere.

    Returns:
        ("Capris", "capris", "trousers", "navy") -> ("Capris", "navy"). Color values come back as their tags.
    """
    senses = [_sense(name) for name in names]
    around = [_sense(name) for name in beside]
    every = [*around, *senses]
    implied = frozenset().union(*[sense.implied for sense in every])
    said = {sense.tag for sense in around}
    kept = []
    for sense in senses:
        tag, words = sense.tag, sense.words
        if tag in said or tag in implied or (words and any(words < other.every_word for other in every)):
            continue
        kept.append(sense.shown)
        said.add(tag)
    return tuple(kept)


class _Sense(NamedTuple):
    """What one name says: its tag and what that implies, its words, and how it is written."""

    tag: str
    implied: frozenset[str]
    every_word: frozenset[str]
    # The same words if another name that has them all leaves nothing to say, else none.
    words: frozenset[str]
    shown: str


@lru_cache(maxsize=4096)
def _sense(name: str) -> _Sense:
    vocabulary, tag = _own(), meaning(name)
    words = frozenset(tag.split())
    repeated = tag in vocabulary and vocabulary.tag(tag).group in _REPEATED
    shown = vocabulary.for_label("color1", name) or name
    implied = frozenset(vocabulary.implied_by.get(tag, ()))
    return _Sense(tag, implied, words, words if repeated else frozenset(), shown)


def colors_of(tags: Iterable[str]) -> frozenset[str]:
    """Values of the label `color1` that color tags mean, a shade that of its color: ("mustard",) -> {"yellow"}."""
    return frozenset(color for tag in tags if (color := _color_of(tag)))


@lru_cache(maxsize=4096)
def _color_of(tag: str) -> str:
    """Value of the label `color1` that a tag means, "" if it means none."""
    vocabulary, tag = _own(), meaning(tag)
    if tag not in vocabulary or vocabulary.tag(tag).group != "color":
        return ""
    labels = (label for name in vocabulary.expand((tag,)) for label in vocabulary.tag(name).labels)
    return next((value for group, value in labels if group == "color1"), "")


def covered(name: str, by: Iterable[str]) -> bool:
    """Whether one of the names means it, something wider or a kind of it: Shoes by "accessories" as by "boots"."""
    vocabulary = _own()
    own = meaning(name)
    others = {meaning(other) for other in by}
    wider = vocabulary.implied_by.get(own, frozenset())
    return own in others or any(other in wider or own in vocabulary.implied_by.get(other, ()) for other in others)


def kind_of(category: str, names: Iterable[str]) -> str:
    """The first of the names that a category is a kind of ("trousers" for "Capris"); "" if it is named itself."""
    vocabulary = _own()
    own = meaning(category)
    garments = [
        (name, tag) for name in names if (tag := meaning(name)) in vocabulary and vocabulary.tag(tag).group in _GARMENTS
    ]
    if any(tag == own for _, tag in garments):
        return ""
    return next((name for name, tag in garments if tag in vocabulary.implied_by.get(own, ())), "")


@lru_cache(maxsize=1)
def _own() -> Vocabulary:
    return Vocabulary.load()
