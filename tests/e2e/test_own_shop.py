"""A shop of one's own: table and pictures in, the shelf shows them, one click takes it back."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.conftest import DrawPhoto
from tests.e2e import driver
from tests.e2e.conftest import Visit

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

SHELF = ".st-key-card-shelf-0"
TABLE = """product_id,title,category,price,image
007,My red tee,Tee,19.90,a.jpg
008,My jeans,Jeans,,b.jpg
,nameless,Tee,1,
"""


def test_a_table_and_a_zip_become_a_shop_until_undone(visit: Visit, draw_photo: DrawPhoto) -> None:
    pictures = io.BytesIO()
    with zipfile.ZipFile(pictures, "w") as archive:
        archive.writestr("a.jpg", draw_photo("Tee", seed=1, color1="red"))
        archive.writestr("b.jpg", draw_photo("Jeans", seed=2))
    page = visit("/catalog", wait_for=SHELF)
    before = page.inner_text(SHELF)
    page.get_by_text("Bring your own", exact=True).click()
    for key, name, kind, data in (
        ("own-products", "mine.csv", "text/csv", TABLE.encode()),
        ("own-pictures", "mine.zip", "application/zip", pictures.getvalue()),
    ):
        page.set_input_files(f".st-key-{key} input[type=file]", {"name": name, "mimeType": kind, "buffer": data})
        driver.settle(page, ".st-key-own-import button")
    assert "2 of 3" in page.inner_text("[data-testid=stMain]")
    page.locator(".st-key-own-import button").click()
    page.wait_for_selector("text=This shop is in use")
    page.get_by_text("Shelf", exact=True).click()
    driver.settle(page, ".st-key-card-shelf-1")
    shelf = page.inner_text(".st-key-cards-shelf")
    assert "My red tee" in shelf and "My jeans" in shelf and "19.90" in shelf
    page.get_by_text("Bring your own", exact=True).click()
    page.locator(".st-key-own-undo button").click()
    page.get_by_text("Shelf", exact=True).click()
    driver.settle(page, SHELF)
    assert page.inner_text(SHELF) == before


def name_folder(page: Page, path: Path) -> None:
    page.fill(".st-key-own-folder input", str(path))
    page.keyboard.press("Enter")


def test_a_folder_of_this_computer_becomes_a_shop(visit: Visit, draw_photo: DrawPhoto, tmp_path: Path) -> None:
    folder = tmp_path / "my own shop"
    folder.mkdir()
    (folder / "products.csv").write_text(TABLE)
    (folder / "bought.csv").write_text("user_id,product_id,timestamp\nann,007,2025-01-02\nann,008,2025-02-03\n")
    (folder / "a.jpg").write_bytes(draw_photo("Tee", seed=1, color1="red"))
    page = visit("/catalog", wait_for=SHELF)
    page.get_by_text("Bring your own", exact=True).click()
    name_folder(page, tmp_path / "nowhere")
    page.wait_for_selector("text=which is not there")
    name_folder(page, folder / "a.jpg")
    page.wait_for_selector("text=another kind of file")
    name_folder(page, folder)
    driver.settle(page, ".st-key-own-import button")
    assert "products.csv: 2 of 3 rows kept" in page.inner_text("[data-testid=stMain]")
    page.locator(".st-key-own-import button").click()
    page.wait_for_selector("text=This shop is in use")
    assert "bought.csv: 2 of 2 rows kept" in page.inner_text("[data-testid=stMain]")
    assert page.input_value(".st-key-shopper input").startswith("ann")
    page.get_by_text("Shelf", exact=True).click()
    driver.settle(page, ".st-key-card-shelf-1")
    assert "My red tee" in page.inner_text(".st-key-cards-shelf")
    page.get_by_text("Bring your own", exact=True).click()
    page.locator(".st-key-own-undo button").click()
    page.wait_for_selector(".st-key-own-products")
    assert folder.is_dir() and (folder / "a.jpg").exists()  # undo takes back the shop, never the visitor's files
