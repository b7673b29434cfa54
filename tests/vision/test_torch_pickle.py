"""Old-format PyTorch files: tensors are read, nothing else is ever run."""

import pickle
from pathlib import Path

import numpy as np
import pytest

from smartrec.errors import BundleError
from smartrec.vision.torch_pickle import MAGIC, read_torch_pickle


def global_opcode(module: str, name: str) -> bytes:
    return b"c" + module.encode() + b"\n" + name.encode() + b"\n"


def state_pickle(tensors: dict[str, tuple[str, int, tuple, tuple]]) -> bytes:
    """Protocol-2 pickle of {name: tensor view}, written opcode by opcode."""
    out = b"\x80\x02" + global_opcode("collections", "OrderedDict") + b")R"
    for name, (key, offset, size, stride) in tensors.items():
        persistent = b"(" + pickle_text("storage") + global_opcode("torch", "FloatStorage") + pickle_text(key)
        persistent += pickle_text("cpu") + pickle_int(6) + b"NtQ"
        value = global_opcode("torch._utils", "_rebuild_tensor_v2") + b"(" + persistent + pickle_int(offset)
        value += pickle_tuple(size) + pickle_tuple(stride) + b"\x89" + b"}" + b"tR"
        out += pickle_text(name) + value + b"s"
    return out + b"."


def pickle_text(text: str) -> bytes:
    data = text.encode()
    return b"X" + len(data).to_bytes(4, "little") + data


def pickle_int(value: int) -> bytes:
    return b"K" + bytes([value])


def pickle_tuple(values: tuple) -> bytes:
    return b"(" + b"".join(pickle_int(v) for v in values) + b"t"


def write(path: Path, state: bytes, data: np.ndarray, magic: int = MAGIC) -> Path:
    header = b"".join(pickle.dumps(x, 2) for x in (magic, 1001, {"little_endian": True}))
    raw = len(data).to_bytes(8, "little") + data.astype("<f4").tobytes()
    path.write_bytes(header + state + pickle.dumps(["0"], 2) + raw)
    return path


def test_reads_contiguous_and_transposed_views(tmp_path: Path) -> None:
    data = np.arange(6, dtype=np.float32)
    state = state_pickle(
        {"plain": ("0", 0, (2, 3), (3, 1)), "turned": ("0", 0, (3, 2), (1, 3)), "tail": ("0", 4, (2,), (1,))}
    )
    tensors = read_torch_pickle(write(tmp_path / "w.pth", state, data))
    assert np.array_equal(tensors["plain"], data.reshape(2, 3))
    assert np.array_equal(tensors["turned"], data.reshape(2, 3).T)
    assert tensors["tail"].tolist() == [4, 5]


def test_view_beyond_its_storage_is_refused(tmp_path: Path) -> None:
    state = state_pickle({"far": ("0", 4, (3,), (1,))})
    with pytest.raises(BundleError, match="beyond its storage"):
        read_torch_pickle(write(tmp_path / "w.pth", state, np.arange(6)))


def test_nothing_but_tensors_is_resolved(tmp_path: Path) -> None:
    state = b"\x80\x02" + global_opcode("os", "system") + b"(" + pickle_text("touch pwned") + b"tR."
    with pytest.raises(BundleError, match=r"os\.system"):
        read_torch_pickle(write(tmp_path / "w.pth", state, np.arange(6)))
    assert not Path("pwned").exists()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 a zip", pickle.dumps(MAGIC, 2)])
def test_other_files_are_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "w.pth"
    path.write_bytes(content)
    with pytest.raises(BundleError, match="old-format PyTorch file"):
        read_torch_pickle(path)


def test_cut_file_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "w.pth", state_pickle({"plain": ("0", 0, (2, 3), (3, 1))}), np.arange(6))
    path.write_bytes(path.read_bytes()[:-8])
    with pytest.raises(BundleError):
        read_torch_pickle(path)
