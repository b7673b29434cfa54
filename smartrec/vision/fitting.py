"""Runs the stages of a recipe: checkpoints, resume, early stopping, logs."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
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
    folder: Path,
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
        folder: of checkpoints and logs; what is there is continued with `resume`, else replaced.
        say: receives one line of progress at a time.
        sizes: classes of the heads.
        resume: continue after the last finished epoch.
        segmenter: cuts garments out, for stages with backdrops.
    """
    folder.mkdir(parents=True, exist_ok=True)
    state_file = folder / "state.json"
    done = json.loads(state_file.read_text())["stages_done"] if resume and state_file.is_file() else 0
    if done:
        say(f"continuing after {done} finished stages")
    elif not resume:
        (folder / "log.jsonl").unlink(missing_ok=True)
    keras.utils.set_random_seed(recipe.seed)
    mixed = accelerator.choose_precision(say)
    run = _Run(recipe, train, validation, folder, say, sizes, segmenter)
    for number in range(done, len(recipe.stages)):
        run.fit(number, resume=resume and number == done)
        atomic_write(state_file, json.dumps({"stages_done": number + 1}).encode())
    if mixed:  # what is exported computes in full precision
        keras.config.set_dtype_policy(accelerator.FULL)
    return run.result()


@dataclass(slots=True)
class _Run:
    """What the stages of one run share; the arguments of `fit_recipe`."""

    recipe: Recipe
    train: Samples
    validation: Samples
    folder: Path
    say: Say
    sizes: HeadSizes | None
    segmenter: Segmenter | None
    cache: PhotoCache = field(default_factory=PhotoCache)
    backdrops: Backdrops | None = None

    def fit(self, number: int, resume: bool) -> None:
        """Runs a stage from the weights of the one before and keeps what it found."""
        stage = self.recipe.stages[number]
        model, backbone = self._network(stage, pretrained=number == 0)
        if number:
            model.load_weights(self._weights_of(self.recipe.stages[number - 1].name))
        moved = set_trainable(backbone, stage.layers)
        self.say(f"stage {stage.name}: {stage.size} px, {_shown(moved)} of the backbone move")
        atomic_write(self.folder / f"{stage.name}.layers.json", json.dumps(moved, indent=1).encode())
        if stage.backdrops and self.backdrops is None:
            self.backdrops = self._collect_backdrops()
        batches, held_out = self._batches(stage, self.recipe.seed + 1000 * number)
        compile_network(model, _optimizer(self.recipe, stage, len(batches)), self.recipe.box_loss)
        callbacks = [*self._callbacks(stage, resume), SameEpoch(batches)]
        model.fit(batches, validation_data=held_out, epochs=stage.epochs, callbacks=callbacks, verbose=0)
        model.save_weights(self._weights_of(stage.name))

    def result(self) -> tuple[keras.Model, Backbone]:
        """The network after the last stage, or the mean of those that the recipe names."""
        stages = self.recipe.stages
        model, backbone = self._network(stages[-1], pretrained=False)
        average_weights(model, [self._weights_of(name) for name in self.recipe.soup or (stages[-1].name,)])
        return model, backbone

    def _network(self, stage: Stage, pretrained: bool) -> tuple[keras.Model, Backbone]:
        weights = self.recipe.weights if pretrained else "none"
        backbone = build_backbone(self.recipe.backbone, weights, stage.size, stage.drop)
        return build_network(backbone, self.sizes), backbone

    def _weights_of(self, stage: str) -> Path:
        return self.folder / f"{stage}.weights.h5"

    def _batches(self, stage: Stage, seed: int) -> tuple[ViewBatches, ViewBatches]:
        """Randomized views to learn from, calm ones to validate on; no two stages see the same views."""
        kind, threads = preprocessing_of(self.recipe.backbone), accelerator.reading_threads()
        plan = ViewPlan(
            stage.size,
            self.recipe.batch,
            strength=Strength(),
            mixing=stage.mixing,
            backdrops=stage.backdrops,
            preprocessing=kind,
        )
        calm = ViewPlan(stage.size, self.recipe.batch, whole_share=0.0, preprocessing=kind)
        train = _with_drawings(self.train, seed, stage)
        batches = ViewBatches(train, plan, self.cache, seed, threads, self.backdrops)
        return batches, ViewBatches(self.validation, calm, self.cache, workers=threads)

    def _callbacks(self, stage: Stage, resume: bool) -> list[keras.callbacks.Callback]:
        backup = self.folder / f"backup-{stage.name}"
        if not resume and backup.exists():
            shutil.rmtree(backup)
        return [
            *([keras.callbacks.SwapEMAWeights()] if self.recipe.averaging else []),
            EpochLog(self.folder / "log.jsonl", stage, self.say),
            keras.callbacks.CSVLogger(str(self.folder / f"{stage.name}.csv"), append=resume),
            keras.callbacks.EarlyStopping(patience=self.recipe.patience, restore_best_weights=False),
            keras.callbacks.TensorBoard(str(self.folder / "tensorboard" / stage.name), write_graph=False),
            keras.callbacks.BackupAndRestore(str(backup)),
        ]

    def _collect_backdrops(self) -> Backdrops:
        if self.segmenter is None:
            raise UsageError("A stage with backdrops needs a mask network to cut garments out. Received: none")
        found = collect_backdrops(self.train, self.segmenter, self.cache, self.recipe.seed)
        self.say(f"{len(found.masks)} garments cut out, {len(found.pictures)} backgrounds to lay them on")
        return found


def average_weights(model: keras.Model, files: Sequence[Path]) -> None:
    """Gives `model` the mean of the weights in `files`, which all belong to its architecture."""
    means: list[np.ndarray] = []
    for file in files:
        model.load_weights(file)
        shares = [np.asarray(weight, np.float32) / len(files) for weight in model.get_weights()]
        means = [a + b for a, b in zip(means, shares, strict=True)] if means else shares
    model.set_weights(means)


def _shown(moved: list[str]) -> str:
    """Names of the layers with weights that move, or only their number where they are many."""
    if len(moved) > MOST_SHOWN:
        return f"{len(moved)} layers from {moved[0]}"
    return f"{len(moved)} layers ({', '.join(moved)})" if moved else "no layers"


def _optimizer(recipe: Recipe, stage: Stage, batches: int) -> keras.optimizers.Optimizer:
    """AdamW that warms up, then falls along a cosine until the stage's last batch."""
    steps = batches * stage.epochs
    warmup = max(1, min(200, steps // 5))
    schedule = keras.optimizers.schedules.CosineDecay(
        0.0, max(1, steps - warmup), alpha=stage.final, warmup_target=stage.rate, warmup_steps=warmup
    )
    averaging = {"use_ema": True, "ema_momentum": recipe.averaging} if recipe.averaging else {}
    return keras.optimizers.AdamW(schedule, weight_decay=recipe.weight_decay, clipnorm=5.0, **averaging)


def _with_drawings(train: Samples, seed: int, stage: Stage) -> Samples:
    """The samples of a stage: drawings join where the recipe says so."""
    rng = np.random.default_rng((seed, stage.rendered, stage.clutter))
    parts = [train]
    if stage.rendered:
        parts.append(rendered_samples(stage.rendered, rng))
    if stage.clutter:
        parts.append(clutter_samples(stage.clutter, rng))
    return concatenate(parts) if len(parts) > 1 else train
