"""Drives the console from outside: a server of its own, Chromium with a camera that plays a drawn garment."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from smartrec.settings import ROOT

DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
_FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
    *("--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"),
    *("--disable-features=WebRtcHideLocalIpsWithMdns", "--allow-loopback-in-peer-connection"),
]
READY = ".st-key-card-1"


@contextlib.contextmanager
def console(workspace: Path, bundle: Path | None = None) -> Iterator[str]:
    """Starts `streamlit run app.py` over a workspace on a free port; gives its address without a slash at the end."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    env = {**os.environ, "SMARTREC_WORKSPACE": str(workspace), **({"SMARTREC_BUNDLE": str(bundle)} if bundle else {})}
    command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}", "--server.headless=true"]
    server = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{address}/_stcore/health", server)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        if server.poll() is not None:
            raise RuntimeError(f"The console ended with status {server.returncode} before it answered.")
        with contextlib.suppress(OSError), urllib.request.urlopen(url, timeout=2):
            return
        time.sleep(0.2)
    raise RuntimeError(f"No answer within a minute. Received: nothing from {url}")


@contextlib.contextmanager
def chromium(camera: Path | None = None) -> Iterator[Browser]:
    """The system's Chromium; its camera plays `camera`, an .mjpeg file."""
    flags = [*_FLAGS, *([f"--use-file-for-fake-video-capture={camera}"] if camera else [])]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=flags)
        yield browser
        browser.close()


def context(browser: Browser, *, phone: bool = False, dark: bool = False) -> BrowserContext:
    """A fresh visitor: desktop or phone with touch, light or dark; the camera is allowed."""
    opened = browser.new_context(
        viewport=PHONE if phone else DESKTOP,
        color_scheme="dark" if dark else "light",
        has_touch=phone,
        device_scale_factor=2 if phone else 1,
        permissions=["camera"],
    )
    opened.set_default_timeout(90_000)
    return opened


def camera_video(frame: np.ndarray, path: Path) -> Path:
    """Two seconds of video for the fake camera, of one frame. `frame`: (H, W, 3) uint8 RGB."""
    height, width = frame.shape[0] // 2 * 2, frame.shape[1] // 2 * 2
    command = f"ffmpeg -y -loglevel error -f rawvideo -pix_fmt rgb24 -s {width}x{height} -r 10 -i - "
    command += f"-c:v mjpeg -q:v 3 -pix_fmt yuvj420p {path}"
    frames = np.ascontiguousarray(frame[:height, :width]).tobytes() * 20
    subprocess.run(command.split(), input=frames, check=True)
    return path


# The script does not run, nothing is stale, nothing fades: and it has stayed so for a while.
_CALM = """() => {
    const busy = document.querySelector('[data-testid=stStatusWidget], [data-stale=true]')
        || document.querySelector('[data-testid=stSpinner], [data-testid=stSkeleton]')
        || document.getAnimations().some(a => a instanceof CSSTransition && a.playState === 'running');
    const now = performance.now();
    if (busy) { window.calmSince = undefined; return false; }
    window.calmSince ??= now;
    return now - window.calmSince > 700;
}"""


def settle(page: Page, selector: str = READY) -> None:
    """Waits until a selector is there and the page has come to rest."""
    page.wait_for_selector(selector)
    page.evaluate("window.calmSince = undefined")
    page.wait_for_function(_CALM)


def overflow(page: Page) -> int:
    """Pixels by which the page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
