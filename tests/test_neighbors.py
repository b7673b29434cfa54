"""Nearest looks, and the file that keeps them."""

import numpy as np
import pytest

from smartrec.errors import WorkspaceError
from smartrec.neighbors import Neighbors


@pytest.fixture
def neighbors() -> Neighbors:
    return Neighbors(np.eye(4, dtype=np.float32), [("red",), ("blue", "long"), (), ("red", "été")], "sha256:a")


def test_nearest_come_first_with_their_tags(neighbors):
    vector = np.array([0.1, 0.9, 0.0, 0.4], np.float32)
    found = neighbors.nearest(vector, 2)
    assert [n.tags for n in found] == [("blue", "long"), ("red", "été")]
    assert found[0].similarity == pytest.approx(0.9)
    assert len(neighbors.nearest(vector, 99)) == 4


def test_what_is_saved_is_read_again(neighbors, tmp_path):
    path = tmp_path / "cache" / "n.npz"
    neighbors.save(path)
    again = Neighbors.load(path)
    vector = np.array([0.5, 0.1, 0.7, 0.2], np.float32)
    assert again.nearest(vector) == neighbors.nearest(vector) and again.model == "sha256:a"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut", b"nonsense"])
def test_a_damaged_file_is_a_named_error(tmp_path, content):
    path = tmp_path / "n.npz"
    path.write_bytes(content)
    with pytest.raises(WorkspaceError):
        Neighbors.load(path)
    with pytest.raises(WorkspaceError):
        Neighbors.load(tmp_path / "none.npz")
