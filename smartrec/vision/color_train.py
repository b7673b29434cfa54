"""Fits the names of measured colors to the annotated dominant colors."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
from scipy.optimize import minimize

from smartrec.artifacts import atomic_write
from smartrec.labels import COLORS
from smartrec.vision.color import FILE, ColorNamer
from smartrec.vision.color_features import STRETCH, ColorPixels, Measurement, read_pixels
from smartrec.vision.image import load_photo
from smartrec.vision.mask import Segmenter
from smartrec.vision.mask_samples import to_pixels
from smartrec.vision.sources import in_split, read_clothing_table

CODES, PIXELS_PER_PHOTO, PIXELS_FOR_CODES = 64, 20, 12_000
PENALTY, ROUNDS = 2e-3, 100


def train_colors(
    clothing: Path, bundle: Path, *, split: str = "train", progress: Callable[[str], None] = print
) -> ColorNamer:
    """Fit the namer on one split's senders and write `color.npz` into the bundle, whose mask network it looks through.

    Args:
        clothing: folder of the clothing photos (see `sources.read_clothing_table`).
        bundle: folder with `mask.onnx`; gets `color.npz`.
        split: of the committed sender lists.
        progress: gets one line now and then.
    """
    pixels, names = annotated_pixels(clothing, split, Segmenter.open(bundle), progress)
    namer = fit_namer(pixels, names, {"photos": len(names), "senders": f"clothing_{split}.txt"})
    atomic_write(bundle / FILE, namer.dump())
    return namer


def annotated_pixels(
    clothing: Path, split: str, segmenter: Segmenter, progress: Callable[[str], None] = print
) -> tuple[list[ColorPixels], list[str]]:
    """Measured pixels of every photo of a split, box as annotated, and its annotated dominant color."""
    table = read_clothing_table(clothing)
    table = table[in_split(table["sender_id"], split) & table["color1"].isin(COLORS)]
    pixels = []
    for number, row in enumerate(table.itertuples(index=False), 1):
        rgb = load_photo(row.path).rgb
        box = to_pixels((row.x0, row.y0, row.x1, row.y1), rgb)
        pixels.append(read_pixels(rgb, segmenter.segment(rgb, box)))
        if number % 500 == 0:
            progress(f"colors: {number}/{len(table)} photos measured")
    return pixels, list(table["color1"])


def fit_namer(pixels: list[ColorPixels], names: list[str], provenance: dict[str, object]) -> ColorNamer:
    """A namer from measured pixels and the names that annotators gave."""
    codes = _code_colors(pixels)
    features = np.stack([Measurement(p, codes).features() for p in pixels])
    mean, scale = features.mean(axis=0), features.std(axis=0) + 1e-3
    target = np.array([COLORS.index(name) for name in names])
    weights = fit_softmax((features - mean) / scale, target, len(COLORS))
    fitted = weights.astype(np.float32)
    source = {"names": list(COLORS), "source": "Clothing dataset (A. Grigorev, CC0), annotated for this project"}
    return ColorNamer(codes, mean, scale, fitted[:-1], fitted[-1], {**source, **provenance})


def _code_colors(pixels: list[ColorPixels]) -> np.ndarray:
    """(K, 3) float32: centres of the garment colors of all photos, stretched OKLab."""
    rng = np.random.default_rng(0)
    pool = np.concatenate([p.garment[rng.integers(0, len(p.garment), PIXELS_PER_PHOTO)] for p in pixels]) * STRETCH
    pool = pool[rng.permutation(len(pool))[:PIXELS_FOR_CODES]].astype(np.float32)
    cv2.setRNGSeed(0)
    stop = cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_MAX_ITER, 25, 1e-4
    return np.asarray(cv2.kmeans(pool, min(CODES, len(pool)), np.empty(0, np.int32), stop, 1, cv2.KMEANS_PP_CENTERS)[2])


def fit_softmax(features: np.ndarray, target: np.ndarray, classes: int) -> np.ndarray:
    """Multinomial regression: (N, F) float, (N,) int -> (F + 1, classes) float64, the bias last."""
    inputs = np.c_[features, np.ones(len(features))].astype(np.float64)
    truth = np.eye(classes)[target]

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        weights = flat.reshape(inputs.shape[1], classes)
        logits = inputs @ weights
        logits -= logits.max(axis=1, keepdims=True)
        log = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
        penalized = weights.copy()
        penalized[-1] = 0
        slope = inputs.T @ (np.exp(log) - truth) / len(inputs) + PENALTY * penalized
        return float(-(truth * log).sum() / len(inputs) + PENALTY / 2 * (penalized**2).sum()), slope.ravel()

    start = np.zeros(inputs.shape[1] * classes)
    answer = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS})
    return np.asarray(answer.x).reshape(inputs.shape[1], classes)
