"""The square crop that the mask network sees: the box with a margin, both sides stretched to the same length."""

from __future__ import annotations

import math

import cv2
import numpy as np

from smartrec.vision.finding import Box

MARGIN = 0.15  # of the box's width and height, added on each side


def crop_window(box: Box, margin: float = MARGIN) -> Box:
    """The box grown by `margin` of its own size on each side; it may reach beyond the photo."""
    dx, dy = (box[2] - box[0]) * margin, (box[3] - box[1]) * margin
    return box[0] - dx, box[1] - dy, box[2] + dx, box[3] + dy


def pixel_window(box: Box, margin: float = MARGIN) -> tuple[int, int, int, int]:
    """`crop_window` on whole pixels: the smallest one that holds it, at least one pixel."""
    window = crop_window(box, margin)
    x0, y0 = math.floor(window[0]), math.floor(window[1])
    return x0, y0, max(x0 + 1, math.ceil(window[2])), max(y0 + 1, math.ceil(window[3]))


def take_crop(
    image: np.ndarray, window: tuple[int, int, int, int], size: int, interpolation: int = cv2.INTER_AREA
) -> np.ndarray:
    """The window of an image as a square; pixels beyond the photo repeat its edge.

    Args:
        image: (H, W, 3) or (H, W) uint8.
        window: xyxy in whole pixels.
        size: side of the result.
        interpolation: of OpenCV.

    Returns:
        (size, size, 3) or (size, size), dtype of `image`.
    """
    height, width = image.shape[:2]
    x0, y0, x1, y1 = window
    left, top = min(max(x0, 0), width - 1), min(max(y0, 0), height - 1)
    right, bottom = max(left + 1, min(x1, width)), max(top + 1, min(y1, height))
    part = image[top:bottom, left:right]
    # Reduced before it is padded: the other way round would copy the whole photo.
    fx, fy = size / (x1 - x0), size / (y1 - y0)
    spans = [max(1, round((right - x0) * fx) - max(0, round((left - x0) * fx)))]
    spans.append(max(1, round((bottom - y0) * fy) - max(0, round((top - y0) * fy))))
    small = cv2.resize(part, (min(spans[0], size), min(spans[1], size)), interpolation=interpolation)
    if small.shape[:2] == (size, size):
        return small
    pad_left = min(max(0, round((left - x0) * fx)), size - small.shape[1])
    pad_top = min(max(0, round((top - y0) * fy)), size - small.shape[0])
    pads = pad_top, size - small.shape[0] - pad_top, pad_left, size - small.shape[1] - pad_left
    return cv2.copyMakeBorder(small, *pads, cv2.BORDER_REPLICATE)
