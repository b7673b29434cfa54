"""DeepFashion's annotations as samples and batches, and views whose boxes follow every augmentation."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from smartrec.errors import TableError
from smartrec.vision.augment import Strength, make_view
from smartrec.vision.batches import ViewBatches, ViewPlan
from smartrec.vision.deepfashion import DeepFashionPhotos, with_backgrounds
from smartrec.vision.samples import PhotoCache
from smartrec.vision.views import iou, square_around
from tests.deepfashion_folder import SIZE, write_folder


@pytest.mark.parametrize("layout", ["coarse-new", "fine-split"])
def test_samples_are_what_was_annotated(tmp_path: Path, layout: str) -> None:
    truth = write_folder(tmp_path, layout, 30, 40)
    photos = DeepFashionPhotos.open(tmp_path)
    samples = photos.samples("train")
    rows = [truth.names.index(name) for name in samples.names]
    assert [truth.splits[i] for i in rows] == ["train"] * 21
    assert np.allclose(samples.boxes * np.tile(SIZE, 2), truth.boxes[rows], atol=1e-3)
    assert (samples.category == truth.categories[rows] - 1).all()
    sizes = photos.head_sizes()
    assert sizes.category == 50
    if layout == "fine-split":
        assert sizes.attributes == 0 and list(sizes.groups) == ["pattern", "sleeve", "length", "neck", "fabric", "fit"]
        assert (np.stack(list(samples.groups.values()), axis=1) == truth.groups[rows]).all()
    else:
        assert (sizes.attributes, sizes.groups) == (40, {})
        known = np.select([truth.attributes == 0, truth.attributes == 1], [-1, 1], 0)
        assert (samples.attributes[np.arange(21)] == known[rows]).all()


def test_batches_carry_all_targets_and_backgrounds_none(tmp_path: Path) -> None:
    write_folder(tmp_path, "coarse", 30, 40)
    samples = with_backgrounds(DeepFashionPhotos.open(tmp_path).samples("train"))
    assert 0 < (samples.garment == 0).sum() <= 21
    batches = ViewBatches(samples, ViewPlan(64, len(samples), preprocessing="caffe"), PhotoCache())
    views, targets, weights = batches[0]
    assert views.shape == (len(samples), 64, 64, 3) and views.dtype == np.float32
    empty = samples.garment == 0
    assert targets["attributes"].shape == (len(samples), 40) and targets["category"].shape == (len(samples), 50)
    for head in ("attributes", "category", "box"):
        assert (weights[head][empty] == 0).all() and (weights[head][~empty] > 0).all()
    assert (targets["garment"][:, 0] == ~empty).all()


def test_a_missing_picture_is_counted_and_no_pictures_at_all_are_an_error(tmp_path: Path) -> None:
    truth = write_folder(tmp_path / "whole", "coarse", 10, 20)
    (truth.root / truth.names[0]).unlink()
    (truth.root / truth.names[1]).write_bytes(b"no picture")
    photos = DeepFashionPhotos.open(truth.root)
    assert len(photos.samples("train")) == 5
    reason = photos.table.report.mended["picture missing or not readable, not used"]
    assert reason.lines == [3, 4]
    write_folder(tmp_path / "lists", "coarse", 10, 20, pictures=False)
    with pytest.raises(TableError, match=r"unpack img.zip.*Received: none of 10"):
        DeepFashionPhotos.open(tmp_path / "lists")


@pytest.mark.parametrize(
    "strength",
    [
        Strength(rotation=0.0, light=0.25, erase=0.0, quarter_turn=0.0),
        Strength(rotation=0.0, light=0.0, erase=1.0, quarter_turn=0.0),
        Strength(rotation=25.0, light=0.0, erase=0.0, quarter_turn=0.5),
        Strength(),
    ],
    ids=["light", "erase", "rotation", "as shipped"],
)
def test_a_painted_shape_is_found_again_in_its_box(strength: Strength) -> None:
    """Light, noise and erasing leave the box where it is; under rotation it follows a garment's rounded outline."""
    agreements = []
    for seed in range(40):
        rng = np.random.default_rng(seed)
        rgb = np.full((200, 160, 3), 40, np.uint8)
        x0, y0 = rng.integers(20, 60, 2)
        x1, y1 = x0 + rng.integers(40, 80), y0 + rng.integers(40, 120)
        _paint(rgb, (x0, y0, x1, y1), rounded=strength.rotation > 0)
        square = square_around((0, 0, 160, 200), 1.0)
        view, box = make_view(rgb, square, np.array([x0, y0, x1, y1], float), 224, rng, strength)
        red = view.astype(int)
        ys, xs = np.nonzero((red[..., 0] - red[..., 1] > 70) & (red[..., 0] - red[..., 2] > 70))
        found = np.array([xs.min(), ys.min(), xs.max() + 1, ys.max() + 1]) / 224
        agreements.append(float(iou(found, box)))
    # A rectangle that is painted over an edge hides it, and may itself be red.
    assert np.median(agreements) > 0.93
    assert np.quantile(agreements, 0.1) > (0.35 if strength.erase else 0.88)


def _paint(rgb: np.ndarray, box: tuple[int, int, int, int], rounded: bool) -> None:
    x0, y0, x1, y1 = box
    if not rounded:
        rgb[y0:y1, x0:x1] = (230, 30, 30)
        return
    angles = np.linspace(0, 2 * np.pi, 120, endpoint=False)
    cos, sin = np.cos(angles), np.sin(angles)
    xs = (x0 + x1) / 2 + (x1 - x0) / 2 * np.sign(cos) * np.sqrt(np.abs(cos))
    ys = (y0 + y1) / 2 + (y1 - y0) / 2 * np.sign(sin) * np.sqrt(np.abs(sin))
    cv2.fillPoly(rgb, [np.stack([xs, ys], axis=1).round().astype(np.int32)], (230, 30, 30))
