"""Trains on a DeepFashion folder with its own splits, and writes a bundle that the console opens like any other."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import keras
import numpy as np

from smartrec.artifacts import atomic_directory, atomic_write
from smartrec.vision import calibrate
from smartrec.vision.bundle import REPORT
from smartrec.vision.bundling import export_bundle, note_seconds, seal
from smartrec.vision.calibrate import FEW, PRECISION_FLOOR, Observed
from smartrec.vision.calibration import NEVER, value_threshold
from smartrec.vision.deepfashion import DeepFashionPhotos, with_backgrounds
from smartrec.vision.detector import Detector
from smartrec.vision.fitting import fit_recipe
from smartrec.vision.recipe import Recipe
from smartrec.vision.reporting import make_report
from smartrec.vision.samples import UNKNOWN, Samples

Say = Callable[[str], None]
# Pictures that calibration and report look at; the protocol on all of them is `benchmark vision --format deepfashion`.
CALIBRATED_ON, REPORTED_ON = 1500, 1500
# Weight of the thousand attributes in the embedding beside the parts that all bundles have.
ATTRIBUTES_SHARE = 0.3
DETAILS = {
    "splits": {name: f"DeepFashion's own {name} split" for name in ("train", "val", "test")},
    "attribution": (
        "Trained on DeepFashion Category and Attribute Prediction (Liu, Luo, Qiu, Wang, Tang, CVPR 2016), which is for "
        "non-commercial research only."
    ),
}


def train_deepfashion(folder: Path, out: Path, recipe: Recipe, run: Path, say: Say, *, resume: bool = False) -> None:
    """Trains through the recipe's stages and writes a bundle; what was at `out` is replaced as a whole, at the end.

    Args:
        folder: the DeepFashion folder, of any published layout.
        out: folder of the bundle.
        recipe: what to do; drawings, which carry this project's labels, and cut-outs are left out.
        run: folder of checkpoints and logs.
        say: receives lines of progress.
        resume: continue after the last finished epoch.

    Raises:
        TableError, MissingWeightsError, MissingDependencyError: what training needs is not there.
    """
    started = time.time()
    plain = tuple(replace(stage, rendered=0, clutter=0, backdrops=0.0) for stage in recipe.stages)
    recipe = replace(recipe, stages=plain)
    photos = DeepFashionPhotos.open(folder)
    train_set = with_backgrounds(photos.samples("train"))
    validation = photos.samples("val")
    for line in photos.table.report.as_text():
        say(line)
    say(f"{len(train_set):,} samples to learn from, {len(validation):,} to validate on")
    model, _ = fit_recipe(recipe, train_set, with_backgrounds(validation), run, say, photos.head_sizes(), resume)
    with atomic_directory(out) as building:
        write_bundle(model, recipe, photos, (train_set, validation), building, run, say)
        if not resume:  # the time of a run that was cut off is not known
            note_seconds(building, time.time() - started, DETAILS)
    say(f"bundle written to {out}")


def write_bundle(
    model: keras.Model,
    recipe: Recipe,
    photos: DeepFashionPhotos,
    sets: tuple[Samples, Samples],
    folder: Path,
    run: Path,
    say: Say,
) -> None:
    """Exports, calibrates on validation pictures, measures on test pictures, writes the report and the manifest."""
    train_set, validation = sets
    config = export_bundle(
        model,
        recipe,
        train_set,
        folder,
        categories=photos.table.categories.names,
        groups=photos.group_names(),
        attributes=photos.attribute_names(),
    )
    seal(config, folder, DETAILS)
    draft = Detector.open(folder)
    say("calibrating on validation pictures")
    few = _some(_named(validation), CALIBRATED_ON, recipe.seed)
    beside = with_backgrounds(few)
    observed = calibrate.observe(draft, few)
    without = calibrate.observe_regions(draft, beside.take(beside.garment == 0))
    config = calibrate.calibrated(config, observed, without)
    if config.attributes:
        config = replace(
            config,
            thresholds={**config.thresholds, "attributes": attribute_thresholds(config.attributes, observed)},
            embedding={**config.embedding, "attributes": ATTRIBUTES_SHARE},
        )
    seal(config, folder, DETAILS)
    say("measuring on test pictures")
    held_out = _some(_named(photos.samples("test")), REPORTED_ON, recipe.seed)
    split = f"{len(held_out):,} pictures of DeepFashion's test split"
    report = make_report(Detector.open(folder), held_out, split, config, run, say)
    report |= {"recipe": recipe.as_dict(), "data": ["deepfashion"], "import": photos.table.report.as_json()}
    atomic_write(folder / REPORT, (json.dumps(report, indent=1) + "\n").encode())
    seal(config, folder, DETAILS)


def attribute_thresholds(names: tuple[str, ...], observed: Observed) -> dict[str, float]:
    """The lowest score from which an attribute was right often enough on validation pictures.

    Attributes with too few positive pictures to tell get a threshold that nothing reaches.
    """
    annotated = observed.samples.attributes
    if annotated is None:
        return {}
    known = annotated[np.arange(len(annotated))]
    scores = np.stack([look.attributes for look in observed.looks])
    thresholds = {}
    for i, name in enumerate(names):
        judged = known[:, i] >= 0
        right = known[judged, i] == 1
        enough = int(right.sum()) >= FEW
        thresholds[name] = value_threshold(scores[judged, i], right, PRECISION_FLOOR) if enough else NEVER
    return thresholds


def _named(samples: Samples) -> Samples:
    return samples.take((samples.category != UNKNOWN) & np.isfinite(samples.boxes).all(axis=1))


def _some(samples: Samples, count: int, seed: int) -> Samples:
    return samples.take(np.sort(np.random.default_rng(seed).permutation(len(samples))[:count]))
