"""The backbone: its blocks, its ImageNet weights, blocks skipped in training only."""

from __future__ import annotations

import numpy as np
import pytest

from smartrec.vision.backbone import build_backbone, set_trainable


@pytest.mark.parametrize(("name", "weights"), [("efficientnet_lite0", 4_652_008), ("efficientnet_lite2", 6_092_072)])
def test_size_of_the_backbones(name: str, weights: int) -> None:
    """The published totals of the Lite family, less the classifier of 1,000 ImageNet classes."""
    model = build_backbone(name, "none", 64).model
    assert sum(int(np.prod(w.shape)) for w in model.trainable_weights) == weights - 1000 * 1281


def test_blocks_are_skipped_in_training_only() -> None:
    backbone = build_backbone("efficientnet_lite0", "none", 64, drop=0.5)
    views = np.random.default_rng(0).normal(size=(2, 64, 64, 3)).astype(np.float32)
    set_trainable(backbone, 0)  # batch normalization in inference mode: only skipping is random
    quiet = [np.asarray(backbone.model(views, training=False)) for _ in range(2)]
    np.testing.assert_array_equal(*quiet)
    loud = [np.asarray(backbone.model(views, training=True)) for _ in range(2)]
    assert not np.array_equal(*loud)
    rates = [layer.rate for layer in backbone.model.layers if layer.name.endswith("_skip")]
    assert rates == sorted(rates) and 0 < rates[0] < rates[-1] < 0.5
