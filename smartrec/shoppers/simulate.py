"""Invents the shoppers of the demo shop and eighteen months of their purchases.

The people do not exist. Their choices follow from hidden traits (`people`, `goods`) and from each other (`choice`);
nothing of it is known to the recommender, which sees the transactions only.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from smartrec.errors import TableError
from smartrec.shoppers.choice import Street, Wishes
from smartrec.shoppers.goods import draw_goods
from smartrec.shoppers.names import invent_names
from smartrec.shoppers.people import draw_people
from smartrec.shoppers.schema import SHOPPER_COLUMNS, TRANSACTION_COLUMNS, empty_transactions
from smartrec.shoppers.seasons import discount, shopping_mood

DAYS = 548
PURCHASES = 25
END = np.datetime64("2025-06-30T00:00:00", "ns")
_OUTFIT, _MORE = 0.35, 0.2
# Share of a day's purchases by hour: lunch and evening.
_HOURS = np.array([1, 0, 0, 0, 0, 0, 1, 3, 4, 5, 6, 7, 9, 7, 5, 5, 6, 8, 10, 13, 15, 13, 8, 4], dtype=np.float64)
_WEEKDAYS = np.array([0.9, 0.9, 0.9, 1.0, 1.2, 1.5, 1.4])


def simulate(
    catalog: pd.DataFrame,
    labels: pd.DataFrame,
    n_shoppers: int = 500,
    seed: int = 0,
    end: np.datetime64 = END,
    *,
    purchases: float = PURCHASES,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Invents shoppers and their history; equal arguments give equal tables.

    Args:
        catalog: the columns of `catalog.schema.COLUMNS`.
        labels: `product_id` and the columns of `labels.LABEL_FIELDS`, what each drawing shows.
        n_shoppers: how many people, ids U0001, U0002, ...
        seed: source of chance.
        end: naive UTC; all purchases are earlier, the first ones 548 days before.
        purchases: how many a person makes in that time, on average.

    Raises:
        TableError: the catalog has no products.

    Returns:
        Shoppers (`SHOPPER_COLUMNS`, `simulated` True) and transactions (`TRANSACTION_COLUMNS`, sorted by time).
    """
    if not len(catalog):
        raise TableError("Shoppers need products to choose from. Received: a catalog without rows")
    hidden, walk, dressing = (np.random.default_rng(child) for child in np.random.SeedSequence(seed).spawn(3))
    ids = [f"U{i + 1:04d}" for i in range(n_shoppers)]
    goods = draw_goods(catalog, labels, hidden, DAYS)
    people = draw_people(n_shoppers, goods, hidden, DAYS)
    shoppers = _shoppers(ids, people.wearer, dressing)
    if not n_shoppers:
        return shoppers, empty_transactions()
    start = end.astype("datetime64[ns]") - np.timedelta64(DAYS, "D")
    street = Street(goods, people, _day_of_year(start), walk)
    weeks = [_week(street, week, purchases) for week in range(DAYS // 7 + 1)]
    user, item, day, quantity, price = (np.concatenate(column) for column in zip(*weeks, strict=True))
    keep = day < DAYS
    transactions = pd.DataFrame(
        {
            "user_id": np.array(ids, dtype=object)[user],
            "product_id": goods.ids[item],
            "timestamp": start + (np.floor(day * 86_400)).astype("timedelta64[s]"),
            "quantity": quantity,
            "price": price,
        }
    )[keep]
    transactions = transactions.astype(TRANSACTION_COLUMNS)
    return shoppers, transactions.sort_values(["timestamp", "user_id"], kind="stable", ignore_index=True)


def _shoppers(ids: list[str], wearer: np.ndarray, rng: np.random.Generator) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "user_id": np.array(ids, dtype=object),
            "name": np.array(invent_names(wearer, rng), dtype=object),
            "gender": np.array(["women", "men"], dtype=object)[wearer],
            "simulated": np.ones(len(ids), dtype=bool),
        }
    ).astype(SHOPPER_COLUMNS)


def _day_of_year(time: np.datetime64) -> float:
    return float(pd.Timestamp(time).dayofyear)


def _week(street: Street, week: int, purchases: float) -> tuple[np.ndarray, ...]:
    """User, product, day, quantity and price of every purchase of one week."""
    rng, people, goods = street.rng, street.people, street.goods
    street.memory.start_week(week, rng)
    trips = _trips(street, week, purchases)
    items = street.buy(trips)
    more = np.flatnonzero((items >= 0) & (rng.random(len(items)) < _OUTFIT) & ~trips.gift & ~trips.child)
    outfit = Wishes(trips.user[more], trips.day[more], trips.gift[more], trips.child[more], items[more])
    user, day = np.concatenate([trips.user, outfit.user]), np.concatenate([trips.day, outfit.day])
    item = np.concatenate([items, street.buy(outfit) if len(more) else more])
    user, day, item = user[item >= 0], day[item >= 0], item[item >= 0]
    street.memory.remember(user, item, day, goods, people)
    quantity = np.where(rng.random(len(item)) < 0.06, 2, 1)
    price = np.round(goods.price[item] * discount(street.day_of_year(week * 7.0), rng, len(item)), 2)
    return user, item, day, quantity, price


def _trips(street: Street, week: int, purchases: float) -> Wishes:
    """Who goes shopping this week, when, and for whom."""
    rng, people = street.rng, street.people
    # Late comers are away for a sixth of the time on average, and some wishes find nothing that suits.
    rate = purchases / (DAYS / 7 * 0.83) / (1.0 + _OUTFIT + _MORE)
    mood = shopping_mood(street.day_of_year(week * 7.0))
    trips = rng.poisson(rate * mood * people.pace * (people.joined <= week * 7.0))
    user = np.repeat(np.arange(len(people)), trips)
    clock = rng.choice(24, size=len(user), p=_HOURS / _HOURS.sum()) / 24.0 + rng.random(len(user)) / 24.0
    day = week * 7.0 + rng.choice(7, size=len(user), p=_WEEKDAYS / _WEEKDAYS.sum()) + clock
    several = np.repeat(np.arange(len(user)), 1 + (rng.random(len(user)) < _MORE))
    user, day = user[several], day[several]
    gift = rng.random(len(user)) < people.generous[user]
    child = people.child[user] & (people.event_start[user] <= day) & (rng.random(len(user)) < 0.4) & ~gift
    return Wishes(user, day, gift, child, np.full(len(user), -1, dtype=np.int64))
