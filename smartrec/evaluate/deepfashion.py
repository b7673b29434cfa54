"""DeepFashion's benchmark protocol, and the published rows that stand beside ours.

Category: top-1, top-3 and top-5 accuracy. Attributes: top-k recall, the share of a picture's annotated attributes that
are among its k best scored ones. Both with the whole picture and with the annotated box given. Box: IoU and RMSE.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from smartrec.catalog.importers.deepfashion.lists import COARSE_TYPES, FINE_GROUPS
from smartrec.catalog.importers.deepfashion.table import UNKNOWN
from smartrec.evaluate.vision_speed import measure_pipeline
from smartrec.vision.assess import RESAMPLES, figure
from smartrec.vision.deepfashion import DeepFashionPhotos
from smartrec.vision.detector import Detector, Looks
from smartrec.vision.finding import as_box
from smartrec.vision.samples import PhotoCache, Samples
from smartrec.vision.views import iou

Say = Callable[[str], None]
Row = dict[str, Any]
KS = (1, 3, 5)
INPUTS = ("whole picture", "ground-truth crop")
TOGETHER = "all attributes ranked together, micro"
WITHIN = "each type ranked apart, micro"
MEAN = "each type ranked apart, mean of the types"
# Accuracies in percent on the test split of the coarse layout, as published.
PUBLISHED = (
    {
        "method": "FashionNet",
        "source": "Liu, Luo, Qiu, Wang, Tang, CVPR 2016",
        "category": {"top3": 82.58, "top5": 90.17},
        "attributes": {"top3": 45.52, "top5": 54.61},
    },
    {
        "method": "Liu and Lu",
        "source": "Liu and Lu, ECCV Workshops 2018",
        "category": {"top3": 91.16, "top5": 96.12},
        "attributes": {"top3": 54.69, "top5": 63.74},
    },
)


@dataclass(slots=True)
class Tally:
    """What was counted for one way of looking, photo by photo.

    Attributes:
        ranks: rank of the annotated category, from 0, of photos that have one.
        matched: (type or `TOGETHER`, k) -> matched and annotated attributes of each photo.
        ious: IoU of the found box with the annotated one.
        errors: RMSE of its sides as fractions of the photo.
    """

    ranks: list[int] = field(default_factory=list)
    matched: dict[tuple[str, int], list[tuple[int, int]]] = field(default_factory=dict)
    ious: list[float] = field(default_factory=list)
    errors: list[float] = field(default_factory=list)


def benchmark_deepfashion(
    bundle: Path, folder: Path, say: Say, *, layout: str | None = None, limit: int | None = None
) -> dict[str, Any]:
    """Runs the protocol on the test split.

    Args:
        bundle: folder of the model bundle.
        folder: the DeepFashion folder.
        say: receives lines of progress.
        layout: ``coarse`` or ``fine``; None = the coarse one where both are there.
        limit: only so many pictures, drawn at random; the answer then says so.

    Returns:
        {"rows": [{"measure", "input", "k", "value", "low", "high", "n"}], "published": [...], "pictures", "limited",
        "not_measured": [...], "pipeline": {"pipeline_ms", "forward_ms"}, "import": report, "model", "layout"}.

    Raises:
        BundleError: no bundle.
        TableError: lists or pictures are missing.
    """
    detector = Detector.open(bundle)
    photos = DeepFashionPhotos.open(folder, layout)
    samples = photos.samples("test", limit)
    names = AttributeScores(detector, photos)
    tallies = run_protocol(detector, samples, names, say)
    missing = []
    if not names.columns.size:
        missing.append("attributes: the bundle has none of this folder's attributes")
    elif names.missing:
        missing.append(
            f"{names.missing} of {names.count} attributes: the bundle does not know them, they count as missed"
        )
    rows = [row for source in INPUTS for row in rows_of(tallies[source], source)]
    return {
        "protocol": "DeepFashion Category and Attribute Prediction, test split",
        "layout": photos.table.layout,
        "pictures": len(samples),
        "limited": limit is not None and len(photos.table.rows_of("test")) > limit,
        "rows": rows,
        "published": [dict(row) for row in PUBLISHED],
        "not_measured": missing,
        "pipeline": measure_pipeline(samples, say),
        "import": photos.table.report.as_json(),
        "model": detector.hash,
    }


class AttributeScores:
    """Scores of a bundle in the order of a folder's attributes; a bundle may know only some of them."""

    def __init__(self, detector: Detector, photos: DeepFashionPhotos) -> None:
        """Matches the bundle's attributes, or the values of its groups, to the folder's by name."""
        table = photos.table
        self.count = len(table.attribute_names)
        kinds = np.array(table.attribute_names.types) - 1
        labels = FINE_GROUPS if table.groups else COARSE_TYPES
        self.types = {name: np.flatnonzero(kinds == i) for i, name in enumerate(labels)}
        self._groups: list[str] = []
        pairs: list[tuple[int, int]] = []  # place in the folder's list, place in the bundle's scores
        if table.groups:
            pairs = self._match_groups(detector, photos)
        else:
            own = {name.casefold(): i for i, name in enumerate(detector.config.attributes)}
            named = enumerate(table.attribute_names.names)
            pairs = [(i, own[name.casefold()]) for i, name in named if name.casefold() in own]
        self.columns, self._sources = np.array(pairs, int).reshape(-1, 2).T
        self.missing = self.count - len(self.columns)

    def _match_groups(self, detector: Detector, photos: DeepFashionPhotos) -> list[tuple[int, int]]:
        pairs, start = [], 0
        for group, values in photos.group_names().items():
            known = detector.config.groups.get(group)
            if known is None:
                continue
            self._groups.append(group)
            places = self.types[group]
            pairs += [(int(places[i]), start + known.index(v)) for i, v in enumerate(values) if v in known]
            start += len(known)
        return pairs

    def __call__(self, looks: Looks) -> np.ndarray:
        """(A,) scores, -1 for an attribute that the bundle does not know."""
        scores = np.full(self.count, -1.0)
        own = np.concatenate([looks.heads[g] for g in self._groups]) if self._groups else looks.attributes
        if len(self.columns):
            scores[self.columns] = own[self._sources]
        return scores


