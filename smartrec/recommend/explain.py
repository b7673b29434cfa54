"""Reasons in plain words, made from the terms of a score and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from smartrec.attributes.meaning import colors_of, kind_of, said_once
from smartrec.catalog.schema import Product
from smartrec.recommend.base import Query, Recommendation
from smartrec.text.suits import suited

# A term below this share of the positive terms is not worth a word.
WORTH_A_WORD = 0.12
MOST_REASONS = 3
MOST_TAGS = 4
MOST_FAVORITES = 3


@dataclass(frozen=True, slots=True)
class Responsible:
    """A past product with its share of one term, in [0, 1]; `liked` in this session, or else bought."""

    title: str
    share: float
    liked: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """What a query says.

    Attributes:
        said: tags of the words.
        bounds: what else the words ask for and every product within the limits keeps to, in plain words.
        seen: the category that the photo most probably shows, "" where the words name one.
    """

    said: tuple[str, ...] = ()
    bounds: tuple[str, ...] = ()
    seen: str = ""


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
        asked: what the query says.
    """

    product: Product
    terms: Mapping[str, float]
    matched: tuple[str, ...] = ()
    because: Mapping[str, Responsible] = field(default_factory=dict)
    favorites: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()
    photo: bool = False
    asked: Asked = Asked()


def asked_by(query: Query) -> Asked:
    """What the words of a query ask for, and what its photo shows."""
    words, photo = query.parsed, query.finding
    seen = photo.category if photo is not None and not (words is not None and words.categories) else ""
    if words is None:
        return Asked(seen=seen)
    bounds = ["within your price"] if words.price_min is not None or words.price_max is not None else []
    return Asked(words.tags, (*bounds, *([f"for {words.gender}"] if words.gender else [])), seen)


def reason(facts: Facts) -> str:
    """One line: the greatest terms first, at most three, then any limit that the product breaks.

    Nothing is said twice: where the category has a part of its own, the tags do without it and what it implies.
    """
    positive = {name: value for name, value in facts.terms.items() if value > 0.0}
    least = WORTH_A_WORD * sum(positive.values())
    worthy = [name for name, value in positive.items() if value >= least]
    named = sorted(worthy, key=positive.__getitem__, reverse=True)[:MOST_REASONS]
    beside = (facts.product.category,) if "category" in named else ()
    parts = [_PHRASES[name](facts, beside) for name in named]
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


def _look(facts: Facts, beside: tuple[str, ...]) -> str:
    return "looks like your photo" if facts.photo else "looks like what you liked"


def _category(facts: Facts, beside: tuple[str, ...]) -> str:
    category = facts.product.category
    if not facts.photo or not facts.asked.seen:
        kind = kind_of(category, facts.asked.said)
        return f"{category}, a kind of {kind}, as you asked" if kind else f"{category}, as you asked"
    return f"{category}, as in your photo" if category == facts.asked.seen else f"{category}, as your photo may show"


def _tags(facts: Facts, beside: tuple[str, ...]) -> str:
    seen = [name for name in facts.matched if name not in facts.asked.said]
    shared = _carrying("shares with your photo", seen, beside)
    colors = _colors(facts.asked.said)
    if shared or not colors:
        return shared or "its color is close to your photo's"
    return "its color is the one you asked for" if facts.product.color in colors else ""


@lru_cache(maxsize=256)
def _colors(said: tuple[str, ...]) -> frozenset[str]:
    """As `colors_of`; all cards of a request ask for the same."""
    return colors_of(said)


def _words(facts: Facts, beside: tuple[str, ...]) -> str:
    asked = facts.asked
    said = [name for name in facts.matched if name in asked.said]
    missing = [name for name in asked.said if name not in said]
    fits = suited(missing, facts.product.attributes) if missing else ()
    parts = [_carrying("answers your words", said, beside), f"suits: {', '.join(fits)}" if fits else ""]
    if not asked.said and not facts.limits:
        parts += asked.bounds
    text = "; ".join(filter(None, parts))
    return text if text or said else "its text answers your words"


def _carrying(text: str, names: Sequence[str], beside: tuple[str, ...]) -> str:
    shown = _said_once(tuple(names), beside)[:MOST_TAGS] if names else ()
    return f"{text}: {', '.join(shown)}" if shown else ""


@lru_cache(maxsize=4096)
def _said_once(names: tuple[str, ...], beside: tuple[str, ...] = ()) -> tuple[str, ...]:
    """As `said_once`; many cards carry the same tags."""
    return said_once(names, beside)


def _history(facts: Facts, beside: tuple[str, ...]) -> str:
    return _because("people who bought your", facts, "history", " bought this too")


def _taste(facts: Facts, beside: tuple[str, ...]) -> str:
    favorites = _said_once(facts.favorites)[:MOST_FAVORITES]
    if favorites:
        return _because(f"your taste ({', '.join(favorites)}), as in your", facts, "taste", "")
    return _because("your taste, as in your", facts, "taste", "") or "unlike what you did not like"


def _because(text: str, facts: Facts, signal: str, after: str) -> str:
    found = facts.because.get(signal)
    if found is None:
        return ""
    return f"{text}{' liked' if found.liked else ''} {found.title}{after} ({found.share:.0%} of this)"


def _popularity(facts: Facts, beside: tuple[str, ...]) -> str:
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
