"""Measures a detector on annotated photos: every figure comes with its number of photos and a 95 % interval."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from smartrec.labels import GROUPS, SILENT, tag_group
from smartrec.vision.calibration import NEVER, expected_calibration_error
from smartrec.vision.detector import Detector
from smartrec.vision.finding import Finding, as_box
from smartrec.vision.samples import UNKNOWN, PhotoCache, Samples
from smartrec.vision.views import iou

RESAMPLES = 400
Figure = dict[str, Any]
Thresholds = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True, eq=False)
class Answered:
    """A photo's truth and the detector's finding.

    Attributes:
        name: name of the photo.
        truth: head -> annotated value; heads without annotation are left out.
        box: (4,) annotated xyxy in pixels, NaN if not known.
        finding: what the detector said.
        second: head -> value of a second annotator; empty where nobody looked twice.
    """

    name: str
    truth: dict[str, str]
    box: np.ndarray
    finding: Finding
    second: dict[str, str] = field(default_factory=dict)

    @property
    def iou(self) -> float:
        """IoU of the found and the annotated box."""
        return float(iou(np.array(self.finding.box), self.box))

    def accepted(self, head: str, either: bool = False) -> set[str]:
        """The right values of a head: the annotation, and with `either` also the second one where there is one."""
        return {self.truth[head], *([self.second[head]] if either and head in self.second else [])}


def answer_all(
    detector: Detector, samples: Samples, *, say: Callable[[str], None] | None = None, boxes_given: bool = False
) -> list[Answered]:
    """Runs the detector over samples with a garment; with `boxes_given` it gets the annotated box."""
    cache = PhotoCache(limit=0)
    answers = []
    for row in range(len(samples)):
        rgb = cache(samples.sources[row])
        box = samples.pixels(row, rgb)
        given = as_box(box) if boxes_given else None
        finding = detector.find(rgb, box=given, mask=False)
        answers.append(Answered(samples.names[row], truth_of(samples, row), box, finding, second_of(samples, row)))
        if say and (row + 1) % 100 == 0:
            say(f"measured {row + 1}/{len(samples)} photos")
    return answers


def truth_of(samples: Samples, row: int) -> dict[str, str]:
    """Head -> annotated value of one sample."""
    return _named(samples, {**samples.groups, "category": samples.category}, row)


def second_of(samples: Samples, row: int) -> dict[str, str]:
    """Head -> what the second annotator said of one sample; empty if nobody looked twice."""
    return _named(samples, samples.second, row)


def _named(samples: Samples, columns: Mapping[str, np.ndarray], row: int) -> dict[str, str]:
    names = {**samples.group_names, "category": samples.category_names}
    return {head: names[head][values[row]] for head, values in columns.items() if values[row] != UNKNOWN}


def figure(values: Sequence[float] | np.ndarray, seed: int = 0) -> Figure:
    """Mean with its 95 % bootstrap interval over photos: {"value", "low", "high", "n"}."""
    array = np.asarray(values, float)
    if not len(array):
        return {"value": None, "low": None, "high": None, "n": 0}
    picks = np.random.default_rng(seed).integers(0, len(array), (RESAMPLES, len(array)))
    low, high = np.quantile(array[picks].mean(axis=1), [0.025, 0.975])
    return {"value": float(array.mean()), "low": float(low), "high": float(high), "n": len(array)}


def right_in_top(answers: Sequence[Answered], k: int, head: str = "category", *, either: bool = False) -> np.ndarray:
    """(N,) bool: whether the annotated value (or, with `either`, one of two annotators') is among the `k` best."""
    out = []
    for answer in answers:
        scores = answer.finding.heads[head]
        best = sorted(scores, key=scores.__getitem__, reverse=True)[:k]
        out.append(not answer.accepted(head, either).isdisjoint(best))
    return np.array(out, bool)


def measure(answers: Sequence[Answered]) -> dict[str, Figure]:
    """All figures that annotated photos of one garment each allow.

    Accuracies are against the first annotator. Where photos were labelled twice, ``..._either`` counts an answer as
    right if one of the two annotators gave it, and ``agreement_...`` says how often the two gave the same.
    """
    twice = [a for a in answers if a.second]
    figures = _accuracies(answers) | _box_figures(answers)
    if twice:
        figures |= {f"{name}_either": value for name, value in _accuracies(twice, either=True).items()}
        for head in ("category", *GROUPS):
            both = [a for a in twice if head in a.truth and head in a.second]
            figures[f"agreement_{head}"] = figure([a.truth[head] == a.second[head] for a in both])
    figures["garment_found"] = figure([a.finding.garment_found for a in answers])
    return figures


def _box_figures(answers: Sequence[Answered]) -> dict[str, Figure]:
    ious = np.array([a.iou for a in answers if np.isfinite(a.box).all()])
    return {
        "box_iou": figure(ious),
        "box_above_half": figure(ious > 0.5),
        "box_rmse": figure(_box_errors(answers)),
    }


def _accuracies(answers: Sequence[Answered], either: bool = False) -> dict[str, Figure]:
    """Shares of right answers and the calibration of the category, against one annotator or either of two."""
    named = [a for a in answers if "category" in a.truth]
    figures = {f"category_top{k}": figure(right_in_top(named, k, either=either)) for k in (1, 3, 5)}
    for group in GROUPS:
        rows = [a for a in answers if group in a.truth and group in a.finding.labels]
        figures[group] = figure([a.finding.labels[group] in a.accepted(group, either) for a in rows])
    colored = [a for a in answers if "color1" in a.truth and "color1" in a.finding.heads]
    figures["color1_top2"] = figure(right_in_top(colored, 2, "color1", either=either))
    confidence = np.array([a.finding.heads["category"][a.finding.category] for a in named])
    right = right_in_top(named, 1, either=either)
    figures["category_ece"] = {"value": expected_calibration_error(confidence, right), "n": len(named)}
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


def shown_tags(finding: Finding, thresholds: Thresholds) -> set[tuple[str, str]]:
    """(group, value) of the tags that a finding shows as facts; see `labels.tag_group` for the group."""
    return {
        (tag_group(group), value)
        for group, value in finding.labels.items()
        if group in thresholds
        and value not in SILENT
        and finding.heads[group][value] >= thresholds[group].get(value, NEVER)
    }


def annotated_tags(truth: Mapping[str, str], thresholds: Thresholds) -> set[tuple[str, str]]:
    """(group, value) of the tags that an annotation confirms, of the groups that thresholds are known for."""
    return {(tag_group(group), value) for group, value in truth.items() if group in thresholds and value not in SILENT}


def tag_reliability(answers: Sequence[Answered], thresholds: Thresholds) -> dict[str, Any]:
    """Precision and recall of the tags shown, overall and of each: how far one can be trusted.

    A color counts once, whichever of the two color heads shows it, and is right if it is the garment's first or
    second color.
    """
    right, shown, annotated = Counter[tuple[str, str]](), Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for a in answers:
        said, truth = shown_tags(a.finding, thresholds), annotated_tags(a.truth, thresholds)
        right.update(said & truth)
        shown.update(said)
        annotated.update(truth)
    rows = [
        {
            "group": tag[0],
            "value": tag[1],
            "precision": right[tag] / shown[tag] if shown[tag] else None,
            "recall": right[tag] / annotated[tag] if annotated[tag] else None,
            "shown": shown[tag],
            "annotated": annotated[tag],
        }
        for tag in sorted(shown | annotated)
    ]
    return {
        "precision": right.total() / shown.total() if shown else None,
        "recall": right.total() / annotated.total() if annotated else None,
        "shown": shown.total(),
        "annotated": annotated.total(),
        "values": rows,
    }
