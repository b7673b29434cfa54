"""Times the console in a real browser, warm: photo to ten cards, words to ten cards, slider to new metrics, start-up.

python -m benchmarks.console_speed [--repeats 12] [--json]
"""

from __future__ import annotations

import argparse
import json
import time

import numpy as np
from playwright.sync_api import Page

from smartrec.settings import ROOT, Settings
from tests.e2e import driver

# Name -> limit of the median in milliseconds.
LIMITS = {
    "photo to ten cards": 1500,
    "words to ten cards": 700,
    "slider to new metrics": 500,
    "start to first page": 8000,
}
QUERIES = (
    "red dress",
    "navy chinos",
    "striped tee",
    "black leather jacket",
    "floral skirt",
    "green hoodie",
    "blue jeans",
)
_CHANGED = """([selector, old]) => {
  const now = [...document.querySelectorAll(selector)].map((element) => element.innerText).join("|");
  return now && now !== old;
}"""


def _text(page: Page, selector: str) -> str:
    return "|".join(page.locator(selector).all_inner_texts())


def _until_changed(page: Page, selector: str, old: str) -> None:
    page.wait_for_function(_CHANGED, arg=[selector, old], polling=15)


def words(page: Page, address: str, repeats: int) -> list[float]:
    """Enter to ten new cards; every query is new to the cache."""
    page.goto(address)
    driver.settle(page)
    times = []
    for n in range(repeats):
        old = _text(page, ".sr-figures")
        page.fill(".st-key-words input", f"{QUERIES[n % len(QUERIES)]} under {60 + 7 * n}")
        began = time.perf_counter()
        page.keyboard.press("Enter")
        _until_changed(page, ".sr-figures", old)
        times.append(1e3 * (time.perf_counter() - began))
        driver.settle(page)
    return times


def photo(page: Page, address: str, repeats: int) -> list[float]:
    """File chosen to finding and ten new cards; every photo differs from the others by one pixel."""
    import cv2

    files = sorted((ROOT / "assets" / "examples").glob("*.jpg"))
    times = []
    for n in range(repeats):
        page.goto(address)
        driver.settle(page)
        rgb = cv2.imread(str(files[n % len(files)]))
        rgb[0, n] = 255 - rgb[0, n]
        data = cv2.imencode(".jpg", rgb)[1].tobytes()
        old = _text(page, ".sr-figures")
        began = time.perf_counter()
        page.set_input_files(
            ".st-key-photo input[type=file]", {"name": f"{n}.jpg", "mimeType": "image/jpeg", "buffer": data}
        )
        page.wait_for_selector(".st-key-finding .box")
        _until_changed(page, ".sr-figures", old)
        times.append(1e3 * (time.perf_counter() - began))
    return times


def slider(page: Page, address: str, repeats: int) -> list[float]:
    """Arrow key on a weight to other metrics."""
    page.goto(address + "/tuning")
    driver.settle(page, ".st-key-metrics [data-testid=stMetricValue]")
    thumb = page.locator(".st-key-weight-popularity").get_by_role("slider")
    thumb.focus()
    times = []
    for n in range(repeats):
        old = _text(page, ".st-key-metrics")
        began = time.perf_counter()
        page.keyboard.press("PageUp" if n % 2 else "PageDown")
        _until_changed(page, ".st-key-metrics", old)
        times.append(1e3 * (time.perf_counter() - began))
        driver.settle(page, ".st-key-metrics")
    return times


def main() -> None:
    """Prints medians and 95th percentiles beside the limits."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=12)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    results: dict[str, list[float]] = {}
    with driver.chromium() as browser:
        began = time.perf_counter()
        with driver.console(Settings().workspace) as address:
            page = driver.context(browser).new_page()
            page.goto(address)
            page.wait_for_selector(driver.READY)
            results["start to first page"] = [1e3 * (time.perf_counter() - began)]
            driver.settle(page)
            for name, measure in (("words", words), ("photo", photo), ("slider", slider)):
                label = next(key for key in LIMITS if key.startswith(name))
                measure(page, address, 2)
                results[label] = measure(page, address, options.repeats)
    rows = [
        {
            "step": name,
            "p50_ms": float(np.median(t)),
            "p95_ms": float(np.quantile(t, 0.95)),
            "n": len(t),
            "limit_ms": LIMITS[name],
        }
        for name, t in results.items()
    ]
    if options.json:
        print(json.dumps({"rows": rows}))
        return
    for row in rows:
        figures = f"p50 {row['p50_ms']:7.0f} ms  p95 {row['p95_ms']:7.0f} ms"
        print(f"{row['step']:24} {figures}  (limit {row['limit_ms']}, n {row['n']})")


if __name__ == "__main__":
    main()
