"""What was understood of the words, said for people: each thing once, and nothing left out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from smartrec.attributes.meaning import covered
from smartrec.text.parsed import ParsedWords

KINDS = ("wanted", "not", "person", "price", "photo", "corrected", "missing", "unknown")


@dataclass(frozen=True, slots=True)
class Chip:
    """One thing that was understood or not: one of `KINDS`, and its text."""

    kind: str
    text: str

    @classmethod
    def wanted(cls, name: str) -> Chip:
        """A tag or category asked for."""
        return cls("wanted", name)

    @classmethod
    def missing(cls, name: str) -> Chip:
        """A tag asked for that no product says of itself."""
        return cls("missing", name)

    @classmethod
    def ruled_out(cls, name: str) -> Chip:
        """A tag or category that the words rule out."""
        return cls("not", f"not {name}")

    @classmethod
    def corrected(cls, typed: str, meant: str) -> Chip:
        """A spelling correction or a translation."""
        return cls("corrected", f"{typed} read as {meant}")


def chips(parsed: ParsedWords) -> tuple[Chip, ...]:
    """All that the words came to, in the order of `KINDS`."""
    return tuple(_chips(parsed))


def unsay(parsed: ParsedWords, unsaid: Collection[Chip]) -> ParsedWords:
    """The words as if these chips of price, person, photo and category names had not been said.

    Tags are taken back while the words are read, see `query.parse`: more hangs on them.
    """
    kinds = {chip.kind for chip in unsaid}
    low, high = (None, None) if "price" in kinds else (parsed.price_min, parsed.price_max)

    def left(categories: Iterable[str]) -> tuple[str, ...]:
        return tuple(name for name in categories if Chip.wanted(name) not in unsaid)

    return replace(
        parsed,
        categories=left(parsed.categories),
        excluded_categories=tuple(n for n in parsed.excluded_categories if Chip.ruled_out(n) not in unsaid),
        garments=tuple(replace(garment, categories=left(garment.categories)) for garment in parsed.garments),
        gender="" if "person" in kinds else parsed.gender,
        price_min=low,
        price_max=high,
        relative=parsed.relative and "photo" not in kinds,
    )


def _chips(parsed: ParsedWords) -> Iterator[Chip]:
    wanted = (name for name in _once(parsed.tags, parsed.categories) if name not in parsed.missing)
    yield from (Chip.wanted(name) for name in wanted)
    yield from (Chip.ruled_out(name) for name in _once(parsed.excluded, parsed.excluded_categories))
    if parsed.gender:
        yield Chip("person", f"for {parsed.gender}")
    yield from _price(parsed.price_min, parsed.price_max)
    if parsed.relative:
        yield Chip("photo", "compared with a photo")
    yield from (Chip.corrected(typed, meant) for typed, meant in parsed.corrections)
    yield from (Chip.missing(name) for name in parsed.missing)
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
