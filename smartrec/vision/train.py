"""Trains the network on photos and drawings and writes a bundle: network, calibration, report, manifest."""

from __future__ import annotations

import json
import shutil
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import keras
import numpy as np

from smartrec.artifacts import atomic_directory, atomic_write, write_manifest
from smartrec.errors import BundleError, UsageError
from smartrec.settings import ROOT
from smartrec.vision import assess, calibrate, sources
from smartrec.vision.bundle import EMBEDDING, MEND, NETWORK, REPORT, VERSION, BundleConfig
from smartrec.vision.detector import Detector
from smartrec.vision.embedding import COMPONENTS, fit_components
from smartrec.vision.export import export_onnx
from smartrec.vision.fitting import Say, fit_recipe, preprocessing_of
from smartrec.vision.recipe import Recipe, make_recipe
from smartrec.vision.samples import PhotoCache, Samples, concatenate
from smartrec.vision.views import CROP_SCALE, preprocess, square_around, take_view

# Parts of a bundle that a run without their data takes over from the shipped bundle.
COMPANIONS = ("mask.onnx", "color.npz")
SHIPPED = ROOT / "assets" / "model"
# Photos whose pooled features the components of the embedding are fitted on.
COMPONENT_PHOTOS = 1200

Source = tuple[Path, str]


def print_progress(line: str) -> None:
    """Progress goes to standard error."""
    print(line, file=sys.stderr, flush=True)


def train(
    data: Sequence[Source],
    out: Path,
    *,
    backbone: str = "efficientnet_lite0",
    weights: str = "imagenet",
    layers: int | None = 12,
    resume: bool = False,
    seed: int = 0,
    say: Say = print_progress,
    recipe: Recipe | None = None,
) -> None:
    """Trains and writes a bundle; what was at `out` is replaced as a whole, at the end.

    Args:
        data: (folder, format) pairs; formats ``clothing`` and ``ccp``.
        out: folder of the bundle. Checkpoints and logs go to a folder beside it, ``<out>.run``.
        backbone: key of `backbone.INPUT_SIZES`.
        weights: ``imagenet``, ``none`` or a file.
        layers: how many of the backbone's last layers move; None for all.
        resume: continue after the last finished epoch.
        seed: of everything random.
        say: receives lines of progress.
        recipe: instead of the one that `backbone`, `weights`, `layers` and `seed` make.

    Raises:
        UsageError: formats that do not go together.
        TableError, MissingWeightsError, MissingDependencyError: what training needs is not there.
    """
    folders = {kind: folder for folder, kind in data}
    if "clothing" not in folders:
        raise UsageError(f"Expected a --format clothing folder among the data. Received: {sorted(folders)}")
    recipe = recipe or make_recipe(backbone, weights, layers, seed)
    started = time.time()
    run = out.with_name(out.name + ".run")
    train_set, validation = read_samples(folders, recipe)
    say(f"{len(train_set)} samples to learn from, {len(validation)} of other senders to validate on")
    model, _ = fit_recipe(recipe, train_set, validation, run, say, resume=resume)
    with atomic_directory(out) as folder:
        write_bundle(model, recipe, folders, train_set, folder, run, say, time.time() - started)
    say(f"bundle written to {out}")


def read_samples(folders: dict[str, Path], recipe: Recipe) -> tuple[Samples, Samples]:
    """(training, validation) samples of all sources; senders of the two never meet."""
    rng = np.random.default_rng(recipe.seed)
    clothing = folders["clothing"]
    parts = [sources.clothing_samples(clothing, "train"), sources.clothing_backgrounds(clothing, "train")]
    if "ccp" in folders:
        parts += [sources.ccp_samples(folders["ccp"], "train"), sources.ccp_backgrounds(folders["ccp"], "train", rng)]
    held_out = [sources.clothing_samples(clothing, "val"), sources.clothing_backgrounds(clothing, "val")]
    return concatenate(parts), concatenate(held_out)


