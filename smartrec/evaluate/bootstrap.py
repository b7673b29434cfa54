"""Intervals by resampling shoppers, and of paired differences."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

RESAMPLES = 1000
LEVEL = 0.95
_CHUNK = 100


def resampled_means(
    values: np.ndarray, groups: np.ndarray | None = None, resamples: int = RESAMPLES, seed: int = 0
) -> np.ndarray:
    """(B, M) float64: means over cases drawn again with replacement.

    Args:
        values: (C, M) one row a case.
        groups: (C,) int64 codes; cases of one code are drawn together (one shopper at several dates). None: each alone.
        resamples: B.
        seed: of the draws; the same seed makes differences paired.
    """
    sums, sizes = (values, np.ones(len(values))) if groups is None else _grouped(values, groups)
    n = len(sums)
    rng = np.random.default_rng(seed)
    means = np.zeros((resamples, values.shape[1]))
    for low in range(0, resamples, _CHUNK):
        rows = min(_CHUNK, resamples - low)
        drawn = rng.integers(0, n, size=(rows, n))
        counts = np.stack([np.bincount(row, minlength=n) for row in drawn]).astype(np.float64)
        means[low : low + rows] = (counts @ sums) / (counts @ sizes)[:, None]
    return means


def _grouped(values: np.ndarray, groups: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    _, codes = np.unique(groups, return_inverse=True)
    sizes = np.bincount(codes).astype(np.float64)
    sums = np.stack([np.bincount(codes, weights=column) for column in values.T], axis=1)
    return sums, sizes


def interval(mean: float, means: np.ndarray) -> Mapping[str, float]:
    """Value with the percentile interval of its resampled means (B,)."""
    tail = (1.0 - LEVEL) / 2.0
    low, high = np.quantile(means, [tail, 1.0 - tail])
    return {"value": float(mean), "low": float(low), "high": float(high)}
