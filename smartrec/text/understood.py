"""What was understood of the words, said for people: each thing once, and nothing left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from smartrec.attributes.meaning import covered
from smartrec.text.parsed import ParsedWords

KINDS = ("wanted", "not", "person", "price", "photo", "corrected", "missing", "unknown")


@dataclass(frozen=True, slots=True)
class Chip:
    """One thing that was understood or not: one of `KINDS`, and its text."""

    kind: str
    text: str


def chips(parsed: ParsedWords) -> tuple[Chip, ...]:
    """All that the words came to, in the order of `KINDS`."""
    return tuple(_chips(parsed))


def _chips(parsed: ParsedWords) -> Iterator[Chip]:
    wanted = (name for name in _once(parsed.tags, parsed.categories) if name not in parsed.missing)
    yield from (Chip("wanted", name) for name in wanted)
    yield from (Chip("not", f"not {name}") for name in _once(parsed.excluded, parsed.excluded_categories))
    if parsed.gender:
        yield Chip("person", f"for {parsed.gender}")
    yield from _price(parsed.price_min, parsed.price_max)
    if parsed.relative:
        yield Chip("photo", "compared with a photo")
    yield from (Chip("corrected", f"{typed} read as {meant}") for typed, meant in parsed.corrections)
    yield from (Chip("missing", name) for name in parsed.missing)
    yield from (Chip("unknown", words) for words in parsed.unknown)


def _price(low: float | None, high: float | None) -> Iterator[Chip]:
    if low is not None and high is not None:
        yield Chip("price", f"{low:g} to {high:g}")
    elif low is not None or high is not None:
        yield Chip("price", f"from {low:g}" if low is not None else f"up to {high:g}")


def _once(tags: Iterable[str], categories: Iterable[str]) -> tuple[str, ...]:
    """The tags, and the categories that nothing before them says: "trousers" stands for twelve, "jeans" for Jeans."""
    said = list(tags)
    said.extend(name for name in categories if not covered(name, said))
    return tuple(said)
