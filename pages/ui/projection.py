"""The map of looks: embeddings laid out in the plane."""

from __future__ import annotations

import numpy as np


def project(embeddings: np.ndarray) -> np.ndarray:
    """The two directions in which looks differ most, by principal components.

    Args:
        embeddings: (N, D) float32 unit rows; rows of zeros stand for products without a picture.

    Returns:
        (N, 2) float32, each axis scaled to [-1, 1]; NaN for products without a picture.
    """
    shown = np.linalg.norm(embeddings, axis=1) > 0
    plane = np.full((len(embeddings), 2), np.nan, np.float32)
    if shown.sum() < 3:
        return plane
    centered = embeddings[shown] - embeddings[shown].mean(axis=0)
    _, _, axes = np.linalg.svd(centered, full_matrices=False)
    flat = centered @ axes[:2].T
    plane[shown] = flat / np.maximum(np.abs(flat).max(axis=0), 1e-9)
    return plane
