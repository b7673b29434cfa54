"""The running picture: box and category on it, looked at now and then, never stopped by an error."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from pages.ui import live
from smartrec.engine import Engine
from smartrec.errors import BundleError
from smartrec.vision.finding import Glance


class Looker:
    """An engine that counts its looks."""

    def __init__(self, found: bool = True) -> None:
        self.looks, self.found = 0, found

    def glance(self, rgb: np.ndarray) -> Glance:
        self.looks += 1
        return Glance(self.found, (100.0, 50.0, 300.0, 400.0), "Tee", 0.83)


FRAME = np.full((480, 640, 3), 200, np.uint8)


def test_box_and_category_stand_on_a_copy_of_the_frame() -> None:
    frames = live.Frames()
    shown = frames.draw(Looker(), FRAME)
    changed = np.argwhere((shown != FRAME).any(axis=2))
    assert changed.min(axis=0) == pytest.approx((50, 100), abs=4)
    assert changed.max(axis=0) == pytest.approx((400, 300), abs=4)
    kept = cv2.imdecode(np.frombuffer(frames.jpeg() or b"", np.uint8), cv2.IMREAD_COLOR)
    assert kept.shape == FRAME.shape and kept.min() > 190  # what is searched is the frame without the drawing


def test_between_two_looks_the_box_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(np.arange(0.0, 100.0, 0.02))
    monkeypatch.setattr(live.time, "monotonic", lambda: float(next(clock)))
    frames, looker = live.Frames(), Looker()
    for _ in range(30):
        assert (frames.draw(looker, FRAME) != FRAME).any()
    assert 4 <= looker.looks <= 6  # 0.7 seconds


def test_nothing_found_or_no_model_leaves_the_picture_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    assert live.Frames().draw(Looker(found=False), FRAME) is FRAME

    def missing(rgb: np.ndarray) -> Glance:
        raise BundleError("no model")

    broken = Looker()
    monkeypatch.setattr(broken, "glance", missing)
    assert live.Frames().draw(broken, FRAME) is FRAME


def test_the_engine_says_of_a_frame_what_it_says_of_a_photo(small_engine: Engine, photo_bytes: bytes) -> None:
    rgb = cv2.cvtColor(cv2.imdecode(np.frombuffer(photo_bytes, np.uint8), cv2.IMREAD_COLOR), cv2.COLOR_BGR2RGB)
    seen, finding = small_engine.glance(rgb), small_engine.describe(rgb, mask=False).finding
    assert seen.garment_found and seen.category == finding.category
    assert seen.box == pytest.approx(finding.box)
