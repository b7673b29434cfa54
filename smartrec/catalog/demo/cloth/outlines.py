"""Outlines of printed figures, and how they are filled: smooth at their edges, to a sixteenth of a pixel."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

_SHIFT = 4  # OpenCV's fixed point: so many bits after the point


def fill(canvas: np.ndarray, points: np.ndarray, color: int | Sequence[int]) -> None:
    """Fill an (N, 2) outline given in pixels."""
    cv2.fillPoly(canvas, [np.round(points * (1 << _SHIFT)).astype(np.int32)], color, cv2.LINE_AA, _SHIFT)


def around(
    angles: np.ndarray, radius: np.ndarray | float, center: Sequence[float] = (0, 0), aspect: float = 1.0
) -> np.ndarray:
    """(N, 2) points at `radius` in the direction of each angle; `aspect` stretches them downwards."""
    return np.stack([center[0] + radius * np.cos(angles), center[1] + radius * np.sin(angles) * aspect], axis=1)
