"""OpenCV's GrabCut seeded by a box: the rival of the learned mask, and the teacher for photos without masks.

C. Rother, V. Kolmogorov, A. Blake, "GrabCut", SIGGRAPH 2004.
"""

from __future__ import annotations

import cv2
import numpy as np

from smartrec.vision.finding import Box

LONGEST_SIDE = 160
MARGIN = 0.25  # of the box's sides, seen around it: what the background looks like


def grabcut(rgb: np.ndarray, box: Box, iterations: int = 3) -> np.ndarray:
    """Segment the garment in `box` by color models of the inside and the outside.

    Args:
        rgb: (H, W, 3) uint8 RGB.
        box: xyxy in pixels, inside the photo.
        iterations: rounds of color model and cut.

    Returns:
        (H, W) bool; all of the box where no cut could be made.
    """
    height, width = rgb.shape[:2]
    dx, dy = (box[2] - box[0]) * MARGIN, (box[3] - box[1]) * MARGIN
    left, top = max(0, int(box[0] - dx)), max(0, int(box[1] - dy))
    right, bottom = min(width, int(np.ceil(box[2] + dx))), min(height, int(np.ceil(box[3] + dy)))
    crop = rgb[top:bottom, left:right]
    scale = min(1.0, LONGEST_SIDE / max(crop.shape[:2]))
    size = max(2, round(crop.shape[1] * scale)), max(2, round(crop.shape[0] * scale))
    small = cv2.resize(crop, size, interpolation=cv2.INTER_AREA)
    inner = tuple((side - edge) * scale for side, edge in zip(box, (left, top, left, top), strict=True))
    seeds = _seeds(size, inner)
    models = np.zeros((1, 65)), np.zeros((1, 65))
    try:
        cv2.setRNGSeed(0)
        cv2.grabCut(small, seeds, (0, 0, 0, 0), *models, iterations, cv2.GC_INIT_WITH_MASK)
    except cv2.error:  # one of the two color models has no pixel: the box fills the photo, or is a few pixels wide
        seeds[seeds == cv2.GC_PR_FGD] = cv2.GC_FGD
    inside = np.isin(seeds, (cv2.GC_FGD, cv2.GC_PR_FGD)).astype(np.float32)
    mask = np.zeros((height, width), bool)
    grown = cv2.resize(inside, (right - left, bottom - top), interpolation=cv2.INTER_LINEAR)
    mask[top:bottom, left:right] = grown > 0.5
    return mask


def _seeds(size: tuple[int, int], box: tuple[float, ...]) -> np.ndarray:
    """GrabCut's four-valued map: surely background outside the box, probably garment inside but for its corners."""
    seeds = np.full((size[1], size[0]), cv2.GC_BGD, np.uint8)
    x0, y0, x1, y1 = (round(side) for side in box)
    seeds[y0:y1, x0:x1] = cv2.GC_PR_FGD
    seeds[:2], seeds[-2:], seeds[:, :2], seeds[:, -2:] = (cv2.GC_PR_BGD,) * 4
    return seeds
