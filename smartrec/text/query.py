"""A shopper's words to tags, categories, price and gender; what was not understood is reported, never guessed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from itertools import combinations, pairwise

from smartrec.attributes import normalize
from smartrec.attributes.vocabulary import Vocabulary
from smartrec.errors import BadInputError
from smartrec.settings import Settings
from smartrec.text import amounts, cues, garments, numbers
from smartrec.text.language import PEOPLE, Language, Piece, language_of
from smartrec.text.lexicon import NO_WORDS, Lexicon
from smartrec.text.parsed import Garment, ParsedWords
from smartrec.text.scope import Wishes, weigh
from smartrec.text.understood import Chip, unsay

MAX_CHARACTERS = Settings().max_words


def parse(
    words: str, vocabulary: Vocabulary, lexicon: Lexicon | None = None, unsaid: Collection[Chip] = ()
) -> ParsedWords:
    """What the words ask for.

    Args:
        words: free text of at most `MAX_CHARACTERS` characters, in any script.
        vocabulary: tags that may be asked for.
        lexicon: words of the products' texts; they are neither spelling errors nor unknown.
        unsaid: chips of these words that the person takes back; a correction taken back leaves the word as typed.

    Raises:
        BadInputError: more characters than are read.
    """
    if len(words) > MAX_CHARACTERS:
        raise BadInputError(f"Expected at most {MAX_CHARACTERS} characters of words. Received: {len(words)}")
    language = language_of(vocabulary, lexicon or NO_WORDS)
    text, corrections = _spell(cues.plain(words), language, unsaid)
    text, relative = cues.take_relative(text)
    text = cues.say_negations_plainly(text, language.is_name)
    text, age, ages = amounts.take_age(numbers.spell_amounts(text))
    text, sizes = amounts.take_sizes(text)
    text, price_min, price_max = amounts.take_price(text)
    text, company = cues.take_company(text)
    pieces = language.read(text)
    wishes = _without(weigh(pieces, language), unsaid)
    excluded = _names(wishes.ruled_out, vocabulary)
    wanted = [piece for piece in wishes.wanted if piece.value not in excluded]
    tags = _names(wanted, vocabulary)
    parsed = ParsedWords(
        text=words,
        terms=_terms(wishes, wanted),
        tags=tags,
        categories=_categories(wanted, language),
        excluded=excluded,
        excluded_categories=_categories(wishes.ruled_out, language),
        price_min=price_min,
        price_max=price_max,
        gender=age or _gender(wishes),
        unknown=_unknown(wishes, (*company, *sizes, *ages, *cues.drawn(words)), language),
        corrections=corrections,
        relative=relative or cues.compares(text),
        alternatives=_alternatives(tags, wishes, vocabulary),
        garments=_garments(wishes, wanted, language),
    )
    return unsay(parsed, unsaid) if unsaid else parsed


def _spell(text: str, language: Language, unsaid: Collection[Chip]) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The text with its spelling errors corrected, without the corrections that were taken back, and the pairs."""
    spelled, corrections = language.spell(text)
    as_typed = {typed for typed, meant in corrections if Chip.corrected(typed, meant) in unsaid}
    return language.spell(text, as_typed) if as_typed else (spelled, corrections)


def _without(wishes: Wishes, unsaid: Collection[Chip]) -> Wishes:
    """The wishes without those that were taken back."""
    if not unsaid:
        return wishes
    wanted = [piece for piece in wishes.wanted if not {Chip.wanted(piece.value), Chip.missing(piece.value)} & {*unsaid}]
    ruled_out = [piece for piece in wishes.ruled_out if Chip.ruled_out(piece.value) not in unsaid]
    return replace(wishes, wanted=wanted, ruled_out=ruled_out)


def _names(pieces: Iterable[Piece], vocabulary: Vocabulary) -> tuple[str, ...]:
    return tuple(dict.fromkeys(piece.value for piece in pieces if piece.value in vocabulary))


def _categories(pieces: Iterable[Piece], language: Language) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for piece in pieces for name in language.categories_of(piece.value)))


