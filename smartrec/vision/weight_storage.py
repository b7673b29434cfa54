"""How the weights of an exported network are stored: small on disk, float32 in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import onnx

SMALLEST_STORED = 64  # numbers; smaller constants stay as they are
_MOST = 127  # of a signed byte, the same both ways


def halve_weights(model: onnx.ModelProto) -> None:
    """Stores large float32 weights of an ONNX model as float16, each followed by a cast back to float32."""
    from onnx import TensorProto, helper, numpy_helper

    casts = []
    for tensor in model.graph.initializer:
        values = numpy_helper.to_array(tensor)
        if tensor.data_type != TensorProto.FLOAT or values.size < SMALLEST_STORED:
            continue
        name = tensor.name
        tensor.CopyFrom(numpy_helper.from_array(values.astype(np.float16), f"{name}_half"))
        casts.append(helper.make_node("Cast", [f"{name}_half"], [name], to=TensorProto.FLOAT))
    _insert(model, casts)


def quantize_weights(model: onnx.ModelProto) -> None:
    """Stores the kernels of convolutions and dense layers as bytes with one scale for each of their outputs.

    Symmetric, without calibration: only storage is quantized, the runtime multiplies once when it loads the file and
    computes in float32. Kernels of depthwise convolutions stay: they are small, and errors weigh most there.
    """
    from onnx import TensorProto, helper, numpy_helper

    kernels = {
        node.input[1]: (1, 2, 3) if node.op_type == "Conv" else (0,)
        for node in model.graph.node
        if node.op_type in ("Conv", "MatMul") and len(node.input) > 1
    }
    nodes, scales = [], []
    for tensor in model.graph.initializer:
        values = numpy_helper.to_array(tensor)
        depthwise = values.ndim == 4 and values.shape[1] == 1
        if tensor.name not in kernels or tensor.data_type != TensorProto.FLOAT or depthwise:
            continue
        if values.size < SMALLEST_STORED or values.ndim != len(kernels[tensor.name]) + 1:
            continue
        name = tensor.name
        scale = np.abs(values).max(axis=kernels[name], keepdims=True) / _MOST
        scale[scale == 0] = 1.0
        stored = np.round(values / scale).astype(np.int8)
        tensor.CopyFrom(numpy_helper.from_array(stored, f"{name}_bytes"))
        scales.append(numpy_helper.from_array(scale.astype(np.float32), f"{name}_scale"))
        nodes.append(helper.make_node("Cast", [f"{name}_bytes"], [f"{name}_steps"], to=TensorProto.FLOAT))
        nodes.append(helper.make_node("Mul", [f"{name}_steps", f"{name}_scale"], [name]))
    model.graph.initializer.extend(scales)
    _insert(model, nodes)


def _insert(model: onnx.ModelProto, nodes: list[onnx.NodeProto]) -> None:
    """Puts nodes before all others, in their order."""
    for node in reversed(nodes):
        model.graph.node.insert(0, node)
