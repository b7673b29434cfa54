"""Transfer learning with the last 0, 6, 12 and 18 layers of the backbone moving, from cached features.

python -m benchmarks.last_layers --data FOLDER [--backbone efficientnet_lite0] [--epochs 12] [--json]

The part of the backbone that no row moves runs once over a few randomized views of every training photo; each row then
trains the rest from what it gave. FOLDER holds the annotated photos (``train --format clothing``); figures are of the
validation people's annotated crops.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

import keras
import numpy as np

from smartrec.vision.augment import Strength
from smartrec.vision.backbone import Backbone, build_backbone, set_trainable
from smartrec.vision.batches import ViewBatches, ViewPlan
from smartrec.vision.losses import compile_network
from smartrec.vision.network import build_network
from smartrec.vision.samples import PhotoCache, Samples
from smartrec.vision.sources import clothing_samples

ROWS = (0, 6, 12, 18)
# The last 21 layers are the two last blocks and the head; what comes before is computed once.
CUT = {"efficientnet_lite0": "block13_add"}
RATE, BATCH = 1e-3, 32
SHOWN = ("category_top1", "category_top3", "box_iou", "box_rmse", "pattern_top1", "sleeve_top1", "neck_top1")

Cached = tuple[list[np.ndarray], dict[str, np.ndarray], dict[str, np.ndarray]]


def split_network(backbone: Backbone) -> tuple[keras.Model, keras.Model]:
    """(picture -> the three maps that the rest reads, the rest of the network), sharing their layers."""
    network = build_network(backbone)
    cut = backbone.model.get_layer(CUT[backbone.name]).output
    maps = [cut, backbone.middle, backbone.early]
    return keras.Model(backbone.input, maps), keras.Model(maps, network.output)


def encode(trunk: keras.Model, batches: ViewBatches, epochs: int) -> Cached:
    """Maps, targets and weights of `epochs` passes over the batches."""
    maps: list[list[np.ndarray]] = []
    targets: list[dict[str, np.ndarray]] = []
    weights: list[dict[str, np.ndarray]] = []
    for epoch in range(epochs):
        batches.move_to(epoch)
        for i in range(len(batches)):
            image, target, weight = batches[i]
            maps.append([np.asarray(x).astype(np.float16) for x in trunk.predict_on_batch(image)])
            targets.append(target)
            weights.append(weight)
    joined = [np.concatenate(column) for column in zip(*maps, strict=True)]
    return joined, _joined(targets), _joined(weights)


def _joined(parts: list[dict[str, np.ndarray]]) -> dict[str, np.ndarray]:
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def measure_row(name: str, size: int, layers: int, train: Cached, held_out: Cached, epochs: int) -> dict[str, float]:
    """Validation figures after training the last `layers` layers of the backbone and all branches."""
    keras.utils.set_random_seed(0)
    backbone = build_backbone(name, "imagenet", size)
    moved = set_trainable(backbone, layers)
    _, rest = split_network(backbone)
    steps = epochs * -(-len(train[0][0]) // BATCH)
    compile_network(rest, keras.optimizers.AdamW(keras.optimizers.schedules.CosineDecay(RATE, steps), 0.02))
    started = time.perf_counter()
    rest.fit(train[0], train[1], BATCH, epochs, verbose=0, sample_weight=train[2])
    seconds = time.perf_counter() - started
    found = rest.evaluate(held_out[0], held_out[1], sample_weight=held_out[2], verbose=0, return_dict=True)
    row = {"layers": layers, "with_weights": len(moved), "seconds": round(seconds, 1)}
    return row | {metric: round(float(found[metric]), 4) for metric in SHOWN}


def compare(train: Samples, held_out: Samples, backbone: str, size: int, views: int, epochs: int) -> list[dict]:
    """One row for each number of layers."""
    trunk, _ = split_network(build_backbone(backbone, "imagenet", size))
    cache = PhotoCache()
    shown = encode(trunk, ViewBatches(train, ViewPlan(size, BATCH, 0.0, Strength()), cache), views)
    calm = encode(trunk, ViewBatches(held_out, ViewPlan(size, BATCH, 0.0), cache), 1)
    return [measure_row(backbone, size, layers, shown, calm, epochs) for layers in ROWS]


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--backbone", default="efficientnet_lite0", choices=sorted(CUT))
    parser.add_argument("--size", type=int, default=160)
    parser.add_argument("--views", type=int, default=3)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    people = [clothing_samples(given.data, split) for split in ("train", "val")]
    rows = compare(people[0], people[1], given.backbone, given.size, given.views, given.epochs)
    if given.json:
        print(json.dumps(rows, indent=1))
        return
    for row in rows:
        print("  ".join(f"{name} {value}" for name, value in row.items()))


if __name__ == "__main__":
    main()
