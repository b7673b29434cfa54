"""What several tests of looking at photos share."""

from __future__ import annotations

from pathlib import Path

import onnx
import pytest

from smartrec.vision import teacher


@pytest.fixture(scope="session")
def image_encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A network in the place of a large image encoder: its embedding is the mean of each color channel."""
    path = tmp_path_factory.mktemp("encoder") / "encoder.onnx"
    shape = [None, 3, teacher.SIZE, teacher.SIZE]
    graph = onnx.helper.make_graph(
        [onnx.helper.make_node("ReduceMean", [teacher.INPUT], [teacher.OUTPUT], axes=[2, 3], keepdims=0)],
        "encoder",
        [onnx.helper.make_tensor_value_info(teacher.INPUT, onnx.TensorProto.FLOAT, shape)],
        [onnx.helper.make_tensor_value_info(teacher.OUTPUT, onnx.TensorProto.FLOAT, [None, 3])],
    )
    model = onnx.helper.make_model(graph, opset_imports=[onnx.helper.make_opsetid("", 13)], ir_version=8)
    onnx.save(model, str(path))
    return path
