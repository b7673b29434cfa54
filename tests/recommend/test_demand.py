"""Demand learns which memory is right; its segments look at the past alone."""

from __future__ import annotations

import numpy as np
import pytest

from smartrec.recommend.demand import (
    ENOUGH_PURCHASES,
    SEGMENT_RIDGE,
    DemandModel,
    _segments,
    segment_ridge,
)
from smartrec.recommend.purchases import Purchases


def purchases(items, days, users=None):
    days = np.asarray(days, dtype=float)
    order = np.argsort(days, kind="stable")
    times = np.datetime64("2023-01-01", "ns") + (days[order] * 86_400).astype(np.int64) * np.timedelta64(1, "s")
    users = np.arange(len(days)) if users is None else np.asarray(users)
    ids = np.array([f"U{i}" for i in range(users.max() + 1)], dtype=object)
    return Purchases(users[order], np.asarray(items)[order], times, np.ones(len(days), np.int64), ids, 6)


def test_what_sells_now_beats_what_sold_long_ago():
    rng = np.random.default_rng(0)
    days = rng.uniform(0, 400, 4000)
    # Every hundred days another product is the fashion.
    fashion = np.where(rng.random(4000) < 0.6, (days // 100).astype(int), rng.integers(0, 5, 4000))
    model = DemandModel().fit(purchases(fashion, days), np.zeros(6, dtype=np.int64))
    assert int(np.argmax(model.log_demand_[0])) == 3
    assert model.log_demand_.max() == 0.0


def test_a_product_never_bought_is_not_in_demand():
    model = DemandModel().fit(purchases([0, 1, 1], [1, 2, 3]), np.zeros(6, dtype=np.int64))
    assert np.isneginf(model.log_demand_[:, 2:]).all()
    assert np.isfinite(model.log_demand_[:, :2]).all()


def test_newcomers_and_regulars_want_different_things():
    rng = np.random.default_rng(1)
    days = np.sort(rng.uniform(0, 300, 3000))
    regular = rng.random(3000) < 0.5
    users = np.where(regular, rng.integers(0, 20, 3000), np.arange(3000) + 20)
    items = np.where(rng.random(3000) < 0.7, np.where(regular, 4, 1), rng.integers(0, 6, 3000))
    model = DemandModel().fit(purchases(items, days, users), np.zeros(6, dtype=np.int64))
    assert int(np.argmax(model.log_demand_[0])) == 1
    assert int(np.argmax(model.log_demand_[2])) == 4


def test_a_segment_that_bought_little_is_thought_to_want_what_everyone_does():
    rng = np.random.default_rng(2)
    days = rng.uniform(0, 400, 4000)
    fashion = np.where(rng.random(4000) < 0.7, (days // 100).astype(int), rng.integers(0, 5, 4000))
    model = DemandModel().fit(purchases(fashion, days, rng.integers(0, 20, 4000)), np.zeros(6, dtype=np.int64))
    few, many = model.coefficients_[0], model.coefficients_[2]
    assert np.abs(few - many).max() < 0.1 * np.abs(many).max()
    assert int(np.argmax(model.log_demand_[0])) == 3


@pytest.mark.parametrize(("share", "harder"), [(2.0, 1.0), (1.0, 1.0), (0.5, 2.0), (0.1, 10.0)])
def test_a_segment_is_drawn_to_everyone_harder_the_less_it_bought(share, harder):
    counts = np.array([0, round(share * ENOUGH_PURCHASES) - 7, 7])
    windows = [(np.zeros((3, 2)), counts[:2]), (np.zeros((3, 2)), counts[2:])]
    assert segment_ridge(windows) == pytest.approx(harder * SEGMENT_RIDGE)


def test_a_segment_that_bought_nothing_is_drawn_to_everyone():
    assert np.isfinite(segment_ridge([(np.zeros((3, 2)), np.zeros(3, np.int64))]))


def test_segments_count_purchases_of_earlier_days_only():
    users = np.array([7, 7, 7, 8, 7, 7, 7])
    days = np.array([0.1, 0.9, 1.0, 1.0, 2.0, 3.0, 4.0])
    assert _segments(users, days).tolist() == [0, 0, 1, 0, 1, 1, 2]
