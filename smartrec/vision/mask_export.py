"""Writes the mask network as ONNX with weights stored as 16-bit floats, half the size at the same answers."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from smartrec.artifacts import atomic_write
from smartrec.vision.weight_storage import halve_weights

if TYPE_CHECKING:
    import keras


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
