"""What was understood of a shopper's words."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Garment:
    """One of several garments that words name: its share of their terms, tags and categories."""

    terms: tuple[str, ...]
    tags: tuple[str, ...]
    categories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ParsedWords:
    """Words after parsing.

    Attributes:
        text: the words as they came.
        terms: pre-processed words for the text index (lower case, no stop words, spelling corrected).
        tags: vocabulary tags asked for, in the order of the words; category tags included.
        categories: DeepFashion or other category names that the words ask for (any of them satisfies).
        excluded: vocabulary tags that the words rule out ("no stripes").
        excluded_categories: category names that the words rule out.
        price_min: lowest price asked for, or None.
        price_max: highest price asked for, or None.
        gender: "women", "men", "kids" or "".
        unknown: words that meant nothing to the vocabulary and to the index.
        kept: categories of the photo that the words change in other things ("like this but longer", "in navy").
        missing: understood tags that no product of the shop says of itself; they count through what suits or is near.
        corrections: (typed, understood) for every spelling correction.
        relative: whether the words compare with a photo ("like this but ...").
        alternatives: sets of `tags` of which any one is enough ("navy or black", "jacket or coat").
        garments: terms, tags and categories of each garment where the words name several ("black tee and blue jeans").
    """

    text: str
    terms: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    excluded_categories: tuple[str, ...] = ()
    price_min: float | None = None
    price_max: float | None = None
    gender: str = ""
    unknown: tuple[str, ...] = ()
    corrections: tuple[tuple[str, str], ...] = ()
    relative: bool = False
    alternatives: tuple[tuple[str, ...], ...] = ()
    garments: tuple[Garment, ...] = ()
    missing: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()

    @property
    def each(self) -> tuple[ParsedWords, ...]:
        """The same words for one garment at a time; themselves, unless they name several."""
        if not self.garments:
            return (self,)
        return tuple(self._only(garment) for garment in self.garments)

    def _only(self, garment: Garment) -> ParsedWords:
        kept = (tuple(tag for tag in choice if tag in garment.tags) for choice in self.alternatives)
        return replace(
            self,
            terms=garment.terms,
            tags=garment.tags,
            categories=garment.categories,
            alternatives=tuple(choice for choice in kept if len(choice) > 1),
            garments=(),
        )

    @property
    def empty(self) -> bool:
        """Whether nothing was asked for that could rank or filter a product."""
        return not (
            self.terms or self.tags or self.categories or self.excluded or self.excluded_categories or self.gender
        ) and (self.price_min is None and self.price_max is None)
