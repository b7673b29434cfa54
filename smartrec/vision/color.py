"""Measured colors of a garment: clusters of its pixels, named as the annotators name what looks like them.

The names come from a multinomial regression over what is measured (`color_features`), fitted on annotated photos
(`color_train`); the surroundings are part of what is measured, so the light of the photo is accounted for.
"""

from __future__ import annotations

import functools
import io
import json
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from smartrec.errors import BundleError
from smartrec.labels import COLORS
from smartrec.settings import Settings
from smartrec.vision.color_features import STRETCH, Measurement, read_pixels
from smartrec.vision.finding import ColorShare

FILE = "color.npz"
ARRAYS = ("codes", "mean", "scale", "weights", "bias")
CLUSTERS = 4
SMALLEST_SHARE = 0.03  # of the mask; less is a button or a stray pixel
# How much a cluster's name leans on the name of the whole garment, so that a fold of a navy shirt stays navy.
WHOLE_WEIGHT = 0.25
# A cluster at least this far from the dominant one (stretched OKLab) shows a second color, not a shade of the first;
# where there is none, the second name is the other one that the dominant color could be called by.
APART, DOUBT_WEIGHT = 0.25, 0.4


@dataclass(frozen=True, slots=True, eq=False)
class ColorNamer:
    """Names for measured colors.

    Attributes:
        codes: (K, 3) float32 code colors, stretched OKLab.
        mean, scale: (F,) float32, of the features.
        weights, bias: (F, 20) and (20,) float32, of the regression.
        provenance: what it was fitted on.
    """

    codes: np.ndarray
    mean: np.ndarray
    scale: np.ndarray
    weights: np.ndarray
    bias: np.ndarray
    provenance: dict[str, object]

    @classmethod
    def open(cls, bundle: Path) -> ColorNamer:
        """The namer of a model bundle.

        Raises:
            BundleError: `color.npz` is missing or damaged.
        """
        path = bundle / FILE
        mend = "Run: python -m smartrec train --data CLOTHING_FOLDER --format clothing --out BUNDLE"
        try:
            with np.load(path, allow_pickle=False) as table:
                arrays = {name: table[name].astype(np.float32) for name in ARRAYS}
                provenance = json.loads(str(table["provenance"]))
        except FileNotFoundError as error:
            raise BundleError(f"Expected the color names at {path}. Received: no such file. {mend}") from error
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile, zlib.error) as error:
            raise BundleError(f"Expected a table of color names at {path}. Received: {error}. {mend}") from error
        if provenance.get("names") != list(COLORS):
            raise BundleError(f"Expected color names {', '.join(COLORS)}. Received: {provenance.get('names')}. {mend}")
        return cls(**arrays, provenance=provenance)

    def dump(self) -> bytes:
        """The content of `color.npz`."""
        buffer = io.BytesIO()
        arrays = {
            name: getattr(self, name).astype(np.float32) for name in ("codes", "mean", "scale", "weights", "bias")
        }
        np.savez_compressed(buffer, provenance=json.dumps(self.provenance), **arrays)
        return buffer.getvalue()

    def features(self, rgb: np.ndarray, mask: np.ndarray) -> np.ndarray:
        """(F,) float32 features of a photo (H, W, 3) uint8 with its garment mask (H, W) bool."""
        return Measurement(read_pixels(rgb, mask), self.codes).features()

    def probabilities(self, features: np.ndarray) -> np.ndarray:
        """(F,) or (N, F) features -> (20,) or (N, 20) float32 probabilities over `labels.COLORS`."""
        # Surroundings or cloths unlike any that was annotated are taken as the most unlike of those.
        scaled = ((features - self.mean) / self.scale).clip(-5, 5)
        logits = scaled @ self.weights + self.bias
        raised = np.exp(logits - logits.max(axis=-1, keepdims=True))
        return np.asarray(raised / raised.sum(axis=-1, keepdims=True), np.float32)

    def measure(self, rgb: np.ndarray, mask: np.ndarray, k: int = 2) -> tuple[tuple[ColorShare, ...], np.ndarray]:
        """The `k` largest named colors of a masked photo, and (20,) probabilities of its dominant color."""
        measurement = Measurement(read_pixels(rgb, mask), self.codes)
        whole = self.probabilities(measurement.features())
        return self.shares(measurement, whole, k), whole

    def shares(self, measurement: Measurement, whole: np.ndarray, k: int = 2) -> tuple[ColorShare, ...]:
        """The `k` largest named colors.

        Args:
            measurement: of the garment.
            whole: (20,) probabilities of the garment's dominant color; a caller that knows more than the pixels tell
                (a network's color head) passes its own, and the names follow.
            k: how many.

        Returns:
            The dominant color first; names differ; shares sum to at most 1.
        """
        clusters = _clusters(measurement.pixels.garment)
        parts = [clusters == i for i in range(int(clusters.max()) + 1)]
        named = self.probabilities(np.stack([measurement.features(part) for part in parts]))
        named = named * np.maximum(whole, 1e-4) ** WHOLE_WEIGHT
        named /= named.sum(axis=1, keepdims=True)
        weight = np.array([part.mean() for part in parts])
        centres = np.stack([measurement.pixels.garment[part].mean(axis=0) * STRETCH for part in parts])
        means = np.stack([measurement.pixels.rgb[part].mean(axis=0) for part in parts])
        shares = weight @ named
        found: list[ColorShare] = []
        for name in _ranked(weight, named, centres, whole)[:k]:
            if shares[name] >= SMALLEST_SHARE or not found:
                of = weight * named[:, name]
                red, green, blue = (round(float(value)) for value in of @ means / of.sum())
                found.append(ColorShare(COLORS[name], float(shares[name]), (red, green, blue)))
        return tuple(found)


