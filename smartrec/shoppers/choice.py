"""Simulation, one week of shopping: what is needed, what gets noticed, and what is left after thinking it over.

People here do not add up scores. They notice a few products, strike out those that fail one aspect after another
in an order of their own (elimination by aspects, Tversky 1972), and take what is left.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from smartrec.shoppers.goods import WEARERS, Goods, unit
from smartrec.shoppers.people import ASPECTS, People
from smartrec.shoppers.seasons import is_basic, rest_days, season_of, warmth

_SHELF = 12
_KIDS, _UNISEX = WEARERS.index("kids"), WEARERS.index("unisex")


@dataclass(slots=True, eq=False)
class Memory:
    """What people and the shop remember; changes from week to week.

    Attributes:
        sales: (N,) float64, purchases of the last weeks, fading.
        circle: (G, N) float64, the same within each circle of friends.
        last_day: (U, C) float64, day of the last purchase in a category; -inf = never.
        last_item: (U, C) int64, what it was; -1 = never.
        owned: (U, N) bool.
        trend: (STYLE_DIMS,) float64 unit vector, what is in fashion; wanders.
        season_colors: (20,) float64, colors of the season.
    """

    sales: np.ndarray
    circle: np.ndarray
    last_day: np.ndarray
    last_item: np.ndarray
    owned: np.ndarray
    trend: np.ndarray
    season_colors: np.ndarray

    @classmethod
    def empty(cls, goods: Goods, people: People, rng: np.random.Generator) -> Memory:
        """Nothing bought yet."""
        n, users, categories = len(goods), len(people), len(goods.categories)
        return cls(
            sales=np.zeros(n),
            circle=np.zeros((int(people.group.max(initial=0)) + 1, n)),
            last_day=np.full((users, categories), -np.inf),
            last_item=np.full((users, categories), -1, dtype=np.int64),
            owned=np.zeros((users, n), dtype=bool),
            trend=unit(rng.normal(size=(1, goods.style.shape[1])))[0],
            season_colors=np.zeros(20),
        )

    def start_week(self, week: int, rng: np.random.Generator) -> None:
        """Sales fade, the fashion wanders, and every half year brings new colors."""
        self.sales *= 0.86
        self.circle *= 0.86
        self.trend = unit(self.trend + rng.normal(0.0, 0.12, self.trend.shape))
        if week % 26 == 0:
            self.season_colors = np.where(rng.permutation(20) < 3, 0.6, 0.0)

    def remember(self, users: np.ndarray, items: np.ndarray, days: np.ndarray, goods: Goods, people: People) -> None:
        """Adds the purchases of a week."""
        np.add.at(self.sales, items, 1.0)
        np.add.at(self.circle, (people.group[users], items), 1.0)
        order = np.argsort(days, kind="stable")
        users, items, days = users[order], items[order], days[order]
        self.last_day[users, goods.category[items]] = days
        self.last_item[users, goods.category[items]] = items
        self.owned[users, items] = True


@dataclass(slots=True, eq=False)
class Wishes:
    """Single wishes of one week, aligned; L of them.

    Attributes:
        user: (L,) int64.
        day: (L,) float64, days since the start.
        gift: (L,) bool, for somebody else.
        child: (L,) bool, for the own child.
        beside: (L,) int64, product that it should go with; -1 = none.
        category: (L,) int64, what kind of thing; found out by `Street.buy`.
        copied: (L,) bool, woken by what a friend has bought; found out by `Street.buy`.
    """

    user: np.ndarray
    day: np.ndarray
    gift: np.ndarray
    child: np.ndarray
    beside: np.ndarray
    category: np.ndarray = field(default_factory=lambda: np.empty(0, np.int64))
    copied: np.ndarray = field(default_factory=lambda: np.empty(0, bool))


class Street:
    """The shop and its people; `buy` turns wishes into products."""

    def __init__(self, goods: Goods, people: People, day_of_year: float, rng: np.random.Generator) -> None:
        """`day_of_year` is that of day 0."""
        self.goods, self.people, self.rng = goods, people, rng
        self.memory = Memory.empty(goods, people, rng)
        self._day_of_year = day_of_year
        self._season, self._rest = season_of(goods.categories), rest_days(goods.categories)
        self._basic = is_basic(goods.categories)
        kids = np.bincount(goods.category[goods.wearer == _KIDS], minlength=len(goods.categories))
        self._kids_needs = np.sqrt(kids) + 1e-9
        self._gift_needs = people.needs.mean(axis=0) if len(people) else np.sqrt(kids)

    def day_of_year(self, day: float) -> float:
        """Day of the year, [0, 365.25), of a day since the start."""
        return (self._day_of_year + day) % 365.25

    def buy(self, wishes: Wishes) -> np.ndarray:
        """(L,) int64, the product chosen for every wish; -1 where nothing suits."""
        wishes.copied = self._copies(wishes)
        wishes.category = self._needed(wishes)
        noticed = self._noticed(wishes)
        shelf = np.argpartition(-noticed, min(_SHELF, noticed.shape[1]) - 1, axis=1)[:, :_SHELF]
        keys = np.take_along_axis(noticed, shelf, axis=1)
        alive = self._think(wishes, shelf, np.isfinite(keys))
        chosen = np.argmax(np.where(alive, keys, -np.inf), axis=1)
        lines = np.arange(len(chosen))
        items = np.where(alive[lines, chosen], shelf[lines, chosen], -1)
        return self._again(wishes, items)

    def _needed(self, wishes: Wishes) -> np.ndarray:
        """(L,) category of every wish: wardrobe, season, life, and what was bought lately."""
        people, goods, user = self.people, self.goods, wishes.user
        weight = people.needs[user].copy()
        living = (people.event_start[user] <= wishes.day) & (wishes.day <= people.event_end[user])
        weight *= np.where(living[:, None], people.event[user], 1.0)
        since = wishes.day[:, None] - self.memory.last_day[user]
        weight *= np.where(since < self._rest, 0.15, 1.0)
        weight = np.where(wishes.gift[:, None], self._gift_needs, weight)
        weight = np.where(wishes.child[:, None], self._kids_needs, weight)
        warm = np.array([warmth(self.day_of_year(day)) for day in wishes.day])
        weight = weight * np.exp(1.4 * warm[:, None] * self._season)
        family = goods.families[goods.category[wishes.beside]]
        weight = np.where((wishes.beside >= 0)[:, None] & (goods.families == family[:, None]), 0.0, weight)
        weight = np.where(wishes.copied[:, None], self._circle_wears(user), weight)
        with np.errstate(divide="ignore"):
            return np.argmax(np.log(weight) + self.rng.gumbel(size=weight.shape), axis=1)

    def _copies(self, wishes: Wishes) -> np.ndarray:
        """(L,) bool, the wish comes from seeing what a friend has bought lately."""
        seen = self.memory.circle[self.people.group[wishes.user]].sum(axis=1) > 0.5
        moved = self.rng.random(len(wishes.user)) < 0.6 * self.people.social[wishes.user]
        return seen & moved & ~wishes.gift & ~wishes.child & (wishes.beside < 0)

    def _circle_wears(self, user: np.ndarray) -> np.ndarray:
        """(L, C) float64, what the friends bought lately, by category."""
        circle = self.memory.circle
        worn = np.zeros((len(circle), len(self.goods.categories)))
        np.add.at(worn.T, self.goods.category, circle.T)
        return worn[self.people.group[user]]

    def _noticed(self, wishes: Wishes) -> np.ndarray:
        """(L, N) how early each product of the category catches the eye; -inf = not on offer."""
        goods, people, memory = self.goods, self.people, self.memory
        offered = self._offered(wishes)
        line, item = np.nonzero(offered)
        user = wishes.user[line]
        shop = 0.8 * np.log1p(memory.sales) + np.log(goods.appeal) + 0.9 * (goods.style @ memory.trend)
        age = np.maximum(wishes.day[line] - goods.arrival[item], 0.0)
        eye = (shop + memory.season_colors[goods.color])[item]
        eye += 2.2 * people.curious[user] * np.exp(-age / 30.0) - np.minimum(age, 365.0) / 250.0
        among_friends = np.where(wishes.copied[line], 60.0, 6.0 * people.social[user])
        eye += np.log1p(among_friends * memory.circle[people.group[user], item])
        eye += np.log1p(8.0 * people.loyal[user] * people.brands[user, goods.brand[item]])
        beside = wishes.beside[line]
        shown = (beside >= 0) & (goods.partners[beside] == item[:, None]).any(axis=1)
        again = memory.owned[user, item] & ~self._basic[goods.category[item]]
        eye += np.where(shown, 2.5, 0.0) - np.where(again, 4.0, 0.0) + self.rng.gumbel(size=eye.shape)
        noticed = np.full(offered.shape, -np.inf)
        noticed[line, item] = eye
        return noticed

    def _offered(self, wishes: Wishes) -> np.ndarray:
        goods, user = self.goods, wishes.user
        wearer = np.where(wishes.gift, self.rng.integers(len(WEARERS), size=len(user)), self.people.wearer[user])
        wearer = np.where(wishes.child, _KIDS, wearer)[:, None]
        fits = (goods.wearer == wearer) | ((goods.wearer == _UNISEX) & (wearer != _KIDS))
        there = goods.arrival <= wishes.day[:, None]
        return fits & there & (goods.category == wishes.category[:, None])

    def _think(self, wishes: Wishes, shelf: np.ndarray, alive: np.ndarray) -> np.ndarray:
        """(L, S) bool, what is left: each aspect strikes out what fails it, unless it would strike out everything."""
        people, user = self.people, wishes.user
        accepted = self._accepted(wishes, shelf)
        order = np.argsort(-(np.log(people.attention[user] + 1e-9) + self.rng.gumbel(size=(len(user), len(ASPECTS)))))
        depth = np.where(self.rng.random(len(user)) < people.impulse[user], 0, people.depth[user])
        depth = np.where(wishes.gift | wishes.copied, 1, depth)
        for step in range(len(ASPECTS)):
            left = alive & accepted[order[:, step], np.arange(len(user))]
            use = (step < depth) & left.any(axis=1)
            alive = np.where(use[:, None], left, alive)
        return alive

    def _accepted(self, wishes: Wishes, shelf: np.ndarray) -> np.ndarray:
        """(6, L, S) bool, whether each aspect of `ASPECTS` is fine with the shopper."""
        goods, people, user = self.goods, self.people, wishes.user[:, None]
        color = goods.color[shelf]
        wanted = people.liked[user, color]
        bearable = ~people.avoided[user, color] & (self.rng.random(shelf.shape) < 0.35)
        style = np.where((wishes.beside >= 0)[:, None], goods.style[wishes.beside], people.style[wishes.user])
        close = np.einsum("lsd,ld->ls", goods.style[shelf], style)
        suits = sum(cut[user, goods.cut[shelf, i]].astype(np.int64) for i, cut in enumerate(people.cuts))
        return np.stack(
            [
                np.abs(goods.level[shelf] - people.level[user]) < people.tolerance[user],
                wanted | bearable,
                people.brands[user, goods.brand[shelf]],
                close > 0.55,
                goods.plain[shelf] != people.bold[user],
                np.asarray(suits) >= 3,
            ]
        )

    def _again(self, wishes: Wishes, items: np.ndarray) -> np.ndarray:
        """Creatures of habit take the very piece again that they had last time, if it is an everyday thing."""
        last = self.memory.last_item[wishes.user, wishes.category]
        habit = self.rng.random(len(items)) < self.people.habit[wishes.user]
        same = habit & (last >= 0) & self._basic[wishes.category] & ~wishes.gift & ~wishes.child & (wishes.beside < 0)
        return np.where(same, last, items)
