"""Pictures of the finding panel."""

from __future__ import annotations

import base64
import io

import numpy as np
import pytest
from PIL import Image

from pages.ui import overlay


def decoded(url: str) -> Image.Image:
    return Image.open(io.BytesIO(base64.b64decode(url.split(",", 1)[1])))


def test_boxes_come_back() -> None:
    box = (10.0, 20.0, 110.0, 220.0)
    assert overlay.to_pixels(overlay.to_fractions(box, (200, 400)), (200, 400)) == pytest.approx(box)


def test_a_large_photo_becomes_small() -> None:
    image = decoded(overlay.photo_url(np.full((2000, 1000, 3), 200, np.uint8)))
    assert max(image.size) == overlay.LARGEST


def test_the_veil_lies_on_the_mask_alone() -> None:
    mask = np.zeros((1600, 800), bool)
    mask[:800] = True
    alpha = np.asarray(decoded(overlay.mask_url(mask)))[..., 3]
    assert alpha[: len(alpha) // 3].min() == 255
    assert alpha[2 * len(alpha) // 3 :].max() == 0
