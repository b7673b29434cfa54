"""What training may use of this machine: a GPU in mixed precision, and threads that read pictures."""

from __future__ import annotations

import os
from collections.abc import Callable

import keras

MIXED, FULL = "mixed_float16", "float32"
_MOST_READERS = 12


def has_gpu() -> bool:
    """Whether the Keras backend in use sees a GPU."""
    backend = keras.backend.backend()
    if backend == "tensorflow":
        import tensorflow as tf

        return bool(tf.config.list_physical_devices("GPU"))
    if backend == "torch":
        import torch

        return bool(torch.cuda.is_available())
    if backend == "jax":
        import jax

        return any(device.platform == "gpu" for device in jax.devices())
    return False


def choose_precision(say: Callable[[str], None]) -> bool:
    """Mixed precision on a GPU, full precision elsewhere: half-precision arithmetic is slower on a CPU.

    Returns:
        Whether the precision is mixed.
    """
    mixed = has_gpu()
    keras.config.set_dtype_policy(MIXED if mixed else FULL)
    if mixed:
        say("a GPU is there: mixed precision")
    return mixed


def reading_threads() -> int:
    """Threads that read and augment: one beside a CPU that trains, enough for a GPU otherwise."""
    return max(1, min(_MOST_READERS, (os.cpu_count() or 1) - 1)) if has_gpu() else 1
