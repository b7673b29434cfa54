"""Puts a request together: the photo, the words, and what the person added, removed, liked and disliked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from smartrec.attributes import normalize
from smartrec.errors import BadInputError
from smartrec.labels import CATEGORIES
from smartrec.recommend.base import Query
from smartrec.recommend.weights import Weights
from smartrec.recommend.weights import parse as parse_weights
from smartrec.text.cues import seeks_company
from smartrec.text.language import Language, language_of
from smartrec.text.lexicon import NO_WORDS
from smartrec.text.parsed import Garment, ParsedWords

if TYPE_CHECKING:
    from smartrec.answer import Description
    from smartrec.attributes.vocabulary import Vocabulary
    from smartrec.catalog.schema import Catalog
    from smartrec.shoppers.schema import History
    from smartrec.vision.finding import Finding


# Categories of a photo that are at least this share as likely as the best are kept by words that name none.
_AS_LIKELY = 0.5


@dataclass(frozen=True, slots=True)
class Clicks:
    """What the person did beside typing: ids of products liked and disliked, tags added and removed."""

    liked: tuple[str, ...] = ()
    disliked: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


def weights_of(weights: Weights | str | None) -> Weights | None:
    """A weight set from a set, a preset's name or "look=1,taste=.5". Raises WeightsError."""
    return parse_weights(weights) if isinstance(weights, str) else weights


def make_query(
    catalog: Catalog,
    vocabulary: Vocabulary,
    history: History,
    description: Description | None,
    parsed: ParsedWords | None,
    clicks: Clicks,
    *,
    k: int,
    now: np.datetime64,
) -> Query:
    """What the ranker is asked. See `Engine.recommend` for the arguments.

    A photo in which no garment was found does not lead: only its answer says so.

    Raises:
        BadInputError: k is out of range.
        UnknownProductError: a liked or disliked product is not in the catalog.
    """
    if k < 1:
        raise BadInputError(f"Expected at least one product. Received: k = {k}")
    gone = frozenset(clicks.removed)
    seen = description if description is not None and description.finding.garment_found else None
    shown = _without(seen.finding, gone, vocabulary) if seen else None
    return Query(
        history=history,
        finding=shown,
        tags=tuple(tag for tag in seen.tags if tag.name not in gone) if seen else (),
        parsed=_compared(_changed(parsed, clicks.added, gone, vocabulary), shown),
        k=k,
        now=now,
        liked=tuple(catalog.position(product) for product in clicks.liked),
        disliked=tuple(catalog.position(product) for product in clicks.disliked),
    )


def _compared(parsed: ParsedWords | None, photo: Finding | None) -> ParsedWords | None:
    """The words with the kinds of garment that the photo may show, where they change it ("in navy") and name none.

    What is to be worn with the photo's garment is of another kind.
    """
    if parsed is None or photo is None or parsed.categories or seeks_company(parsed.text):
        return parsed
    found = photo.heads["category"]
    near = _AS_LIKELY * found.get(photo.category, 0.0)
    kinds = (name for name, likely in found.items() if name == photo.category or likely >= near > 0.0)
    return replace(parsed, kept=tuple(name for name in kinds if name not in parsed.excluded_categories))


def _without(finding: Finding, gone: frozenset[str], vocabulary: Vocabulary) -> Finding:
    """The finding as if the removed tags had not been seen: their values get probability zero."""
    if not gone:
        return finding
    heads = {group: dict(values) for group, values in finding.heads.items()}
    labels = dict(finding.labels)
    for group, values in heads.items():
        for value in values:
            if vocabulary.for_label(group, value) in gone:
                values[value] = 0.0
        if vocabulary.for_label(group, labels[group]) in gone:
            labels[group] = max(values, key=lambda value: values[value])
    colors = tuple(c for c in finding.colors if vocabulary.for_label("color1", c.name) not in gone)
    return replace(finding, heads=heads, labels=labels, colors=colors)


def _changed(
    parsed: ParsedWords | None, added: Sequence[str], gone: frozenset[str], vocabulary: Vocabulary
) -> ParsedWords | None:
    """The words with the person's own chips: added ones count as said, removed ones as not said."""
    if parsed is None and not added:
        return None
    parsed = parsed or ParsedWords(text="")
    unknown = [name for name in added if name not in vocabulary]
    if unknown:
        raise BadInputError(f"Expected tags of the vocabulary. Received: {unknown[0]!r}")
    said = tuple(tag for tag in parsed.tags if tag not in gone)
    tags = tuple(dict.fromkeys((*said, *added)))
    language = language_of(vocabulary, NO_WORDS)
    unsaid = _categories(gone.intersection(parsed.tags), language) - _categories(said, language)
    meant = [name for name in parsed.categories if name not in unsaid and _tag_of(name, vocabulary) not in gone]
    meant += [name for name in CATEGORIES if name in _categories(added, language)]
    left = (tuple(tag for tag in names if tag not in gone) for names in parsed.alternatives)
    return replace(
        parsed,
        terms=_terms_without(parsed, gone, said, vocabulary),
        tags=tags,
        categories=tuple(dict.fromkeys(meant)),
        alternatives=tuple(names for names in left if len(names) > 1),
        garments=tuple(_garments(parsed, added, gone, vocabulary)),
        missing=tuple(tag for tag in parsed.missing if tag not in gone),
    )


def _garments(
    parsed: ParsedWords, added: Sequence[str], gone: frozenset[str], vocabulary: Vocabulary
) -> Iterator[Garment]:
    """The garments that the words name: one whose own tag was removed is no longer asked for, an added tag is of all.

    An added garment is no property of the others: then all tags are asked of one.
    """
    language = language_of(vocabulary, NO_WORDS)
    if _categories(added, language):
        return
    for garment, words in zip(parsed.garments, parsed.each, strict=False):
        if not _categories(gone.intersection(garment.tags), language):
            said = tuple(tag for tag in garment.tags if tag not in gone)
            terms = _terms_without(words, gone, said, vocabulary)
            yield replace(garment, terms=terms, tags=tuple(dict.fromkeys((*said, *added))))


def _categories(tags: Iterable[str], language: Language) -> set[str]:
    return {name for tag in tags for name in language.categories_of(tag)}


def _tag_of(category: str, vocabulary: Vocabulary) -> str | None:
    return vocabulary.for_label("category", category)


def _terms_without(
    parsed: ParsedWords, gone: frozenset[str], said: Sequence[str], vocabulary: Vocabulary
) -> tuple[str, ...]:
    """The words for the text index without those that name a removed tag and no tag that is left."""
    removed = gone.intersection(parsed.tags)
    words = {word for tag in removed for word in normalize.tokens(tag)}
    kept = {word for tag in said for word in normalize.tokens(tag)}
    return tuple(
        term
        for term in parsed.terms
        if (term in kept or term not in words) and vocabulary.by_surface.get(normalize.key(term)) not in removed
    )