def _ranked(weight: np.ndarray, named: np.ndarray, centres: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """(20,) indices of color names: the dominant one, then what else is seen, then what else it could be called."""
    dominant = int(whole.argmax())
    base = (weight * named[:, dominant]).argmax()
    apart = np.linalg.norm(centres - centres[base], axis=1) > APART
    rank = (weight * apart) @ named + DOUBT_WEIGHT * whole
    rank[dominant] = np.inf
    return np.argsort(-rank)


def _clusters(lab: np.ndarray) -> np.ndarray:
    """(N, 3) OKLab -> (N,) index of the cluster of each pixel, 0 to the number of clusters less one, none empty."""
    count = min(CLUSTERS, len(lab) // 8)
    if count < 2 or np.ptp(lab, axis=0).max() < 0.02:
        return np.zeros(len(lab), np.int64)
    cv2.setRNGSeed(0)
    stop = cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_MAX_ITER, 10, 1e-3
    sample = np.ascontiguousarray(lab[:: max(1, len(lab) // 500)] * STRETCH)
    _, _, centres = cv2.kmeans(sample, count, np.empty(0, np.int32), stop, 1, cv2.KMEANS_PP_CENTERS)
    distance = ((lab[:, None] * STRETCH - centres[None]) ** 2).sum(axis=2)
    return np.unique(distance.argmin(axis=1), return_inverse=True)[1]


@functools.cache
def _namer(bundle: Path) -> ColorNamer:
    return ColorNamer.open(bundle)


def color_features(rgb: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """`ColorNamer.features` with the bundle of the default settings; (F,) float32."""
    return _namer(Settings().bundle).features(rgb, mask)


def name_probabilities(features: np.ndarray) -> np.ndarray:
    """`ColorNamer.probabilities` with the bundle of the default settings; (20,) float32 over `labels.COLORS`."""
    return _namer(Settings().bundle).probabilities(features)


def measure_colors(rgb: np.ndarray, mask: np.ndarray, k: int = 2) -> tuple[ColorShare, ...]:
    """Measured colors of a garment with the bundle of the default settings.

    Args:
        rgb: (H, W, 3) uint8 RGB.
        mask: (H, W) bool; an empty mask counts as a full one.
        k: how many colors at most.

    Returns:
        Largest share of the mask first; names differ.
    """
    return _namer(Settings().bundle).measure(rgb, mask, k)[0]
