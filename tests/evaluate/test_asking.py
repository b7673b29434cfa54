"""Queries about held-out purchases: a few words of the product, or a fresh picture of it."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from smartrec.catalog.demo.shop import demo_specs
from smartrec.errors import WorkspaceError
from smartrec.evaluate.asking import ask_in_words, ask_with_picture, asked_windows
from smartrec.evaluate.redrawing import SIZE, Redrawing
from smartrec.evaluate.splits import rolling_dates, windows
from tests.recommend import shop

PRODUCTS = 62


@pytest.fixture(scope="module")
def drawn_shop() -> SimpleNamespace:
    """What `Redrawing` reads of the workspace of a demo shop."""
    specs = [spec for _, spec, _ in demo_specs(PRODUCTS, 3)]
    ids = np.array([f"P{i:05d}" for i in range(PRODUCTS)], dtype=object)
    renderings = pd.DataFrame([{"product_id": i, **s.labels()} for i, s in zip(ids, specs, strict=True)])
    manifest = SimpleNamespace(details={"seed": 3})
    return SimpleNamespace(kind="demo", catalog=_Products(ids), renderings=renderings, manifest=manifest, path="shop")


class _Products:
    def __init__(self, ids: np.ndarray) -> None:
        self.ids = ids

    def __len__(self) -> int:
        return len(self.ids)


def test_words_name_the_category_and_tags_of_the_product():
    catalog = shop.catalog()
    ask = ask_in_words(catalog)
    for position in (0, 7, 33):
        parsed = ask(shop.query("U01"), position, np.random.default_rng(position)).parsed
        assert parsed.categories == (catalog.categories[position],)
        assert parsed.tags and set(parsed.tags) <= set(catalog.tags[position])


def test_a_fresh_drawing_shows_the_same_garment_otherwise(drawn_shop):
    redrawing = Redrawing.of(drawn_shop)
    first, second = (redrawing.draw(5, np.random.default_rng(seed)) for seed in (0, 1))
    assert first.shape == (SIZE[1], SIZE[0], 3) and first.dtype == np.uint8
    assert np.abs(first.astype(int) - second).mean() > 5
    recorded = drawn_shop.renderings.iloc[5]
    assert redrawing.specs[5].labels() == {name: recorded[name] for name in redrawing.specs[5].labels()}


def test_a_shop_drawn_otherwise_or_not_at_all_is_refused(drawn_shop):
    changed = drawn_shop.renderings.assign(color1="none such")
    with pytest.raises(WorkspaceError, match="another P00000"):
        Redrawing.of(SimpleNamespace(**{**vars(drawn_shop), "renderings": changed}))
    with pytest.raises(WorkspaceError, match="imported"):
        Redrawing.of(SimpleNamespace(**{**vars(drawn_shop), "kind": "imported"}))


def test_a_picture_asks_by_what_is_found_in_it():
    def draw(position: int, rng: np.random.Generator) -> np.ndarray:
        return np.full((4, 4, 3), position, np.uint8)

    def describe(rgb: np.ndarray):
        position = int(rgb[0, 0, 0])
        return replace(shop.finding(position), garment_found=position != 2), shop.photo_tags(position)

    ask = ask_with_picture(draw, describe)
    query = ask(shop.query("U01"), 21, np.random.default_rng(0))
    assert query.asks and query.finding.category == shop.catalog().categories[21]
    assert {tag.name for tag in query.tags} == set(shop.catalog().tags[21])
    assert not ask(shop.query("U01"), 2, np.random.default_rng(0)).asks


def test_every_case_wants_the_product_that_it_asks_for():
    found = shop.purchases()
    asked = asked_windows(windows(found, rolling_dates(found.times)), ask_in_words(shop.catalog()), most=3)
    for window in asked:
        assert len(window.cases) <= 3
        for case in window.cases:
            (wanted,) = case.wanted
            assert case.query.parsed.categories == (shop.catalog().categories[wanted],)
