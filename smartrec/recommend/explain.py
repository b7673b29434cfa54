"""Reasons in plain words, made from the terms of a score and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from smartrec.catalog.schema import Product
from smartrec.recommend.base import Recommendation

# A term below this share of the positive terms is not worth a word.
WORTH_A_WORD = 0.12
MOST_REASONS = 3
MOST_TAGS = 4


@dataclass(frozen=True, slots=True)
class Responsible:
    """A past product with its share of one term, in [0, 1]; `liked` in this session, or else bought."""

    title: str
    share: float
    liked: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """What a reason may be made from.

    Attributes:
        product: the product of the card.
        terms: the terms of its score.
        matched: tags of the query that it carries.
        because: name of signal -> the past product most responsible for its term.
        favorites: features of the product that the shopper favors, most first.
        limits: limits that it breaks.
        photo: whether there is a photo.
    """

    product: Product
    terms: Mapping[str, float]
    matched: tuple[str, ...] = ()
    because: Mapping[str, Responsible] = field(default_factory=dict)
    favorites: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()
    photo: bool = False


def reason(facts: Facts) -> str:
    """One line: the greatest terms first, at most three, then any limit that the product breaks."""
    positive = {name: value for name, value in facts.terms.items() if value > 0.0}
    total = sum(positive.values())
    ranked = sorted(positive, key=lambda name: -positive[name])
    parts = [_PHRASES[name](facts) for name in ranked if positive[name] >= WORTH_A_WORD * total][:MOST_REASONS]
    text = "; ".join(part for part in parts if part) or "nothing known speaks for or against it"
    if facts.limits:
        text += f". Placed last: {', '.join(facts.limits)}"
    return text[0].upper() + text[1:]


def why_lost(eleventh: Recommendation, tenth: Recommendation) -> str:
    """Why the first without a card lost to the last with one: the terms in which they differ most."""
    names = dict.fromkeys((*tenth.terms, *eleventh.terms))
    gaps = {name: eleventh.terms.get(name, 0.0) - tenth.terms.get(name, 0.0) for name in names}
    gap = tenth.score - eleventh.score
    if gap <= 0.0:
        return f"{eleventh.product.title} has the same score as number {tenth.rank}; the order of the catalog decides."
    behind = min(gaps, key=lambda name: gaps[name])
    ahead = max(gaps, key=lambda name: gaps[name])
    text = f"{eleventh.product.title} is {gap:.4f} behind number {tenth.rank}: {gaps[behind]:+.4f} in {behind}"
    if gaps[ahead] > 0.0:
        text += f", though {gaps[ahead]:+.4f} in {ahead}"
    return text + "."


def _look(facts: Facts) -> str:
    return "looks like your photo" if facts.photo else "looks like what you liked"


def _category(facts: Facts) -> str:
    return f"{facts.product.category}, as {'in your photo' if facts.photo else 'you asked'}"


def _tags(facts: Facts) -> str:
    return _carrying("shares with your photo", facts) or "its color is close to your photo's"


def _words(facts: Facts) -> str:
    return _carrying("answers your words", facts) or "its text answers your words"


def _carrying(text: str, facts: Facts) -> str:
    return f"{text}: {', '.join(facts.matched[:MOST_TAGS])}" if facts.matched else ""


def _history(facts: Facts) -> str:
    return _because("people who bought your", facts, "history", " bought this too")


def _taste(facts: Facts) -> str:
    if facts.favorites:
        return _because(f"your taste ({', '.join(facts.favorites)}), as in your", facts, "taste", "")
    return _because("your taste, as in your", facts, "taste", "") or "unlike what you did not like"


def _because(text: str, facts: Facts, signal: str, after: str) -> str:
    found = facts.because.get(signal)
    if found is None:
        return ""
    return f"{text}{' liked' if found.liked else ''} {found.title}{after} ({found.share:.0%} of this)"


def _popularity(facts: Facts) -> str:
    return "in demand now"


_PHRASES = {
    "look": _look,
    "category": _category,
    "tags": _tags,
    "words": _words,
    "history": _history,
    "taste": _taste,
    "popularity": _popularity,
}
