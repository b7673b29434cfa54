"""Screenshots of the console's main states, written to `screenshots/`: `python -m benchmarks.screenshots`.

`--readme` also writes the two that stand in the README, to `assets/screenshots/`, as small JPEGs.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable
from pathlib import Path

import cv2
from playwright.sync_api import Browser, Page

from smartrec.settings import ROOT, Settings
from smartrec.vision.image import load_photo
from tests.e2e import driver

FOLDER = ROOT / "screenshots"
README = ROOT / "assets" / "screenshots"
EXAMPLE = "striped-tee"


def _with_photo(page: Page) -> None:
    page.wait_for_selector(".st-key-finding .box")


def _moved(page: Page) -> None:
    _with_photo(page)
    page.locator(".st-key-finding .box").focus()
    for _ in range(6):
        page.keyboard.press("ArrowDown")
    page.wait_for_selector(".st-key-finding .reset", state="visible")
    driver.settle(page)


def _live(page: Page) -> None:
    page.get_by_text("Live", exact=True).click()
    page.frame_locator("iframe[title*=webrtc]").get_by_role("button", name="Start").click()
    page.wait_for_selector(".st-key-search-live button")
    page.wait_for_timeout(4000)


def _why(page: Page) -> None:
    page.locator(".st-key-why-1 button").first.click()
    page.wait_for_selector(".st-key-terms-1 tbody tr")


def _map(page: Page) -> None:
    page.get_by_text("Map of looks").click()
    page.wait_for_selector(".st-key-looks canvas", timeout=120_000)


def _own(page: Page) -> None:
    page.get_by_text("Bring your own", exact=True).click()
    page.wait_for_selector(".st-key-own-products")


def _another_set(page: Page) -> None:
    page.locator(".st-key-use-discover button").click()
    page.get_by_text("Draw the curve").click()
    page.wait_for_selector(".st-key-tradeoff-history .js-plotly-plot")
    driver.settle(page, ".st-key-metrics")


def _measured(page: Page) -> None:
    page.locator(".st-key-measure button").click()
    page.wait_for_selector(".st-key-latency .js-plotly-plot")


def _nothing(page: Page) -> None:
    """The state is the page as it opens."""


# Name -> address, what to wait for, what to do there.
STATES: dict[str, tuple[str, str, Callable[[Page], None]]] = {
    "search": ("/", driver.READY, _nothing),
    "search-photo": (f"/?example={EXAMPLE}", driver.READY, _with_photo),
    "search-words": ("/?words=red+striped+long+sleeve+tee", driver.READY, _nothing),
    "search-photo-and-words": (f"/?example={EXAMPLE}&words=but+in+green", driver.READY, _with_photo),
    "search-why": (f"/?example={EXAMPLE}", driver.READY, _why),
    "search-box-moved": (f"/?example={EXAMPLE}", driver.READY, _moved),
    "search-live": ("/", driver.READY, _live),
    "shopper": ("/shopper", driver.READY, _nothing),
    "shopper-new": ("/shopper?shopper=new", driver.READY, _nothing),
    "catalog": ("/catalog", ".st-key-card-shelf-0", _nothing),
    "catalog-map": ("/catalog", ".st-key-card-shelf-0", _map),
    "catalog-product": ("/catalog?product={product}", ".st-key-card-similar-0", _nothing),
    "catalog-own": ("/catalog", ".st-key-card-shelf-0", _own),
    "tuning": ("/tuning", ".st-key-metrics", _nothing),
    "tuning-compared": ("/tuning", ".st-key-metrics", _another_set),
    "model": ("/model", ".st-key-model", _nothing),
    "model-measured": ("/model", ".st-key-model", _measured),
}
_IN_ITS_WINDOW = ("search-live",)  # a video ends when its page changes its size
IN_README = {"search-photo-desktop-light": "search.jpg", "tuning-desktop-light": "tuning.jpg"}


def shoot(browser: Browser, address: str, folder: Path, *, phone: bool, dark: bool, whole: bool) -> list[Path]:
    """All states in one window size and theme; gives the files."""
    files = []
    suffix = f"{'phone' if phone else 'desktop'}-{'dark' if dark else 'light'}"
    for name, (path, wait_for, act) in STATES.items():
        context = driver.context(browser, phone=phone, dark=dark)
        page = context.new_page()
        page.goto(address + path)
        driver.settle(page, wait_for)
        act(page)
        page.wait_for_timeout(1200)
        file = folder / f"{name}-{suffix}.png"
        if whole and name not in _IN_ITS_WINDOW:
            height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
            page.set_viewport_size({"width": page.viewport_size["width"], "height": min(height, 6000)})  # type: ignore[index]
            page.wait_for_timeout(800)
        page.screenshot(path=file)
        if f"{name}-{suffix}" in IN_README and folder == README:
            page.screenshot(path=folder / IN_README[f"{name}-{suffix}"], type="jpeg", quality=82)
            file.unlink()
        files.append(file)
        context.close()
    return files


def main() -> None:
    """Starts a console over the workspace in use and takes all pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--readme", action="store_true", help="only the two of the README")
    parser.add_argument("--whole", action="store_true", help="the whole page, not one window")
    parser.add_argument("--only", default="", help="names of states, separated by commas")
    options = parser.parse_args()
    settings = Settings()
    _fill_in(settings)
    wanted = (
        {name.rsplit("-", 2)[0] for name in IN_README} if options.readme else set(filter(None, options.only.split(",")))
    )
    for name in [name for name in STATES if wanted and name not in wanted]:
        del STATES[name]
    folder = README if options.readme else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as place,
        driver.console(settings.workspace) as address,
        driver.chromium(_camera(Path(place))) as browser,
    ):
        for phone in (False,) if options.readme else (False, True):
            for dark in (False,) if options.readme else (False, True):
                for file in shoot(browser, address, folder, phone=phone, dark=dark, whole=options.whole):
                    print(file)


def _camera(folder: Path) -> Path:
    """A camera that shows the example photo."""
    photo = load_photo(ROOT / "assets" / "examples" / f"{EXAMPLE}.jpg").rgb
    return driver.camera_video(cv2.resize(photo, (480, 600)), folder / "camera.mjpeg")


def _fill_in(settings: Settings) -> None:
    from smartrec.workspace import Workspace

    product = str(Workspace.open(settings.workspace).catalog.ids[0])
    path, wait_for, act = STATES["catalog-product"]
    STATES["catalog-product"] = (path.format(product=product), wait_for, act)


if __name__ == "__main__":
    main()