def run_protocol(detector: Detector, samples: Samples, scores: AttributeScores, say: Say) -> dict[str, Tally]:
    """Both ways of looking at every sample: input -> tally."""
    cache = PhotoCache(limit=0)
    tallies = {source: Tally() for source in INPUTS}
    places = {name: i for i, name in enumerate(detector.config.categories)}
    for row in range(len(samples)):
        rgb = cache(samples.sources[row])
        scale = np.tile([rgb.shape[1], rgb.shape[0]], 2).astype(float)
        box = samples.boxes[row] * scale
        given = bool(np.isfinite(box).all())
        for source, tally in tallies.items():
            if source == INPUTS[1] and not given:
                continue
            looks = detector.look(rgb, None if source == INPUTS[0] else as_box(box))
            _count_category(tally, looks, samples, row, places)
            if scores.columns.size:
                _count_attributes(tally, scores(looks), attributes_of(samples, row, scores), scores.types)
            if source == INPUTS[0] and given:
                tally.ious.append(float(iou(looks.refined, box)))
                tally.errors.append(float(np.sqrt(np.mean(((looks.refined - box) / scale) ** 2))))
        if (row + 1) % 100 == 0:
            say(f"measured {row + 1:,} of {len(samples):,} pictures")
    return tallies


def attributes_of(samples: Samples, row: int, scores: AttributeScores) -> np.ndarray:
    """(A,) bool, the annotated attributes of a sample, of either layout."""
    if samples.attributes is not None:
        return np.asarray(samples.attributes[np.array([row])][0] == 1)
    truth = np.zeros(scores.count, bool)
    for group, values in samples.groups.items():
        if values[row] != UNKNOWN:
            truth[scores.types[group][values[row]]] = True
    return truth


def _count_category(tally: Tally, looks: Looks, samples: Samples, row: int, places: Mapping[str, int]) -> None:
    if samples.category[row] == UNKNOWN:
        return
    probabilities = looks.heads["category"]
    place = places.get(samples.category_names[samples.category[row]])
    tally.ranks.append(len(probabilities) if place is None else int((probabilities > probabilities[place]).sum()))


def _count_attributes(tally: Tally, scores: np.ndarray, truth: np.ndarray, types: Mapping[str, np.ndarray]) -> None:
    everything = np.arange(len(truth))
    for name, places in {**types, TOGETHER: everything}.items():
        annotated = int(truth[places].sum())
        order = np.argsort(-scores[places], kind="stable")
        for k in KS[1:]:
            best = places[order[:k]]
            matched = int((truth[best] & (scores[best] >= 0)).sum())
            tally.matched.setdefault((name, k), []).append((matched, annotated))


def rows_of(tally: Tally, source: str) -> list[Row]:
    """The table's rows for one way of looking; shares in [0, 1]."""
    ranks = np.array(tally.ranks)
    rows = [{"measure": "category accuracy", "input": source, "k": k, **figure(ranks < k)} for k in KS]
    types = dict.fromkeys(name for name, _ in tally.matched if name != TOGETHER)
    for k in KS[1:]:
        counts = {name: np.array(tally.matched[name, k]) for name in types}
        for name, values in counts.items():
            rows.append({"measure": f"attribute recall, {name}", "input": source, "k": k, **_recall(values)})
        if counts:
            together = _recall(np.array(tally.matched[TOGETHER, k]))
            pooled = _recall(np.sum(list(counts.values()), axis=0))
            rows.append({"measure": f"attribute recall, {TOGETHER}", "input": source, "k": k, **together})
            rows.append({"measure": f"attribute recall, {WITHIN}", "input": source, "k": k, **pooled})
            rows.append({"measure": f"attribute recall, {MEAN}", "input": source, "k": k, **_mean_recall(counts)})
    if tally.ious:
        rows.append({"measure": "box IoU", "input": source, "k": None, **figure(tally.ious)})
        rows.append({"measure": "box RMSE", "input": source, "k": None, **figure(tally.errors)})
    return rows


def _recall(counts: np.ndarray, seed: int = 0) -> dict[str, Any]:
    """Matched of annotated, (N, 2), with a bootstrap interval over photos."""
    annotated = int(counts[:, 1].sum())
    if not annotated:
        return {"value": None, "low": None, "high": None, "n": 0}
    rng = np.random.default_rng(seed)
    draws = (counts[rng.integers(0, len(counts), len(counts))].sum(axis=0) for _ in range(RESAMPLES))
    shares = [matched / total for matched, total in draws if total]
    low, high = np.quantile(shares, [0.025, 0.975])
    return {"value": float(counts[:, 0].sum() / annotated), "low": float(low), "high": float(high), "n": annotated}


def _mean_recall(counts: Mapping[str, np.ndarray]) -> dict[str, Any]:
    """Mean over the types that occur; no interval: the types are not a sample."""
    shares = [float(values[:, 0].sum() / values[:, 1].sum()) for values in counts.values() if values[:, 1].sum()]
    return {"value": float(np.mean(shares)) if shares else None, "low": None, "high": None, "n": len(shares)}
