"""sRGB to OKLab, in which equal distances look about equally different.

B. Ottosson, "A perceptual color space for image processing", 2020.
"""

from __future__ import annotations

import numpy as np

_LEVELS = np.arange(256) / 255
_LINEAR = np.where(_LEVELS <= 0.04045, _LEVELS / 12.92, ((_LEVELS + 0.055) / 1.055) ** 2.4).astype(np.float32)
_RGB_TO_LMS = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    np.float32,
)
_LMS_TO_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ],
    np.float32,
)


def oklab(rgb: np.ndarray) -> np.ndarray:
    """(..., 3) uint8 sRGB -> (..., 3) float32 OKLab: lightness [0, 1], a and b about [-0.4, 0.4]."""
    return linear_to_oklab(_LINEAR[rgb])


def linear_to_oklab(linear: np.ndarray) -> np.ndarray:
    """(..., 3) float32 linear RGB in [0, 1] -> (..., 3) float32 OKLab."""
    return np.asarray(np.cbrt(linear @ _RGB_TO_LMS.T) @ _LMS_TO_LAB.T)
