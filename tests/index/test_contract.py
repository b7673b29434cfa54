"""One suite over every vector index."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import numpy as np
import pytest

from smartrec.errors import BadInputError, UsageError
from smartrec.index.base import VectorIndex
from smartrec.index.exact import ExactIndex
from smartrec.index.milvus import MilvusIndex

HAS_MILVUS = importlib.util.find_spec("pymilvus") is not None
VECTORS = np.random.default_rng(3).normal(size=(60, 8)).astype(np.float32)


def make(kind: str, folder: Path) -> VectorIndex:
    return ExactIndex(VECTORS) if kind == "exact" else MilvusIndex.create(str(folder / "v.db"), VECTORS)


@pytest.fixture(
    params=["exact", pytest.param("milvus", marks=pytest.mark.skipif(not HAS_MILVUS, reason="optional extra"))]
)
def index(request, tmp_path):
    made = make(request.param, tmp_path)
    yield made
    made.close()


def cosines(vector):
    return VECTORS @ vector / np.linalg.norm(VECTORS, axis=1) / np.linalg.norm(vector)


def test_finds_the_nearest_by_cosine_best_first(index):
    vector = np.arange(8, dtype=np.float32) - 3.5
    positions, scores = index.search(vector, 7)
    expected = np.argsort(-cosines(vector))[:7]
    assert positions.tolist() == expected.tolist()
    np.testing.assert_allclose(scores, cosines(vector)[expected], atol=1e-5)
    assert positions.dtype == np.int64 and scores.dtype == np.float32


def test_a_vector_is_its_own_nearest_at_any_length(index):
    positions, scores = index.search(40.0 * VECTORS[17], 1)
    assert positions.tolist() == [17]
    assert scores[0] == pytest.approx(1.0, abs=1e-5)


@pytest.mark.parametrize("n_allowed", [3, 40])
def test_only_allowed_products_are_found(index, n_allowed):
    allowed = np.zeros(60, dtype=bool)
    allowed[np.random.default_rng(1).choice(60, n_allowed, replace=False)] = True
    positions, _ = index.search(VECTORS[0], 10, allowed)
    expected = [p for p in np.argsort(-cosines(VECTORS[0])) if allowed[p]][:10]
    assert positions.tolist() == expected


def test_fewer_than_k_are_all_of_them(index):
    assert len(index) == 60
    assert len(index.search(VECTORS[0], 1000)[0]) == 60


def test_nothing_allowed_finds_nothing(index):
    positions, scores = index.search(VECTORS[0], 5, np.zeros(60, dtype=bool))
    assert len(positions) == len(scores) == 0


@pytest.mark.parametrize("vector", [np.zeros(8), np.full(8, np.nan), np.ones(7)])
def test_a_vector_without_direction_is_refused(index, vector):
    with pytest.raises(BadInputError, match="Received"):
        index.search(vector.astype(np.float32), 3)


def test_no_neighbors_and_wrong_flags_are_refused(index):
    with pytest.raises(BadInputError, match="Received: 0"):
        index.search(VECTORS[0], 0)
    with pytest.raises(BadInputError, match="60 flags"):
        index.search(VECTORS[0], 3, np.ones(5, dtype=bool))


def test_exact_similarities_keep_the_order_of_the_products():
    np.testing.assert_allclose(ExactIndex(VECTORS).similarities(VECTORS[5]), cosines(VECTORS[5]), atol=1e-5)


def test_without_the_extra_the_error_says_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "pymilvus", None)
    with pytest.raises(UsageError, match=r"smartrec\[milvus\]"):
        MilvusIndex.create(str(tmp_path / "v.db"), VECTORS)
