"""The embedding: one unit vector in which likeness follows category, color, pattern and shape.

Each head's calibrated probabilities enter as their square roots, so that the dot product of two garments' parts is the
Bhattacharyya coefficient of their distributions: 1 for the same answer, 0 for answers that exclude each other, in
photos and in drawings alike. The pooled features, reduced by principal components, tell garments of equal labels apart.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

# Share of each part in the dot product. Every part has unit length before weighting; the shares add up to 1.
DEFAULT_SHARES = {
    "category": 0.26, "color1": 0.18, "pattern": 0.14, "sleeve": 0.07, "neck": 0.05, "length": 0.06, "closure": 0.04,
    "fabric": 0.04, "fit": 0.02, "color2": 0.02, "features": 0.12,
}  # fmt: skip
COMPONENTS = 64


def embed(
    heads: Mapping[str, np.ndarray],
    features: np.ndarray,
    mean: np.ndarray,
    components: np.ndarray,
    shares: Mapping[str, float],
) -> np.ndarray:
    """Unit vectors.

    Args:
        heads: head -> (N, C) calibrated probabilities.
        features: (N, F) pooled features.
        mean: (F,) mean of the features on training photos.
        components: (COMPONENTS, F) whitened principal components.
        shares: part -> share in the dot product.

    Returns:
        (N, D) float32, unit length.
    """
    reduced = (features - mean) @ components.T
    reduced /= np.maximum(np.linalg.norm(reduced, axis=1, keepdims=True), 1e-9)
    parts = [np.sqrt(shares.get("features", 0.0)) * reduced]
    parts += [np.sqrt(shares.get(name, 0.0)) * np.sqrt(values) for name, values in sorted(heads.items())]
    vectors = np.concatenate(parts, axis=1)
    return (vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)).astype(np.float32)


def fit_components(features: np.ndarray, count: int = COMPONENTS) -> tuple[np.ndarray, np.ndarray]:
    """Mean (F,) and partly whitened principal components (count, F) of training features (N, F)."""
    mean = features.mean(axis=0)
    _, scales, directions = np.linalg.svd(features - mean, full_matrices=False)
    scales = scales[:count] / np.sqrt(max(len(features) - 1, 1))
    return mean.astype(np.float32), (directions[:count] / np.sqrt(scales + 1e-6)[:, None]).astype(np.float32)
