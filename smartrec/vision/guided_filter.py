"""The guided filter: a soft mask takes over the edges of the picture it belongs to.

K. He, J. Sun, X. Tang, "Guided Image Filtering", PAMI 2013.
"""

from __future__ import annotations

import cv2
import numpy as np


def guided_filter(guide: np.ndarray, soft: np.ndarray, radius: int, smoothness: float) -> np.ndarray:
    """Filter `soft` so that, within each window, it is a linear function of the guide's colors.

    The linear functions are found at the resolution of `soft` and applied at the guide's (the "fast" variant).

    Args:
        guide: (H, W, 3) float32 in [0, 1].
        soft: (h, w) float32.
        radius: of the window, in pixels of `soft`.
        smoothness: variance of color below which a window counts as flat, in the guide's squared units.

    Returns:
        (H, W) float32.
    """
    size = 2 * radius + 1, 2 * radius + 1

    def mean(values: np.ndarray) -> np.ndarray:
        return cv2.blur(values, size)

    small = cv2.resize(guide, soft.shape[::-1], interpolation=cv2.INTER_AREA)
    color, level = mean(small), mean(soft)
    covariance = mean(small * soft[..., None]) - color * level[..., None]
    slope = _solve(small, color, covariance, smoothness, mean)
    offset = level - np.einsum("ijk,ijk->ij", slope, color)
    linear = cv2.resize(mean(cv2.merge([slope, offset])), guide.shape[1::-1], interpolation=cv2.INTER_LINEAR)
    return np.asarray(np.einsum("ijk,ijk->ij", linear[..., :3], guide) + linear[..., 3])


def _solve(guide: np.ndarray, color: np.ndarray, right: np.ndarray, smoothness: float, mean) -> np.ndarray:  # type: ignore[no-untyped-def]
    """(color covariance + smoothness) x = right in every window, by Cramer's rule; (H, W, 3)."""
    r, g, b = cv2.split(guide)
    mr, mg, mb = cv2.split(color)
    rr, gg, bb = (mean(c * c) - m * m + smoothness for c, m in ((r, mr), (g, mg), (b, mb)))
    rg, rb, gb = mean(r * g) - mr * mg, mean(r * b) - mr * mb, mean(g * b) - mg * mb
    i_rr, i_rg, i_rb = gg * bb - gb * gb, gb * rb - rg * bb, rg * gb - gg * rb
    i_gg, i_gb, i_bb = rr * bb - rb * rb, rb * rg - rr * gb, rr * gg - rg * rg
    determinant = rr * i_rr + rg * i_rg + rb * i_rb
    x, y, z = cv2.split(right)
    slope = cv2.merge([i_rr * x + i_rg * y + i_rb * z, i_rg * x + i_gg * y + i_gb * z, i_rb * x + i_gb * y + i_bb * z])
    return np.asarray(slope / determinant[..., None])
