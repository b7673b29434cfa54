"""Orders: the best of many scores, diversity in the first pool, many orders at once as each alone."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from smartrec.recommend.diversity import diversify
from smartrec.recommend.ranking import best_of_rows, best_positions, blended, orders
from smartrec.recommend.similarity import ContentSimilarity, EmbeddingSimilarity

PRODUCTS = 4000  # more than the likeness of all pairs is kept for


def unit_rows(n: int) -> np.ndarray:
    rows = np.random.default_rng(2).normal(size=(n, 6)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@pytest.fixture(scope="module")
def ordered():
    rng = np.random.default_rng(4)
    values = rng.random((3, PRODUCTS)).astype(np.float32)
    weights = np.array([[0.5, 0.3, 0.2], [0.0, 0.6, 0.4], [1.0, 0.0, 0.0]])
    broken = (rng.random(PRODUCTS) < 0.3).astype(np.float32)
    found = orders(values, weights, broken, EmbeddingSimilarity(unit_rows(PRODUCTS)), 0.2, 11)
    return values, weights, broken, found


def test_an_order_among_others_is_the_order_alone(ordered):
    values, weights, broken, found = ordered
    similarity = EmbeddingSimilarity(unit_rows(PRODUCTS))
    for row, among in zip(weights, found, strict=True):
        (alone,) = orders(values, row[None, :], broken, similarity, 0.2, 11)
        for name in ("positions", "finals", "penalties", "scores"):
            np.testing.assert_array_equal(getattr(alone, name), getattr(among, name))


def test_ranks_count_what_stands_before(ordered):
    values, weights, broken, found = ordered
    for row, order in zip(weights, found, strict=True):
        assert order.ranks(order.positions) == list(range(1, len(order.positions) + 1))
        scores = row @ values.astype(np.float64) - 3.0 * broken
        late = np.argsort(-scores)[200::700]
        assert order.ranks(late) == [200 + 700 * i + 1 for i in range(len(late))]


def test_equal_scores_rank_by_the_order_of_the_catalog():
    values = np.ones((1, 300), dtype=np.float32)
    (order,) = orders(values, np.ones((1, 1)), None, None, 0.0, 11)
    assert order.positions.tolist() == list(range(100))
    assert order.ranks(np.array([150, 299])) == [151, 300]


def test_a_blend_is_the_weighted_sum():
    values = np.random.default_rng(0).random((4, 50)).astype(np.float32)
    weights = np.array([[0.1, 0.2, 0.3, 0.4], [0.0, 1.0, 0.0, 0.0]])
    np.testing.assert_allclose(blended(values, weights), weights @ values, atol=1e-6)


def test_best_positions_breaks_ties_by_the_order_of_the_catalog():
    scores = np.array([1, 2, 2, 0, 2, 1], dtype=np.float32)
    assert best_positions(scores, 2).tolist() == [1, 2]
    assert best_positions(scores, 4).tolist() == [1, 2, 4, 0]
    assert best_positions(scores, 99).tolist() == [1, 2, 4, 0, 5, 3]


@pytest.mark.parametrize("levels", [3, 50, 10**6])
def test_best_positions_of_many_are_those_of_a_full_sort(levels):
    scores = np.random.default_rng(levels).integers(0, levels, 9_001).astype(np.float32)
    expected = np.argsort(-scores, kind="stable")[:60]
    assert best_positions(scores, 60).tolist() == expected.tolist()


@pytest.mark.parametrize(("rows", "levels"), [(1, 9), (8, 9), (8, 10**6), (40, 200)])
def test_best_of_rows_is_the_best_of_every_row(rows, levels):
    scores = np.random.default_rng(rows).integers(0, levels, (rows, 500)).astype(np.float32)
    assert best_of_rows(scores, 30).tolist() == [best_positions(row, 30).tolist() for row in scores]
    assert best_of_rows(scores, 600).tolist() == [best_positions(row, 600).tolist() for row in scores]


def test_diversify_never_increases_and_keeps_all():
    scores = np.random.default_rng(2).random((2, 40))
    near = EmbeddingSimilarity(unit_rows(80)).near(np.arange(80).reshape(2, 40))
    for dial in (0.0, 0.1, 0.7, 1.0):
        found = diversify(scores, near, dial, 11)
        finals = np.take_along_axis(scores, found.order, axis=1) + found.penalties
        assert np.sort(found.order, axis=1).tolist() == [list(range(40))] * 2
        assert (np.diff(finals, axis=1) <= 1e-12).all()
        assert (found.penalties <= 0).all()


@pytest.mark.parametrize("make", [EmbeddingSimilarity, lambda rows: ContentSimilarity(sparse.csr_matrix(rows))])
def test_likeness_is_the_same_with_and_without_a_table_of_all_pairs(make, monkeypatch):
    rows, pools = unit_rows(50), np.array([[3, 9, 4], [9, 40, 3]])
    chosen = np.array([1, 2])
    found = []
    for most in (0, 50):
        monkeypatch.setattr("smartrec.recommend.similarity.MOST_PAIRS", most)
        similarity = make(rows)
        found.append((similarity(pools[0]), similarity.near(pools)(chosen)))
    for without, with_table in zip(*found, strict=True):
        np.testing.assert_allclose(without, with_table, atol=1e-6)
    expected = [np.clip(rows[pool] @ rows[pool[place]], 0, 1) for pool, place in zip(pools, chosen, strict=True)]
    np.testing.assert_allclose(found[0][1], expected, atol=1e-6)
