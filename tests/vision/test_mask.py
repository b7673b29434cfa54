"""The mask: on the garment, inside its box, for any box; found with the network that the project ships."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smartrec.catalog.demo.render import render
from smartrec.catalog.demo.sample import sample_spec
from smartrec.catalog.demo.scene import render_scene
from smartrec.errors import BundleError
from smartrec.settings import Settings
from smartrec.vision.grabcut import grabcut
from smartrec.vision.mask import SLACK, Segmenter, segment


@pytest.fixture(scope="module")
def segmenter() -> Segmenter:
    return Segmenter.open(Settings().bundle)


def iou(a: np.ndarray, b: np.ndarray) -> float:
    return float((a & b).sum() / (a | b).sum())


@pytest.mark.parametrize(("draw", "least"), [(render, 0.85), (render_scene, 0.75)])
def test_drawn_garments_are_cut_out(segmenter: Segmenter, draw: object, least: float) -> None:
    rng = np.random.default_rng(7)
    found = []
    for category in ("Tee", "Dress", "Jeans", "Hoodie", "Skirt", "Coat", "Shorts", "Button-Down"):
        drawing = draw(sample_spec(rng, category), rng, size=(240, 300))  # type: ignore[operator]
        found.append(iou(segmenter.segment(drawing.image, drawing.box), drawing.mask))
    assert np.mean(found) > least, found


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 120), st.integers(1, 120), st.data())
def test_any_box_in_any_photo(width: int, height: int, data: st.DataObject) -> None:
    rgb = np.random.default_rng(width * 131 + height).integers(0, 255, (height, width, 3), np.uint8)
    x0, y0 = data.draw(st.floats(0, width - 1)), data.draw(st.floats(0, height - 1))
    x1 = data.draw(st.floats(x0 + 1e-3, max(width, x0 + 2e-3)))
    y1 = data.draw(st.floats(y0 + 1e-3, max(height, y0 + 2e-3)))
    mask = segment(rgb, (x0, y0, x1, y1))
    assert mask.shape == (height, width) and mask.dtype == bool and mask.any()
    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    reach_x, reach_y = (x1 - x0) * SLACK + 1, (y1 - y0) * SLACK + 1
    assert columns[0] >= x0 - reach_x and columns[-1] + 1 <= x1 + reach_x
    assert rows[0] >= y0 - reach_y and rows[-1] + 1 <= y1 + reach_y


def test_the_mask_turns_with_the_photo(segmenter: Segmenter) -> None:
    rng = np.random.default_rng(1)
    drawing = render(sample_spec(rng, "Tee"), rng, size=(240, 300))
    x0, y0, x1, y1 = drawing.box
    mirrored = segmenter.segment(np.ascontiguousarray(drawing.image[:, ::-1]), (240 - x1, y0, 240 - x0, y1))
    assert iou(mirrored[:, ::-1], segmenter.segment(drawing.image, drawing.box)) > 0.9


def test_large_photos_are_cut_as_small_ones(segmenter: Segmenter) -> None:
    rng = np.random.default_rng(2)
    drawing = render_scene(sample_spec(rng, "Dress"), rng, size=(240, 300))
    large = np.repeat(np.repeat(drawing.image, 4, axis=0), 4, axis=1)
    found = segmenter.segment(large, tuple(4 * side for side in drawing.box))
    assert iou(found[2::4, 2::4], segmenter.segment(drawing.image, drawing.box)) > 0.9


def test_a_missing_or_damaged_network_is_named(tmp_path: Path) -> None:
    with pytest.raises(BundleError, match=r"no such file.*python -m smartrec train"):
        Segmenter.open(tmp_path)
    (tmp_path / "mask.onnx").write_bytes(b"not a network")
    with pytest.raises(BundleError, match="python -m smartrec train"):
        Segmenter.open(tmp_path)


def test_grabcut_finds_a_garment_unlike_its_background() -> None:
    rgb = np.full((200, 160, 3), 200, np.uint8) + np.random.default_rng(0).integers(0, 20, (200, 160, 3), np.uint8)
    truth = np.zeros((200, 160), bool)
    truth[50:150, 40:70] = truth[50:90, 40:120] = True
    rgb[truth] = (30, 40, 120)
    assert iou(grabcut(rgb, (40, 50, 120, 150)), truth) > 0.9
    assert grabcut(rgb, (0, 0, 160, 200)).shape == (200, 160)
    assert grabcut(rgb[:3, :3], (0, 0, 1, 1)).shape == (3, 3)
