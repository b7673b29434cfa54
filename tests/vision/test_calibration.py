"""Temperatures, thresholds and blends."""

import numpy as np
import pytest

from smartrec.vision.calibration import (
    FEWEST_SHOWN,
    NEVER,
    blend,
    expected_calibration_error,
    fit_temperature,
    garment_probability,
    logit,
    own_threshold,
    shown_threshold,
    sigmoid,
    temper,
    value_threshold,
)


def test_temperature_one_changes_nothing_and_heat_flattens() -> None:
    p = np.array([[0.7, 0.2, 0.1]])
    assert np.allclose(temper(p, 1.0), p)
    assert temper(p, 3.0).max() < 0.7 < temper(p, 0.5).max()


def test_fitted_temperature_mends_overconfidence() -> None:
    rng = np.random.default_rng(0)
    logits = rng.normal(0, 2, (4000, 5))
    honest = np.exp(logits) / np.exp(logits).sum(1, keepdims=True)
    truth = np.array([rng.choice(5, p=row) for row in honest])
    overconfident = temper(honest, 0.5)
    temperature = fit_temperature(overconfident, truth, np.arange(4000))
    assert temperature == pytest.approx(2.0, rel=0.1)

    def ece(p: np.ndarray) -> float:
        return expected_calibration_error(p.max(1), p.argmax(1) == truth)

    assert ece(temper(overconfident, temperature)) < 0.04 < ece(overconfident)


def test_threshold_reaches_its_precision_or_shows_nothing() -> None:
    scores = np.linspace(1, 0, 101)
    right = scores > 0.5
    threshold = value_threshold(scores, right, 0.8)
    assert right[scores >= threshold].mean() >= 0.8
    assert value_threshold(scores, np.zeros(101, bool), 0.8) > 1
    assert value_threshold(np.empty(0), np.empty(0, bool), 0.8) > 1


def test_blend_is_a_distribution_between_its_ends() -> None:
    a, b = np.array([0.9, 0.1]), np.array([0.2, 0.8])
    assert np.allclose(blend(a, b, 1.0), a, atol=1e-3)
    assert np.allclose(blend(a, b, 0.0), b, atol=1e-3)
    assert 0.2 < blend(a, b, 0.5)[0] < 0.9


def test_garment_probability_is_bounded_at_the_extremes() -> None:
    how = {"first": 1.0, "second": 1.0, "bias": 0.0}
    assert 0 <= garment_probability(0.0, 0.0, how) < 0.01
    assert 0.99 < garment_probability(1.0, 1.0, how) <= 1


def test_a_few_people_make_the_temperature_more_careful_than_as_many_photos_of_strangers() -> None:
    rng = np.random.default_rng(1)
    people = np.repeat(np.arange(8), 50)
    logits = rng.normal(0, 2, (400, 5))
    sharp = np.exp(logits) / np.exp(logits).sum(1, keepdims=True)
    # half of the people are easy, the other half's photos are hardly better than chance
    heat = np.where(people < 4, 1.0, 3.0)
    truth = np.array([rng.choice(5, p=temper(row, h)) for row, h in zip(sharp, heat, strict=True)])
    assert fit_temperature(sharp, truth, people) > fit_temperature(sharp, truth, np.arange(400))


def test_the_common_threshold_leaves_a_margin_for_other_people() -> None:
    rng = np.random.default_rng(2)
    people = rng.integers(0, 12, 1200)
    scores = rng.uniform(0, 1, 1200)
    right = rng.uniform(0, 1, 1200) < scores ** np.where(people < 6, 0.4, 2.0)
    alone, together = (shown_threshold(scores, right, who, 0.8) for who in (np.arange(1200), people))
    assert alone < together < 1  # photos of twelve people, six of them hard, tell less than those of 1,200
    assert right[scores >= alone].mean() >= 0.8


def test_the_common_threshold_needs_enough_answers_and_enough_right_ones() -> None:
    few = FEWEST_SHOWN - 1
    assert shown_threshold(np.ones(few), np.ones(few, bool), np.arange(few), 0.8) == NEVER
    assert shown_threshold(np.ones(few + 1), np.ones(few + 1, bool), np.arange(few + 1), 0.8) == 1.0
    assert shown_threshold(np.linspace(0, 1, 99), np.zeros(99, bool), np.arange(99), 0.8) == NEVER
    assert shown_threshold(np.empty(0), np.empty(0, bool), np.empty(0), 0.8) == NEVER


def test_a_value_that_is_wrong_too_often_needs_a_higher_score_or_is_never_shown() -> None:
    scores = np.linspace(0.5, 1, 41)
    often_wrong = scores > 0.9
    raised = own_threshold(scores, often_wrong, 0.5, 0.8, floor=0.5)
    assert 0.5 < raised <= 0.9
    assert own_threshold(scores, np.ones(41, bool), 0.5, 0.8, floor=0.5) == 0.5
    assert own_threshold(scores, np.zeros(41, bool), 0.5, 0.4, floor=0.5) == NEVER
    assert own_threshold(scores[:1], np.zeros(1, bool), 0.5, 0.8, floor=0.5) == 0.5  # one answer tells little


def test_sigmoid_turns_log_odds_back() -> None:
    p = np.array([0.01, 0.5, 0.99])
    assert np.allclose(sigmoid(logit(p)), p)
