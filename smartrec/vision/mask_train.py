"""Trains the mask network and writes `mask.onnx` with its report."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from smartrec.artifacts import atomic_write
from smartrec.vision import mask_samples
from smartrec.vision.mask_export import export_mask_network
from smartrec.vision.mask_network import build_decoder, build_encoder, join

if TYPE_CHECKING:
    import keras

WARM_UP, WEIGHT_DECAY = 40, 1e-4
AVERAGE = 0.99  # decay of the running average of the weights, which is what is kept
REPORT_EVERY = 100


@dataclass(frozen=True, slots=True)
class MaskRecipe:
    """How long the two stages last; the defaults are those of the shipped network.

    Attributes:
        crops: augmented crops whose encoder outputs the first stage learns the decoder from.
        epochs: passes over them.
        steps: gradient steps of the second stage, in which the encoder learns too (0.8 s a step on one core); 0 leaves
            it out.
        batch: crops a step.
        rates: largest learning rate of each stage.
        flat_lays: clothing photos with a believable cut that are added.
        renders: drawn garments that are added.
    """

    crops: int = 5000
    epochs: int = 4
    steps: int = 0
    batch: int = 32
    rates: tuple[float, float] = (2e-3, 5e-4)
    flat_lays: int = 1200
    renders: int = 0


def train_mask(
    ccp: Path,
    out: Path,
    clothing: Path | None = None,
    *,
    recipe: MaskRecipe | None = None,
    seed: int = 0,
    progress: Callable[[str], None] = print,
) -> dict[str, float]:
    """Train on the CCP photos of the train split and, if given, on flat-lays; keep the averaged weights.

    Args:
        ccp: folder with images/, masks/, boxes.csv and classes.txt.
        out: folder that gets `mask.onnx` and `mask_report.json`.
        clothing: folder of the clothing photos (see `sources.read_clothing_table`), or None.
        recipe: lengths and rates; the shipped network's by default.
        seed: of every random choice.
        progress: gets one line now and then.

    Returns:
        The report: IoU on the crops of the validation photos after each stage, crops, seconds.
    """
    import keras

    started = time.perf_counter()
    recipe = recipe or MaskRecipe()
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(seed)
    samples = _read_samples(ccp, clothing, recipe, rng)
    validation = mask_samples.ccp_samples(ccp, "val")
    progress(f"mask: {len(samples.rgb)} crops read in {time.perf_counter() - started:.0f} s")
    encoder = build_encoder()
    decoder = build_decoder(encoder)
    model = join(encoder, decoder)
    _fit_decoder(encoder, decoder, samples, recipe, rng, progress)
    report = {"decoder_val_iou": iou(model, validation)}
    progress(f"mask: IoU {report['decoder_val_iou']:.3f} on the validation crops, encoder as it came")
    if recipe.steps:
        batches = (mask_samples.draw_batch(samples, recipe.batch, rng) for _ in range(recipe.steps))
        _freeze_statistics(encoder)
        _fit(model, batches, recipe.steps, recipe.rates[1], progress)
    report |= {"val_iou": iou(model, validation), "crops": len(samples.rgb), "seconds": time.perf_counter() - started}
    out.mkdir(parents=True, exist_ok=True)
    export_mask_network(model, out / "mask.onnx")
    atomic_write(out / "mask_report.json", json.dumps(report, indent=2).encode())
    progress(f"mask: IoU {report['val_iou']:.3f} on the validation crops")
    return report


def _read_samples(
    ccp: Path, clothing: Path | None, recipe: MaskRecipe, rng: np.random.Generator
) -> mask_samples.MaskSamples:
    parts = [(mask_samples.ccp_samples(ccp, "train"), 0.6)]
    if clothing is not None:
        parts.append((mask_samples.clothing_samples(clothing, "train", recipe.flat_lays, rng), 0.3))
    if recipe.renders:
        parts.append((mask_samples.rendered_samples(recipe.renders, rng), 0.1))
    return mask_samples.mixed(parts)


def _fit_decoder(
    encoder: keras.Model,
    decoder: keras.Model,
    samples: mask_samples.MaskSamples,
    recipe: MaskRecipe,
    rng: np.random.Generator,
    progress: Callable[[str], None],
) -> None:
    """First stage: the encoder runs once over augmented crops, the decoder learns from what it gave."""
    size, count = recipe.batch, max(1, recipe.crops // recipe.batch)
    kept = []
    for _ in range(count):
        rgb, mask = mask_samples.draw_batch(samples, size, rng)
        kept.append(([tap.astype(np.float16) for tap in encoder.predict_on_batch(rgb)], mask.astype(np.float16)))
    progress(f"mask: {count * size} crops encoded")

    def batches() -> Iterator[tuple[list[np.ndarray], np.ndarray]]:
        for _ in range(recipe.epochs):
            for i in rng.permutation(count):
                taps, mask = kept[i]
                yield [tap.astype(np.float32) for tap in taps], mask.astype(np.float32)

    _fit(decoder, batches(), count * recipe.epochs, recipe.rates[0], progress)


def _fit(
    model: keras.Model,
    batches: Iterator[tuple[list[np.ndarray] | np.ndarray, np.ndarray]],
    steps: int,
    rate: float,
    progress: Callable[[str], None],
) -> None:
    """Train `model` in place and leave the running average of its weights in it."""
    import keras

    model.compile(optimizer=keras.optimizers.AdamW(rate, WEIGHT_DECAY), loss=mask_loss)
    average = [np.asarray(weight) for weight in model.weights]
    losses: list[float] = []
    for step, (x, y) in enumerate(batches):
        model.optimizer.learning_rate = rate * _schedule(step / steps) * min(1.0, (step + 1) / WARM_UP)
        model.reset_metrics()
        losses.append(float(model.train_on_batch(x, y)))
        decay = min(AVERAGE, (step + 1) / (step + 10))
        average = [decay * a + (1 - decay) * np.asarray(w) for a, w in zip(average, model.weights, strict=True)]
        if (step + 1) % REPORT_EVERY == 0:
            progress(f"mask: step {step + 1}/{steps}, loss {np.mean(losses[-REPORT_EVERY:]):.3f}")
    for weight, value in zip(model.weights, average, strict=True):
        weight.assign(value)


def _schedule(done: float) -> float:
    return 0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * done))


def _freeze_statistics(encoder: keras.Model) -> None:
    """Batches of mixed sources are too small to learn new statistics of the pre-trained encoder."""
    import keras

    for layer in encoder.layers:
        if isinstance(layer, keras.layers.BatchNormalization):
            layer.trainable = False


def mask_loss(truth: keras.KerasTensor, logits: keras.KerasTensor) -> keras.KerasTensor:
    """Cross-entropy plus one minus the soft IoU of each crop; both (N, S, S, 1)."""
    from keras import ops

    entropy = ops.mean(ops.maximum(logits, 0.0) - logits * truth + ops.log1p(ops.exp(-ops.abs(logits))))
    soft = ops.sigmoid(logits)
    common = ops.sum(soft * truth, axis=(1, 2, 3))
    union = ops.sum(soft + truth - soft * truth, axis=(1, 2, 3))
    return entropy + 1.0 - ops.mean((common + 1.0) / (union + 1.0))


def iou(model: keras.Model, samples: mask_samples.MaskSamples) -> float:
    """Mean IoU of the thresholded output on centred crops, weighted as the samples are drawn."""
    rgb, truth = mask_samples.centred(samples)
    found = np.concatenate([np.asarray(model.predict_on_batch(rgb[i : i + 32])) > 0 for i in range(0, len(rgb), 32)])
    common, union = (found & truth).sum((1, 2, 3)), (found | truth).sum((1, 2, 3))
    return float(np.average(common / np.maximum(union, 1), weights=samples.weight))
