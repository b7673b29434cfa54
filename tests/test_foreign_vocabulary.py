"""A shop that was imported from DeepFashion speaks DeepFashion's own attributes instead of the project's tags."""

from __future__ import annotations

from pathlib import Path

import pytest

from smartrec.attributes.vocabulary import Vocabulary
from smartrec.engine import Engine
from smartrec.importing import import_catalog, import_transactions
from smartrec.settings import Settings
from tests.deepfashion_folder import Truth, write_folder


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> tuple[Settings, Truth]:
    folder = tmp_path_factory.mktemp("deepfashion")
    truth = write_folder(folder / "data", "coarse", count=40, attributes=30, pictures=False)
    settings = Settings(workspace=folder / "shop", bundle=folder / "no-bundle")
    import_catalog(folder / "data", settings, format="deepfashion")
    return settings, truth


def test_its_own_list_replaces_the_vocabulary(shop: tuple[Settings, Truth]) -> None:
    settings, truth = shop
    vocabulary = Engine.open(settings).vocabulary
    assert list(vocabulary.names) == truth.attribute_names
    assert vocabulary.for_label("pattern", "striped") == "striped"  # photos still map to it
    assert "occasion wear" not in vocabulary and len(vocabulary) < len(Vocabulary.load())


def test_words_and_products_meet_in_it(shop: tuple[Settings, Truth]) -> None:
    settings, truth = shop
    engine = Engine.open(settings)
    parsed = engine.parse("attribute 7 striped dress")
    assert "striped" in parsed.tags and "attribute 7" in parsed.tags and "Dress" in parsed.categories
    marked = {tag for tags in engine.catalog.tags for tag in tags}
    assert marked and marked <= set(truth.attribute_names)
    assert engine.recommend("new", words="striped").items


def test_it_stays_when_histories_come(shop: tuple[Settings, Truth], tmp_path: Path) -> None:
    settings, truth = shop
    engine = Engine.open(settings)
    sales = tmp_path / "sales.csv"
    sales.write_text(f"user_id,product_id,timestamp\nx,{engine.catalog.ids[0]},2024-01-01\n")
    import_transactions(sales, settings)
    assert list(Engine.open(settings).vocabulary.names) == truth.attribute_names


def test_the_fine_layout_names_the_projects_labels_and_keeps_its_vocabulary(tmp_path: Path) -> None:
    write_folder(tmp_path / "data", "fine", count=20, pictures=False)
    settings = Settings(workspace=tmp_path / "shop", bundle=tmp_path / "no-bundle")
    import_catalog(tmp_path / "data", settings, format="deepfashion")
    assert Engine.open(settings).vocabulary.names == Vocabulary.load().names
