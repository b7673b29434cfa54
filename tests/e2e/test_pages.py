"""Every page by its own address, on desktop and phone, light and dark: fits, no error, no barrier."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.e2e import driver
from tests.e2e.conftest import Visit

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

PAGES = {
    "/": driver.READY,
    "/shopper": driver.READY,
    "/catalog": ".st-key-card-shelf-0",
    "/tuning": ".st-key-metrics",
    "/model": ".st-key-model",
}
HEADINGS = {
    "/": "Show it, or say it",
    "/shopper": "The shopper",
    "/catalog": "The catalog",
    "/tuning": "Tuning",
    "/model": "The model",
}


@pytest.mark.parametrize("path", [p for p in PAGES if p != "/"])
def test_each_page_opens_first_on_a_server_that_has_just_started(
    path: str, small_workspace: Path, browser: Browser
) -> None:
    with driver.console(small_workspace) as address:
        page = driver.context(browser).new_page()
        page.goto(address + path)
        page.wait_for_selector(PAGES[path])
        assert page.inner_text("h1") == HEADINGS[path]
        assert page.locator(".st-key-shopper").count() == 1
        page.context.close()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
@pytest.mark.parametrize("path", PAGES)
def test_each_page_fits_and_has_no_barrier(visit: Visit, path: str, phone: bool, dark: bool) -> None:
    page = visit(path, wait_for=PAGES[path], phone=phone, dark=dark)
    assert driver.overflow(page) <= 0
    assert page.locator("[data-testid=stException]").count() == 0
    assert not barriers(page)


def barriers(page: Page) -> list[str]:
    """Serious and critical violations that axe-core finds."""
    return [
        f"{v['id']}: {[n['html'][:120] for n in v['nodes'][:3]]}"
        for v in Axe().run(page).response["violations"]
        if v["impact"] in ("serious", "critical")
    ]


def test_cards_stand_in_two_columns_on_a_phone(visit: Visit) -> None:
    page = visit("/", phone=True)
    lefts = {round(page.locator(f".st-key-card-{n}").bounding_box()["x"]) for n in (1, 2, 3, 4)}  # type: ignore[index]
    assert len(lefts) == 2


def test_the_theme_follows_the_visitor(visit: Visit) -> None:
    def background(dark: bool) -> str:
        page = visit("/", dark=dark)
        return page.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor")

    assert background(False) == "rgb(255, 255, 255)"
    assert background(True) == "rgb(15, 21, 19)"


def test_metrics_stay_in_sight_while_a_phone_moves_a_slider(visit: Visit) -> None:
    page = visit("/tuning", wait_for=".st-key-metrics", phone=True)
    page.locator(".st-key-weight-diversity").scroll_into_view_if_needed()
    page.wait_for_timeout(500)
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop") > 200
    tile = page.locator(".st-key-metric-ndcg").bounding_box()
    assert tile and 0 < tile["y"] < driver.PHONE["height"] / 3
