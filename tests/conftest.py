"""Fixtures that all test rooms share: a small shop built by the project itself, and photos that it draws."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest

from smartrec.artifacts import MANIFEST
from smartrec.engine import Engine
from smartrec.errors import StorageError
from smartrec.settings import ROOT, Settings

SMALL = {"products": 180, "shoppers": 40, "seed": 7}
DrawPhoto = Callable[..., bytes]


@pytest.fixture(scope="session")
def small_workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a demo workspace of 180 products and 40 simulated shoppers; built once, read only."""
    from smartrec.builder import build

    base = tmp_path_factory.getbasetemp()
    # Workers of one run share it: their base folders are siblings.
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    path = shared / "small-workspace"
    while not (path / MANIFEST).exists():
        try:
            build(Settings(workspace=path), **SMALL)
        except StorageError:  # another worker is building it
            time.sleep(0.5)
    return path


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