def _terms(wishes: Wishes, wanted: Sequence[Piece]) -> tuple[str, ...]:
    """Words for the text index: of wanted tags, and those that name no tag."""
    named = {id(piece) for piece in wanted}
    ruled_out = {id(piece) for piece in wishes.ruled_out_words}
    kept = (
        piece for piece in wishes.pieces if id(piece) in named or (piece.kind == "word" and id(piece) not in ruled_out)
    )
    return tuple(dict.fromkeys(word for piece in kept for word in piece.words if word not in cues.stop_words()))


def _gender(wishes: Wishes) -> str:
    """Whom it is for; "" where nobody is named, or women and men alike."""
    ruled_out = {id(piece) for piece in wishes.ruled_out_words}
    named = {piece.kind for piece in wishes.pieces if piece.kind in PEOPLE and id(piece) not in ruled_out}
    if "kids" in named:
        return "kids"
    return named.pop() if len(named) == 1 else ""


def _garments(wishes: Wishes, wanted: Sequence[Piece], language: Language) -> tuple[Garment, ...]:
    """What is asked of each garment, where several are named."""
    words = [piece for piece in wishes.pieces if piece.kind == "word"]
    return tuple(
        Garment(
            terms=_terms(replace(wishes, pieces=[*own, *words]), own),
            tags=_names(own, language.vocabulary),
            categories=_categories(own, language),
        )
        for own in garments.split(wishes, wanted, language)
    )


def _unknown(wishes: Wishes, others: Iterable[str], language: Language) -> tuple[str, ...]:
    ruled_out = {id(piece) for piece in wishes.ruled_out_words}
    words = (
        f"not {piece.value}" if piece.kind in PEOPLE else piece.value
        for at, piece in enumerate(wishes.pieces)
        if id(piece) in ruled_out
        or (
            piece.kind == "word"
            and piece.words
            and not _means_something(piece, language)
            and not _repeats(piece, wishes.pieces[max(at - 1, 0) : at + 2])
        )
    )
    return tuple(dict.fromkeys((*words, *others)))


def _repeats(piece: Piece, around: Iterable[Piece]) -> bool:
    """Whether a piece beside it says the same in its name: "asymmetrical hem" is called "asymmetric hem"."""
    names = [normalize.tokens(other.value) for other in around if other.is_tag]
    return any(set(piece.words) <= set(name) for name in names)


def _means_something(piece: Piece, language: Language) -> bool:
    if piece.unclear:
        return False
    return "".join(piece.words) in language.surfaces or all(word in language.lexicon for word in piece.words)


def _alternatives(tags: Sequence[str], wishes: Wishes, vocabulary: Vocabulary) -> tuple[tuple[str, ...], ...]:
    """Sets of tags of which one is enough: joined by "or", or never found on one garment."""
    sets: list[set[str]] = [{tag} for tag in tags]

    def join(a: str, b: str) -> None:
        both = [members for members in sets if a in members or b in members]
        if len(both) == 2:
            both[0].update(both[1])
            sets.remove(both[1])

    for a, b in combinations(tags, 2):
        if b in vocabulary.excluded_by[a]:
            join(a, b)
    for a, b in _either_or(wishes, vocabulary):
        join(a, b)
    return tuple(tuple(tag for tag in tags if tag in members) for members in sets if len(members) > 1)


def _either_or(wishes: Wishes, vocabulary: Vocabulary) -> list[tuple[str, str]]:
    """Pairs of wanted tags of one group, the second after an "or"."""
    wanted = {id(piece) for piece in wishes.wanted}
    pairs: list[tuple[str, str]] = []
    before: dict[str, str] = {}  # group -> its last name
    listed: list[str] = []  # names of one group with nothing but commas between
    after_or = comma = False
    for piece in wishes.pieces:
        if piece.kind == "or":
            after_or = True
            pairs.extend(pairwise(listed))
        elif piece.kind == "break":
            before, listed, after_or = {}, [], False
        elif id(piece) in wanted and piece.value in vocabulary:
            group = vocabulary.tag(piece.value).group
            if after_or and group in before:
                pairs.append((before[group], piece.value))
            before[group] = piece.value
            follows = comma and bool(listed) and vocabulary.tag(listed[-1]).group == group
            listed = [*listed, piece.value] if follows else [piece.value]
        comma = piece.kind == "comma" or (comma and piece.kind == "skip")
    return pairs
