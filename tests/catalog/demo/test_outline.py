import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from smartrec.catalog.demo.outline import Pen, beside, between, box, mirror, smooth, strip, symmetric

numbers = st.floats(-5, 5, allow_nan=False).map(lambda v: round(v, 3))
points = st.lists(st.tuples(numbers, numbers), min_size=3, max_size=8, unique=True)


@settings(max_examples=60, deadline=None)
@given(points)
def test_a_spline_goes_through_its_points(given_points: list[tuple[float, float]]) -> None:
    path = smooth(given_points)
    for point in given_points:
        assert np.linalg.norm(path - point, axis=1).min() < 1e-6


@settings(max_examples=60, deadline=None)
@given(points)
def test_outlines_from_halves_are_symmetric(given_points: list[tuple[float, float]]) -> None:
    whole = symmetric(np.array(given_points))
    np.testing.assert_allclose(np.sort(whole[:, 0]), np.sort(-whole[:, 0]))


def test_pens_end_where_they_were_led() -> None:
    path = Pen(0, 0).line(1, 0).quad(2, 0, 2, 1).cubic((2, 2), (1, 2), (0, 2)).points()
    np.testing.assert_allclose(path[[0, -1]], [[0, 0], [0, 2]])


def test_left_of_the_way() -> None:
    along = np.array([[0.0, 0.0], [1.0, 0.0], [2.0, 0.0]])
    np.testing.assert_allclose(beside(along, 0.5)[:, 1], -0.5)
    assert strip(along, 0.4)[:, 1].max() == 0.2


def test_parts_of_a_path() -> None:
    part = between(np.array([[0.0, 0.0], [10.0, 0.0]]), 0.2, 0.6)
    np.testing.assert_allclose(part[[0, -1], 0], [2.0, 6.0])


def test_mirrors_and_boxes() -> None:
    np.testing.assert_allclose(mirror(np.array([[1.0, 2.0]])), [[-1.0, 2.0]])
    corners = box(0, 0, 4, 2, 0.5)
    assert (corners.min(axis=0) == [0, 0]).all()
    assert (corners.max(axis=0) == [4, 2]).all()
