"""Measures a detector on annotated photos: every figure comes with its number of photos and a 95 % interval."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from smartrec.labels import GROUPS
from smartrec.vision.calibration import expected_calibration_error
from smartrec.vision.detector import Detector
from smartrec.vision.finding import Finding
from smartrec.vision.samples import UNKNOWN, PhotoCache, Samples
from smartrec.vision.views import iou

RESAMPLES = 400
# Values that say that there is nothing to show.
SILENT = ("na", "none", "unknown")
Figure = dict[str, Any]


@dataclass(frozen=True, slots=True, eq=False)
class Answered:
    """A photo's truth and the detector's finding.

    Attributes:
        name: name of the photo.
        truth: head -> annotated value; heads without annotation are left out.
        box: (4,) annotated xyxy in pixels, NaN if not known.
        finding: what the detector said.
    """

    name: str
    truth: dict[str, str]
    box: np.ndarray
    finding: Finding

    @property
    def iou(self) -> float:
        """IoU of the found and the annotated box."""
        return float(iou(np.array(self.finding.box), self.box))


def answer_all(
    detector: Detector, samples: Samples, *, say: Callable[[str], None] | None = None, boxes_given: bool = False
) -> list[Answered]:
    """Runs the detector over samples with a garment; with `boxes_given` it gets the annotated box."""
    cache = PhotoCache(limit=0)
    answers = []
    for row in range(len(samples)):
        rgb = cache(samples.sources[row])
        box = samples.boxes[row] * np.tile([rgb.shape[1], rgb.shape[0]], 2)
        given = (float(box[0]), float(box[1]), float(box[2]), float(box[3])) if boxes_given else None
        finding = detector.find(rgb, box=given, mask=False)
        answers.append(Answered(samples.names[row], truth_of(samples, row), box, finding))
        if say and (row + 1) % 100 == 0:
            say(f"measured {row + 1}/{len(samples)} photos")
    return answers


def truth_of(samples: Samples, row: int) -> dict[str, str]:
    """Head -> annotated value of one sample."""
    truth = {
        name: samples.group_names[name][values[row]] for name, values in samples.groups.items() if values[row] >= 0
    }
    if samples.category[row] != UNKNOWN:
        truth["category"] = samples.category_names[samples.category[row]]
    return truth


def figure(values: Sequence[float] | np.ndarray, seed: int = 0) -> Figure:
    """Mean with its 95 % bootstrap interval over photos: {"value", "low", "high", "n"}."""
    array = np.asarray(values, float)
    if not len(array):
        return {"value": None, "low": None, "high": None, "n": 0}
    picks = np.random.default_rng(seed).integers(0, len(array), (RESAMPLES, len(array)))
    low, high = np.quantile(array[picks].mean(axis=1), [0.025, 0.975])
    return {"value": float(array.mean()), "low": float(low), "high": float(high), "n": len(array)}


def right_in_top(answers: Sequence[Answered], k: int, head: str = "category") -> np.ndarray:
    """(N,) bool: whether the annotated value is among the `k` most probable ones."""
    out = []
    for answer in answers:
        scores = answer.finding.heads[head]
        best = sorted(scores, key=scores.__getitem__, reverse=True)[:k]
        out.append(answer.truth[head] in best)
    return np.array(out, bool)


def measure(answers: Sequence[Answered]) -> dict[str, Figure]:
    """All figures that annotated photos of one garment each allow."""
    named = [a for a in answers if "category" in a.truth]
    figures = {f"category_top{k}": figure(right_in_top(named, k)) for k in (1, 3, 5)}
    ious = np.array([a.iou for a in answers if np.isfinite(a.box).all()])
    figures["box_iou"] = figure(ious)
    figures["box_above_half"] = figure(ious > 0.5)
    figures["box_rmse"] = figure(_box_errors(answers))
    for group in GROUPS:
        rows = [a for a in answers if group in a.truth and group in a.finding.labels]
        figures[group] = figure([a.finding.labels[group] == a.truth[group] for a in rows])
    colored = [a for a in answers if "color1" in a.truth and "color1" in a.finding.heads]
    figures["color1_top2"] = figure(right_in_top(colored, 2, "color1"))
    confidence = np.array([a.finding.heads["category"][a.finding.category] for a in named])
    right = right_in_top(named, 1)
    figures["category_ece"] = {"value": expected_calibration_error(confidence, right), "n": len(named)}
    figures["garment_found"] = figure([a.finding.garment_found for a in answers])
    return figures


def _box_errors(answers: Sequence[Answered]) -> np.ndarray:
    """(N,) root mean squared error of the four sides as fractions of the photo."""
    errors = []
    for a in answers:
        if np.isfinite(a.box).all():
            scale = np.tile(a.finding.size, 2)
            errors.append(float(np.sqrt(np.mean(((np.array(a.finding.box) - a.box) / scale) ** 2))))
    return np.array(errors)


def reliability(answers: Sequence[Answered], bins: int = 10) -> list[dict[str, float]]:
    """The reliability diagram of the category: per confidence bin its mean confidence, accuracy and number."""
    confidence = np.array([a.finding.heads["category"][a.finding.category] for a in answers])
    right = right_in_top(answers, 1)
    index = np.minimum((confidence * bins).astype(int), bins - 1)
    rows = []
    for b in range(bins):
        inside = index == b
        if inside.any():
            mean, accuracy = float(confidence[inside].mean()), float(right[inside].mean())
            rows.append({"confidence": mean, "accuracy": accuracy, "n": int(inside.sum())})
    return rows


def confusion(answers: Sequence[Answered]) -> dict[str, Any]:
    """Confusion of the categories that occur: {"names", "counts"[truth][answer]}."""
    names = sorted({a.truth["category"] for a in answers} | {a.finding.category for a in answers})
    position = {name: i for i, name in enumerate(names)}
    counts = np.zeros((len(names), len(names)), int)
    for a in answers:
        counts[position[a.truth["category"]], position[a.finding.category]] += 1
    return {"names": names, "counts": counts.tolist()}


def iou_histogram(answers: Sequence[Answered], bins: int = 20) -> dict[str, list[float]]:
    """Histogram of box IoU over [0, 1]."""
    counts, edges = np.histogram([a.iou for a in answers], bins=bins, range=(0, 1))
    return {"edges": edges.tolist(), "counts": counts.tolist()}


def worst(answers: Sequence[Answered], count: int = 24) -> list[dict[str, Any]]:
    """The most confident mistakes of category: photo name, truth, answer, confidence, IoU of the box."""
    rows: list[dict[str, Any]] = [
        {
            "photo": a.name,
            "truth": a.truth["category"],
            "answer": a.finding.category,
            "confidence": a.finding.heads["category"][a.finding.category],
            "iou": a.iou,
        }
        for a in answers
        if a.finding.category != a.truth["category"]
    ]
    return sorted(rows, key=lambda row: -row["confidence"])[:count]


def shown_values(finding: Finding, thresholds: dict[str, dict[str, float]]) -> set[tuple[str, str]]:
    """(group, value) pairs that a finding shows as facts under per-value thresholds; "na" and "none" say nothing."""
    shown = set()
    for group, value in finding.labels.items():
        says_something = group in thresholds and value not in SILENT
        if says_something and finding.heads[group][value] >= thresholds[group].get(value, 1.01):
            shown.add((group, value))
    return shown


def tag_reliability(answers: Sequence[Answered], thresholds: dict[str, dict[str, float]]) -> dict[str, Any]:
    """Precision and recall of the shown values, overall and per (group, value)."""
    counts: dict[tuple[str, str], list[int]] = {}
    for a in answers:
        shown = shown_values(a.finding, thresholds)
        truth = {(g, v) for g, v in a.truth.items() if g in thresholds and v not in SILENT}
        for pair in shown | truth:
            row = counts.setdefault(pair, [0, 0, 0])
            row[0] += pair in shown and pair in truth
            row[1] += pair in shown
            row[2] += pair in truth
    right, shown_total, true_total = (sum(row[i] for row in counts.values()) for i in range(3))
    rows = [
        {
            "group": group,
            "value": value,
            "precision": row[0] / row[1] if row[1] else None,
            "recall": row[0] / row[2] if row[2] else None,
            "shown": row[1],
            "annotated": row[2],
        }
        for (group, value), row in sorted(counts.items())
    ]
    return {
        "precision": right / shown_total if shown_total else None,
        "recall": right / true_total if true_total else None,
        "shown": shown_total,
        "annotated": true_total,
        "values": rows,
    }
