"""What each page shows where something is missing, broken or new."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from pages.ui import resources, state
from pages.ui.ask import upload
from smartrec.answer import Description
from smartrec.catalog.schema import COLUMNS
from smartrec.engine import Engine
from smartrec.settings import ROOT
from smartrec.shoppers.schema import SHOPPER_COLUMNS, empty_transactions
from smartrec.workspace import write_workspace
from tests.pages.conftest import OpenPage, shown

PAGES = ["search", "shopper", "catalog", "tuning", "model"]


@pytest.fixture()
def empty_shop(tmp_path: Path) -> Path:
    import pandas as pd

    catalog, shoppers = (
        pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in columns.items()})
        for columns in (COLUMNS, SHOPPER_COLUMNS)
    )
    write_workspace(
        tmp_path / "empty",
        catalog=catalog,
        shoppers=shoppers,
        transactions=empty_transactions(),
        kind="imported",
        simulated=False,
    )
    return tmp_path / "empty"


@pytest.mark.parametrize("page", PAGES)
def test_without_a_workspace_every_page_names_the_command(page: str, open_page: OpenPage, tmp_path: Path) -> None:
    test = open_page(page, workspace=tmp_path / "nothing")
    assert not test.exception
    assert "There is no shop here yet" in shown(test)
    assert any("smartrec build" in code.value for code in test.code)


@pytest.mark.parametrize("page", PAGES)
def test_an_empty_shop_breaks_no_page(page: str, open_page: OpenPage, empty_shop: Path) -> None:
    assert not open_page(page, workspace=empty_shop).exception


@pytest.mark.parametrize("page", PAGES)
def test_every_page_runs(page: str, open_page: OpenPage) -> None:
    test = open_page(page)
    assert not test.exception
    assert test.selectbox(key="shopper").value == "U0001"
    assert "simulated" in shown(test)


def test_a_shopper_without_history_gets_ten_cards_and_a_word_about_it(open_page: OpenPage) -> None:
    test = open_page("search", shopper="new")
    assert not test.exception
    assert "Popular now" in shown(test)
    page = open_page("shopper", shopper="new")
    assert "Nothing is known of this shopper yet" in shown(page)


def test_a_photo_without_a_garment_says_what_to_do(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch, small_engine: Engine, photo_bytes: bytes
) -> None:
    found = small_engine.describe(photo_bytes)
    none = Description(replace(found.finding, garment_found=False, garment=0.02, colors=()), (), {})
    monkeypatch.setattr(resources, "describe", lambda photo, box: none)
    monkeypatch.setattr(state, "photo", lambda: upload("empty.jpg", photo_bytes))
    test = open_page("search")
    assert not test.exception
    assert "No garment found" in shown(test)


def test_a_broken_photo_leaves_the_cards(open_page: OpenPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(state, "photo", lambda: upload("broken.jpg", b"no picture at all"))
    test = open_page("search")
    assert not test.exception
    assert "This picture can not be used" in shown(test)


def test_without_a_model_words_still_work(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, photo_bytes: bytes
) -> None:
    st.cache_resource.clear()  # the engine in use has read the shipped model
    monkeypatch.setenv("SMARTREC_BUNDLE", str(tmp_path / "nothing"))
    monkeypatch.setattr(state, "photo", lambda: upload("tee.jpg", photo_bytes))
    test = open_page("search", words="red dress")
    assert not test.exception
    assert "The detector is not ready" in shown(test)
    assert "The detector is not ready" in shown(open_page("model"))
    st.cache_resource.clear()


def test_a_stale_link_says_so_and_goes_on(open_page: OpenPage) -> None:
    test = open_page("search", shopper="U9999", weights="look=abc", example="gone")
    assert not test.exception
    text = shown(test)
    assert "There is no shopper U9999" in text
    assert "weights are not known" in text
    assert "example photo is not there" in text
    assert test.selectbox(key="shopper").value == "U0001"


def test_a_stale_product_link_says_so(open_page: OpenPage) -> None:
    test = open_page("catalog", product="P99999")
    assert not test.exception
    assert "No product of this id" in shown(test)


def test_a_link_reproduces_words_shopper_and_weights(open_page: OpenPage) -> None:
    test = open_page("search", shopper="U0003", words="blue jeans", weights="discover")
    assert test.selectbox(key="shopper").value == "U0003"
    assert test.text_input(key="words").value == "blue jeans"
    assert test.session_state["weights"] == "discover"


def test_words_answer_on_enter(open_page: OpenPage) -> None:
    test = open_page("search")
    before = [text.value for text in test.text]
    test.text_input(key="words").set_value("red dress").run()
    assert not test.exception
    assert [text.value for text in test.text] != before


def test_the_camera_is_one_click_away(open_page: OpenPage) -> None:
    test = open_page("search")
    test.toggle(key="camera-on").set_value(True).run()
    assert not test.exception
    assert len(test.get("camera_input")) == 1


def test_titles_from_outside_are_never_markdown(open_page: OpenPage, tmp_path: Path) -> None:
    import pandas as pd

    nasty = "**bold** <script>alert(1)</script> [x](javascript:1) :red[r] $a$"
    row = {name: "" for name in COLUMNS} | {"product_id": "1", "title": nasty, "category": "Tee", "price": 1.0}
    catalog = pd.DataFrame([row, row | {"product_id": "2"}]).astype(COLUMNS)
    shoppers = pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in SHOPPER_COLUMNS.items()})
    write_workspace(
        tmp_path / "nasty", catalog=catalog, shoppers=shoppers, transactions=empty_transactions(),
        kind="imported", simulated=False, embeddings=np.zeros((2, 4), np.float32),
    )  # fmt: skip
    for page, link in (("search", {}), ("catalog", {}), ("catalog", {"product": "1"})):
        test = open_page(page, workspace=tmp_path / "nasty", **link)
        assert not test.exception
        assert nasty in [text.value for text in test.text] + [h.value.replace("\\", "") for h in test.header]
        assert all("<script>" not in element.value for element in [*test.markdown, *test.caption])


def test_the_entry_runs_as_a_plain_script(small_workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SMARTREC_WORKSPACE", str(small_workspace))
    test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).run()
    assert not test.exception
    assert test.title[0].value == "Show it, or say it"


def test_the_first_shopper_is_one_of_whom_enough_is_known(open_page: OpenPage, small_engine: Engine) -> None:
    bought = small_engine.workspace.transactions.groupby("user_id")["quantity"].sum()
    people = small_engine.workspace.shoppers["user_id"].tolist()
    assert open_page("search").selectbox(key="shopper").value == next(u for u in people if bought.get(u, 0) >= 10)
