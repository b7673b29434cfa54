"""Batches of views: the same for a seed and an epoch, mixed views carry mixed labels, rates decide who is shown."""

from __future__ import annotations

import numpy as np
import pytest

from smartrec.labels import CATEGORIES
from smartrec.vision.augment import Strength
from smartrec.vision.batches import BOX_SEEN, ViewBatches, ViewPlan, mix
from smartrec.vision.samples import PhotoCache, Samples, make_samples


def plain_samples(count: int, rate: float = 1.0) -> Samples:
    pictures = [np.full((40, 30, 3), 10 * i, np.uint8) for i in range(count)]
    boxes = np.tile([0.2, 0.2, 0.8, 0.8], (count, 1))
    return make_samples(pictures, boxes, [{"category": CATEGORIES[i % 5]} for i in range(count)], rate=rate)


def test_an_epoch_is_reproducible_and_the_next_one_differs() -> None:
    plan = ViewPlan(32, 8, strength=Strength(), mixing=1.0)
    one, two = (ViewBatches(plain_samples(24), plan, PhotoCache(), seed=5) for _ in range(2))
    np.testing.assert_array_equal(one[1][0], two[1][0])
    one.on_epoch_end()
    assert not np.array_equal(one[1][0], two[1][0])
    two.move_to(1)
    np.testing.assert_array_equal(one[1][0], two[1][0])


def test_a_sample_with_a_low_rate_is_shown_seldom() -> None:
    samples = plain_samples(24)
    samples.rate[:12] = 0.25
    batches = ViewBatches(samples, ViewPlan(32, 3, strength=Strength()), PhotoCache())
    assert len(batches) == 5
    shown = np.zeros(24)
    for epoch in range(80):
        batches.move_to(epoch)
        shown += np.bincount(batches.order, minlength=24)
    assert 0.15 < shown[:12].sum() / shown[12:].sum() < 0.4


@pytest.mark.parametrize("seed", range(12))
def test_mixed_views_carry_labels_in_proportion_to_their_pixels(seed: int) -> None:
    image = np.zeros((4, 32, 32, 3), np.float32)
    image[[0, 2]] = 1.0  # neighbours differ everywhere
    labels = np.eye(2, dtype=np.float32)[[1, 0, 1, 0]]
    targets = {"category": labels.copy(), "box": np.ones((4, 4), np.float32)}
    weights = {"category": np.array([1, 1, 1, 0], np.float32), "box": np.ones(4, np.float32)}
    mixed = mix(image, targets, weights, np.random.default_rng(seed))
    share = float(mixed[0].mean())
    np.testing.assert_allclose(targets["category"][0], share * labels[0] + (1 - share) * labels[3], atol=1e-5)
    np.testing.assert_allclose(targets["category"].sum(axis=1), 1.0, atol=1e-5)
    assert weights["category"][3] == 0 and weights["category"][0] == 0, "a neighbour without a label leaves none"
    assert weights["category"][1] == pytest.approx(1.0)
    assert (weights["box"] > 0).all() == (share >= BOX_SEEN)
    assert mixed.dtype == np.float32


def test_both_ways_of_mixing_are_used() -> None:
    image = np.stack([np.zeros((16, 16, 3)), np.ones((16, 16, 3))]).astype(np.float32)
    kinds = set()
    for seed in range(20):
        mixed = mix(image, {}, {}, np.random.default_rng(seed))
        kinds.add(len(np.unique(np.round(mixed[0], 4))) > 1)
    assert kinds == {True, False}
