"""The simple rivals of the detector, measured on the same test senders: majority class, mean box, frozen features."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from smartrec.errors import TableError
from smartrec.labels import GROUPS
from smartrec.vision import assess, sources
from smartrec.vision.samples import UNKNOWN, PhotoCache, Samples
from smartrec.vision.views import CROP_SCALE, iou, preprocess, square_around, take_view

Say = Callable[[str], None]
SIZE = 224


def rival_rows(folder: Path, say: Say) -> list[dict[str, Any]]:
    """Rows {"rival", "figure", "value", "low", "high", "n"} for everything that the rivals answer.

    Raises TableError if none of the photos is a training photo.
    """
    train, test = (sources.clothing_samples(folder, split) for split in ("train", "test"))
    if not len(train):
        raise TableError(f"Expected photos of training senders, for rivals to learn from. Received: none in {folder}")
    rows = [{"rival": "mean box", "figure": "box_iou", **_mean_box(train, test)}]
    heads = {name: (train.truth(name), test.truth(name)) for name in ("category", *GROUPS)}
    for name, (known, asked) in heads.items():
        figure = name if name != "category" else "category_top1"
        rows.append({"rival": "majority class", "figure": figure, **_majority(known, asked)})
    say("rivals: frozen ImageNet features of the annotated crops")
    features = [_frozen_features(samples) for samples in (train, test)]
    for name, (known, asked) in heads.items():
        figure = name if name != "category" else "category_top1"
        rows.append(
            {"rival": "frozen features, logistic regression", "figure": figure, **_logistic(features, known, asked)}
        )
    return rows


def _mean_box(train: Samples, test: Samples) -> dict[str, Any]:
    return assess.figure(iou(np.nanmean(train.boxes, axis=0)[None], test.boxes))


def _majority(train: np.ndarray, test: np.ndarray) -> dict[str, Any]:
    values, counts = np.unique(train[train != UNKNOWN], return_counts=True)
    return assess.figure(test[test != UNKNOWN] == values[counts.argmax()])


def _logistic(features: list[np.ndarray], train: np.ndarray, test: np.ndarray) -> dict[str, Any]:
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    model = make_pipeline(StandardScaler(), LogisticRegression(C=0.01, max_iter=300))
    model.fit(features[0][train != UNKNOWN], train[train != UNKNOWN])
    known = test != UNKNOWN
    return assess.figure(model.predict(features[1][known]) == test[known])


def _frozen_features(samples: Samples) -> np.ndarray:
    """(N, 1280) pooled features of EfficientNet-Lite0 with its ImageNet weights, on the annotated boxes' crops."""
    import keras

    from smartrec.vision.backbone import build_backbone

    backbone = build_backbone("efficientnet_lite0", "imagenet", SIZE)
    pooled = keras.Model(backbone.input, keras.layers.GlobalAveragePooling2D()(backbone.top))
    cache = PhotoCache(limit=0)
    out = []
    for start in range(0, len(samples), 64):
        views = []
        for row in range(start, min(start + 64, len(samples))):
            rgb = cache(samples.sources[row])
            box = samples.pixels(row, rgb)
            views.append(take_view(rgb, square_around(box, CROP_SCALE), SIZE))
        out.append(pooled.predict(preprocess(np.stack(views), "lite"), verbose=0))
    return np.concatenate(out)
