"""Runs the exported network on views with ONNX Runtime."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from smartrec.errors import BundleError
from smartrec.vision.bundle import MEND, BundleConfig
from smartrec.vision.views import preprocess


class LookNetwork:
    """One network of a bundle; safe to share between threads."""

    def __init__(self, file: Path, config: BundleConfig, threads: int) -> None:
        """Loads the network. Raises BundleError."""
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.log_severity_level = 3
        # Spinning threads would take the second core from decoding and from the mask.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        try:
            self._session = onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
        except Exception as error:  # the runtime has its own exception types and no common base
            raise BundleError(f"{file} is missing or damaged. {MEND} Received: {error}") from error
        self._config = config
        self._input = self._session.get_inputs()[0].name

    def __call__(self, views: np.ndarray) -> dict[str, np.ndarray]:
        """``(N, S, S, 3)`` uint8 RGB views, S a multiple of 32 -> output name -> (N, ...) float32."""
        image = preprocess(views, self._config.preprocessing)
        return dict(
            zip(self._config.outputs, self._session.run(list(self._config.outputs), {self._input: image}), strict=True)
        )
