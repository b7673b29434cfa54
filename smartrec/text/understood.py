"""What was understood of the words, said for people: each thing once, and nothing left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from smartrec.attributes.meaning import covered
from smartrec.text.parsed import ParsedWords

KINDS = ("wanted", "not", "person", "price", "photo", "corrected", "unknown")


@dataclass(frozen=True, slots=True)
class Chip:
    """One thing that was understood or not: one of `KINDS`, and its text."""

    kind: str
    text: str


def chips(parsed: ParsedWords) -> tuple[Chip, ...]:
    """All that the words came to, in the order of `KINDS`."""
    return tuple(_chips(parsed))


def _chips(parsed: ParsedWords) -> Iterator[Chip]:
    for name in _once(parsed.tags, parsed.categories):
        yield Chip("wanted", name)
    for name in _once(parsed.excluded, parsed.excluded_categories):
        yield Chip("not", f"not {name}")
    if parsed.gender:
        yield Chip("person", f"for {parsed.gender}")
    low, high = parsed.price_min, parsed.price_max
    if low is not None and high is not None:
        yield Chip("price", f"{low:g} to {high:g}")
    elif low is not None or high is not None:
        yield Chip("price", f"from {low:g}" if low is not None else f"up to {high:g}")
    if parsed.relative:
        yield Chip("photo", "compared with a photo")
    for typed, meant in parsed.corrections:
        yield Chip("corrected", f"{typed} read as {meant}")
    for words in parsed.unknown:
        yield Chip("unknown", words)


def _once(tags: Iterable[str], categories: Iterable[str]) -> tuple[str, ...]:
    """The tags, and the categories that nothing before them says: "trousers" stands for twelve, "jeans" for Jeans."""
    said = list(tags)
    said.extend(name for name in categories if not covered(name, said))
    return tuple(said)
