"""Reads tensors from an old-format PyTorch file without PyTorch and without running what is pickled in it.

Format: five pickles one after the other (magic number, protocol, system info, the state dict with persistent
ids for storages, the list of storage keys), then for each key a 64-bit element count and the raw elements.
"""

from __future__ import annotations

import pickle
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from smartrec.errors import BundleError

MAGIC = 0x1950A86A20F9469CFC6C
DTYPES: dict[str, np.dtype[Any]] = {"FloatStorage": np.dtype("<f4"), "LongStorage": np.dtype("<i8")}


class _Storage:
    """Raw elements that are read after the pickles; tensors point into it."""

    def __init__(self, dtype: np.dtype[Any]) -> None:
        self.dtype = dtype
        self.data = np.empty(0, dtype)


@dataclass(frozen=True, slots=True)
class _Tensor:
    """A view into a storage: offset and strides count elements; many files hold transposed views."""

    storage: _Storage
    offset: int
    size: tuple[int, ...]
    stride: tuple[int, ...]

    def array(self) -> np.ndarray:
        data = self.storage.data
        last = self.offset + sum((n - 1) * step for n, step in zip(self.size, self.stride, strict=True))
        if 0 in self.size:
            return np.empty(self.size, data.dtype)
        if self.offset < 0 or min(self.stride, default=0) < 0 or last >= len(data):
            raise ValueError("a tensor reaches beyond its storage")
        strides = tuple(step * data.itemsize for step in self.stride)
        return np.lib.stride_tricks.as_strided(data[self.offset :], self.size, strides).copy()


def _rebuild_tensor(storage: _Storage, offset: int, size: tuple[int, ...], stride: tuple[int, ...], *_: Any) -> _Tensor:
    return _Tensor(storage, offset, tuple(size), tuple(stride))


class _AllowListUnpickler(pickle.Unpickler):
    """Resolves nothing but tensors, their storages and an ordered dict."""

    def __init__(self, file: BinaryIO, storages: dict[str, _Storage]) -> None:
        super().__init__(file)
        self.storages = storages

    def find_class(self, module: str, name: str) -> Any:
        allowed: dict[tuple[str, str], Any] = {
            ("collections", "OrderedDict"): OrderedDict,
            ("torch._utils", "_rebuild_tensor_v2"): _rebuild_tensor,
            **{("torch", storage): storage for storage in DTYPES},
        }
        try:
            return allowed[module, name]
        except KeyError:
            raise BundleError(f"Expected a file that holds only tensors. Received: a pickled {module}.{name}") from None

    def persistent_load(self, pid: Any) -> _Storage:
        kind, storage_type, key = pid[0], pid[1], pid[2]
        if kind != "storage" or storage_type not in DTYPES:
            raise BundleError(f"Expected a storage of {sorted(DTYPES)}. Received: {kind} {storage_type}")
        dtype: np.dtype[Any] = DTYPES[storage_type]
        return self.storages.setdefault(key, _Storage(dtype))


def read_torch_pickle(path: Path) -> dict[str, np.ndarray]:
    """Tensors by name from the old-format PyTorch file at ``path``.

    Returns:
        name -> array in PyTorch's axis order, float32 or int64.

    Raises:
        BundleError: not such a file, or it holds something other than tensors.
    """
    storages: dict[str, _Storage] = {}
    with path.open("rb") as file:
        try:
            header = [_AllowListUnpickler(file, storages).load() for _ in range(3)]
            if header[0] != MAGIC:
                raise BundleError(f"Expected an old-format PyTorch file. Received: {path.name}")
            state = _AllowListUnpickler(file, storages).load()
            keys = _AllowListUnpickler(file, storages).load()
            for key in keys:
                count = int(np.frombuffer(file.read(8), "<i8")[0])
                dtype = storages[key].dtype
                storages[key].data = np.frombuffer(file.read(count * dtype.itemsize), dtype, count)
            return {name: tensor.array() for name, tensor in state.items()}
        except (pickle.UnpicklingError, EOFError, ValueError, IndexError, KeyError) as error:
            raise BundleError(f"Expected an old-format PyTorch file. Received: {path.name} ({error})") from error
