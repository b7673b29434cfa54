"""Latency of the detector on this machine, measured when asked for."""

from __future__ import annotations

import numpy as np

from smartrec.engine import Engine


def measure(engine: Engine, photo: bytes, repeats: int = 30) -> dict[str, dict[str, float]]:
    """Milliseconds by stage of describing a photo, after two runs that do not count: stage -> {"p50", "p95"}.

    Raises:
        SmartRecError: the photo or the model can not be read.
    """
    runs = [dict(engine.describe(photo).timings_ms) for _ in range(repeats + 2)][2:]
    return {name: {f"p{q}": float(np.percentile([r[name] for r in runs], q)) for q in (50, 95)} for name in runs[0]}
