"""Turns a trained network into the files of a bundle, whatever it was trained on."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import keras
import numpy as np

from smartrec.artifacts import atomic_write, write_manifest
from smartrec.errors import BundleError
from smartrec.settings import ROOT
from smartrec.vision.bundle import EMBEDDING, MEND, NETWORK, REPORT, VERSION, BundleConfig
from smartrec.vision.embedding import COMPONENTS, fit_components
from smartrec.vision.export import export_onnx
from smartrec.vision.fitting import preprocessing_of
from smartrec.vision.recipe import Recipe
from smartrec.vision.samples import PhotoCache, Samples
from smartrec.vision.views import CROP_SCALE, preprocess, square_around, take_view

# Parts of a bundle that a run without their data takes over from the shipped bundle.
COMPANIONS = ("mask.onnx", "color.npz")
SHIPPED = ROOT / "assets" / "model"
# Photos whose pooled features the components of the embedding are fitted on.
COMPONENT_PHOTOS = 1200


def export_bundle(model: keras.Model, recipe: Recipe, train_set: Samples, folder: Path, **names: Any) -> BundleConfig:
    """Writes network, companions and components, and returns the config before calibration.

    Args:
        model: the trained network.
        recipe: how it was trained.
        train_set: what it was trained on.
        folder: the bundle's folder.
        names: `categories`, `groups` and `attributes` of `BundleConfig` where they are not the project's own.
    """
    size = int(model.input_shape[1])
    outputs = export_onnx(model, folder / NETWORK)
    config = BundleConfig(recipe.backbone, size, preprocessing_of(recipe.backbone), tuple(outputs), **names)
    take_companions(folder)
    mean, components = fit_components(_features(model, train_set, recipe))
    np.savez(folder / EMBEDDING, mean=mean, components=components.astype(np.float16))
    return config


def seal(config: BundleConfig, folder: Path, details: Mapping[str, Any]) -> None:
    """Writes the config, and the manifest over all files that are there."""
    config.save(folder)
    write_manifest(folder, kind="bundle", version=VERSION, details=details)


def note_seconds(folder: Path, seconds: float, details: Mapping[str, Any]) -> None:
    """Adds to the report of a finished bundle how long the whole run took."""
    report = json.loads((folder / REPORT).read_text()) | {"seconds": seconds}
    atomic_write(folder / REPORT, (json.dumps(report, indent=1) + "\n").encode())
    seal(BundleConfig.load(folder), folder, details)


def take_companions(folder: Path) -> None:
    """Copies mask network and color names from the shipped bundle where the run made none. Raises BundleError."""
    for name in COMPANIONS:
        if (folder / name).is_file():
            continue
        if not (SHIPPED / name).is_file():
            raise BundleError(f"A bundle needs {name}. {MEND} Received: no {SHIPPED / name}")
        shutil.copyfile(SHIPPED / name, folder / name)


def _features(model: keras.Model, samples: Samples, recipe: Recipe) -> np.ndarray:
    """Pooled features (N, F) of training photos, cropped as in training."""
    size = int(model.input_shape[1])
    kind = preprocessing_of(recipe.backbone)
    with_garment = np.flatnonzero((samples.garment > 0) & np.isfinite(samples.boxes).all(axis=1))
    rows = np.random.default_rng(recipe.seed).permutation(with_garment)[:COMPONENT_PHOTOS]
    cache = PhotoCache(limit=0)
    pooled = keras.Model(model.input, model.get_layer("features").output)
    out = []
    for start in range(0, len(rows), recipe.batch):
        views = []
        for row in rows[start : start + recipe.batch]:
            rgb = cache(samples.sources[row])
            box = samples.pixels(row, rgb)
            views.append(take_view(rgb, square_around(box, CROP_SCALE), size))
        out.append(np.asarray(pooled.predict_on_batch(preprocess(np.stack(views), kind))))
    features = np.concatenate(out)
    return features if len(features) >= COMPONENTS else np.resize(features, (COMPONENTS, features.shape[1]))
