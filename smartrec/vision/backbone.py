"""Backbones that the network can stand on, and which of their layers training may move."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import keras

from smartrec.errors import MissingWeightsError, UsageError
from smartrec.vision.efficientnet_lite import VARIANTS, build_efficientnet_lite, load_imagenet_weights

# name -> side of the square input in pixels
INPUT_SIZES = {**{name: size for name, (_, _, size) in VARIANTS.items()}, "resnet50": 224}
# Layers whose outputs the branches read at strides 16 and 8.
_RESNET_MAPS = ("conv4_block6_out", "conv3_block4_out")


@dataclass(frozen=True, slots=True)
class Backbone:
    """A backbone's model and the maps that the branches read.

    Attributes:
        name: key of `INPUT_SIZES`.
        model: the Keras model, without its classification top.
        top: output map at stride 32.
        middle: output map at stride 16.
        early: output map at stride 8.
    """

    name: str
    model: keras.Model
    top: keras.KerasTensor
    middle: keras.KerasTensor
    early: keras.KerasTensor

    @property
    def input(self) -> keras.KerasTensor:
        """The picture's tensor."""
        return self.model.input


def build_backbone(name: str, weights: str = "imagenet", size: int | None = None, drop: float = 0.0) -> Backbone:
    """A backbone with its pre-trained weights.

    Args:
        name: one of `INPUT_SIZES`.
        weights: ``imagenet``, ``none`` or a path of a weights file.
        size: side of the input in pixels, a multiple of 32; the backbone's own by default.
        drop: of `build_efficientnet_lite`.

    Raises:
        UsageError: unknown name.
        MissingWeightsError: the weights are not there and can not be downloaded.
    """
    if name not in INPUT_SIZES:
        raise UsageError(f"Expected a backbone of {sorted(INPUT_SIZES)}. Received: {name!r}")
    size = size or INPUT_SIZES[name]
    if name == "resnet50":
        model = _resnet50(weights, size)
        middle, early = (model.get_layer(layer).output for layer in _RESNET_MAPS)
    else:
        model = build_efficientnet_lite(name, size, drop)
        if weights != "none":
            load_imagenet_weights(model, None if weights == "imagenet" else _existing(weights))
        middle, early = (_last_map_at(model, size // stride) for stride in (16, 8))
    return Backbone(name, model, model.output, middle, early)


def _existing(weights: str) -> Path:
    path = Path(weights)
    if not path.is_file():
        raise MissingWeightsError(
            f"Expected a weights file, 'imagenet' or 'none'. Received: {weights!r}, which is no file"
        )
    return path


def _resnet50(weights: str, size: int) -> keras.Model:
    if weights not in ("imagenet", "none"):
        weights = str(_existing(weights))
    try:
        return keras.applications.ResNet50(
            include_top=False, weights=None if weights == "none" else weights, input_shape=(size, size, 3)
        )
    except Exception as error:  # Keras raises whatever the download or the file reader raised
        raise MissingWeightsError(
            f"Could not load ResNet50's weights ({weights}): {error}. Keras downloads 'imagenet' from the internet; "
            "without it give a file with --weights FILE, or take --backbone efficientnet_lite0, whose weights a "
            "package carries."
        ) from error


def _last_map_at(model: keras.Model, side: int) -> keras.KerasTensor:
    """Output of the last block whose map has this side."""
    outputs = [layer.output for layer in model.layers if layer.name.endswith(("_project_bn", "_add"))]
    return next(x for x in reversed(outputs) if x.shape[1] == side)


def set_trainable(backbone: Backbone, layers: int | None) -> list[str]:
    """Lets training move only the last `layers` layers of the backbone; None means all, 0 none.

    Batch normalization always stays in inference mode: its moving statistics and scales come from ImageNet, and
    batches of a few dozen photos would only blur them.

    Returns:
        Names of the layers with weights that training moves.
    """
    first = 0 if layers is None else len(backbone.model.layers) - layers
    moved = []
    for i, layer in enumerate(backbone.model.layers):
        layer.trainable = i >= first and not isinstance(layer, keras.layers.BatchNormalization)
        if layer.trainable and layer.weights:
            moved.append(layer.name)
    return moved
