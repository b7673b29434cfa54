"""Everything the parser knows of words: the vocabulary's surfaces, categories, people, right spellings."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from smartrec.attributes import normalize
from smartrec.attributes.vocabulary import Tag, Vocabulary
from smartrec.labels import CATEGORIES
from smartrec.text import cues, numbers
from smartrec.text.lexicon import Lexicon
from smartrec.text.other_languages import translate
from smartrec.text.spelling import Speller

LONGEST_SURFACE = 6  # words
MOST_INDEX_WORDS = 20_000  # that a spelling error may mean
PLURAL = 0.2  # what a plural is less likely by than its word
PART = 0.4  # weight of a word that is only part of a surface
NUMBER = 0.6  # how likely a number word is meant
MOST_CORRECTIONS = 60  # a query with more unknown words than this is no query of words
_WORD = re.compile(r"[^\W\d_]{4,}+(?!'t\b)")
_PIECE = re.compile(r"(?<![^\W_])[^\W\d_]&[^\W\d_](?![^\W_])|[^\W_]+(?:'[^\W_]+)?|[,;:.!?()\[\]|&+/\n]")

PEOPLE = ("kids", "women", "men")  # kinds of pieces
_CHILD_TAGS = frozenset(("baby", "toddler"))


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the query.

    Attributes:
        kind: "tag", "category" (a tag that names a kind of garment), "word", "skip", "not", "or", "and", "comma",
            "break" or a gender ("women", "men", "kids").
        value: the tag's name, or the word as typed.
        words: comparable words that it was read from.
        unclear: a word that means something elsewhere, but not beside these others.
    """

    kind: str
    value: str
    words: tuple[str, ...] = ()
    unclear: bool = False

    @property
    def is_tag(self) -> bool:
        """Whether it names a tag of any kind."""
        return self.kind in ("tag", "category")


