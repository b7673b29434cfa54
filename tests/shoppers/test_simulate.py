"""Simulated shoppers behave like shoppers: seasons, long tail, baskets, habits, friends; and always the same."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from smartrec.catalog.schema import COLUMNS
from smartrec.errors import TableError
from smartrec.labels import GROUPS, SHOP_CATEGORIES
from smartrec.shoppers.goods import draw_goods
from smartrec.shoppers.people import draw_people
from smartrec.shoppers.schema import SHOPPER_COLUMNS, TRANSACTION_COLUMNS
from smartrec.shoppers.simulate import DAYS, END, simulate

Tables = tuple[pd.DataFrame, pd.DataFrame]


def shop(n: int, seed: int = 0) -> Tables:
    """A catalog with plausible labels, without any drawing."""
    rng = np.random.default_rng(seed)
    frequency = np.linspace(3.0, 0.1, len(SHOP_CATEGORIES)) ** 3
    names = rng.choice(rng.permutation(SHOP_CATEGORIES), n, p=frequency / frequency.sum())
    labels = pd.DataFrame({"product_id": [f"P{i:05d}" for i in range(n)], "category": names})
    for group, values in GROUPS.items():
        labels[group] = rng.choice(values, n, p=rng.dirichlet(np.full(len(values), 0.5)))
    catalog = pd.DataFrame({name: "" for name in COLUMNS}, index=range(n))
    catalog = catalog.assign(product_id=labels["product_id"], category=labels["category"])
    catalog["price"] = np.exp(rng.normal(3.5, 0.6, n)).round(2)
    catalog["brand"] = rng.choice([f"B{i}" for i in range(12)], n)
    catalog["gender"] = rng.choice(["women", "men", "unisex", "kids"], n, p=[0.45, 0.4, 0.1, 0.05])
    return catalog, labels


@pytest.fixture(scope="module")
def goods_for_sale() -> Tables:
    return shop(900)


@pytest.fixture(scope="module")
def simulated(goods_for_sale: Tables) -> Tables:
    return simulate(*goods_for_sale, n_shoppers=300, seed=5)


def test_the_tables_have_the_shared_columns_and_say_simulated(simulated: Tables, goods_for_sale: Tables) -> None:
    shoppers, bought = simulated
    assert shoppers.dtypes.astype(str).to_dict() == SHOPPER_COLUMNS
    assert bought.dtypes.astype(str).to_dict() == TRANSACTION_COLUMNS
    assert shoppers["user_id"].tolist() == [f"U{i:04d}" for i in range(1, 301)]
    assert shoppers["simulated"].all() and shoppers["name"].is_unique
    assert set(bought["user_id"]) <= set(shoppers["user_id"])
    assert set(bought["product_id"]) <= set(goods_for_sale[0]["product_id"])
    assert (bought["price"] > 0).all() and (bought["quantity"] >= 1).all()


def test_times_fill_eighteen_months_before_the_end(simulated: Tables) -> None:
    times = simulated[1]["timestamp"]
    assert times.is_monotonic_increasing
    assert times.max() < END and times.max() > END - np.timedelta64(5, "D")
    start = END - np.timedelta64(DAYS, "D")
    assert start <= times.min() < start + np.timedelta64(7, "D")
    assert times.dt.second.nunique() == 60 and times.dt.hour.mode()[0] in range(17, 22)


def test_equal_seeds_give_equal_histories_and_others_do_not(simulated: Tables, goods_for_sale: Tables) -> None:
    again = simulate(*goods_for_sale, n_shoppers=300, seed=5)
    other = simulate(*goods_for_sale, n_shoppers=300, seed=6)
    pd.testing.assert_frame_equal(simulated[1], again[1])
    assert not simulated[1].equals(other[1])


def test_about_twenty_five_purchases_each_and_very_different_ones(simulated: Tables) -> None:
    shoppers, bought = simulated
    per_person = bought["user_id"].value_counts().reindex(shoppers["user_id"], fill_value=0)
    assert 20 <= per_person.mean() <= 30
    assert per_person.quantile(0.9) > 5 * max(1.0, float(per_person.quantile(0.1)))


def test_popularity_has_a_long_tail(simulated: Tables, goods_for_sale: Tables) -> None:
    counts = simulated[1]["product_id"].value_counts().reindex(goods_for_sale[0]["product_id"], fill_value=0)
    ranked = np.sort(counts.to_numpy(dtype=np.float64))[::-1]
    assert ranked[: len(ranked) // 10].sum() > 0.3 * ranked.sum()
    assert np.median(ranked) < ranked.mean()


def test_winter_wear_sells_in_winter(simulated: Tables, goods_for_sale: Tables) -> None:
    category = goods_for_sale[0].set_index("product_id")["category"]
    bought = simulated[1]
    kind, month = bought["product_id"].map(category), bought["timestamp"].dt.month
    for names, months in (
        (["Parka", "Sweater", "Scarf", "Coat", "Hoodie", "Cardigan", "Turtleneck", "Jacket"], [11, 12, 1]),
        (["Sundress", "Trunks", "Shorts", "Skirt", "Polo", "Tank", "Cutoffs", "Dress"], [5, 6, 7]),
    ):
        inside = kind.isin(names)
        share_in, share_out = inside[month.isin(months)].mean(), inside[~month.isin(months)].mean()
        assert share_in > 1.5 * share_out


def test_people_buy_outfits_again_and_what_their_kind_wears(simulated: Tables, goods_for_sale: Tables) -> None:
    shoppers, bought = simulated
    assert bought.duplicated(["user_id", "timestamp"]).mean() > 0.15
    assert 0.02 < bought.duplicated(["user_id", "product_id"]).mean() < 0.3
    whose = bought["user_id"].map(shoppers.set_index("user_id")["gender"])
    made_for = bought["product_id"].map(goods_for_sale[0].set_index("product_id")["gender"])
    assert 0.005 < ((made_for != whose) & made_for.isin(["men", "women"])).mean() < 0.25


def test_friends_buy_the_same_things_more_often_than_strangers(goods_for_sale: Tables, simulated: Tables) -> None:
    hidden = np.random.default_rng(np.random.SeedSequence(5).spawn(3)[0])
    goods = draw_goods(*goods_for_sale, hidden, DAYS)
    people = draw_people(300, goods, hidden, DAYS)
    bought = simulated[1].drop_duplicates(["user_id", "product_id"])
    owns = np.zeros((300, len(goods)), dtype=bool)
    owns[bought["user_id"].str[1:].astype(int) - 1, bought["product_id"].str[1:].astype(int)] = True
    shared = owns.astype(float) @ owns.T
    pair = ~np.eye(300, dtype=bool) & (people.wearer[:, None] == people.wearer)
    friends = people.group[:, None] == people.group
    assert shared[pair & friends].mean() > 1.2 * shared[pair & ~friends].mean()


def test_new_products_arrive_and_are_not_sold_before(goods_for_sale: Tables, simulated: Tables) -> None:
    hidden = np.random.default_rng(np.random.SeedSequence(5).spawn(3)[0])
    goods = draw_goods(*goods_for_sale, hidden, DAYS)
    day = (simulated[1]["timestamp"].to_numpy() - (END - np.timedelta64(DAYS, "D"))) / np.timedelta64(1, "D")
    arrival = pd.Series(goods.arrival, goods.ids).loc[simulated[1]["product_id"]].to_numpy()
    assert 0.35 < (goods.arrival > 0).mean() < 0.65
    assert (day >= arrival - 1e-6).all()


@pytest.mark.parametrize(("n_products", "n_shoppers"), [(1, 3), (5, 40), (60, 0), (60, 1)])
def test_tiny_shops(n_products: int, n_shoppers: int) -> None:
    shoppers, bought = simulate(*shop(n_products), n_shoppers=n_shoppers, seed=1)
    assert len(shoppers) == n_shoppers
    assert list(bought.columns) == list(TRANSACTION_COLUMNS)


def test_an_empty_shop_is_refused() -> None:
    with pytest.raises(TableError, match="Received: a catalog without rows"):
        simulate(*shop(0), n_shoppers=3)


def test_a_catalog_without_brands_prices_and_labels_works() -> None:
    catalog, labels = shop(80)
    bare = catalog.assign(price=np.nan, brand="", gender="")
    bought = simulate(bare, labels.head(0), n_shoppers=20, seed=1)[1]
    assert len(bought) > 100 and (bought["price"] > 0).all()
