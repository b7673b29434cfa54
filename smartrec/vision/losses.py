"""Losses and metrics of the box branch, and the compile step that all training stages share."""

from __future__ import annotations

import keras
from keras import ops

# Weight of each head in the total loss. Attribute heads not named here weigh GROUP_WEIGHT.
LOSS_WEIGHTS = {"category": 1.0, "box": 3.0, "garment": 0.5, "attributes": 20.0}
GROUP_WEIGHT = 0.3
CATEGORY_SMOOTHING, GROUP_SMOOTHING = 0.1, 0.05


@keras.saving.register_keras_serializable("smartrec")
def box_rmse(true: keras.KerasTensor, predicted: keras.KerasTensor) -> keras.KerasTensor:
    """Root mean squared error of the four sides, (N,), in fractions of the picture: the original design's loss."""
    return ops.sqrt(ops.mean(ops.square(true - predicted), axis=-1) + 1e-8)


@keras.saving.register_keras_serializable("smartrec")
def box_iou(true: keras.KerasTensor, predicted: keras.KerasTensor) -> keras.KerasTensor:
    """Intersection over union of xyxy boxes, (N,), in [0, 1]."""
    low = ops.maximum(true[:, :2], predicted[:, :2])
    high = ops.minimum(true[:, 2:], predicted[:, 2:])
    overlap = ops.prod(ops.maximum(high - low, 0.0), axis=-1)
    return overlap / ops.maximum(_area(true) + _area(predicted) - overlap, 1e-8)


def _area(boxes: keras.KerasTensor) -> keras.KerasTensor:
    return ops.prod(ops.maximum(boxes[:, 2:] - boxes[:, :2], 0.0), axis=-1)


@keras.saving.register_keras_serializable("smartrec")
def box_loss(true: keras.KerasTensor, predicted: keras.KerasTensor) -> keras.KerasTensor:
    """RMSE plus a third of the generalized IoU loss (Rezatofighi et al., CVPR 2019), (N,)."""
    enclosing = ops.concatenate(
        [ops.minimum(true[:, :2], predicted[:, :2]), ops.maximum(true[:, 2:], predicted[:, 2:])], axis=-1
    )
    hull = ops.maximum(_area(enclosing), 1e-8)
    iou = box_iou(true, predicted)
    union = (_area(true) + _area(predicted)) / (1.0 + iou)
    giou = iou - (hull - union) / hull
    return box_rmse(true, predicted) + (1.0 - giou) / 3.0


def compile_network(model: keras.Model, optimizer: keras.optimizers.Optimizer, box: str = "giou") -> None:
    """Compiles every head with its loss and metrics.

    Args:
        model: from `network.build_network`.
        optimizer: the optimizer of this stage.
        box: ``rmse`` for the original loss alone, ``giou`` for RMSE and generalized IoU.
    """
    losses: dict[str, object] = {}
    for name in model.output_names:
        if name == "box":
            losses[name] = box_rmse if box == "rmse" else box_loss
        elif name in ("garment", "attributes"):
            losses[name] = keras.losses.BinaryCrossentropy()
        else:
            smoothing = CATEGORY_SMOOTHING if name == "category" else GROUP_SMOOTHING
            losses[name] = keras.losses.CategoricalCrossentropy(label_smoothing=smoothing)
    metrics: dict[str, list[object]] = {name: [] for name in model.output_names}
    for name in set(losses) - {"box", "garment", "attributes"}:
        metrics[name] = [keras.metrics.CategoricalAccuracy(name="top1")]
    metrics["category"] += [keras.metrics.TopKCategoricalAccuracy(k, name=f"top{k}") for k in (3, 5)]
    metrics["box"] = [
        keras.metrics.RootMeanSquaredError(name="rmse"),
        keras.metrics.MeanMetricWrapper(box_iou, name="iou"),
    ]
    metrics["garment"] = [keras.metrics.AUC(name="auc")]
    weights = {name: LOSS_WEIGHTS.get(name, GROUP_WEIGHT) for name in losses}
    model.compile(optimizer, loss=losses, loss_weights=weights, weighted_metrics=metrics)