class Language:
    """One vocabulary together with one shop's words."""

    def __init__(self, vocabulary: Vocabulary, lexicon: Lexicon) -> None:
        self.vocabulary = vocabulary
        self.lexicon = lexicon
        # A foreign vocabulary (DeepFashion's) has no categories of its own: they are always understood.
        self.own = vocabulary if "tee" in vocabulary and "trousers" in vocabulary else Vocabulary.load()
        names = {**self.own.by_surface, **vocabulary.by_surface}
        kept = {key: name for key, name in names.items() if name in vocabulary or self.categories_of(name)}
        self.surfaces = {**kept, **vocabulary.by_surface}

    def tag(self, name: str) -> Tag:
        """A tag of the vocabulary, or a category tag of the project's own."""
        return self.vocabulary.tag(name) if name in self.vocabulary else self.own.tag(name)

    def categories_of(self, name: str) -> tuple[str, ...]:
        """Category names that a tag asks for: its own and those that are kinds of it; empty for an attribute."""
        return self._categories.get(name, ())

    @cached_property
    def _categories(self) -> dict[str, tuple[str, ...]]:
        label = {tag.name: value for tag in self.own.tags for group, value in tag.labels if group == "category"}
        found: dict[str, tuple[str, ...]] = {}
        for tag in self.own.tags:
            if tag.name in label or tag.group == "family":
                names = [label[n] for n in label if n == tag.name or tag.name in self.own.implied_by[n]]
            else:
                names = [label[n] for n in self._nearest_categories(tag, label)]
            if names:
                found[tag.name] = tuple(sorted(names, key=lambda n: (n != label.get(tag.name), CATEGORIES.index(n))))
        return found

    def _nearest_categories(self, tag: Tag, label: Mapping[str, str]) -> tuple[str, ...]:
        """Category tags that a kind or a cut belongs to ("ankle boots" are boots, which are shoes)."""
        if tag.group not in ("kind", "silhouette"):
            return ()
        direct = tuple(name for name in tag.implies if name in label)
        further = (self._nearest_categories(self.own.tag(name), label) for name in tag.implies)
        return direct or next(filter(None, further), ())

    @cached_property
    def speller(self) -> Speller:
        """Knows every word of the vocabulary, the products' texts, the cues, and ordinary English."""
        weights: dict[str, float] = {}

        def may_be(word: str, weight: float) -> None:
            plural = word + ("es" if word.endswith(("ss", "sh", "ch", "x")) else "" if word.endswith("s") else "s")
            for form, less in ((word, 0.0), (normalize.token(word), 0.0), (plural, PLURAL)):
                weights[form] = max(weights.get(form, 0.0), weight - less)

        for word in self.lexicon.frequent(MOST_INDEX_WORDS):
            may_be(word, 0.6)
        cue_words = (*cues.NEGATIONS, *cues.GENDERS, *cues.AMOUNTS, "with", "like", "same", "and", "not")
        weights.update({word: 0.8 for word in cue_words})
        weights.update({word: NUMBER for word in numbers.WORDS if len(word) > 4})
        known = {*cues.stop_words(), *cues.common_words(), *self.lexicon.counts, *self.surfaces, *cue_words}
        known.update((*cues.SKIPPED, *cues.BREAKS, *cues.COMPARATIVES, *numbers.WORDS))
        parts: set[str] = set()
        for tag in (*self.vocabulary.tags, *(t for t in self.own.tags if t.name in self._categories)):
            for i, surface in enumerate((tag.name, *tag.synonyms)):
                words = normalize.split(surface)
                known.update((*words, *map(normalize.token, words)))
                parts.update(
                    words if len(words) == 1 and (len(words[0]) > 3 or self._likelihood(tag, i == 0, 1) == 1) else ()
                )
                weight = self._likelihood(tag, i == 0, len(words))
                for word in filter(str.isalpha, words):
                    may_be(word, weight)
                if len(words) > 1:
                    may_be("".join(words), 0.3)
        return Speller({w: v for w, v in weights.items() if w not in ("", " ")}, known, parts)

    def _likelihood(self, tag: Tag, is_name: bool, words: int) -> float:
        """How likely a word of a surface is meant by a misspelled one, against others as near."""
        if words > 1:
            return PART
        if self.categories_of(tag.name):
            return 1.0 if is_name else 0.9
        return (1.0 if tag.labels else 0.7) if is_name else 0.5

    def spell(self, text: str, as_typed: Collection[str] = ()) -> tuple[str, tuple[tuple[str, str], ...]]:
        """The folded text in English, with its spelling errors corrected, and the (typed, understood) pairs.

        Words of `as_typed` stay as they are.
        """
        words, (text, translated) = text, translate(text, self._is_right, as_typed)
        if translated and len(translated) > sum(map(self._is_right, set(_WORD.findall(words)))):
            return text, translated  # another language's words are no English ones misspelled
        made: dict[str, str] = {}
        tried: set[str] = set()

        def mend(match: re.Match[str]) -> str:
            word = match[0]
            if word not in tried and word not in as_typed:
                if len(tried) >= MOST_CORRECTIONS:
                    return word
                tried.add(word)
                meant = () if self._is_right(word) else self.speller.correct(word)
                if meant:
                    made[word] = " ".join(meant)
            return made.get(word, word)

        return _WORD.sub(mend, text), (*translated, *made.items())

    def is_name(self, words: str) -> bool:
        """Whether folded words are a name of something as they stand ("wrinkle-free")."""
        return normalize.key(words) in self.surfaces

    def _is_right(self, word: str) -> bool:
        same = normalize.token(word)
        return same in self.surfaces or same in self.speller.known or bool(self._denied(word))

    def _denied(self, word: str) -> str:
        """The surface that a word denies by its ending or beginning ("collarless", "unripped"); "" for others."""
        stem = normalize.token(word.removesuffix("less") if word.endswith("less") else word.removeprefix("un"))
        return stem if len(stem) > 2 and stem != normalize.token(word) and stem in self.surfaces else ""

    def read(self, text: str) -> list[Piece]:
        """The folded text as pieces in order; the longest surface of the vocabulary wins."""
        return [piece for run in _runs(text) for piece in self._read_run(run)]

    def _read_run(self, run: list[str]) -> Iterator[Piece]:
        typed = [normalize.token(word) for word in run]
        compared = [cues.COMPARATIVES.get(word, word) for word in typed]
        readings = (compared, typed) if compared != typed else (typed,)
        at = 0
        while at < len(run):
            gender = self._gender(typed, at)
            # "lighter blue" is light blue, but leg warmers are not warm.
            length, words = (0, typed) if gender else self._best(readings, at)
            if length == 1 and run[at] in numbers.WORDS:  # "fifties" is a decade, "fifty" is none
                yield Piece("word", run[at], (str(numbers.value(run[at])),))
            elif length:
                name = self._picture(run[at], words[at]) if length == 1 else ""
                name = name or self.surfaces["".join(words[at : at + length])]
                kind = "category" if self.categories_of(name) else "tag"
                yield Piece(kind, name, tuple(words[at : at + length]))
                if name in _CHILD_TAGS:
                    yield Piece("kids", name)
            elif gender:
                yield Piece(gender, run[at], (words[at],))
            else:
                yield from self._plain(run[at], words[at])
            at += max(length, 1)

    def _picture(self, raw: str, word: str) -> str:
        """What many of a thing are that one color is called after: "roses" are flowers, "lemons" are fruit."""
        color = self.surfaces.get(word, "")
        several = raw != word and raw.endswith("s") and color in self.vocabulary and self.tag(color).group == "color"
        return self.surfaces.get(f"{word}print", "") if several else ""

    def _best(self, readings: Sequence[list[str]], at: int) -> tuple[int, list[str]]:
        """The length of the longest surface at `at`, and the reading that has it; the first of equals."""
        found = [(self._longest(words, at), words) for words in readings]
        return max(found, key=lambda pair: pair[0])

    def _longest(self, words: list[str], at: int) -> int:
        for length in range(min(LONGEST_SURFACE, len(words) - at), 0, -1):
            if "".join(words[at : at + length]) in self.surfaces:
                return length
        return 0

    def _gender(self, words: list[str], at: int) -> str:
        word = words[at]
        if word in cues.GENDERS and (word not in cues.CUTS or (at > 0 and words[at - 1] in cues.BEFORE_PEOPLE)):
            longer = self._longest(words, at) > 1
            return "" if longer else cues.GENDERS[word]
        return ""

    def _plain(self, raw: str, word: str) -> Iterator[Piece]:
        kinds = (("not", cues.NEGATIONS), ("or", cues.OR), ("and", cues.AND), ("break", cues.BREAKS))
        kind = next((kind for kind, group in kinds if word in group or raw in group), None)
        stem = self._denied(word)
        if kind is None and stem:
            yield from (Piece("not", raw), Piece("tag", self.surfaces[stem], (stem,)), Piece("break", raw))
        elif raw in ",./&+":
            yield Piece("comma" if raw == "," else "break" if raw == "." else "and", raw)
        elif not raw[0].isalnum():
            yield Piece("break", raw)
        else:
            skipped = word in cues.stop_words() or raw in cues.stop_words()
            yield Piece(kind or ("skip" if skipped else "word"), raw, (word,))


def _runs(text: str) -> Iterator[list[str]]:
    """Words that follow one another, and each sign by itself: no surface reaches across a sign."""
    run: list[str] = []
    for piece in _PIECE.findall(normalize.spell_fractions(text)):
        if piece[0].isalnum():
            run.append(piece)
        else:
            yield from filter(None, (run, [piece]))
            run = []
    if run:
        yield run


@lru_cache(maxsize=4)
def language_of(vocabulary: Vocabulary, lexicon: Lexicon) -> Language:
    """The language of a vocabulary and a lexicon; both are never changed after they were made."""
    return Language(vocabulary, lexicon)
