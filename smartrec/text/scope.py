"""Which tags are wanted, which are ruled out, and which words only say what kind of garment the next one is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from smartrec.text import cues
from smartrec.text.context import in_context
from smartrec.text.language import PEOPLE, Language, Piece

# Category tag -> the attribute that its word means beside another category ("halter dress").
BESIDE = {
    "halter top": "halter neck",
    "turtleneck": "roll neck",
    "henley": "henley neck",
    "polo shirt": "polo collar",
    "flannel": "flannel fabric",
    "sports jersey": "jersey fabric",
}
# The same for words that do so only right before the other category ("jeans jacket", but not "jeans, jacket").
BEFORE = {
    **BESIDE,
    "jeans": "denim",
    "hoodie": "hooded",
    "button-down": "buttons",
    "sweater": "knitted",
    "capris": "three-quarter length",
}
# One word stands for a category and for an attribute; alone it is the category.
_ALONE = {"halter": "halter top", "turtleneck": "turtleneck", "turtlenecks": "turtleneck"}
# Second names of the same garment: the first, closer one stands ("blazer jacket", "cardigan sweater").
_SECOND_NAMES = frozenset(("outerwear", "knitwear"))
_ARTICLES = frozenset(("a", "an", "the", "some"))
_ADJECTIVES = frozenset(("color", "pattern", "fabric", "fiber", "tone", "fit", "hand"))


@dataclass(slots=True)
class Wishes:
    """What is left of a query's pieces.

    Attributes:
        wanted: pieces that name a wanted tag, in order.
        ruled_out: pieces that name a tag that must not be there.
        ruled_out_words: words within a negation that name no tag, and people.
        pieces: all pieces after heads were found.
    """

    wanted: list[Piece] = field(default_factory=list)
    ruled_out: list[Piece] = field(default_factory=list)
    ruled_out_words: list[Piece] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)


def weigh(pieces: Sequence[Piece], language: Language) -> Wishes:
    """Wanted and ruled-out tags of the pieces."""
    resolved = _heads(_beside(in_context(pieces, language), language), language)
    return _Scope(resolved, language).walk()


def _beside(pieces: Sequence[Piece], language: Language) -> list[Piece]:
    """Words that are a category alone and an attribute beside another category."""
    found = [
        replace(piece, kind="category", value=_ALONE["".join(piece.words)])
        if piece.is_tag
        and "".join(piece.words) in _ALONE
        and _ALONE["".join(piece.words)] in language.surfaces.values()
        else piece
        for piece in pieces
    ]
    unclear = {i for i, piece in enumerate(found) if piece.kind == "category" and piece.value in BESIDE}
    firm = {i for i, piece in enumerate(found) if piece.kind == "category" and i not in unclear}
    for i in unclear:
        if len(found[i].words) > 1:  # "polo shirt" is clear
            continue
        others = [j for j in firm if not _joined(found, i, j)]
        before_unclear = i + 1 in unclear
        if (others or before_unclear) and BESIDE[found[i].value] in language.vocabulary:
            found[i] = replace(found[i], kind="tag", value=BESIDE[found[i].value])
    return found


def _joined(pieces: Sequence[Piece], i: int, j: int) -> bool:
    """Whether two pieces are members of one list ("polo or shirt")."""
    between = [piece for piece in pieces[min(i, j) + 1 : max(i, j)] if piece.kind != "skip"]
    return len(between) == 1 and between[0].kind in ("or", "and", "comma")


def _heads(pieces: Sequence[Piece], language: Language) -> list[Piece]:
    """Of categories that follow one another directly one is the garment, the other says what kind."""
    found = list(pieces)
    for i in range(len(found) - 1):
        first, second = found[i], found[i + 1]
        if first.kind != "category" or second.kind != "category":
            continue
        implied = language.own.implied_by
        shared = implied[first.value] & implied[second.value] & _SECOND_NAMES
        if first.value == second.value or second.value in implied[first.value] or shared:
            found[i], found[i + 1] = replace(second, kind="word"), replace(first, words=first.words)
        elif first.value in implied[second.value]:
            found[i] = replace(first, kind="word")
        elif "accessories" not in implied[first.value] & implied[second.value]:  # "hat scarf" is a list
            attribute = BEFORE.get(first.value)
            known = attribute in language.vocabulary if attribute else False
            found[i] = replace(first, kind="tag", value=attribute or "") if known else replace(first, kind="word")
    return found


class _Scope:
    """Walks over the pieces and keeps how far a negation reaches."""

    def __init__(self, pieces: Sequence[Piece], language: Language) -> None:
        self._pieces = list(pieces)
        self._language = language
        self._wishes = Wishes(pieces=self._pieces)
        self._state = ""  # "": wanted; "open": a negation waits for its tag; "list": it may go on
        self._joint = ""
        self._last: Piece | None = None

    def walk(self) -> Wishes:
        for at, piece in enumerate(self._pieces):
            if piece.kind == "not":
                self._state, self._joint, self._last = "open", "", None
            elif piece.is_tag:
                self._tag(at, piece)
            elif piece.kind in ("word", *PEOPLE) and self._state == "open":
                self._wishes.ruled_out_words.append(piece)
                self._state = "" if piece.kind in PEOPLE else "open"  # "not women's jeans" asks for jeans
            elif piece.kind in ("or", "and", "comma"):
                self._joint = piece.kind if not self._joint or piece.kind == "or" else self._joint
            elif piece.kind == "break" and not self._passed(piece):
                self._state = ""
        return self._wishes

    def _passed(self, piece: Piece) -> bool:
        return self._state == "open" and (piece.value in cues.SKIPPED or piece.value == "for")

    def _tag(self, at: int, piece: Piece) -> None:
        if self._state == "open" or (self._state == "list" and self._goes_on(at, piece)):
            self._wishes.ruled_out.append(piece)
            self._state, self._last = "list", piece
        else:
            self._wishes.wanted.append(piece)
            self._state = ""
        self._joint = ""

    def _goes_on(self, at: int, piece: Piece) -> bool:
        last = self._last
        if last is None or self._joint == "or":
            return last is not None
        alike = self._group(piece) == self._group(last)
        if self._joint == "and":
            return alike or (piece.kind != "category" and "color" not in (self._group(piece), self._group(last)))
        if self._joint == "comma":
            follower = self._pieces[at + 1] if at + 1 < len(self._pieces) else None
            return alike and not (follower is not None and follower.is_tag) and not self._begins(at)
        if piece.kind == "category":
            return any(other.kind == "category" for other in self._wishes.wanted)
        return self._group(last) in _ADJECTIVES and self._group(piece) != "color"

    def _begins(self, at: int) -> bool:
        """Whether a new wish begins here: "not a dress, a skirt", but "not a dress, a skirt or a coat"."""
        return self._pieces[at - 1].value in _ARTICLES and all(piece.kind != "or" for piece in self._pieces[at:])

    def _group(self, piece: Piece) -> str:
        return "category" if piece.kind == "category" else self._language.tag(piece.value).group
