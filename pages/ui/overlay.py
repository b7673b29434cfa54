"""Pictures for the finding panel: the photo made small, the mask as a colored veil."""

from __future__ import annotations

import base64
import io

import numpy as np
from PIL import Image

from smartrec.vision.finding import Box

VEIL = (18, 135, 106, 255)
LARGEST = 720


def photo_url(rgb: np.ndarray) -> str:
    """A data URL of the photo, at most `LARGEST` pixels high or wide. `rgb`: (H, W, 3) uint8 RGB."""
    image = Image.fromarray(rgb)
    image.thumbnail((LARGEST, LARGEST))
    return _url(image, "JPEG", quality=86)


def mask_url(mask: np.ndarray) -> str:
    """A data URL of the mask as a green veil on nothing. `mask`: (H, W) bool."""
    step = max(1, max(mask.shape) // LARGEST)  # a phone's twelve megapixels need no veil of their own size
    small = mask[::step, ::step]
    veil = np.zeros((*small.shape, 4), np.uint8)
    veil[small] = VEIL
    image = Image.fromarray(veil)
    image.thumbnail((LARGEST // 2, LARGEST // 2), Image.Resampling.BILINEAR)
    return _url(image, "PNG", optimize=False)


def to_fractions(box: Box, size: tuple[int, int]) -> list[float]:
    """A box in pixels as fractions of (width, height)."""
    width, height = size
    return [box[0] / width, box[1] / height, box[2] / width, box[3] / height]


def to_pixels(fractions: list[float], size: tuple[int, int]) -> Box:
    """A box in fractions of (width, height) as pixels."""
    width, height = size
    x0, y0, x1, y1 = (float(side) for side in fractions)
    return x0 * width, y0 * height, x1 * width, y1 * height


def _url(image: Image.Image, kind: str, **options: object) -> str:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return f"data:image/{kind.lower()};base64,{base64.b64encode(buffer.getvalue()).decode()}"
