"""Masks and measured colors alone, box as annotated, beside simpler ways.

Run: ``python -m smartrec.evaluate.mask_color DATA``.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from smartrec.catalog.demo.palette import SHADES
from smartrec.labels import COLORS
from smartrec.settings import Settings
from smartrec.vision.assess import figure
from smartrec.vision.color import ColorNamer
from smartrec.vision.color_features import ColorPixels, Measurement
from smartrec.vision.color_train import annotated_pixels
from smartrec.vision.finding import Box
from smartrec.vision.grabcut import grabcut
from smartrec.vision.mask import FINE_SIZE, Segmenter, place
from smartrec.vision.mask_crop import pixel_window
from smartrec.vision.mask_samples import ccp_table, read_ccp
from smartrec.vision.perceptual import oklab
from smartrec.vision.sources import in_split, read_clothing_table

# A photo of about a megapixel, on which both are timed.
TIMED_SIZE, TIMED_BOX, TIMED_RUNS = (866, 1155), (80.0, 100.0, 800.0, 1000.0), 20

Rows = dict[str, dict[str, Any]]


def evaluate_mask_color(data: Path, bundle: Path, split: str = "test") -> dict[str, Rows]:
    """Figures of masks and colors on one committed split.

    Args:
        data: folder that has ccp/ and clothing/ in it.
        bundle: folder of the model bundle.
        split: train, val or test.

    Returns:
        {"mask": way -> mean IoU, "color": way -> share right, "milliseconds": step -> time}; each figure is
        {"value", "low", "high", "n"} with its 95 % bootstrap interval.
    """
    segmenter, namer = Segmenter.open(bundle), ColorNamer.open(bundle)
    return {
        "mask": mask_rows(data / "ccp", segmenter, split),
        "color": color_rows(data / "clothing", segmenter, namer, split),
        "milliseconds": _times(segmenter, namer),
    }


def mask_rows(ccp: Path, segmenter: Segmenter, split: str) -> Rows:
    """Mean IoU over the largest garment of each street photo, its box given."""

    def unrefined(rgb: np.ndarray, box: Box) -> np.ndarray:
        window = pixel_window(box)
        logits = segmenter.logits(segmenter.view(rgb, window))
        soft = cv2.resize(1 / (1 + np.exp(-logits)), (FINE_SIZE, FINE_SIZE))
        return place(np.asarray(soft), window, box, rgb.shape[:2])

    ways: dict[str, Callable[[np.ndarray, Box], np.ndarray]] = {
        "the whole box": _box_mask,
        "GrabCut": grabcut,
        "network": unrefined,
        "network, guided filter": segmenter.segment,
    }
    table = ccp_table(ccp, split, largest=True)
    scores: dict[str, list[float]] = {name: [] for name in ways}
    for row in table.itertuples(index=False):
        rgb, truth, box = read_ccp(ccp, row.image, row.label, (row.x0, row.y0, row.x1, row.y1))
        for name, way in ways.items():
            found = way(rgb, box)
            scores[name].append(float((found & truth).sum() / (found | truth).sum()))
    return {name: figure(values) for name, values in scores.items()}


def color_rows(clothing: Path, segmenter: Segmenter, namer: ColorNamer, split: str) -> Rows:
    """Share of photos whose annotated dominant color is named first, or among the first two."""
    pixels, truth = annotated_pixels(clothing, split, segmenter, lambda _: None)
    table = read_clothing_table(clothing)
    seen = Counter(table[in_split(table["sender_id"], "train")]["color1"])
    common = [name for name, _ in seen.most_common(2)]
    measured = [Measurement(p, namer.codes) for p in pixels]
    whole = [namer.probabilities(m.features()) for m in measured]
    ways = {
        "most common": [common] * len(truth),
        "nearest shade to the median": [_nearest_shades(p) for p in pixels],
        "measured": [[COLORS[i] for i in np.argsort(-p)[:2]] for p in whole],
        "listed colors": [[c.name for c in namer.shares(m, p)] for m, p in zip(measured, whole, strict=True)],
    }
    rows = {}
    for name, answers in ways.items():
        rows[f"{name}, first"] = figure([a[0] == t for a, t in zip(answers, truth, strict=True)])
        rows[f"{name}, first two"] = figure([t in a for a, t in zip(answers, truth, strict=True)])
    return rows


def _box_mask(rgb: np.ndarray, box: Box) -> np.ndarray:
    x0, y0, x1, y1 = pixel_window(box, 0.0)
    mask = np.zeros(rgb.shape[:2], bool)
    mask[max(0, y0) : y1, max(0, x0) : x1] = True
    return mask


def _nearest_shades(pixels: ColorPixels) -> list[str]:
    """The two names whose drawn shades are nearest to the garment's median color."""
    middle = np.median(pixels.garment, axis=0)
    shades = {name: oklab(np.array(values, np.uint8)) for name, values in SHADES.items()}
    distance = {name: float(np.linalg.norm(lab - middle, axis=1).min()) for name, lab in shades.items()}
    return sorted(distance, key=distance.__getitem__)[:2]


def _times(segmenter: Segmenter, namer: ColorNamer) -> Rows:
    """Median milliseconds of each step on a noisy photo of about a megapixel."""
    small = np.random.default_rng(0).integers(0, 255, (77, 58, 3), np.uint8)
    rgb = np.asarray(cv2.resize(small, TIMED_SIZE, interpolation=cv2.INTER_CUBIC))
    mask = segmenter.segment(rgb, TIMED_BOX)
    steps = {"mask": lambda: segmenter.segment(rgb, TIMED_BOX), "colors": lambda: namer.measure(rgb, mask)}
    rows = {}
    for name, step in steps.items():
        spent = []
        for _ in range(TIMED_RUNS):
            started = time.perf_counter()
            step()
            spent.append(1e3 * (time.perf_counter() - started))
        rows[name] = {"median": float(np.median(spent)), "fastest": min(spent)}
    return rows


def main() -> None:
    """Print the figures as JSON."""
    parser = argparse.ArgumentParser(description="Masks and measured colors, box as annotated.")
    parser.add_argument("data", type=Path, help="folder with ccp/ and clothing/")
    parser.add_argument("--bundle", type=Path, default=Settings().bundle)
    parser.add_argument("--split", default="test", choices=("train", "val", "test"))
    options = parser.parse_args()
    json.dump(evaluate_mask_color(options.data, options.bundle, options.split), sys.stdout, indent=2)


if __name__ == "__main__":
    main()