def write_bundle(
    model: keras.Model,
    recipe: Recipe,
    folders: dict[str, Path],
    train_set: Samples,
    folder: Path,
    run: Path,
    say: Say,
    seconds: float,
) -> None:
    """Exports, calibrates on validation senders, measures on test senders, writes the report and the manifest."""
    size = int(model.input_shape[1])
    outputs = export_onnx(model, folder / NETWORK)
    config = BundleConfig(recipe.backbone, size, preprocessing_of(recipe.backbone), tuple(outputs))
    _take_companions(folder)
    mean, components = fit_components(_features(model, train_set, recipe))
    np.savez(folder / EMBEDDING, mean=mean, components=components.astype(np.float16))
    _seal(config, folder)
    draft = Detector.open(folder)
    say("calibrating on validation senders")
    observed = calibrate.observe(draft, sources.clothing_samples(folders["clothing"], "val"))
    config = calibrate.calibrated(config, observed, _without_garment(draft, folders, recipe.seed))
    _seal(config, folder)
    say("measuring on test senders")
    report = make_report(Detector.open(folder), folders, config, run, say)
    report |= {"recipe": recipe.as_dict(), "seconds": seconds, "data": sorted(folders)}
    atomic_write(folder / REPORT, (json.dumps(report, indent=1) + "\n").encode())
    _seal(config, folder)


def _seal(config: BundleConfig, folder: Path) -> None:
    config.save(folder)
    details = {
        "splits": {name: f"assets/splits/clothing_{name}.txt" for name in ("train", "val", "test")},
        "attribution": (
            "Trained on Alexey Grigorev's Clothing dataset (CC0), Clothing Co-Parsing (Yang, Luo, Lin, CVPR 2014, "
            "Apache-2.0) and drawings made by this project; ImageNet weights of EfficientNet-Lite (Apache-2.0)."
        ),
    }
    write_manifest(folder, kind="bundle", version=VERSION, details=details)


def _take_companions(folder: Path) -> None:
    for name in COMPANIONS:
        if not (SHIPPED / name).is_file():
            raise BundleError(f"A bundle needs {name}. {MEND} Received: no {SHIPPED / name}")
        shutil.copyfile(SHIPPED / name, folder / name)


def _features(model: keras.Model, samples: Samples, recipe: Recipe) -> np.ndarray:
    """Pooled features (N, F) of training photos as the second look sees them."""
    size = int(model.input_shape[1])
    kind = preprocessing_of(recipe.backbone)
    with_garment = np.flatnonzero(samples.garment > 0)
    rows = np.random.default_rng(recipe.seed).permutation(with_garment)[:COMPONENT_PHOTOS]
    cache = PhotoCache(limit=0)
    pooled = keras.Model(model.input, model.get_layer("features").output)
    out = []
    for start in range(0, len(rows), recipe.batch):
        views = []
        for row in rows[start : start + recipe.batch]:
            rgb = cache(samples.sources[row])
            box = samples.boxes[row] * np.tile([rgb.shape[1], rgb.shape[0]], 2)
            views.append(take_view(rgb, square_around(box, CROP_SCALE), size))
        out.append(np.asarray(pooled.predict_on_batch(preprocess(np.stack(views), kind))))
    features = np.concatenate(out)
    return features if len(features) >= COMPONENTS else np.resize(features, (COMPONENTS, features.shape[1]))


def _without_garment(detector: Detector, folders: dict[str, Path], seed: int) -> list[Any]:
    rng = np.random.default_rng(seed + 1)
    parts = [sources.clothing_backgrounds(folders["clothing"], "val"), sources.clutter_samples(80, rng)]
    if "ccp" in folders:
        parts.append(sources.ccp_backgrounds(folders["ccp"], "val", rng))
    return calibrate.observe_regions(detector, concatenate(parts))


def make_report(
    detector: Detector, folders: dict[str, Path], config: BundleConfig, run: Path, say: Say
) -> dict[str, Any]:
    """The bundle's report: figures on test senders, curves, confusion, reliability, tag reliability, mistakes."""
    answers = assess.answer_all(detector, sources.clothing_samples(folders["clothing"], "test"), say=say)
    log = run / "log.jsonl"
    return {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "model": detector.hash,
        "split": "test senders (assets/splits/clothing_test.txt)",
        "figures": assess.measure(answers),
        "curves": [json.loads(line) for line in log.read_text().splitlines()] if log.is_file() else [],
        "confusion": assess.confusion(answers),
        "reliability": assess.reliability(answers),
        "iou_histogram": assess.iou_histogram(answers),
        "tags": assess.tag_reliability(answers, {g: dict(v) for g, v in config.thresholds.items()}),
        "mistakes": assess.worst(answers),
    }
