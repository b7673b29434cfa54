"""A finding without a photo: what a detector might say, for tests of what is made of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from smartrec.vision.finding import Finding


def made_finding(heads: Mapping[str, Mapping[str, float]], **said: Any) -> Finding:
    """A sure garment in a photo of 100 x 120 pixels.

    Args:
        heads: group -> {value: probability}.
        said: fields of `Finding` that differ; by default every label is the best of its head, and there are no colors.
    """
    fields: dict[str, Any] = {
        "size": (100, 120),
        "garment": 0.99,
        "garment_found": True,
        "box": (10.0, 10.0, 90.0, 90.0),
        "box_score": 0.9,
        "mask": None,
        "colors": (),
        "labels": {group: max(values, key=values.__getitem__) for group, values in heads.items()},
        "embedding": np.ones(1, np.float32),
    }
    return Finding(heads=heads, **{**fields, **said})
