"""Weights stored small answer as the whole ones do."""

from __future__ import annotations

import numpy as np
import onnxruntime
import pytest

from smartrec.vision.weight_storage import halve_weights, quantize_weights

onnx = pytest.importorskip("onnx")


def network(rng: np.random.Generator) -> onnx.ModelProto:
    """A pointwise convolution, a depthwise one and a dense layer; one output channel is all zero."""
    from onnx import TensorProto, helper, numpy_helper

    wide = rng.normal(0, 1, (16, 8, 1, 1)).astype(np.float32) * np.geomspace(0.01, 10, 16)[:, None, None, None]
    wide[3] = 0
    weights = {
        "wide": wide.astype(np.float32),
        "deep": rng.normal(0, 1, (16, 1, 3, 3)).astype(np.float32),
        "dense": rng.normal(0, 1, (16, 5)).astype(np.float32),
        "bias": rng.normal(0, 1, (5,)).astype(np.float32),
    }
    nodes = [
        helper.make_node("Conv", ["x", "wide"], ["a"], kernel_shape=[1, 1]),
        helper.make_node("Conv", ["a", "deep"], ["b"], kernel_shape=[3, 3], group=16),
        helper.make_node("GlobalAveragePool", ["b"], ["c"]),
        helper.make_node("Flatten", ["c"], ["d"]),
        helper.make_node("MatMul", ["d", "dense"], ["e"]),
        helper.make_node("Add", ["e", "bias"], ["y"]),
    ]
    graph = helper.make_graph(
        nodes,
        "small",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, [None, 8, 6, 6])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, [None, 5])],
        [numpy_helper.from_array(values, name) for name, values in weights.items()],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=10)


def answer(model: onnx.ModelProto, x: np.ndarray) -> np.ndarray:
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    return np.asarray(session.run(None, {"x": x})[0])


def test_bytes_and_halves_answer_as_floats_do() -> None:
    rng = np.random.default_rng(0)
    model, x = network(rng), rng.normal(0, 1, (4, 8, 6, 6)).astype(np.float32)
    whole = answer(model, x)
    quantize_weights(model)
    halve_weights(model)
    onnx.checker.check_model(model)
    assert np.abs(answer(model, x) - whole).max() < 0.02 * np.abs(whole).max()


def test_kernels_become_bytes_and_depthwise_ones_halves() -> None:
    model = network(np.random.default_rng(0))
    quantize_weights(model)
    halve_weights(model)
    kinds = {tensor.name: tensor.data_type for tensor in model.graph.initializer}
    assert kinds["wide_bytes"] == kinds["dense_bytes"] == onnx.TensorProto.INT8
    assert kinds["deep_half"] == onnx.TensorProto.FLOAT16
    assert kinds["wide_scale"] == onnx.TensorProto.FLOAT
