"""The guided filter draws a blurred mask back to the edge of the picture."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from smartrec.vision.guided_filter import guided_filter


def disc(size: int) -> np.ndarray:
    y, x = np.mgrid[:size, :size] / size - 0.5
    return np.hypot(x, y) < 0.3


def test_a_coarse_mask_takes_over_the_edge() -> None:
    truth = disc(256)
    guide = np.where(truth[..., None], (0.2, 0.3, 0.8), (0.8, 0.7, 0.3)).astype(np.float32)
    coarse = cv2.resize(cv2.resize(truth.astype(np.float32), (24, 24), interpolation=cv2.INTER_AREA), (128, 128))
    filtered = guided_filter(guide, coarse, 6, 1e-4) > 0.5
    plain = cv2.resize(coarse, (256, 256)) > 0.5
    assert (filtered != truth).mean() < 0.5 * (plain != truth).mean()


def test_a_flat_picture_only_smooths() -> None:
    soft = disc(64).astype(np.float32)
    filtered = guided_filter(np.full((64, 64, 3), 0.5, np.float32), soft, 2, 1e-3)
    assert filtered == pytest.approx(cv2.blur(cv2.blur(soft, (5, 5)), (5, 5)), abs=1e-3)
