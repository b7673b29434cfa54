"""Several garments in one query: which of the tags belong to which ("black tee and blue jeans").

A product can be only one of them, so that each is looked for by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, combinations, pairwise

from smartrec.text.language import Language, Piece
from smartrec.text.scope import Wishes

MOST = 4  # a longer list is a list of words, not of wishes
_SIDES = frozenset(("with", "over", "under"))


def split(wishes: Wishes, wanted: Sequence[Piece], language: Language) -> tuple[tuple[Piece, ...], ...]:
    """The wanted pieces of each garment, where several are named that can not be one; else nothing.

    What stands before the first and after the last garment is said of all of them after "or" ("red dress or skirt"),
    and elsewhere what is no property of the cloth ("for work") and the color ("tee and jeans in blue"), unless a
    garment has its own word for it.
    """
    mine = {id(piece) for piece in wanted}
    pieces = wishes.pieces
    heads = [at for at, piece in enumerate(pieces) if id(piece) in mine and piece.kind == "category"]
    if not 2 <= len(heads) <= MOST or not _all_different([pieces[at] for at in heads], language):
        return ()
    ends = [_end(pieces, a, b) for a, b in pairwise(heads)]
    starts = [0, *ends]
    parts = [
        [piece for piece in pieces[start:end] if id(piece) in mine]
        for start, end in zip(starts, [*ends, len(pieces)], strict=True)
    ]
    either = any(piece.kind == "or" for piece in pieces[heads[0] : heads[-1]])
    first = [piece for piece in parts[0] if either and pieces.index(piece) < heads[0]]
    last = [
        piece
        for at, piece in enumerate(pieces)
        if at > heads[-1] and id(piece) in mine and (either or _is_of_all(piece, language))
    ]
    for part in parts:
        _share(part, [*first, *last], language)
    return tuple(tuple(part) for part in parts)


def _all_different(heads: Sequence[Piece], language: Language) -> bool:
    kinds = [set(language.categories_of(head.value)) for head in heads]
    return all(kinds) and not any(a & b for a, b in combinations(kinds, 2))


def _end(pieces: Sequence[Piece], head: int, following: int) -> int:
    """Where the words of the garment at `head` end, before the garment at `following`."""
    between = range(head + 1, following)
    signs = (at for at in between if pieces[at].kind in ("comma", "break") and not pieces[at].value.isalpha())
    joints = (at for at in between if pieces[at].kind in ("and", "or"))
    sides = (at for at in between if pieces[at].value in _SIDES)
    return next(chain(signs, joints, sides), head + 1)


def _is_of_all(piece: Piece, language: Language) -> bool:
    tag = language.tag(piece.value)
    return tag.group == "color" or not tag.visible


def _share(part: list[Piece], others: Sequence[Piece], language: Language) -> None:
    own = {language.tag(piece.value).group for piece in part}
    part.extend(piece for piece in others if language.tag(piece.value).group not in own)
