"""One server and one browser for all tests of this folder; every page must end without an error in its console."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
from playwright.sync_api import Browser, Page

from tests.e2e import driver

Visit = Callable[..., Page]


@pytest.fixture(scope="session")
def address(small_workspace: Path) -> Iterator[str]:
    """Address of a console over the small shop."""
    with driver.console(small_workspace) as url:
        yield url


@pytest.fixture(scope="session")
def browser(photo_bytes: bytes, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Chromium whose camera shows the drawn red tee."""
    if not shutil.which("chromium"):
        pytest.skip("needs Chromium: apt-get install chromium")
    rgb = cv2.cvtColor(cv2.imdecode(np.frombuffer(photo_bytes, np.uint8), cv2.IMREAD_COLOR), cv2.COLOR_BGR2RGB)
    video = driver.camera_video(cv2.resize(rgb, (480, 600)), tmp_path_factory.mktemp("camera") / "tee.mjpeg")
    with driver.chromium(video) as opened:
        yield opened


@pytest.fixture()
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    """Opens an address of the console as a fresh visitor: `visit("/shopper", phone=True, dark=True)`."""
    contexts, errors = [], []

    def open_page(path: str = "/", *, wait_for: str = driver.READY, phone: bool = False, dark: bool = False) -> Page:
        opened = driver.context(browser, phone=phone, dark=dark)
        contexts.append(opened)
        page = opened.new_page()
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(address + path)
        driver.settle(page, wait_for)
        return page

    yield open_page
    for opened in contexts:
        opened.close()
    assert not errors
