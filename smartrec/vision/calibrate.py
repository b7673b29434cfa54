"""Fits everything in a bundle that is not weights, on validation senders: temperatures, thresholds, scores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression

from smartrec.labels import GROUPS, SILENT, tag_group
from smartrec.vision import calibration
from smartrec.vision.bundle import BundleConfig
from smartrec.vision.coherence import Coherence, coherent_heads, fit_strengths
from smartrec.vision.detector import Detector, Looks
from smartrec.vision.embedding import DEFAULT_SHARES
from smartrec.vision.samples import UNKNOWN, PhotoCache, Samples
from smartrec.vision.views import iou

# Values are shown as facts from the score on from which held-out answers are right this often, all taken together ...
PRECISION_FLOOR = 0.80
# ... unless this value alone would be wrong more often than right.
VALUE_FLOOR = 0.50
# A head with fewer annotated photos than this keeps its temperature.
FEW = 12
# Share of held-out garments that must stay above the garment threshold.
GARMENTS_KEPT = 0.99


@dataclass(frozen=True, slots=True, eq=False)
class Observed:
    """What the uncalibrated network said of validation photos, row by row.

    Attributes:
        samples: the photos' annotations.
        looks: the network's answers.
        measured: (N, colors) measured color probabilities.
        boxes: (N, 4) annotated boxes in pixels.
        people: (N,) who sent each photo.
    """

    samples: Samples
    looks: list[Looks]
    measured: np.ndarray
    boxes: np.ndarray
    people: np.ndarray


def observe(detector: Detector, samples: Samples, people: Sequence[str] | None = None) -> Observed:
    """Looks at every sample's photo as in use: both looks, no box given.

    Args:
        detector: the uncalibrated bundle.
        samples: validation photos with a garment.
        people: who sent each photo; None if that is not known, then no two photos count as one person's.
    """
    cache = PhotoCache(limit=0)
    looks, measured, boxes = [], [], []
    for row in range(len(samples)):
        rgb = cache(samples.sources[row])
        look = detector.look(rgb)
        looks.append(look)
        measured.append(detector.measured_color(rgb, look))
        boxes.append(samples.pixels(row, rgb))
    senders = np.arange(len(samples)) if people is None else np.asarray(people)
    return Observed(samples, looks, np.array(measured), np.array(boxes), senders)


def observe_regions(detector: Detector, samples: Samples) -> list[Looks]:
    """Looks at photos without a garment: the region of each sample, cut out, as a photo of its own."""
    cache = PhotoCache(limit=0)
    looks = []
    for row in range(len(samples)):
        rgb = cache(samples.sources[row])
        x0, y0, x1, y1 = samples.pixels(row, rgb).astype(int)
        looks.append(detector.look(np.ascontiguousarray(rgb[y0 : max(y1, y0 + 1), x0 : max(x1, x0 + 1)])))
    return looks


def calibrated(
    config: BundleConfig, observed: Observed, without: Sequence[Looks], lifts: np.ndarray | None = None
) -> BundleConfig:
    """The config with everything fitted.

    Args:
        config: the uncalibrated config.
        observed: validation photos with a garment.
        without: looks at photos without one.
        lifts: from `coherence.count_lifts`; None leaves every head to itself.
    """
    if lifts is not None:
        config, observed = _coherent(config, observed, lifts)
    temperatures = _temperatures(config, observed)
    blend = _color_blend(observed, temperatures.get("color1", 1.0)) if "color1" in config.groups else config.color_blend
    return replace(
        config,
        temperatures=temperatures,
        color_blend=blend,
        thresholds=_thresholds(config, observed, temperatures, blend),
        garment=_garment(observed.looks, without),
        box_score=_box_score(observed),
        embedding=DEFAULT_SHARES,
    )


def _coherent(config: BundleConfig, observed: Observed, lifts: np.ndarray) -> tuple[BundleConfig, Observed]:
    """The config with fitted coherence, and the looks as they are with it."""
    sizes = coherent_heads(config.categories, config.groups)
    heads = {name: np.stack([look.heads[name] for look in observed.looks]) for name in ("category", *config.groups)}
    strengths = fit_strengths(sizes, lifts, heads, {name: observed.samples.truth(name) for name in sizes})
    said = Coherence(sizes, lifts, strengths)(heads)
    looks = [
        replace(look, heads={name: values[i] for name, values in said.items()}) for i, look in enumerate(observed.looks)
    ]
    return replace(config, coherence=strengths), replace(observed, looks=looks)


def _temperatures(config: BundleConfig, observed: Observed) -> dict[str, float]:
    temperatures = {}
    for head in ("category", *config.groups):
        truth = observed.samples.truth(head)
        known = truth != UNKNOWN
        if known.sum() >= FEW:
            probabilities = np.stack([look.heads[head] for look in observed.looks])[known]
            temperatures[head] = calibration.fit_temperature(probabilities, truth[known], observed.people[known])
    return temperatures


def _color_blend(observed: Observed, temperature: float) -> float:
    """The weight of the network against the pixels that names most validation colors right."""
    truth = observed.samples.truth("color1")
    known = truth != UNKNOWN
    network = calibration.temper(np.stack([look.heads["color1"] for look in observed.looks]), temperature)[known]
    measured = observed.measured[known]
    weights = np.linspace(0, 1, 21)
    scores = [(calibration.blend(network, measured, w).argmax(axis=1) == truth[known]).mean() for w in weights]
    best = np.flatnonzero(np.array(scores) >= max(scores) - 1e-9)
    return float(weights[best[len(best) // 2]])


def _thresholds(
    config: BundleConfig, observed: Observed, temperatures: Mapping[str, float], blend: float
) -> dict[str, dict[str, float]]:
    """One threshold for all values that a photo can show, higher or `calibration.NEVER` for values too often wrong."""
    guesses = [_guesses(config, observed, group, temperatures, blend) for group in config.groups]
    if not guesses:
        return {}
    told = np.concatenate([guess.known & guess.says_something for guess in guesses])
    scores = np.concatenate([guess.scores for guess in guesses])[told]
    right = np.concatenate([guess.right for guess in guesses])[told]
    common = calibration.shown_threshold(scores, right, np.tile(observed.people, len(guesses))[told], PRECISION_FLOOR)
    shown = scores >= common
    expected = float(right[shown].mean()) if shown.any() else 0.0
    return {guess.group: _value_thresholds(guess, config.groups[guess.group], common, expected) for guess in guesses}


@dataclass(frozen=True, slots=True, eq=False)
class _Guesses:
    """The best guess of one group for every photo; all arrays (N,)."""

    group: str
    values: np.ndarray
    scores: np.ndarray
    right: np.ndarray
    known: np.ndarray
    says_something: np.ndarray


def _guesses(
    config: BundleConfig, observed: Observed, group: str, temperatures: Mapping[str, float], blend: float
) -> _Guesses:
    probabilities = calibration.temper(
        np.stack([look.heads[group] for look in observed.looks]), temperatures.get(group, 1.0)
    )
    if group == "color1" and group in GROUPS:
        probabilities = calibration.blend(probabilities, observed.measured, blend)
    values = probabilities.argmax(axis=1)
    truths = [observed.samples.truth(other) for other in config.groups if tag_group(other) == tag_group(group)]
    silent = np.isin(config.groups[group], SILENT)
    return _Guesses(
        group,
        values,
        probabilities.max(axis=1),
        np.any([truth == values for truth in truths], axis=0),
        observed.samples.truth(group) != UNKNOWN,
        ~silent[values],
    )


def _value_thresholds(guesses: _Guesses, values: Sequence[str], common: float, expected: float) -> dict[str, float]:
    out = {}
    for i, value in enumerate(values):
        mine = guesses.known & (guesses.values == i)
        out[value] = calibration.own_threshold(guesses.scores[mine], guesses.right[mine], common, expected, VALUE_FLOOR)
    return out


def _garment(with_garment: Sequence[Looks], without: Sequence[Looks]) -> dict[str, float]:
    logits = calibration.logit(np.array([[look.first, look.second] for look in (*with_garment, *without)]))
    truth = np.array([1] * len(with_garment) + [0] * len(without))
    if not without:
        return {"first": 0.5, "second": 0.5, "bias": 0.0, "threshold": 0.5}
    model = LogisticRegression(C=0.1, class_weight="balanced").fit(logits, truth)
    how = {"first": float(model.coef_[0, 0]), "second": float(model.coef_[0, 1]), "bias": float(model.intercept_[0])}
    first, second = calibration.sigmoid(logits.T)
    scores = calibration.garment_probability(first, second, how)
    threshold = float(np.quantile(scores[truth == 1], 1 - GARMENTS_KEPT))
    return {**how, "threshold": min(0.5, threshold)}


def _box_score(observed: Observed) -> dict[str, tuple[float, ...]]:
    known = np.isfinite(observed.boxes).all(axis=1)
    refined = np.stack([look.refined for look in observed.looks])[known]
    agreement = iou(np.stack([look.found for look in observed.looks])[known], refined)
    fit = IsotonicRegression(out_of_bounds="clip").fit(agreement, iou(refined, observed.boxes[known]))
    grid = np.linspace(0, 1, 21)
    return {"agreement": tuple(map(float, grid)), "iou": tuple(map(float, fit.predict(grid)))}
