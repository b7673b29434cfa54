"""One scale for learned evidence: so many nats (natural logs of a ratio of probabilities) make a whole signal."""

from __future__ import annotations

import numpy as np

# A signal spans 0 to 1 over eight nats: from hopeless to three thousand times as probable.
NATS = 8.0
# The least of products that bound the scale from below.
_LOW_SHARE = 0.05


def from_top(nats: np.ndarray) -> np.ndarray:
    """(N,) float32 in [0, 1]: 1 for the greatest, 0 for what is `NATS` below it, or -inf."""
    return np.clip(1.0 + (nats - nats.max()) / NATS, 0.0, 1.0).astype(np.float32)


def from_bottom(nats: np.ndarray) -> np.ndarray:
    """(N,) float32 in [0, 1]: 0 for the least, so that little evidence makes small values."""
    place = int(_LOW_SHARE * (len(nats) - 1))
    low = max(float(np.partition(nats, place)[place]), float(nats.max()) - NATS)
    shares = (nats - low) / NATS
    return np.minimum(np.maximum(shares, 0.0), 1.0).astype(np.float32, copy=False)
