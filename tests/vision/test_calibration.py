"""Temperatures, thresholds and blends."""

import numpy as np
import pytest

from smartrec.vision.calibration import (
    blend,
    expected_calibration_error,
    fit_temperature,
    garment_probability,
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
    temperature = fit_temperature(overconfident, truth)
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
