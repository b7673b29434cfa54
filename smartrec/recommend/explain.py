"""Reasons in plain words, made from the terms of a score and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from smartrec.catalog.schema import Product
from smartrec.recommend.base import Recommendation

# A term below this share of the positive terms is not worth a word.
WORTH_A_WORD = 0.12
MOST_REASONS = 3
MOST_TAGS = 4


@dataclass(frozen=True, slots=True)
class Facts:
    """What a reason may be made from.

    Attributes:
        product: the product of the card.
        terms: the terms of its score.
        matched: tags of the query that it carries.
        because: title of the past product most responsible, with its share of the personal terms in [0, 1].
        limits: limits that it breaks.
        photo: whether there is a photo.
        liked: whether the product in `because` is one liked in this session, not one bought.
    """

    product: Product
    terms: Mapping[str, float]
    matched: tuple[str, ...] = ()
    because: tuple[tuple[str, float], ...] = ()
    limits: tuple[str, ...] = ()
    photo: bool = False
    liked: bool = False


def reason(facts: Facts) -> str:
    """One line: the greatest terms first, at most three, then any limit that the product breaks."""
    positive = {name: value for name, value in facts.terms.items() if value > 0.0}
    total = sum(positive.values())
    ranked = sorted(positive, key=lambda name: -positive[name])
    parts = [_PHRASES[name](facts) for name in ranked if positive[name] >= WORTH_A_WORD * total][:MOST_REASONS]
    text = "; ".join(dict.fromkeys(parts)) or "nothing known speaks for or against it"
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
    return _because("bought by people who bought", facts) or "bought by people with purchases like yours"


def _taste(facts: Facts) -> str:
    return _because("your taste, like", facts) or "away from what you did not like"


def _because(text: str, facts: Facts) -> str:
    if not facts.because:
        return ""
    title, share = facts.because[0]
    verb = "liked" if facts.liked else "have"
    return f"{text} the {title} you {verb} ({share:.0%} of the personal part)"


def _popularity(facts: Facts) -> str:
    return "bought often lately"


_PHRASES = {
    "look": _look,
    "category": _category,
    "tags": _tags,
    "words": _words,
    "history": _history,
    "taste": _taste,
    "popularity": _popularity,
}
