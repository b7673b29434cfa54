from collections import Counter

import numpy as np
import pytest

from smartrec.catalog.demo import frequencies
from smartrec.catalog.demo.pricing import BRANDS
from smartrec.catalog.demo.shop import LEAST, category_counts, demo_products
from smartrec.catalog.schema import COLUMNS
from smartrec.labels import COLORS, SHOP_CATEGORIES

SIZE = (48, 60)


def test_at_least_ten_of_each_and_the_rest_by_frequency() -> None:
    counts = category_counts(1200)
    assert sum(counts.values()) == 1200
    assert tuple(counts) == SHOP_CATEGORIES
    assert min(counts.values()) == LEAST == 10
    order = [name for name in SHOP_CATEGORIES if counts[name] > LEAST]
    photos = [frequencies.photos_of(name) for name in order]
    assert np.corrcoef(photos, [counts[name] for name in order])[0, 1] > 0.99
    assert max(counts, key=counts.__getitem__) == "Tee"


@pytest.mark.parametrize("n", [56, 57, 200, 777])
def test_any_number_of_products_adds_up(n: int) -> None:
    counts = category_counts(n)
    assert sum(counts.values()) == n
    assert min(counts.values()) >= 1


def test_too_few_products_are_refused() -> None:
    with pytest.raises(ValueError, match="Received: 55"):
        category_counts(55)


def test_rows_are_complete() -> None:
    products = list(demo_products(56, 3, SIZE))
    rows = [row for row, _, _ in products]
    assert all(set(row) == set(COLUMNS) - {"attributes", "image"} for row in rows)
    assert len({row["product_id"] for row in rows}) == 56
    assert Counter(row["category"] for row in rows) == Counter(SHOP_CATEGORIES)
    for row, spec, picture in products:
        assert row["color"] == spec.color1
        assert row["color"] in COLORS
        assert row["brand"] in BRANDS
        assert 3 < row["price"] < 900
        assert len(row["title"]) > 6
        assert row["title"] == row["title"].strip()
        assert "  " not in row["title"] + row["description"]
        assert row["description"].endswith(".")
        assert picture.image.shape == (60, 48, 3)


def test_the_same_seed_gives_the_same_shop() -> None:
    def some(seed: int) -> list[tuple[object, ...]]:
        products = demo_products(56, seed, SIZE)
        return [
            (tuple(row.values()), spec, picture.image.tobytes())
            for (row, spec, picture), _ in zip(products, range(6), strict=False)
        ]

    assert some(7) == some(7)
    assert some(7) != some(8)


def test_staples_are_on_the_shelf() -> None:
    labels = [spec.labels() for _, spec, _ in demo_products(200, 5, SIZE)]
    wanted = {"category": "Tee", "color1": "red", "color2": "white", "pattern": "striped", "sleeve": "long"}
    assert any(wanted.items() <= row.items() for row in labels)
