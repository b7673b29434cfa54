"""Garments laid before other backgrounds: the garment stays as it is, what was around it goes."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from smartrec.catalog.demo.clutter import render_clutter
from smartrec.catalog.demo.render import Rendering
from smartrec.catalog.demo.sample import sample_spec
from smartrec.catalog.demo.scene import render_scene
from smartrec.settings import Settings
from smartrec.vision.backdrops import Backdrops, believed, collect_backdrops
from smartrec.vision.mask import Segmenter
from smartrec.vision.samples import PhotoCache, Samples, concatenate, make_samples

HEIGHT, WIDTH = 300, 240


@pytest.fixture(scope="module")
def scenes() -> list[Rendering]:
    rng = np.random.default_rng(3)
    return [render_scene(sample_spec(rng, name), rng, (WIDTH, HEIGHT)) for name in ("Tee", "Jeans", "Dress", "Coat")]


@pytest.fixture(scope="module")
def samples(scenes: list[Rendering]) -> Samples:
    boxes = np.array([scene.box for scene in scenes]) / np.tile([WIDTH, HEIGHT], 2)
    garments = make_samples([s.image for s in scenes], boxes, [s.spec.labels() for s in scenes])
    empty = [render_clutter(np.random.default_rng(i), (WIDTH, HEIGHT)) for i in range(2)]
    whole, sliver = (0.0, 0.0, 1.0, 1.0), (0.0, 0.0, 0.05, 1.0)
    return concatenate([garments, make_samples(empty, np.array([whole, sliver]), [{}, {}], garment=0.0, whole=False)])


def test_main_garments_are_cut_out_and_only_wide_regions_become_backgrounds(samples: Samples) -> None:
    found = collect_backdrops(samples, Segmenter.open(Settings().bundle), PhotoCache())
    assert set(found.masks) <= set(range(4)) and len(found.masks) >= 2
    assert [picture.shape for picture in found.pictures] == [(HEIGHT, WIDTH, 3)]


def test_the_garment_stays_and_the_rest_is_the_new_background(scenes: list[Rendering]) -> None:
    green = np.full((50, 70, 3), (0, 200, 0), np.uint8)
    scene = scenes[0]
    out = Backdrops({0: scene.mask}, [green]).behind(0, scene.image, np.random.default_rng(0))
    assert out.shape == scene.image.shape and out.dtype == np.uint8
    square = np.ones((9, 9), np.uint8)  # the cut is soft over a few pixels
    inside = cv2.erode(scene.mask.astype(np.uint8), square).astype(bool)
    outside = ~cv2.dilate(scene.mask.astype(np.uint8), square).astype(bool)
    assert np.abs(out[inside].astype(int) - scene.image[inside]).max() <= 2
    assert out[outside][:, [0, 2]].max() == 0 and out[outside][:, 1].min() >= 200 * 0.6


def test_a_photo_without_a_cut_is_left_alone(scenes: list[Rendering]) -> None:
    nothing = Backdrops({}, [np.zeros((50, 50, 3), np.uint8)])
    assert nothing.behind(2, scenes[2].image, np.random.default_rng(0)) is scenes[2].image


@pytest.mark.parametrize(
    ("rows", "columns", "expected"),
    [((20, 80), (10, 50), True), ((20, 50), (10, 50), False), ((20, 80), (10, 30), False), ((0, 0), (0, 0), False)],
)
def test_a_mask_is_believed_only_if_it_reaches_the_sides_of_the_box(
    rows: tuple[int, int], columns: tuple[int, int], expected: bool
) -> None:
    mask = np.zeros((100, 60), bool)
    mask[slice(*rows), slice(*columns)] = True
    assert believed(mask, np.array([10.0, 20.0, 50.0, 80.0])) is expected


def test_a_thin_outline_is_not_believed() -> None:
    mask = np.zeros((100, 60), bool)
    mask[[20, 79], 10:50] = True
    mask[20:80, [10, 49]] = True
    assert not believed(mask, np.array([10.0, 20.0, 50.0, 80.0]))
