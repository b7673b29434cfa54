"""The trained network as ONNX, weights stored small."""

from __future__ import annotations

import contextlib
import io
from pathlib import Path

import keras

from smartrec.errors import MissingDependencyError
from smartrec.vision.weight_storage import halve_weights, quantize_weights

FEATURES = "features"


def inference_model(model: keras.Model) -> keras.Model:
    """The network with its pooled features as one more output, named ``features``."""
    outputs = {name: model.output[name] for name in model.output_names}
    outputs[FEATURES] = keras.layers.Identity(name="pooled")(model.get_layer(FEATURES).output)
    return keras.Model(model.input, outputs, name=model.name)


def export_onnx(model: keras.Model, path: Path) -> list[str]:
    """Writes `model` (from `network.build_network`) to `path` and returns the names of its outputs in order.

    Input ``image``: ``(N, S, S, 3)`` float32, preprocessed, S any multiple of 32. Kernels are stored as bytes and
    other weights as float16, a quarter of the size, and turned back when the file is loaded: the arithmetic stays
    float32.

    Raises:
        MissingDependencyError: the export tools are not installed.
    """
    try:
        import onnx
        import tensorflow as tf
        import tf2onnx
    except ImportError as error:
        raise MissingDependencyError(f"Export needs {error.name}. Run: pip install -e '.[train]'") from error
    whole = inference_model(model)
    names = [*model.output_names, FEATURES]

    @tf.function(input_signature=[tf.TensorSpec((None, None, None, 3), tf.float32, name="image")])
    def run(image: tf.Tensor) -> dict[str, tf.Tensor]:
        outputs = whole(image, training=False)
        return {name: tf.identity(outputs[name], name=name) for name in names}

    with contextlib.redirect_stderr(io.StringIO()):
        proto, _ = tf2onnx.convert.from_function(run, input_signature=run.input_signature, opset=17)
    order = _rename_outputs(proto, names)
    quantize_weights(proto)
    halve_weights(proto)
    onnx.checker.check_model(proto)
    path.write_bytes(proto.SerializeToString())
    return order


def _rename_outputs(proto: object, names: list[str]) -> list[str]:
    """Gives graph outputs the names of the heads; tf2onnx keeps the sorted order of the dict."""
    order = sorted(names)
    for output, name in zip(proto.graph.output, order, strict=True):  # type: ignore[attr-defined]
        old, output.name = output.name, name
        for node in proto.graph.node:  # type: ignore[attr-defined]
            for slots in (node.input, node.output):
                for i, slot in enumerate(slots):
                    if slot == old:
                        slots[i] = name
    return order
