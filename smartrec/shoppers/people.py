"""Simulation, people: hidden tastes, friends, habits and what happens in their lives."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from smartrec.labels import COLORS, GROUPS
from smartrec.shoppers.goods import CUT, STYLE_DIMS, Goods, unit

# What a person may look at in front of a shelf.
ASPECTS = ("price", "color", "brand", "style", "pattern", "cut")
FRIENDS = 12
# Life events: kind -> (categories that are suddenly needed, for how many days).
EVENTS: dict[str, tuple[frozenset[str], float]] = {
    "baby": (frozenset({"Onesie", "Romper", "Tee", "Hat", "Leggings"}), 400.0),
    "new job": (frozenset({"Blazer", "Button-Down", "Blouse", "Chinos", "Shirtdress", "Shoes", "Coat"}), 90.0),
    "sport": (frozenset({"Leggings", "Sweatshorts", "Joggers", "Tank", "Jersey", "Hoodie", "Shoes"}), 150.0),
    "journey": (frozenset({"Trunks", "Sundress", "Coverup", "Sarong", "Kaftan", "Shorts", "Hat", "Bag"}), 35.0),
    "moved north": (frozenset({"Parka", "Sweater", "Turtleneck", "Scarf", "Coat", "Anorak", "Flannel"}), 120.0),
}


@dataclass(frozen=True, slots=True, eq=False)
class People:
    """U people as aligned arrays; all but the wearer is hidden from the recommender.

    Attributes:
        wearer: (U,) int64, 0 women's or 1 men's clothes.
        joined: (U,) float64, day of the first possible purchase.
        pace: (U,) float64, shopping trips a week, mean 1.
        needs: (U, C) float64 rows that add up to 1: what they wear.
        liked, avoided: (U, 20) bool, colors.
        bold: (U,) bool, wants patterns rather than plain cloth.
        cuts: per group of `CUT` a (U, values) bool of what suits them.
        level, tolerance: (U,) float64, log price level against the median, and how far from it they go.
        brands: (U, B) bool, brands they like.
        style: (U, STYLE_DIMS) float64 unit rows.
        group: (U,) int64, circle of friends.
        social, loyal, curious, habit, impulse, generous: (U,) float64 in [0, 1]: copies friends, sticks to brands,
            wants the newest, buys the same again, buys without thinking, buys for others.
        attention: (U, 6) float64, how often each of `ASPECTS` comes to mind first.
        depth: (U,) int64, after how many aspects they stop thinking.
        event: (U, C) float64, factor on `needs` while the life event lasts.
        event_start, event_end: (U,) float64, days; no event: inf.
        child: (U,) bool, the event is a baby.
    """

    wearer: np.ndarray
    joined: np.ndarray
    pace: np.ndarray
    needs: np.ndarray
    liked: np.ndarray
    avoided: np.ndarray
    bold: np.ndarray
    cuts: tuple[np.ndarray, ...]
    level: np.ndarray
    tolerance: np.ndarray
    brands: np.ndarray
    style: np.ndarray
    group: np.ndarray
    social: np.ndarray
    loyal: np.ndarray
    curious: np.ndarray
    habit: np.ndarray
    impulse: np.ndarray
    generous: np.ndarray
    attention: np.ndarray
    depth: np.ndarray
    event: np.ndarray
    event_start: np.ndarray
    event_end: np.ndarray
    child: np.ndarray

    def __len__(self) -> int:
        return len(self.wearer)


def draw_people(n: int, goods: Goods, rng: np.random.Generator, days: int) -> People:
    """Invents `n` people for a shop; circles of about a dozen friends share age, style and a little of all tastes."""
    group = rng.permutation(np.arange(n) // FRIENDS)
    groups = int(group.max(initial=0)) + 1
    wearer = (rng.random(n) < 0.42).astype(np.int64)
    brands = _favorites(n, goods.n_brands, group, groups, rng, (1, 4))
    liked = _favorites(n, len(COLORS), group, groups, rng, (2, 5))
    kind, start, end, event = _draw_events(n, goods, rng, days)
    return People(
        wearer=wearer,
        joined=np.where(rng.random(n) < 0.65, 0.0, rng.uniform(0.0, days * 0.97, n)),
        pace=rng.gamma(1.8, 1.0 / 1.8, n),
        needs=_draw_needs(wearer, goods, group, rng),
        liked=liked,
        avoided=~liked & (rng.random((n, len(COLORS))) < 0.3),
        bold=rng.random(n) < 0.4,
        cuts=tuple(rng.random((n, len(GROUPS[name]))) < 0.55 for name in CUT),
        level=0.6 * rng.normal(0.0, 0.35, groups)[group] + rng.normal(0.0, 0.25, n),
        tolerance=rng.uniform(0.12, 0.5, n),
        brands=brands,
        style=_draw_tastes(goods, group, groups, rng),
        group=group,
        social=rng.beta(1.5, 2.5, n),
        loyal=rng.beta(1.5, 3.0, n),
        curious=rng.beta(1.5, 1.5, n),
        habit=rng.beta(1.2, 5.0, n),
        impulse=rng.beta(1.5, 9.0, n),
        generous=rng.beta(1.2, 14.0, n),
        attention=rng.dirichlet(np.full(len(ASPECTS), 1.2), n),
        depth=rng.integers(2, len(ASPECTS), n),
        event=event,
        event_start=start,
        event_end=end,
        child=kind == list(EVENTS).index("baby"),
    )


def _favorites(
    n: int, choices: int, group: np.ndarray, groups: int, rng: np.random.Generator, how_many: tuple[int, int]
) -> np.ndarray:
    """(n, choices) bool: a few favorites each; what the friends like comes more easily."""
    fashion = rng.normal(0.0, 0.8, choices) + rng.normal(0.0, 0.7, (groups, choices))[group]
    rank = np.argsort(np.argsort(-(fashion + rng.gumbel(size=(n, choices))), axis=1), axis=1)
    return rank < rng.integers(*how_many, size=n)[:, None]


def _draw_needs(wearer: np.ndarray, goods: Goods, group: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """(n, C): a wardrobe of a few categories, out of those that are made for the person."""
    n, n_categories = len(wearer), len(goods.categories)
    fits = np.zeros((2, n_categories))
    for w in (0, 1):
        mine = (goods.wearer == w) | (goods.wearer == 2)
        fits[w] = np.sqrt(np.bincount(goods.category[mine], minlength=n_categories))
    shared = rng.gamma(1.0, 1.0, (int(group.max(initial=0)) + 1, n_categories))[group]
    wish = fits[wearer] * (0.25 * shared + rng.gamma(0.22, 4.0, (n, n_categories))) + 1e-6
    return wish / wish.sum(axis=1, keepdims=True)


def _draw_tastes(goods: Goods, group: np.ndarray, groups: int, rng: np.random.Generator) -> np.ndarray:
    """(n, STYLE_DIMS): near the taste of the friends, which is near something that the shop sells."""
    circle = goods.style[rng.integers(len(goods), size=groups)] + rng.normal(0.0, 0.15, (groups, STYLE_DIMS))
    return unit(unit(circle)[group] + rng.normal(0.0, 0.25, (len(group), STYLE_DIMS)))


def _draw_events(
    n: int, goods: Goods, rng: np.random.Generator, days: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """One life event for every third person: its kind, its first and last day, and what it makes needed."""
    needed = np.array([[name in wanted for name in goods.categories] for wanted, _ in EVENTS.values()], dtype=bool)
    lasting = np.array([length for _, length in EVENTS.values()])
    kind = np.where(rng.random(n) < 0.35, rng.integers(len(EVENTS), size=n), -1)
    start = np.where(kind >= 0, rng.uniform(0.0, days, n), np.inf)
    factor = np.where((kind >= 0)[:, None] & needed[kind], 8.0, 1.0)
    return kind, start, start + lasting[kind], factor
