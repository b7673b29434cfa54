"""Writes the mask network as ONNX with weights stored as 16-bit floats, half the size at the same answers."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from smartrec.artifacts import atomic_write

if TYPE_CHECKING:
    import keras

SMALLEST_HALVED = 64  # numbers; smaller constants stay as they are


def export_mask_network(model: keras.Model, path: Path) -> None:
    """Write `model` to `path`; input "image" (N, 128, 128, 3) float32, output "mask" (N, 64, 64, 1) float32 logits."""
    import onnx

    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "mask.onnx"
        model.export(str(plain), format="onnx", verbose=False)
        graph = onnx.load(str(plain))
    halve_weights(graph)
    onnx.checker.check_model(graph)
    atomic_write(path, graph.SerializeToString())


def halve_weights(model) -> None:  # type: ignore[no-untyped-def]  # onnx.ModelProto
    """Store large float32 weights of an ONNX model as float16, each followed by a cast back to float32."""
    from onnx import TensorProto, helper, numpy_helper

    casts = []
    for tensor in model.graph.initializer:
        values = numpy_helper.to_array(tensor)
        if tensor.data_type != TensorProto.FLOAT or values.size < SMALLEST_HALVED:
            continue
        name = tensor.name
        tensor.CopyFrom(numpy_helper.from_array(values.astype(np.float16), f"{name}_half"))
        casts.append(helper.make_node("Cast", [f"{name}_half"], [name], to=TensorProto.FLOAT))
    for cast in reversed(casts):
        model.graph.node.insert(0, cast)
