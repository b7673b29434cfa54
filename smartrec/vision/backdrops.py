"""Garments cut out of their photos and laid before other backgrounds.

One person photographs many garments on the same floor, so a network can learn floors instead of garments. A garment
cut out by the mask network and laid elsewhere breaks that link (copy-paste, Ghiasi et al., CVPR 2021).
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from smartrec.vision.finding import as_box
from smartrec.vision.mask import Segmenter
from smartrec.vision.samples import PhotoCache, Samples
from smartrec.vision.views import iou

# A mask is believed if it reaches the sides of the annotated box and fills at least this share of it.
BELIEVED_IOU, BELIEVED_SHARE = 0.85, 0.3
MOST_BACKDROPS, SMALLEST_BACKDROP = 600, 40  # pictures kept; shorter side in pixels
EDGE = 0.8  # blur of the cut in pixels: hides the stairs of the mask
SHADOW = 0.35  # darkest shadow that a garment throws on its new background


@dataclass(slots=True)
class Backdrops:
    """What can be cut out and what can lie behind it.

    Attributes:
        masks: row of the samples -> (H, W) bool, the garment's pixels in the photo as the cache gives it.
        pictures: (h, w, 3) uint8 RGB each, without any garment.
    """

    masks: dict[int, np.ndarray]
    pictures: list[np.ndarray]

    def behind(self, row: int, rgb: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        """The photo of sample `row` before another background; the photo itself if its garment was not cut out."""
        mask = self.masks.get(row)
        if mask is None or not self.pictures:
            return rgb
        height, width = mask.shape
        ground = _spread(self.pictures[int(rng.integers(len(self.pictures)))], height, width, rng)
        opacity = cv2.GaussianBlur(mask.astype(np.float32), (0, 0), EDGE)
        reach = rng.uniform(0.01, 0.04) * width
        shift = np.array([[1, 0, rng.normal(0, reach / 2)], [0, 1, rng.normal(0, reach / 2)]])
        soft = cv2.blur(opacity, (2 * int(2 * reach) + 1,) * 2)
        shadow = cv2.warpAffine(soft, shift, (width, height))
        ground = ground * (1 - rng.uniform(0, SHADOW) * shadow[..., None])
        return np.asarray(opacity[..., None] * rgb + (1 - opacity[..., None]) * ground).astype(np.uint8)


def _spread(picture: np.ndarray, height: int, width: int, rng: np.random.Generator) -> np.ndarray:
    """(height, width, 3) of a picture, enlarged at random and mirrored at its sides where it is too small."""
    picture = np.rot90(picture, int(rng.integers(4)))
    zoom = rng.uniform(0.6, 1.3) * min(height, width) / min(picture.shape[:2])
    picture = cv2.resize(np.ascontiguousarray(picture), None, fx=zoom, fy=zoom, interpolation=cv2.INTER_LINEAR)
    down, right = max(0, height - picture.shape[0]), max(0, width - picture.shape[1])
    picture = cv2.copyMakeBorder(
        picture, down // 2, down - down // 2, right // 2, right - right // 2, cv2.BORDER_REFLECT
    )
    y, x = rng.integers(0, picture.shape[0] - height + 1), rng.integers(0, picture.shape[1] - width + 1)
    return np.asarray(picture[y : y + height, x : x + width])


def collect_backdrops(samples: Samples, segmenter: Segmenter, cache: PhotoCache, seed: int = 0) -> Backdrops:
    """Cuts every photo's main garment out and gathers the regions without a garment.

    Args:
        samples: rows with a garment are cut out, regions of rows without one become backgrounds.
        segmenter: finds the garment's pixels inside its annotated box.
        cache: reads the photos; the same one must serve the views.
        seed: of the choice of backgrounds where there are too many.
    """
    masks: dict[int, np.ndarray] = {}
    for row in np.flatnonzero((samples.garment > 0) & samples.whole & np.isfinite(samples.boxes).all(axis=1)):
        rgb = cache(samples.sources[row])
        box = samples.pixels(int(row), rgb)
        mask = segmenter.segment(rgb, as_box(box))
        if believed(mask, box):
            masks[int(row)] = mask
    rng = np.random.default_rng(seed)
    pictures = []
    for row in rng.permutation(np.flatnonzero(samples.garment == 0)):
        rgb = cache(samples.sources[row])
        x0, y0, x1, y1 = samples.pixels(int(row), rgb).astype(int)
        if min(x1 - x0, y1 - y0) >= SMALLEST_BACKDROP:
            pictures.append(np.ascontiguousarray(rgb[y0:y1, x0:x1]))
    return Backdrops(masks, pictures[:MOST_BACKDROPS])


def believed(mask: np.ndarray, box: np.ndarray) -> bool:
    """Whether a mask, (H, W) bool, reaches all sides of its box, xyxy pixels, and fills enough of it."""
    ys, xs = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if not len(ys):
        return False
    reached = np.array([xs[0], ys[0], xs[-1] + 1, ys[-1] + 1], float)
    area = max(float((box[2] - box[0]) * (box[3] - box[1])), 1.0)
    return bool(iou(reached, box) >= BELIEVED_IOU and mask.sum() / area >= BELIEVED_SHARE)
