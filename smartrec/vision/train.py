"""Trains the network on photos and drawings and writes a bundle: network, calibration, report, manifest."""

from __future__ import annotations

import json
import shutil
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import keras
import numpy as np

from smartrec.artifacts import atomic_directory, atomic_write
from smartrec.errors import UsageError
from smartrec.vision import calibrate, sources
from smartrec.vision.bundle import COHERENCE, REPORT, Bundle, BundleConfig
from smartrec.vision.bundling import COMPANIONS, export_bundle, note_seconds, seal, take_companions
from smartrec.vision.coherence import coherent_heads, count_lifts
from smartrec.vision.color_train import train_colors
from smartrec.vision.detector import Detector
from smartrec.vision.fitting import Say, fit_recipe
from smartrec.vision.mask import Segmenter
from smartrec.vision.mask_train import train_mask
from smartrec.vision.partner import add_partner, partner_report
from smartrec.vision.recipe import Recipe, make_recipe
from smartrec.vision.reporting import make_report
from smartrec.vision.samples import Samples, concatenate
from smartrec.vision.train_deepfashion import train_deepfashion

# Folder in a run's folder for what is trained before the network.
PARTS = "parts"
# What the manifest of a bundle says of its training.
DETAILS = {
    "splits": {name: f"assets/splits/clothing_{name}.txt" for name in ("train", "val", "test")},
    "attribution": (
        "Trained on Alexey Grigorev's Clothing dataset (CC0), Clothing Co-Parsing (Yang, Luo, Lin, CVPR 2014, "
        "Apache-2.0) and drawings made by this project; ImageNet weights of EfficientNet-Lite (Apache-2.0)."
    ),
}

SPLIT = "test senders (assets/splits/clothing_test.txt)"

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
    partner: Path | None = None,
) -> None:
    """Trains and writes a bundle; what was at `out` is replaced as a whole, at the end.

    Args:
        data: (folder, format) pairs; formats ``clothing`` and ``ccp``, or one ``deepfashion`` folder alone.
        out: folder of the bundle. Checkpoints and logs go to a folder beside it, ``<out>.run``.
        backbone: key of `backbone.INPUT_SIZES`.
        weights: ``imagenet``, ``none`` or a file.
        layers: how many of the backbone's last layers move; None for all.
        resume: continue after the last finished epoch.
        seed: of everything random.
        say: receives lines of progress.
        recipe: instead of the one that `backbone`, `weights`, `layers` and `seed` make.
        partner: a bundle trained before, whose network takes every other view of the second look.

    Raises:
        UsageError: formats that do not go together.
        BundleError: the partner is no whole bundle.
        TableError, MissingWeightsError, MissingDependencyError: what training needs is not there.
    """
    folders = {kind: folder for folder, kind in data}
    recipe = recipe or make_recipe(backbone, weights, layers, seed)
    beside = Bundle.open(partner) if partner else None
    run = out.with_name(out.name + ".run")
    if "deepfashion" in folders:
        if len(data) > 1 or beside:
            raise UsageError(
                "A deepfashion folder has labels of its own: train on it alone, without a partner. "
                f"Received: {sorted(folders)}"
            )
        train_deepfashion(folders["deepfashion"], out, recipe, run, say, resume=resume)
        return
    if "clothing" not in folders:
        raise UsageError(f"Expected a --format clothing folder among the data. Received: {sorted(folders)}")
    started = time.time()
    train_set, validation = read_samples(folders, recipe)
    say(f"{len(train_set)} samples to learn from, {len(validation)} of other senders to validate on")
    train_companions(folders, run / PARTS, recipe.seed, say, resume)
    segmenter = Segmenter.open(run / PARTS)
    model, _ = fit_recipe(recipe, train_set, validation, run, say, resume=resume, segmenter=segmenter)
    with atomic_directory(out) as folder:
        write_bundle(model, recipe, folders, train_set, folder, run, say, beside)
        if not resume:  # the time of a run that was cut off is not known
            note_seconds(folder, time.time() - started, DETAILS)
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


def train_companions(folders: dict[str, Path], parts: Path, seed: int, say: Say, resume: bool) -> None:
    """Mask network and color names into `parts`: they come first, for the mask cuts garments out for the network."""
    if not resume and parts.exists():
        shutil.rmtree(parts)
    parts.mkdir(parents=True, exist_ok=True)
    if "ccp" in folders and not all((parts / name).is_file() for name in COMPANIONS):
        train_mask(folders["ccp"], parts, folders["clothing"], seed=seed, progress=say)
        train_colors(folders["clothing"], parts, progress=say)
    take_companions(parts)


def write_bundle(
    model: keras.Model,
    recipe: Recipe,
    folders: dict[str, Path],
    train_set: Samples,
    folder: Path,
    run: Path,
    say: Say,
    partner: Bundle | None = None,
) -> None:
    """Exports, calibrates on validation senders, measures on test senders, writes the report and the manifest."""
    for name in COMPANIONS:
        shutil.copyfile(run / PARTS / name, folder / name)
    config = export_bundle(model, recipe, train_set, folder)
    if partner:
        config = add_partner(partner, config, folder)
    seal(config, folder, DETAILS)
    draft = Detector.open(folder)
    say("calibrating on validation senders")
    validation = sources.clothing_samples(folders["clothing"], "val")
    senders = sources.clothing_senders(folders["clothing"], validation.names)
    observed = calibrate.observe(draft, validation, senders)
    lifts = _write_lifts(config, folders["clothing"], folder)
    config = calibrate.calibrated(config, observed, _without_garment(draft, folders, recipe.seed), lifts)
    seal(config, folder, DETAILS)
    say("measuring on test senders")
    samples = sources.clothing_samples(folders["clothing"], "test")
    report = make_report(Detector.open(folder), samples, SPLIT, config, run, say)
    report |= {"recipe": recipe.as_dict(), "data": sorted(folders)}
    if partner:
        report["partner"] = partner_report(partner)
    atomic_write(folder / REPORT, (json.dumps(report, indent=1) + "\n").encode())
    seal(config, folder, DETAILS)


def _write_lifts(config: BundleConfig, clothing: Path, folder: Path) -> np.ndarray:
    """Counts which labels of training photos go together, and keeps that in the bundle."""
    samples = sources.clothing_samples(clothing, "train")
    senders = sources.clothing_senders(clothing, samples.names)
    lifts = count_lifts(samples, senders, coherent_heads(config.categories, config.groups))
    np.savez(folder / COHERENCE, lifts=lifts.astype(np.float16))
    return lifts


def _without_garment(detector: Detector, folders: dict[str, Path], seed: int) -> list[Any]:
    rng = np.random.default_rng(seed + 1)
    parts = [sources.clothing_backgrounds(folders["clothing"], "val"), sources.clutter_samples(80, rng)]
    if "ccp" in folders:
        parts.append(sources.ccp_backgrounds(folders["ccp"], "val", rng))
    return calibrate.observe_regions(detector, concatenate(parts))
