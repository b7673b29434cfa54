"""Fixtures that all test rooms share: a small shop built by the project itself, and photos that it draws."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pylibsrtp  # noqa: F401  the live view's; loaded after TensorFlow, which other tests need, it crashes the process
import pytest

from smartrec.artifacts import MANIFEST
from smartrec.engine import Engine
from smartrec.errors import StorageError
from smartrec.settings import ROOT, Settings

SMALL = {"products": 120, "shoppers": 40, "seed": 7}
# What a small shop is made of; it is built anew when any of it changes.
MADE_OF = ("catalog", "shoppers", "attributes", "text", "builder.py", "drawing.py", "neighbors.py", "workspace.py")
DrawPhoto = Callable[..., bytes]


@pytest.fixture(scope="session")
def small_workspace(request: pytest.FixtureRequest) -> Path:
    """Folder of a demo workspace of 120 products and 40 simulated shoppers; read only.

    It is kept in pytest's cache, so that the next run, or another worker of this one, does not build it again.
    """
    from smartrec.builder import build

    path = request.config.cache.mkdir("small-workspace") / _fingerprint()
    while not (path / MANIFEST).exists():
        try:
            build(Settings(workspace=path), **SMALL)
        except StorageError:  # another worker is building it
            time.sleep(0.5)
    return path


def _fingerprint() -> str:
    """Changes with the code and the model that make the small shop."""
    sources = [path for name in MADE_OF for path in sorted((ROOT / "smartrec" / name).glob("**/*.py"))]
    sources += [ROOT / "smartrec" / name for name in MADE_OF if name.endswith(".py")]
    sources += [*sorted((ROOT / "assets" / "vocabulary").iterdir()), Settings().bundle / MANIFEST]
    digest = hashlib.sha256()
    for path in sources:
        digest.update(path.read_bytes() if path.exists() else b"")
    return digest.hexdigest()[:16]


@pytest.fixture(scope="session")
def small_engine(small_workspace: Path) -> Engine:
    """An engine over `small_workspace` with the shipped model."""
    return Engine.open(Settings(workspace=small_workspace))


@pytest.fixture(scope="session")
def draw_photo() -> DrawPhoto:
    """Draws a home photo of a garment: `draw_photo("Tee", seed=3, color1="red") -> JPEG bytes`."""
    from smartrec.catalog.demo.sample import sample_spec
    from smartrec.catalog.demo.scene import render_scene

    def draw(category: str = "Tee", seed: int = 1, size: tuple[int, int] = (480, 600), **fixed: object) -> bytes:
        rng = np.random.default_rng(seed)
        return encode_jpeg(render_scene(sample_spec(rng, category, **fixed), rng, size).image)

    return draw


@pytest.fixture(scope="session")
def photo_bytes(draw_photo: DrawPhoto) -> bytes:
    """A JPEG of a red tee, drawn in perspective on a cluttered background."""
    return draw_photo("Tee", seed=1, color1="red")


@pytest.fixture(scope="session")
def real_photos() -> Path:
    """The folder of real photos, where there is one; the test is skipped elsewhere."""
    folder = Path(os.environ.get("SMARTREC_DATA") or ROOT.parent / "shared" / "data")
    if not (folder / "clothing" / "labels.csv").exists():
        pytest.skip("needs the real photos: set SMARTREC_DATA to their folder")
    return folder


def encode_jpeg(rgb: np.ndarray) -> bytes:
    """(H, W, 3) uint8 RGB as JPEG bytes."""
    done, data = cv2.imencode(".jpg", cv2.cvtColor(rgb, cv2.COLOR_RGB2BGR))
    assert done
    return data.tobytes()
