"""The text index: TF-IDF over words and characters of products, and who carries which tag of the vocabulary.

A product that satisfies all that was understood always scores above one that does not, and a color asked for means
the main one: green tees come before prints with some green in them. Among equals the likeness of texts decides.
Scoring touches only the columns of the query's own words and tags.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Mapping
from functools import reduce
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from smartrec.artifacts import atomic_write
from smartrec.attributes import normalize
from smartrec.attributes.vocabulary import Tag, Vocabulary
from smartrec.catalog.schema import Catalog
from smartrec.errors import WorkspaceError
from smartrec.text.facts import Facts
from smartrec.text.lexicon import Lexicon
from smartrec.text.likeness import WordLikeness
from smartrec.text.parsed import ParsedWords
from smartrec.text.postings import Postings
from smartrec.text.suits import ENOUGH, GARMENT, suits
from smartrec.text.tagging import Tagger
from smartrec.text.word_weights import fit_words

VERSION = 2
# Scores begin here for a product that satisfies everything, in the main color asked for or with some of it, and end
# below the second for any other. The steps are as wide as they are because a photo speaks in the same sum.
_ALL = 0.85
_ALL_SOME_COLOR = 0.55
_NOT_ALL = 0.5
_LIKENESS = 0.05  # of texts, for a product that does not satisfy everything
_EXACT = 0.05  # of the first category named, not of one that is a kind of it
_SOME_COLOR = 0.5  # what some of a color counts for in a product that does not satisfy everything
_NEARLY = 0.5  # what a tag's wider meaning counts for ("yellow" where "mustard" is asked for)
_ANY_GENDER = ("", "unisex")
_FACTS = ("genders", "categories", "colors")


class TextIndex:
    """Scores every product for a shopper's words."""

    def __init__(self, words: Postings, idf: np.ndarray, tags: Postings, like: WordLikeness, facts: Facts) -> None:
        """`words`: unit rows of TF-IDF; `idf`: (W,) float32 aligned with `words.names`. Use `fit` or `load`."""
        self._words = words
        self._idf = idf
        self._tags = tags
        self._like = like
        self._facts = facts
        self.lexicon = Lexicon(words.counts())
        self._vocabulary: Vocabulary | None = None

    @classmethod
    def fit(cls, catalog: Catalog, vocabulary: Vocabulary) -> TextIndex:
        """An index of the catalog's titles, descriptions, brands and tags."""
        tags = list(Tagger(vocabulary).of_catalog(catalog))
        words, idf = fit_words(catalog, tags)
        like = WordLikeness.fit(words.names)
        carried = Postings.from_sets(tags, vocabulary.names)
        return cls(words, idf, carried, like, Facts.of(catalog, vocabulary)).understand(vocabulary)

    def understand(self, vocabulary: Vocabulary) -> TextIndex:
        """Lets tags that no product carries count through what they imply."""
        self._vocabulary = vocabulary
        return self

    def __len__(self) -> int:
        return len(self._facts.prices)

    def score(self, parsed: ParsedWords) -> np.ndarray:
        """(N,) float32 in [0, 1], aligned with the catalog; 0 for what the words rule out.

        Of several garments that the words name the best one counts: a product is either the tee or the jeans.
        """
        return reduce(np.maximum, (self._score(one) for one in parsed.each))

    def _score(self, parsed: ParsedWords) -> np.ndarray:
        scores = self._likeness(parsed)
        met, total = self._met(parsed)
        if total:
            everything = np.flatnonzero(met >= total - 1e-3)
            best = (1 - _ALL - _EXACT) * scores[everything]
            colors = self._some_color(parsed)
            if colors is None:
                best += _ALL
            else:
                met -= np.float32(1 - _SOME_COLOR) * colors
                best += np.where(colors[everything] > 0, np.float32(_ALL_SOME_COLOR), np.float32(_ALL))
            scores *= np.float32(_LIKENESS)
            met *= np.float32((_NOT_ALL - _LIKENESS - _EXACT) / total)
            scores += met
            scores[everything] = best
            for name in self._named(parsed.categories, parsed.tags)[:1]:
                scores[self._facts.categories.rows_of(name)] += np.float32(_EXACT)
        scores[self.ruled_out(parsed)] = 0.0
        return np.minimum(scores, np.float32(1.0), out=scores)

    def _named(self, categories: Iterable[str], tags: Iterable[str]) -> list[str]:
        """The categories that the words name themselves: of "trousers" neither capris nor jeans come before others."""
        known = self._vocabulary
        own = {name: known.for_label("category", name) if known is not None else None for name in categories}
        return [name for name, tag in own.items() if tag is None or tag in tags]

    def _some_color(self, parsed: ParsedWords) -> np.ndarray | None:
        """(N,) float32: how many colors asked for a product carries without being mainly in one; None if none is."""
        asked = [choice for choice in _choices(parsed) if self._is_color(choice[0])]
        if not asked:
            return None
        found = np.zeros(len(self), dtype=np.float32)
        for choice in asked:
            found += self._carries(choice)
        for name in self._main_colors(asked):
            found[self._facts.colors.rows_of(name)] = 0.0
        return found

    def _main_colors(self, asked: Iterable[tuple[str, ...]]) -> set[str]:
        """Main colors that answer the colors asked for: they, what they are shades of, and their own shades."""
        names = {name for choice in asked for name in choice}
        known = self._vocabulary
        if known is None:
            return names
        shades = {name for name in self._facts.colors.names if names & known.implied_by.get(name, frozenset())}
        return {*shades, *(name for name in known.expand(names) if self._is_color(name))}

    def _is_color(self, tag: str) -> bool:
        known = self._vocabulary
        return known is not None and tag in known and known.tag(tag).group == "color"

    def satisfies(self, parsed: ParsedWords) -> np.ndarray:
        """(N,) bool: carries every tag asked for, is of the category, price and gender, and is not ruled out."""
        found = np.zeros(len(self), dtype=bool)
        for one in parsed.each:
            met, total = self._met(one)
            found |= met >= total - 1e-3
        found[self.ruled_out(parsed)] = False
        return found

    def missing(self, tags: Iterable[str]) -> tuple[str, ...]:
        """Those of the tags that no product carries, nor says with all their words."""
        known = self.lexicon
        return tuple(
            tag
            for tag in tags
            if not len(self._tags.rows_of(tag)) and not all(word in known for word in normalize.tokens(tag))
        )

    def ruled_out(self, parsed: ParsedWords) -> np.ndarray:
        """(M,) int32 positions of products that the words exclude; one may be named twice."""
        by_tag = [self._tags.rows_of(tag) for tag in parsed.excluded]
        by_category = [self._facts.categories.rows_of(name) for name in parsed.excluded_categories]
        return np.concatenate([np.empty(0, np.int32), *by_tag, *by_category])

    def _met(self, parsed: ParsedWords) -> tuple[np.ndarray, int]:
        """(N,) float32 number of requirements that each product meets, and how many there are."""
        met = np.zeros(len(self), dtype=np.float32)
        choices = _choices(parsed)
        kinds = parsed.categories or parsed.kept
        for choice in choices:
            met += self._carries(choice, any_garment=not kinds)
        total = len(choices)
        if kinds:
            total += 1
            for name in kinds:
                met[self._facts.categories.rows_of(name)] += 1
        if parsed.gender:
            total += 1
            for gender in (*_ANY_GENDER, parsed.gender):
                met[self._facts.genders.rows_of(gender)] += 1
        if parsed.price_min is not None or parsed.price_max is not None:
            total += 1
            low, high = parsed.price_min or 0.0, parsed.price_max if parsed.price_max is not None else np.inf
            met += (self._facts.prices >= np.float32(low)) & (self._facts.prices <= np.float32(high))
        return met, total

    def _carries(self, choice: Iterable[str], *, any_garment: bool = True) -> np.ndarray:
        """(N,) float32: 1 with one of the tags, less with what one of them implies or what suits it.

        Where the words name a garment (not `any_garment`), only the traits tell what suits.
        """
        values = np.zeros(len(self), dtype=np.float32)
        for tag in choice:
            if not len(self._tags.rows_of(tag)):
                np.maximum(values, self._stand_in(tag, any_garment), out=values)
            for wider in self._wider(tag):
                values[self._tags.rows_of(wider)] = _NEARLY
        for tag in choice:
            values[self._tags.rows_of(tag)] = 1.0
        return values

    def _stand_in(self, tag: str, any_garment: bool) -> np.ndarray:
        """(N,) float32, at most `_NEARLY`, of a tag that no product carries: what suits it, or what it implies."""
        suit = suits().get(tag)
        if suit is not None:
            fitting = np.minimum(self._count(suit.traits), ENOUGH) / np.float32(ENOUGH)
            if any_garment:
                fitting = (1 - GARMENT) * fitting + GARMENT * np.minimum(self._count(suit.garments), 1)
            return np.float32(_NEARLY) * fitting
        known = self._vocabulary
        own = known.tag(tag).implies if known is not None and tag in known else ()
        meant = [name for name in own if known is not None and name in known and not _says_little(known.tag(name))]
        return np.float32(_NEARLY / max(len(meant), 1)) * self._count(meant)

    def _count(self, tags: Iterable[str]) -> np.ndarray:
        """(N,) float32: how many of the tags each product carries."""
        found = np.zeros(len(self), dtype=np.float32)
        for tag in tags:
            found[self._tags.rows_of(tag)] += 1
        return found

    def _wider(self, tag: str) -> list[str]:
        """What is nearly meant: "yellow" by "mustard", "striped" by "pinstripe"; but not any pattern by "striped"."""
        if self._vocabulary is None or tag not in self._vocabulary:
            return []
        own = self._vocabulary.tag(tag)
        implied = (self._vocabulary.tag(name) for name in own.implies if name in self._vocabulary)
        return [other.name for other in implied if other.group == own.group and not _says_little(other)]

    def _likeness(self, parsed: ParsedWords) -> np.ndarray:
        """(N,) float32 cosine of the query's words with every product's."""
        weights: dict[str, float] = {}
        for term in dict.fromkeys((*parsed.terms, *(word for tag in parsed.tags for word in normalize.tokens(tag)))):
            if term in self._words.columns:
                weights[term] = 1.0
            elif term in parsed.terms:
                for word, cosine in self._like.nearest(term):
                    weights[word] = max(weights.get(word, 0.0), cosine)
        weights = {word: weight * float(self._idf[self._words.columns[word]]) for word, weight in weights.items()}
        length = float(np.sqrt(sum(weight**2 for weight in weights.values())))
        scores = np.zeros(len(self), dtype=np.float32)
        for word, weight in weights.items():
            self._words.add(word, weight / length, scores)
        return scores

    def save(self, path: Path) -> None:
        """Writes the index as one npz file, whole or not at all."""
        arrays = {**self._words.arrays("words"), "words_idf": self._idf, **self._tags.arrays("tags")}
        arrays.update(self._like.arrays())
        arrays["prices"] = self._facts.prices
        for name in _FACTS:
            arrays.update(getattr(self._facts, name).arrays(name))
        arrays["about"] = np.array(json.dumps({"version": VERSION, "products": len(self)}), dtype=np.str_)
        buffer = io.BytesIO()
        np.savez(buffer, **arrays)  # type: ignore[arg-type]
        atomic_write(path, buffer.getvalue())

    @classmethod
    def load(cls, path: Path, vocabulary: Vocabulary | None = None) -> TextIndex:
        """The index that `save` wrote. Raises WorkspaceError if it is missing, damaged or of another version."""
        try:
            with np.load(path, allow_pickle=False) as file:
                arrays: Mapping[str, np.ndarray] = {name: file[name] for name in file.files}
            about = json.loads(str(arrays["about"]))
            if about["version"] != VERSION:
                raise WorkspaceError(f"A text index of version {VERSION} was expected. Received: {about['version']}")
            words, tags = (Postings.from_arrays(arrays, name) for name in ("words", "tags"))
            facts = Facts(arrays["prices"], **{name: Postings.from_arrays(arrays, name) for name in _FACTS})
            index = cls(words, arrays["words_idf"], tags, WordLikeness.from_arrays(arrays), facts)
        except (OSError, EOFError, KeyError, ValueError, BadZipFile) as error:
            raise WorkspaceError(
                f"A text index was expected; build the shop again. Received: {path} ({error})"
            ) from error
        return index.understand(vocabulary) if vocabulary is not None else index


def _says_little(tag: Tag) -> bool:
    return not tag.labels or ("pattern", "other") in tag.labels


def _choices(parsed: ParsedWords) -> list[tuple[str, ...]]:
    """Sets of tags of which one is asked for."""
    sets = (tuple(tag for tag in choice if tag in parsed.tags) or choice for choice in parsed.alternatives)
    return [*sets, *((tag,) for tag in parsed.tags if not _in_any(tag, parsed.alternatives))]


def _in_any(tag: str, sets: Iterable[Iterable[str]]) -> bool:
    return any(tag in members for members in sets)
