"""The mask network: a small U-Net over the first stages of EfficientNet-Lite0, one crop in, one soft mask out.

O. Ronneberger, P. Fischer, T. Brox, "U-Net", MICCAI 2015.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from smartrec.vision.efficientnet_lite import build_efficientnet_lite, load_imagenet_weights

if TYPE_CHECKING:
    import keras

INPUT_SIZE = 128
OUTPUT_SIZE = 64
# Outputs of the encoder at 1/2, 1/4, 1/8 and 1/16 of the crop, and the decoder's filters at the first three.
TAPS = ("block0_project_bn", "block2_add", "block4_add", "block7_add")
DECODER_FILTERS = (12, 24, 40)
NECK_FILTERS = 64


def build_encoder(weights: str | None = "imagenet") -> keras.Model:
    """From ``(N, 128, 128, 3)`` float32, RGB as ``(x - 127) / 128``, to the outputs of ``TAPS``.

    Args:
        weights: "imagenet" to start from ImageNet weights, None for random ones.
    """
    import keras

    backbone = build_efficientnet_lite("efficientnet_lite0", INPUT_SIZE)
    if weights == "imagenet":
        load_imagenet_weights(backbone)
    return keras.Model(backbone.input, [backbone.get_layer(name).output for name in TAPS], name="encoder")


def build_decoder(encoder: keras.Model) -> keras.Model:
    """From the encoder's outputs to ``(N, 64, 64, 1)`` float32 logits."""
    import keras
    from keras import layers

    inputs = [keras.Input(tap.shape[1:], name=name) for tap, name in zip(encoder.outputs, TAPS, strict=True)]
    half, quarter, eighth, x = inputs
    x = _conv(x, NECK_FILTERS, 1, "neck")
    context = layers.GlobalAveragePooling2D(keepdims=True, name="context_pool")(x)
    x = layers.Add(name="context")([x, layers.Conv2D(NECK_FILTERS, 1, name="context_conv")(context)])
    for skip, filters, name in zip((eighth, quarter), DECODER_FILTERS[:0:-1], ("up8", "up4"), strict=True):
        x = layers.UpSampling2D(2, interpolation="bilinear", name=f"{name}_grow")(x)
        x = _conv(layers.Concatenate(name=f"{name}_skip")([x, skip]), filters, 3, name)
    # Half the resolution has four times the pixels: narrowed first.
    x = layers.UpSampling2D(2, interpolation="bilinear", name="up2_grow")(x)
    x = layers.Concatenate(name="up2_skip")([x, half])
    x = _conv(_conv(x, DECODER_FILTERS[0], 1, "up2_narrow"), DECODER_FILTERS[0], 3, "up2")
    return keras.Model(inputs, layers.Conv2D(1, 1, name="mask")(x), name="decoder")


def join(encoder: keras.Model, decoder: keras.Model) -> keras.Model:
    """Encoder and decoder as one model, from crops to logits."""
    import keras

    return keras.Model(encoder.input, decoder(encoder.output), name="mask")


def _conv(x: keras.KerasTensor, filters: int, kernel: int, name: str) -> keras.KerasTensor:
    from keras import layers

    x = layers.Conv2D(filters, kernel, padding="same", use_bias=False, name=name)(x)
    return layers.ReLU(name=f"{name}_relu")(layers.BatchNormalization(momentum=0.95, name=f"{name}_bn")(x))
