"""The demo shop as it lies on the disk, and what `build` never does."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from smartrec.artifacts import MANIFEST
from smartrec.attributes.vocabulary import Vocabulary
from smartrec.builder import build
from smartrec.catalog.schema import COLUMNS
from smartrec.drawing import draw_products
from smartrec.errors import BadInputError, BundleError, WorkspaceError
from smartrec.labels import LABEL_FIELDS, SHOP_CATEGORIES
from smartrec.settings import Settings
from smartrec.shoppers.schema import empty_transactions
from smartrec.shoppers.transactions_csv import shoppers_of
from smartrec.workspace import Workspace, write_workspace


def test_the_shop_is_whole_and_says_that_its_shoppers_are_simulated(small_workspace):
    shop = Workspace.open(small_workspace)
    shop.verify()
    assert shop.kind == "demo" and shop.simulated and shop.shoppers["simulated"].all()
    assert set(shop.catalog.categories) == set(SHOP_CATEGORIES)
    assert shop.shoppers["user_id"].tolist() == [f"U{i + 1:04d}" for i in range(40)]
    assert set(shop.transactions["product_id"]) <= set(shop.catalog.ids)


def test_every_product_has_a_picture_a_unit_embedding_and_tags_that_agree_with_its_labels(small_workspace):
    shop = Workspace.open(small_workspace)
    vocabulary = Vocabulary.load()
    assert np.allclose(np.linalg.norm(shop.embeddings, axis=1), 1.0, atol=1e-3)
    drawn = shop.renderings.set_index("product_id")
    assert set(LABEL_FIELDS) <= set(drawn.columns)
    for position in range(len(shop.catalog)):
        product = shop.catalog.product(position)
        assert shop.image_path(product).stat().st_size > 1000
        assert set(product.attributes) <= set(vocabulary.names)
        assert vocabulary.for_label("category", product.category) in product.attributes
        assert vocabulary.for_label("pattern", drawn.loc[product.product_id, "pattern"]) in product.attributes


def test_the_same_seed_draws_the_same_products_in_any_number_of_processes(small_workspace):
    """The first products of the fixture, drawn again by one process."""
    shop = Workspace.open(small_workspace)
    for position, drawn in zip(range(3), draw_products(120, 7, Settings().bundle, processes=1), strict=False):
        product = shop.catalog.product(position)
        assert product.product_id == drawn.row["product_id"] and product.title == drawn.row["title"]
        assert shop.image_path(product).read_bytes() == drawn.picture
        assert np.allclose(shop.embeddings[position], drawn.embedding, atol=1e-4)


def test_too_few_products_and_a_missing_model_leave_nothing_behind(tmp_path):
    with pytest.raises(BadInputError):
        build(Settings(workspace=tmp_path / "shop"), products=10)
    with pytest.raises(BundleError, match="smartrec"):
        build(Settings(workspace=tmp_path / "shop", bundle=tmp_path / "none"), products=60)
    assert not (tmp_path / "shop").exists()


def test_an_imported_shop_is_never_replaced_by_a_drawn_one(tmp_path):
    rows = pd.DataFrame([{"product_id": "1", "title": "Tee", "category": "Tee"}]).reindex(columns=list(COLUMNS))
    catalog = rows.fillna("").assign(price=1.0)
    nothing = empty_transactions()
    settings = Settings(workspace=tmp_path / "mine")
    write_workspace(
        settings.workspace,
        catalog=catalog,
        shoppers=shoppers_of(nothing),
        transactions=nothing,
        kind="imported",
        simulated=False,
    )
    before = (settings.workspace / MANIFEST).read_bytes()
    with pytest.raises(BadInputError, match="imported"):
        build(settings, products=60)
    assert (settings.workspace / MANIFEST).read_bytes() == before


def test_a_folder_with_other_things_is_not_touched(tmp_path):
    (tmp_path / "letter.txt").write_text("dear")
    with pytest.raises(WorkspaceError):
        build(Settings(workspace=tmp_path), products=60)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]
