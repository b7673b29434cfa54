"""Turns the network's raw outputs into calibrated probabilities (Guo et al., On Calibration, ICML 2017)."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np


def temper(probabilities: np.ndarray, temperature: float) -> np.ndarray:
    """Softmax of log-probabilities over a temperature, (..., C) float; 1 changes nothing, more is less sure."""
    logits = np.log(np.maximum(probabilities, 1e-12)) / temperature
    logits -= logits.max(axis=-1, keepdims=True)
    raised = np.exp(logits)
    return raised / raised.sum(axis=-1, keepdims=True)


def logit(probability: np.ndarray | float) -> np.ndarray:
    """Log-odds, clipped to about ±16."""
    p = np.clip(np.asarray(probability, float), 1e-7, 1 - 1e-7)
    return np.log(p / (1 - p))


def garment_probability(first: np.ndarray | float, second: np.ndarray | float, how: Mapping[str, float]) -> np.ndarray:
    """Calibrated probability of a garment from the two looks' own, by the logistic regression of the bundle."""
    z = how["first"] * logit(first) + how["second"] * logit(second) + how["bias"]
    return 1 / (1 + np.exp(-z))


def fit_temperature(probabilities: np.ndarray, truth: np.ndarray) -> float:
    """The temperature with the lowest log-loss on held-out rows.

    Args:
        probabilities: (N, C) float.
        truth: (N,) int classes.
    """
    grid = np.geomspace(0.4, 3.0, 81)
    rows = np.arange(len(truth))
    losses = [-np.log(np.maximum(temper(probabilities, t)[rows, truth], 1e-12)).mean() for t in grid]
    return float(grid[int(np.argmin(losses))])


def value_threshold(scores: np.ndarray, right: np.ndarray, precision: float) -> float:
    """The lowest score from which on held-out answers are right in at least `precision` of the cases.

    Args:
        scores: (N,) probability of the answer, for rows where this value was the best guess.
        right: (N,) bool.
        precision: floor in [0, 1].

    Returns:
        A threshold in [0, 1]; above 1 (nothing is shown) where no score reaches the floor.
    """
    if not len(scores):
        return 1.01
    order = np.argsort(-scores, kind="stable")
    # one imaginary wrong answer keeps values with a handful of examples from passing by luck
    running = np.cumsum(right[order]) / (np.arange(len(order)) + 2.0)
    reached = np.flatnonzero(running >= precision)
    return float(scores[order[reached[-1]]]) if len(reached) else 1.01


def expected_calibration_error(confidence: np.ndarray, right: np.ndarray, bins: int = 15) -> float:
    """ECE with equal-width bins: mean gap of confidence and accuracy, weighted by bin size, in [0, 1]."""
    index = np.minimum((confidence * bins).astype(int), bins - 1)
    total = 0.0
    for b in range(bins):
        inside = index == b
        if inside.any():
            total += inside.mean() * abs(confidence[inside].mean() - right[inside].mean())
    return float(total)


def blend(first: np.ndarray, second: np.ndarray, weight: float) -> np.ndarray:
    """Weighted geometric mean of two distributions, (..., C), renormalized; `weight` of the first in [0, 1]."""
    logs = weight * np.log(first + 1e-6) + (1 - weight) * np.log(second + 1e-6)
    mixed = np.exp(logs - logs.max(axis=-1, keepdims=True))
    return np.asarray(mixed / mixed.sum(axis=-1, keepdims=True))
