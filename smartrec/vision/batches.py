"""Batches of randomized views for Keras: `PyDataset`, so that the same code feeds every Keras backend."""

from __future__ import annotations

from dataclasses import dataclass

import keras
import numpy as np

from smartrec.vision.augment import NONE, Strength, make_view
from smartrec.vision.backdrops import Backdrops
from smartrec.vision.samples import UNKNOWN, PhotoCache, Samples
from smartrec.vision.views import CROP_SCALE, preprocess, square_around

Batch = tuple[np.ndarray, dict[str, np.ndarray], dict[str, np.ndarray]]


@dataclass(frozen=True, slots=True)
class ViewPlan:
    """How views are made.

    Attributes:
        size: side of a view in pixels.
        batch: views in a batch.
        whole_share: probability that a sample that may be asked for on the whole photo is shown whole.
        strength: how far views differ from photos; `NONE` for validation.
        mixing: share of batches whose views are mixed in pairs; for training only.
        backdrops: share of photos whose garment is laid before another background.
        preprocessing: ``lite`` ((x - 127) / 128) or ``caffe`` (BGR minus ImageNet's means, ResNet50's own).
    """

    size: int
    batch: int = 32
    whole_share: float = 0.35
    strength: Strength = NONE
    mixing: float = 0.0
    backdrops: float = 0.0
    preprocessing: str = "lite"


# Shape of the beta distribution that the shares of mixed views come from.
MIXING = (0.4, 0.4)
# A box is still asked for in a mixed view of which its garment is at least this share.
BOX_SEEN = 0.85


def mix(
    image: np.ndarray, targets: dict[str, np.ndarray], weights: dict[str, np.ndarray], rng: np.random.Generator
) -> np.ndarray:
    """Each view with the next one shining through, or with a rectangle of the next one, as often.

    Mixed pixels are returned, targets and weights change in place.

    Args:
        image: (N, S, S, 3) float32.
        targets: head -> (N, ...) targets.
        weights: head -> (N,) weights; 0 where either view's label is not known.
        rng: of the shares and rectangles.
    """
    share = float(rng.beta(*MIXING))
    other_image = np.roll(image, 1, axis=0)
    if rng.random() < 0.5:
        mixed = share * image + (1 - share) * other_image
    else:
        mixed = image.copy()
        size = image.shape[1]
        side = round(size * float(np.sqrt(1 - share)))
        y, x = rng.integers(0, size - side + 1, 2)
        mixed[:, y : y + side, x : x + side] = other_image[:, y : y + side, x : x + side]
        share = 1 - (side / size) ** 2
    for head, weight in weights.items():
        if head == "box":
            weights[head] = weight if share >= BOX_SEEN else np.zeros_like(weight)
            continue
        other = np.roll(weight, 1, axis=0)
        both = (weight > 0) & (other > 0)
        weights[head] = np.where(both, share * weight + (1 - share) * other, 0.0).astype(np.float32)
        targets[head] = (share * targets[head] + (1 - share) * np.roll(targets[head], 1, axis=0)).astype(np.float32)
    return mixed.astype(np.float32)


class ViewBatches(keras.utils.PyDataset):
    """Batches of views with targets and weights for every head; reproducible for a seed, epoch by epoch."""

    def __init__(
        self,
        samples: Samples,
        plan: ViewPlan,
        cache: PhotoCache,
        seed: int = 0,
        workers: int = 1,
        backdrops: Backdrops | None = None,
    ) -> None:
        super().__init__(workers=workers, use_multiprocessing=False, max_queue_size=8)
        self.samples, self.plan, self.cache, self.seed = samples, plan, cache, seed
        self.backdrops = backdrops
        self.epoch = 0
        self.training = plan.strength is not NONE
        self._shuffle()

    def __len__(self) -> int:
        if self.training:
            return max(1, int(self.samples.rate.sum()) // self.plan.batch)
        return max(1, -(-len(self.samples) // self.plan.batch))

    def _shuffle(self) -> None:
        self.order = np.arange(len(self.samples))
        if self.training:
            rng = np.random.default_rng((self.seed, self.epoch))
            drawn = rng.permutation(np.flatnonzero(rng.random(len(self.samples)) < self.samples.rate))
            self.order = np.resize(drawn, len(self) * self.plan.batch)

    def on_epoch_end(self) -> None:
        """Next epoch: another order, other views."""
        self.move_to(self.epoch + 1)

    def move_to(self, epoch: int) -> None:
        """Views and order of this epoch."""
        if epoch != self.epoch:
            self.epoch = epoch
            self._shuffle()

    def __getitem__(self, index: int) -> Batch:
        """Batch `index` of this epoch: views, targets by head, weights by head."""
        rows = self.order[index * self.plan.batch : (index + 1) * self.plan.batch]
        rng = np.random.default_rng((self.seed, self.epoch, index))
        size = self.plan.size
        views = np.empty((len(rows), size, size, 3), np.uint8)
        boxes = np.zeros((len(rows), 4), np.float32)
        for i, row in enumerate(rows):
            views[i], boxes[i] = self._view(int(row), rng)
        targets, weights = self._targets(rows, boxes)
        image = preprocess(views, self.plan.preprocessing)
        if rng.random() < self.plan.mixing:
            image = mix(image, targets, weights, rng)
        return image, targets, weights

    def _view(self, row: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        samples, plan = self.samples, self.plan
        rgb = self.cache(samples.sources[row])
        height, width = rgb.shape[:2]
        known = bool(np.isfinite(samples.boxes[row]).all())
        box = samples.boxes[row] * (width, height, width, height) if known else np.array([0, 0, width, height], float)
        if not samples.garment[row]:
            x0, y0, x1, y1 = box.astype(int)
            rgb = np.ascontiguousarray(rgb[y0:y1, x0:x1])  # the garment beside the region must not come into the view
            square = ((x1 - x0) / 2, (y1 - y0) / 2, min(x1 - x0, y1 - y0))
        elif not known or (samples.whole[row] and rng.random() < plan.whole_share):
            square = square_around(np.array([0, 0, width, height]), 1.0)
        else:
            square = square_around(box, CROP_SCALE)
        if self.backdrops is not None and rng.random() < plan.backdrops:
            rgb = self.backdrops.behind(row, rgb, rng)
        return make_view(rgb, square, box, plan.size, rng, plan.strength)

    def _targets(self, rows: np.ndarray, boxes: np.ndarray) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
        samples = self.samples
        garment, weight = samples.garment[rows], samples.weight[rows]
        heads = {"category": (samples.category, len(samples.category_names))}
        heads |= {name: (values, len(samples.group_names[name])) for name, values in samples.groups.items()}
        targets: dict[str, np.ndarray] = {}
        weights: dict[str, np.ndarray] = {}
        for name, (column, classes) in heads.items():
            values = column[rows].astype(int)
            targets[name] = np.eye(classes, dtype=np.float32)[np.maximum(values, 0)]
            weights[name] = np.where(values == UNKNOWN, 0.0, weight).astype(np.float32)
        if samples.attributes is not None:
            values = np.asarray(samples.attributes[rows])
            targets["attributes"] = (values == 1).astype(np.float32)
            weights["attributes"] = np.asarray((values >= 0).any(axis=1), dtype=np.float32)
        known = np.isfinite(samples.boxes[rows]).all(axis=1) & (garment > 0)
        targets["box"], weights["box"] = boxes, known.astype(np.float32)
        targets["garment"], weights["garment"] = garment[:, None], np.ones(len(rows), np.float32)
        return targets, weights
