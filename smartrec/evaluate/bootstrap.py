"""Intervals by resampling shoppers, and of paired differences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

import numpy as np

RESAMPLES = 1000
LEVEL = 0.95
_CHUNK = 100
# Numbers of draws that are kept for the next model: 32 MB.
_KEPT = 4_000_000


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
    chunks = _kept_draws(n, resamples, seed) if n * resamples <= _KEPT else _draws(n, resamples, seed)
    return np.concatenate([(counts @ sums) / (counts @ sizes)[:, None] for counts in chunks])


def _draws(n: int, resamples: int, seed: int) -> Iterator[np.ndarray]:
    """In chunks of (R, n) float64: how often each of `n` is drawn in every resample."""
    rng = np.random.default_rng(seed)
    for low in range(0, resamples, _CHUNK):
        drawn = rng.integers(0, n, size=(min(_CHUNK, resamples - low), n))
        yield np.stack([np.bincount(row, minlength=n) for row in drawn]).astype(np.float64)


@lru_cache(maxsize=8)
def _kept_draws(n: int, resamples: int, seed: int) -> tuple[np.ndarray, ...]:
    """All models of a report are measured on the same draws."""
    return tuple(_draws(n, resamples, seed))


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
