"""The two-branch network: a backbone, a category branch with attribute heads, and a box branch.

The layout follows the original design (category and bounding box on one ImageNet backbone); the box branch reads its
four sides as expected positions of spatial softmax maps (integral regression, Sun et al., ECCV 2018), so the same
weights work at any input size.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import keras
from keras import layers, ops

from smartrec.labels import CATEGORIES, GROUPS
from smartrec.vision.backbone import Backbone

DROPOUT = 0.3
BOX_CHANNELS = 96
# Sides may lie on the border of the picture, beyond the outermost cell centers.
BOX_MARGIN = 0.08


@dataclass(frozen=True, slots=True)
class HeadSizes:
    """How many classes each head has.

    Attributes:
        category: number of categories.
        groups: name of an attribute group -> number of its values.
        attributes: number of independent yes/no attributes (DeepFashion's 1000); 0 for none.
    """

    category: int = len(CATEGORIES)
    groups: dict[str, int] = field(default_factory=lambda: {name: len(values) for name, values in GROUPS.items()})
    attributes: int = 0


@keras.saving.register_keras_serializable("smartrec")
class DoubledMap(layers.Layer):
    """``(N, h, w, C)`` -> ``(N, 2h, 2w, C)``, bilinear between the centers of cells.

    What ``UpSampling2D`` does, also where height and width are not known yet: every cell is repeated, and the mean of
    neighbours, taken twice, weighs them 1, 2, 1.
    """

    def call(self, maps: keras.KerasTensor) -> keras.KerasTensor:
        """Repeats and smooths."""
        for axis in (1, 2):
            maps = ops.repeat(maps, 2, axis=axis)
            first, last = (ops.take(maps, ops.array([end]), axis=axis) for end in (0, -1))
            maps = ops.concatenate([first, maps, last], axis=axis)
        for _ in range(2):
            maps = ops.average_pool(maps, 2, strides=1, padding="valid")
        return maps

    def compute_output_shape(self, input_shape: tuple[int | None, ...]) -> tuple[int | None, ...]:
        """Height and width doubled."""
        count, height, width, channels = input_shape
        return (count, height and 2 * height, width and 2 * width, channels)


@keras.saving.register_keras_serializable("smartrec")
class SoftArgmaxSides(layers.Layer):
    """Four score maps ``(N, h, w, 4)`` of any size -> ``(N, 4)`` xyxy in fractions of the picture, [0, 1]."""

    def call(self, maps: keras.KerasTensor) -> keras.KerasTensor:
        """Expected positions of the maps for left, top, right and bottom."""
        height, width = ops.shape(maps)[1:3]
        probabilities = ops.softmax(ops.reshape(maps, (-1, height * width, 4)), axis=1)
        probabilities = ops.reshape(probabilities, (-1, height, width, 4))
        xs = ops.cast(self._centers(width), maps.dtype)
        ys = ops.cast(self._centers(height), maps.dtype)
        along_x = ops.sum(probabilities, axis=1)  # (N, w, 4)
        along_y = ops.sum(probabilities, axis=2)  # (N, h, 4)
        x_sides = ops.sum(along_x * ops.reshape(xs, (1, -1, 1)), axis=1)
        y_sides = ops.sum(along_y * ops.reshape(ys, (1, -1, 1)), axis=1)
        sides = ops.stack([x_sides[:, 0], y_sides[:, 1], x_sides[:, 2], y_sides[:, 3]], axis=1)
        return ops.clip(sides, 0.0, 1.0)

    @staticmethod
    def _centers(cells: int | keras.KerasTensor) -> keras.KerasTensor:
        steps = ops.cast(ops.arange(cells), "float32") / ops.cast(cells - 1, "float32")
        return (1.0 + 2 * BOX_MARGIN) * steps - BOX_MARGIN

    def compute_output_shape(self, input_shape: tuple[int | None, ...]) -> tuple[int | None, int]:
        """``(N, 4)``."""
        return (input_shape[0], 4)


def _box_branch(backbone: Backbone) -> keras.KerasTensor:
    """Left, top, right and bottom of the garment from the last map and the finer one before it."""
    coarse = layers.Conv2D(BOX_CHANNELS, 1, use_bias=False, name="box_coarse")(backbone.top)
    coarse = DoubledMap(name="box_upsample")(coarse)
    fine = layers.Conv2D(BOX_CHANNELS, 1, use_bias=False, name="box_fine")(backbone.middle)
    x = layers.Add(name="box_merge")([coarse, fine])
    x = layers.ReLU(name="box_merge_relu")(layers.BatchNormalization(name="box_merge_norm")(x))
    x = layers.SeparableConv2D(BOX_CHANNELS, 5, padding="same", use_bias=False, name="box_context")(x)
    x = layers.ReLU(name="box_context_relu")(layers.BatchNormalization(name="box_context_norm")(x))
    maps = layers.Conv2D(4, 1, name="box_maps")(x)
    return SoftArgmaxSides(name="box", dtype="float32")(maps)


def build_network(backbone: Backbone, sizes: HeadSizes | None = None, dropout: float = DROPOUT) -> keras.Model:
    """The whole network on a backbone.

    Args:
        backbone: the backbone with the maps that the branches read.
        sizes: classes of the heads; the project's own labels by default.
        dropout: share of pooled features dropped while training.

    Returns:
        A model from ``(N, S, S, 3)`` float32 to a dict: ``category`` and every group ``(N, classes)`` probabilities,
        ``box`` ``(N, 4)`` xyxy fractions, ``garment`` ``(N, 1)`` probability, ``features`` is the pooled layer's name,
        ``attributes`` ``(N, A)`` probabilities where `sizes` asks for them.
    """
    sizes = sizes or HeadSizes()
    pooled = layers.Concatenate(name="features")(
        [
            layers.GlobalAveragePooling2D(name=f"pool_{i}")(x)
            for i, x in enumerate((backbone.top, backbone.middle, backbone.early))
        ]
    )
    x = layers.BatchNormalization(momentum=0.98, name="features_norm")(pooled)  # the three maps differ in scale
    x = layers.Dropout(dropout, name="features_dropout")(x)
    outputs = {"category": layers.Dense(sizes.category, activation="softmax", dtype="float32", name="category")(x)}
    for name, values in sizes.groups.items():
        outputs[name] = layers.Dense(values, activation="softmax", dtype="float32", name=name)(x)
    if sizes.attributes:
        dense = layers.Dense(sizes.attributes, activation="sigmoid", dtype="float32", name="attributes")
        outputs["attributes"] = dense(x)
    outputs["box"] = _box_branch(backbone)
    outputs["garment"] = layers.Dense(1, activation="sigmoid", dtype="float32", name="garment")(x)
    return keras.Model(backbone.input, outputs, name=f"smartrec_{backbone.name}")
