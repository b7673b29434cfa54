"""Which views of a photo the shipped networks answer best from, on validation people.

python -m benchmarks.looks --data FOLDER [--json]

The first look finds the box on the whole photo; the second one is the mean of what the networks say of views around it.
Every row is another choice of views for the same weights. FOLDER holds the annotated photos (``train --format
clothing``). Log-losses are those at the temperature that suits each head best, so that only the order of answers and
what they know of each other counts; what is shipped is calibrated with a margin (``smartrec/vision/calibrate.py``).
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from smartrec.labels import GROUPS
from smartrec.settings import Settings
from smartrec.vision.bundle import COHERENCE, NETWORK, PARTNER, Bundle
from smartrec.vision.coherence import Coherence, coherent_heads, fit_strengths, lowest_loss
from smartrec.vision.looks import LookNetwork
from smartrec.vision.samples import PhotoCache, Samples
from smartrec.vision.sources import clothing_samples
from smartrec.vision.views import SECOND_LOOK, iou, square_around, take_view, to_photo

THREADS = 2
# Colors neither speak nor hear; the main one counts among the log-losses all the same.
HEADS = ("category", *(name for name in GROUPS if name != "color2"))


class Seen(NamedTuple):
    """One view: which network (0 is the bundle's own, 1 its partner), side in pixels, scale of the box, mirrored."""

    network: int
    side: int
    scale: float
    mirrored: bool


@dataclass(frozen=True)
class Row:
    """A choice: side of the first look and the views of the second."""

    first: int
    views: tuple[Seen, ...]


SIZE = 224  # pixels that the shipped networks learned with last
# What is in use: a view for each network.
OWN, OTHER = (Seen(i, view.side(SIZE), view.scale, view.mirrored) for i, view in enumerate(SECOND_LOOK))
THIRD = Seen(0, 192, 1.0, True)
ROWS = (
    Row(224, (OWN,)),
    Row(224, (OTHER,)),
    Row(224, (OWN, OTHER)),
    Row(192, (OWN, OTHER)),
    Row(160, (OWN, OTHER)),
    Row(224, (OWN, OTHER, THIRD)),
    Row(192, (OWN, OTHER, THIRD)),
    Row(224, (OWN, OTHER, Seen(0, 224, 1.0, False))),
    Row(224, (OWN, OTHER, Seen(0, 160, 1.0, True))),
    Row(224, (OWN._replace(side=160), OTHER._replace(side=160))),
)


class Photos:
    """Validation photos and what the networks said of them; every view is looked at once."""

    def __init__(self, bundle: Bundle, samples: Samples) -> None:
        files = (NETWORK, PARTNER) if bundle.config.partner else (NETWORK,)
        self.networks = [LookNetwork(bundle.folder / name, bundle.config, THREADS) for name in files]
        cache = PhotoCache(limit=0)
        self.pictures = [cache(source) for source in samples.sources]
        self.boxes = np.stack([samples.pixels(i, rgb) for i, rgb in enumerate(self.pictures)])
        self._found: dict[int, np.ndarray] = {}
        self._said: dict[tuple[int, Seen], dict[str, np.ndarray]] = {}

    def found(self, side: int) -> np.ndarray:
        """(N, 4) boxes of a first look of this side, xyxy in pixels."""
        if side not in self._found:
            self._found[side] = np.stack([self._find(rgb, side) for rgb in self.pictures])
        return self._found[side]

    def _find(self, rgb: np.ndarray, side: int) -> np.ndarray:
        height, width = rgb.shape[:2]
        square = square_around((0.0, 0.0, width, height), 1.0)
        return to_photo(self.networks[0](take_view(rgb, square, side)[None])["box"][0], square, width, height)

    def said(self, first: int, view: Seen) -> dict[str, np.ndarray]:
        """Head -> (N, C) probabilities of one view around the boxes of a first look."""
        if (first, view) not in self._said:
            outputs = []
            for rgb, box in zip(self.pictures, self.found(first), strict=True):
                seen = take_view(rgb, square_around(box, view.scale), view.side)
                outputs.append(self.networks[view.network]((seen[:, ::-1] if view.mirrored else seen)[None]))
            self._said[first, view] = {name: np.concatenate([o[name] for o in outputs]) for name in HEADS}
        return self._said[first, view]


def measure(photos: Photos, samples: Samples, bundle: Bundle, row: Row) -> dict[str, Any]:
    """Figures of a row: each head alone, and after the heads heard each other with strengths fitted to this row."""
    said = [photos.said(row.first, view) for view in row.views]
    alone = {name: np.mean([one[name] for one in said], axis=0) for name in HEADS}
    sizes = coherent_heads(bundle.config.categories, bundle.config.groups)
    lifts = bundle.arrays(COHERENCE)["lifts"].astype(np.float32)
    strengths = fit_strengths(sizes, lifts, alone, {name: samples.truth(name) for name in sizes})
    box = iou(photos.found(row.first), photos.boxes)
    return {
        "first": row.first,
        "views": [view._asdict() for view in row.views],
        "photos": len(samples),
        "first_box_iou": float(box.mean()),
        "alone": figures(alone, samples),
        "hear": figures(Coherence(sizes, lifts, strengths)(alone), samples),
    }


def figures(heads: dict[str, np.ndarray], samples: Samples) -> dict[str, float]:
    """Category top-1 and top-3, right answers of two hard heads, log-losses."""
    order = np.argsort(-heads["category"], axis=1)
    truth = samples.truth("category")
    return {
        "top1": float((order[:, 0] == truth).mean()),
        "top3": float((order[:, :3] == truth[:, None]).any(axis=1).mean()),
        **{name: float((heads[name].argmax(axis=1) == samples.truth(name)).mean()) for name in ("closure", "fabric")},
        "category_loss": lowest_loss(heads["category"], truth),
        "loss": sum(lowest_loss(heads[name], samples.truth(name)) for name in HEADS),
    }


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    bundle = Bundle.open(Settings().bundle)
    samples = clothing_samples(given.data, "val")
    photos = Photos(bundle, samples)
    rows = [measure(photos, samples, bundle, row) for row in ROWS]
    if given.json:
        print(json.dumps({"model": bundle.hash, "rows": rows}, indent=1))
        return
    print(f"{bundle.hash}, {len(samples)} photos")
    for row in rows:
        views = ", ".join(f"{v['network']}:{v['side']}{'m' * v['mirrored']} at {v['scale']}" for v in row["views"])
        print(f"first {row['first']} (IoU {row['first_box_iou']:.3f}); {views}")
        for name in ("alone", "hear"):
            print(f"  {name:6}" + "  ".join(f"{key} {value:.3f}" for key, value in row[name].items()))


if __name__ == "__main__":
    main()
