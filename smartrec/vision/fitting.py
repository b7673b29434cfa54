"""Runs the stages of a recipe: checkpoints, resume, early stopping, logs."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import keras
import numpy as np

from smartrec.artifacts import atomic_write
from smartrec.errors import UsageError
from smartrec.vision import accelerator
from smartrec.vision.augment import Strength
from smartrec.vision.backbone import Backbone, build_backbone, set_trainable
from smartrec.vision.backdrops import Backdrops, collect_backdrops
from smartrec.vision.batches import ViewBatches, ViewPlan
from smartrec.vision.losses import compile_network
from smartrec.vision.mask import Segmenter
from smartrec.vision.network import HeadSizes, build_network
from smartrec.vision.recipe import Recipe, Stage
from smartrec.vision.samples import PhotoCache, Samples, concatenate
from smartrec.vision.sources import clutter_samples, rendered_samples

Say = Callable[[str], None]
# Longer lists of layers are only counted in the progress; the run's folder has their names.
MOST_SHOWN = 20


class EpochLog(keras.callbacks.Callback):
    """One JSON line an epoch in ``log.jsonl`` (the curves of the Model page) and one line of progress."""

    def __init__(self, path: Path, stage: Stage, say: Say) -> None:
        super().__init__()
        self.path, self.stage, self.say = path, stage, say

    def on_epoch_end(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        """Appends this epoch's losses and metrics."""
        values = {name: float(value) for name, value in (logs or {}).items()}
        with self.path.open("a") as file:
            file.write(
                json.dumps({"stage": self.stage.name, "epoch": epoch + 1, "size": self.stage.size, **values}) + "\n"
            )
        shown = " ".join(
            f"{name}={values[name]:.3f}"
            for name in (
                "loss",
                "val_loss",
                "val_category_top1",
                "val_category_top3",
                "val_box_iou",
                "val_pattern_top1",
            )
            if name in values
        )
        self.say(f"{self.stage.name} {epoch + 1}/{self.stage.epochs} {shown}")


