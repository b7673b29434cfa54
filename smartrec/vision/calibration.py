"""Turns the network's raw outputs into calibrated probabilities (Guo et al., On Calibration, ICML 2017)."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

# A threshold that no probability reaches: the value is not shown as a fact.
NEVER = 1.01
# How sure to be that people unlike the held-out ones are served as well: quantile over draws of whole people, for how
# sure scores sound and for which are shown as facts. The second also costs right answers (benchmarks/README.md).
CAUTION, SHOWN_CAUTION = 0.95, 0.85
DRAWS = 400
# The precision of fewer answers than this tells nothing.
FEWEST_SHOWN = 20
# What a value's own answers are weighed against.
PRIOR_ANSWERS = 4


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


def sigmoid(logits: np.ndarray) -> np.ndarray:
    """Inverse of `logit`, element by element."""
    return np.asarray(1 / (1 + np.exp(-logits)))


def garment_probability(first: np.ndarray | float, second: np.ndarray | float, how: Mapping[str, float]) -> np.ndarray:
    """Calibrated probability of a garment from the two looks' own, by the logistic regression of the bundle."""
    return sigmoid(how["first"] * logit(first) + how["second"] * logit(second) + how["bias"])


def fit_temperature(probabilities: np.ndarray, truth: np.ndarray, people: np.ndarray) -> float:
    """The temperature with the lowest log-loss on held-out rows, erring towards less sure.

    People differ more than photos of one person do, and the next person is none of these. So whole people are drawn
    again and again, and the temperature is the `CAUTION` quantile of those that fit the draws best.

    Args:
        probabilities: (N, C) float.
        truth: (N,) int classes.
        people: (N,) whose photo each row is.
    """
    grid = np.geomspace(0.4, 3.0, 81)
    rows, (draws, person) = np.arange(len(truth)), _draw_people(people)
    losses = [-np.log(np.maximum(temper(probabilities, t)[rows, truth], 1e-12)) for t in grid]
    by_person = np.stack([np.bincount(person, loss, draws.shape[1]) for loss in losses], axis=1)
    return float(grid[int(np.quantile((draws @ by_person).argmin(axis=1), CAUTION, method="higher"))])


def shown_threshold(scores: np.ndarray, right: np.ndarray, people: np.ndarray, precision: float) -> float:
    """The lowest score from which on answers are right in at least `precision` of the cases, for people not seen yet.

    One threshold for calibrated scores of all values shows most right answers at a given precision. The margin for
    other people is that all but 1 - `SHOWN_CAUTION` of the draws of whole people reach the precision; a person's weight
    grows with the square root of the photos, for those of one person are alike.

    Args:
        scores: (N,) calibrated probability of each answer.
        right: (N,) bool.
        people: (N,) who sent the answer's photo.
        precision: floor in [0, 1].

    Returns:
        A threshold in [0, 1]; `NEVER` where no score reaches the floor or too few answers tell.
    """
    if len(scores) < FEWEST_SHOWN:
        return NEVER
    order = np.argsort(-scores, kind="stable")
    draws, person = _draw_people(np.asarray(people)[order])
    weights = draws[:, person] / np.sqrt(np.bincount(person))[person]
    shown = np.cumsum(weights, axis=1)
    running = np.cumsum(weights * right[order], axis=1) / np.maximum(shown, 1e-9)
    reached = np.flatnonzero(np.quantile(running, 1 - SHOWN_CAUTION, axis=0) >= precision)
    reached = reached[reached + 1 >= FEWEST_SHOWN]
    return float(scores[order[reached[-1]]]) if len(reached) else NEVER


def _draw_people(people: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(draws, P) how often each draw holds each of P people, and (N,) the person of each row as a column of it."""
    names, person = np.unique(people, return_inverse=True)
    count = len(names)
    return np.random.default_rng(0).multinomial(count, np.full(count, 1 / count), DRAWS), person


def own_threshold(scores: np.ndarray, right: np.ndarray, common: float, expected: float, floor: float) -> float:
    """The threshold of one value: the common one, or higher where the value alone is wrong too often above that.

    A few answers say little: they are taken together with `PRIOR_ANSWERS` imaginary ones of the precision of all.

    Args:
        scores: (N,) probability of the answers that are this value.
        right: (N,) bool.
        common: the threshold of all values.
        expected: precision of all values above it.
        floor: lowest precision of a value.
    """
    above = np.flatnonzero(scores >= common)
    order = above[np.argsort(-scores[above], kind="stable")]
    answers = np.arange(1, len(order) + 1)
    running = (np.cumsum(right[order]) + PRIOR_ANSWERS * expected) / (answers + PRIOR_ANSWERS)
    if not len(order) or running[-1] >= floor:
        return common
    reached = np.flatnonzero(running >= floor)
    return float(scores[order[reached[-1]]]) if len(reached) else NEVER


def value_threshold(scores: np.ndarray, right: np.ndarray, precision: float) -> float:
    """The lowest score from which on held-out answers are right in at least `precision` of the cases.

    Args:
        scores: (N,) probability of the answer, for rows where this value was the best guess.
        right: (N,) bool.
        precision: floor in [0, 1].

    Returns:
        A threshold in [0, 1]; `NEVER` where no score reaches the floor.
    """
    if not len(scores):
        return NEVER
    order = np.argsort(-scores, kind="stable")
    # one imaginary wrong answer keeps values with a handful of examples from passing by luck
    running = np.cumsum(right[order]) / (np.arange(len(order)) + 2.0)
    reached = np.flatnonzero(running >= precision)
    return float(scores[order[reached[-1]]]) if len(reached) else NEVER


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
