"""What is found in a folder that a visitor names, and what is said where nothing is."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from pages.ui.own_folder import look_into
from smartrec.errors import BadInputError
from tests.pages.conftest import OpenPage, shown

PRODUCTS = "product_id,title,category\n1,A tee,Tee\n2,Jeans,Jeans\n"
PURCHASES = "user_id,product_id,timestamp\nann,1,2025-01-02\n"


@pytest.fixture()
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "my own shop"
    path.mkdir()
    (path / "what we sell.csv").write_text(PRODUCTS)
    return path


def test_the_only_table_is_the_one_of_products(folder: Path) -> None:
    found = look_into(str(folder), {})
    assert found.products == folder / "what we sell.csv"
    assert (found.pictures, found.purchases) == (folder, None)


def test_tables_are_told_apart_by_their_columns(folder: Path) -> None:
    with gzip.open(folder / "a.csv.gz", "wt") as file:
        file.write(PURCHASES)
    (folder / "stores.csv").write_text("store;city\n1;Bonn\n")
    found = look_into(str(folder), {})
    assert found.products == folder / "what we sell.csv"
    assert found.purchases == folder / "a.csv.gz"


def test_renamed_columns_are_known_too(folder: Path) -> None:
    (folder / "stores.csv").write_text("store,city\n1,Bonn\n")
    (folder / "what we sell.csv").write_text("sku;name;category\n1;A tee;Tee\n")
    found = look_into(str(folder), {"product_id": "sku", "title": "name"})
    assert found.products == folder / "what we sell.csv"


def test_quotes_blanks_and_home_are_understood(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(folder.parent))
    assert look_into(f'  "{folder}"\n', {}).products == look_into("~/my own shop", {}).products


def test_a_table_can_be_named_itself(folder: Path) -> None:
    found = look_into(str(folder / "what we sell.csv"), {})
    assert found.products == folder / "what we sell.csv"
    assert found.pictures == folder


def test_a_folder_without_a_table_has_pictures_at_least(tmp_path: Path) -> None:
    found = look_into(str(tmp_path), {})
    assert (found.pictures, found.products) == (tmp_path, None)


def test_what_is_no_folder_is_named(folder: Path) -> None:
    with pytest.raises(BadInputError, match="nowhere, which is not there"):
        look_into(str(folder / "nowhere"), {})
    (folder / "a.jpg").write_bytes(b"a picture")
    with pytest.raises(BadInputError, match=r"a\.jpg, another kind of file"):
        look_into(str(folder / "a.jpg"), {})
    (folder / "second.csv").write_text(PRODUCTS)
    with pytest.raises(BadInputError, match=r"second\.csv, what we sell\.csv"):
        look_into(str(folder), {})


def test_the_page_reads_a_folder_or_says_why_not(open_page: OpenPage, folder: Path, tmp_path: Path) -> None:
    page = open_page("catalog")
    page.session_state["catalog-view"] = "Bring your own"
    assert "No table yet" in shown(page.run())
    page.text_input(key="own-folder").set_value(str(tmp_path / "nowhere")).run()
    assert "which is not there" in shown(page) and not page.exception
    (tmp_path / "no table").mkdir()
    page.text_input(key="own-folder").set_value(str(tmp_path / "no table")).run()
    assert "Expected a table" in shown(page) and not page.exception
    page.text_input(key="own-folder").set_value(str(folder)).run()
    assert "what we sell.csv: 2 of 2 rows kept" in shown(page)
    assert page.button(key="own-import")