class SameEpoch(keras.callbacks.Callback):
    """Gives a resumed run the views of the epoch that it goes on with, not those of the first one again."""

    def __init__(self, batches: ViewBatches) -> None:
        super().__init__()
        self.batches = batches

    def on_epoch_begin(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        """Moves the batches on if they are elsewhere."""
        self.batches.move_to(epoch)


def preprocessing_of(backbone: str) -> str:
    """Kind of preprocessing (`batches.preprocess`) that a backbone's weights expect."""
    return "caffe" if backbone == "resnet50" else "lite"


def fit_recipe(
    recipe: Recipe,
    train: Samples,
    validation: Samples,
    run: Path,
    say: Say,
    sizes: HeadSizes | None = None,
    resume: bool = False,
    segmenter: Segmenter | None = None,
) -> tuple[keras.Model, Backbone]:
    """Trains through all stages and returns the network at its final size.

    Args:
        recipe: what to do.
        train: samples to learn from.
        validation: samples of other people, for early stopping.
        run: folder of checkpoints and logs; what is there is continued with `resume`, else replaced.
        say: receives one line of progress at a time.
        sizes: classes of the heads.
        resume: continue after the last finished epoch.
        segmenter: cuts garments out, for stages with backdrops.
    """
    run.mkdir(parents=True, exist_ok=True)
    state_file, weights_file = run / "state.json", run / "stage.weights.h5"
    done = json.loads(state_file.read_text())["stages_done"] if resume and state_file.is_file() else 0
    if not done and not resume:
        (run / "log.jsonl").unlink(missing_ok=True)
    keras.utils.set_random_seed(recipe.seed)
    mixed = accelerator.choose_precision(say)
    cache = PhotoCache()
    model, backbone = _network(recipe, recipe.stages[0], sizes, pretrained=True)
    backdrops: Backdrops | None = None
    if done:
        say(f"continuing after {done} finished stages")
    for number, stage in enumerate(recipe.stages):
        if number < done:
            continue
        if number:
            previous = weights_file if weights_file.is_file() else None
            model, backbone = _network(recipe, stage, sizes, pretrained=previous is None)
            if previous is not None:
                model.load_weights(previous)
        moved = set_trainable(backbone, stage.layers)
        say(f"stage {stage.name}: {stage.size} px, {_shown(moved)} of the backbone move")
        atomic_write(run / f"{stage.name}.layers.json", json.dumps(moved, indent=1).encode())
        if stage.backdrops and backdrops is None:
            backdrops = _backdrops(train, segmenter, cache, recipe.seed, say)
        _fit_stage(recipe, stage, model, train, validation, cache, run, say, resume and number == done, backdrops)
        model.save_weights(weights_file)
        atomic_write(state_file, json.dumps({"stages_done": number + 1}).encode())
    if mixed:  # what is exported computes in full precision
        keras.config.set_dtype_policy(accelerator.FULL)
    if mixed or done == len(recipe.stages):
        model, backbone = _network(recipe, recipe.stages[-1], sizes, pretrained=False)
        model.load_weights(weights_file)
    return model, backbone


def _shown(moved: list[str]) -> str:
    """Names of the layers with weights that move, or only their number where they are many."""
    if len(moved) > MOST_SHOWN:
        return f"{len(moved)} layers from {moved[0]}"
    return f"{len(moved)} layers ({', '.join(moved)})" if moved else "no layers"


def _network(recipe: Recipe, stage: Stage, sizes: HeadSizes | None, pretrained: bool) -> tuple[keras.Model, Backbone]:
    backbone = build_backbone(recipe.backbone, recipe.weights if pretrained else "none", stage.size, stage.drop)
    return build_network(backbone, sizes), backbone


def _fit_stage(
    recipe: Recipe,
    stage: Stage,
    model: keras.Model,
    train: Samples,
    validation: Samples,
    cache: PhotoCache,
    run: Path,
    say: Say,
    resume: bool,
    backdrops: Backdrops | None,
) -> None:
    kind = preprocessing_of(recipe.backbone)
    train = _with_drawings(train, recipe, stage)
    plan = ViewPlan(stage.size, recipe.batch, strength=Strength(), mixing=stage.mixing, preprocessing=kind)
    plan = replace(plan, backdrops=stage.backdrops)
    threads = accelerator.reading_threads()
    batches = ViewBatches(train, plan, cache, recipe.seed, threads, backdrops)
    calm = ViewPlan(stage.size, recipe.batch, whole_share=0.0, preprocessing=kind)
    held_out = ViewBatches(validation, calm, cache, workers=threads)
    steps = len(batches) * stage.epochs
    warmup = max(1, min(200, steps // 5))
    schedule = keras.optimizers.schedules.CosineDecay(
        0.0, max(1, steps - warmup), alpha=stage.final, warmup_target=stage.rate, warmup_steps=warmup
    )
    averaging = {"use_ema": True, "ema_momentum": recipe.averaging} if recipe.averaging else {}
    optimizer = keras.optimizers.AdamW(schedule, weight_decay=recipe.weight_decay, clipnorm=5.0, **averaging)
    compile_network(model, optimizer, recipe.box_loss)
    backup = run / f"backup-{stage.name}"
    if not resume and backup.exists():
        shutil.rmtree(backup)
    callbacks = [
        *([keras.callbacks.SwapEMAWeights()] if recipe.averaging else []),
        EpochLog(run / "log.jsonl", stage, say),
        keras.callbacks.CSVLogger(str(run / f"{stage.name}.csv"), append=resume),
        keras.callbacks.EarlyStopping(patience=recipe.patience, restore_best_weights=False),
        keras.callbacks.TensorBoard(str(run / "tensorboard" / stage.name), write_graph=False),
        keras.callbacks.BackupAndRestore(str(backup)),
        SameEpoch(batches),
    ]
    model.fit(batches, validation_data=held_out, epochs=stage.epochs, callbacks=callbacks, verbose=0)


def _backdrops(train: Samples, segmenter: Segmenter | None, cache: PhotoCache, seed: int, say: Say) -> Backdrops:
    if segmenter is None:
        raise UsageError("Expected a mask network, for a stage lays garments before other backgrounds. Received: none")
    found = collect_backdrops(train, segmenter, cache, seed)
    say(f"{len(found.masks)} garments cut out, {len(found.pictures)} backgrounds to lay them on")
    return found


def _with_drawings(train: Samples, recipe: Recipe, stage: Stage) -> Samples:
    """The samples of a stage: drawings join where the recipe says so."""
    rng = np.random.default_rng((recipe.seed, stage.rendered, stage.clutter))
    parts = [train]
    if stage.rendered:
        parts.append(rendered_samples(stage.rendered, rng))
    if stage.clutter:
        parts.append(clutter_samples(stage.clutter, rng))
    return concatenate(parts) if len(parts) > 1 else train
