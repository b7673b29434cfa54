"""Words whose meaning hangs on those beside them: "light" of a jacket is its weight, of a blue its shade."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from itertools import takewhile

from smartrec.attributes import normalize
from smartrec.text.language import PEOPLE, Language, Piece

# Parts that an adjective may say something of: "square" before "toe" is no neck, "wide" before "belt" no leg.
_PARTS = frozenset(
    "back belt belted brim button collar cuff front heel hem lapel leg neck pocket rise shoulder sleeve sole strap toe "
    "waist waistband".split()
)
# Said alone these are of the leg; of garments that have none they say this.
_WITHOUT_LEGS = {"wide": "loose fit", "straight": "column", "flared": "a-line", "flare": "a-line", "tapered": "fitted"}
_MORE_LEGS = frozenset(("Shorts", "Cutoffs", "Sweatshorts", "Trunks", "Jumpsuit", "Romper", "Onesie", "Tights"))
_SHADES = frozenset(("color", "tone"))
_FEEL = frozenset(("hand", "care", "season"))
_WASHED = frozenset(("denim", "jeans", "cutoffs", "jeggings"))
_FEASTS = frozenset(("occasion",))
_OWNERS = frozenset(("my", "our", "his", "her", "a", "the", "best"))
_THICKNESS = frozenset(("thin", "thick"))
_DRAWN = frozenset(("pattern", "closure", "neck"))
_NO_PARTS_OF_SHOES = frozenset(("leg", "neck", "rise", "sleeve"))
_JOINTS = frozenset(("and", "or", "comma", "skip"))


def in_context(pieces: Sequence[Piece], language: Language) -> list[Piece]:
    """The pieces with those that mean something else beside the others."""
    garments = {name for piece in pieces if piece.kind == "category" for name in language.categories_of(piece.value)}
    found: list[Piece] = []
    for at, piece in enumerate(pieces):
        alone = piece.kind in ("tag", "word") and len(piece.words) == 1
        meant = _meant(at, pieces, garments, language) if alone else piece
        if piece.kind in PEOPLE and _has_a_feast(at, pieces, language):
            meant = replace(piece, kind="skip")
        if not (found and _is_said_already(piece, found[-1], language)):
            found.append(meant)
    return found


def _is_said_already(piece: Piece, before: Piece, language: Language) -> bool:
    """Whether the piece before says it too: the "toe" of "square toe", the "print" of "lemons print"."""
    if piece.kind == "word":
        return before.kind == "word" and before.value.endswith(f" {piece.value}")
    return piece.value == "patterned" and _in_groups(before, frozenset(("pattern",)), language)


def _meant(at: int, pieces: Sequence[Piece], garments: Collection[str], language: Language) -> Piece:
    piece = pieces[at]
    word = piece.words[0]
    following = pieces[at + 1] if at + 1 < len(pieces) else None
    shared = _of_shared_part(word, pieces[at + 1 : at + 3], language)
    if shared or piece.kind == "word":
        return replace(piece, kind="tag", value=shared) if shared else piece
    if following is not None and _is_of_another_part(piece, following):
        return _with(piece, following)
    if piece.value == "light" and word == "light":
        return _known(piece, "light" if _is_shade(at, pieces, bool(garments), language) else "lightweight", language)
    if word == "deep" and following is not None and (following.is_tag or following.kind == "word"):
        return piece if _in_groups(following, _SHADES, language) else _with(piece, following)
    if garments == {"Shoes"}:
        return _of_shoes(piece, language)
    if word in _THICKNESS and following is not None and _in_groups(following, _DRAWN, language):
        return _with(piece, following)
    if piece.value == "plus size" and at and pieces[at - 1].kind == "category" and following is not None:
        return replace(piece, kind="and", value=word)
    if language.tag(piece.value).group == "leg" and garments and not _have_legs(garments, language):
        return _known(piece, _WITHOUT_LEGS[word], language) if word in _WITHOUT_LEGS else piece
    return piece


def _of_shared_part(word: str, following: Sequence[Piece], language: Language) -> str:
    """The tag that a word is short for before another of the same part ("long or short sleeves"); "" for others."""
    if len(following) < 2 or following[0].kind not in ("or", "and") or following[1].kind != "tag":
        return ""
    part = following[1].words[-1]
    name = language.surfaces.get(word + part, "") if part in _PARTS and len(following[1].words) > 1 else ""
    return name if name in language.vocabulary else ""


def _has_a_feast(at: int, pieces: Sequence[Piece], language: Language) -> bool:
    """Whether a person only gives the feast ("to my sister's wedding"): no garment is said to be theirs."""
    if not pieces[at].value.endswith("'s") or not at or pieces[at - 1].value not in _OWNERS:
        return False
    theirs = list(takewhile(lambda piece: piece.kind not in ("break", "comma"), pieces[at + 1 :]))
    feast = any(_in_groups(piece, _FEASTS, language) and piece.value != "birthday" for piece in theirs)
    return feast and all(piece.kind != "category" for piece in theirs)


def _of_shoes(piece: Piece, language: Language) -> Piece:
    """What is said of shoes: no knit is chunky there, and no leg flat or strap thin."""
    if piece.value == "chunky knit":
        return _known(piece, "chunky sole", language)
    no_part = language.tag(piece.value).group in _NO_PARTS_OF_SHOES
    return replace(piece, kind="word", value=piece.words[0], unclear=True) if no_part else piece


def _known(piece: Piece, name: str, language: Language) -> Piece:
    return replace(piece, value=name) if name in language.vocabulary else piece


def _with(piece: Piece, following: Piece) -> Piece:
    """A word together with the next one: neither alone says what they mean."""
    words = (*piece.words, *following.words)
    return Piece(
        "word", f"{piece.words[0]} {following.words[0] if following.is_tag else following.value}", words, unclear=True
    )


def _is_of_another_part(piece: Piece, following: Piece) -> bool:
    """Whether a word that stands for a tag of one part ("square neck") is said of another ("square toe")."""
    *first, part = normalize.tokens(piece.value)
    if not following.words or list(piece.words) != first:
        return False
    return part in _PARTS and following.words[0] in _PARTS and following.words[0] != part


def _is_shade(at: int, pieces: Sequence[Piece], has_garment: bool, language: Language) -> bool:
    """Whether the "light" at `at` is said of a color: beside one, beside "dark", of denim, or of nothing to wear."""
    before, after = _joined(pieces[:at][::-1]), _joined(pieces[at + 1 :])
    if (
        any(piece.value == "dark" for piece in pieces)
        or _in_groups(after, _SHADES | {"pattern"}, language)
        or (after is not None and after.value in _WASHED)
    ):
        return True
    if before is not None and before is not pieces[at - 1] and _in_groups(before, _SHADES, language):
        return language.tag(before.value).group == "tone" or not has_garment
    return not has_garment and not _in_groups(after, _FEEL, language) and not _in_groups(before, _FEEL, language)


def _joined(pieces: Iterable[Piece]) -> Piece | None:
    """The first piece that is a tag, with nothing but joints before it."""
    found = next((piece for piece in pieces if piece.kind not in _JOINTS), None)
    return found if found is not None and found.is_tag else None


def _in_groups(piece: Piece | None, groups: frozenset[str], language: Language) -> bool:
    return piece is not None and piece.is_tag and language.tag(piece.value).group in groups


def _have_legs(garments: Iterable[str], language: Language) -> bool:
    return not _MORE_LEGS.union(language.categories_of("trousers")).isdisjoint(garments)
