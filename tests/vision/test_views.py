"""Squares, boxes and their way back: nothing leaves the photo."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartrec.vision.augment import NONE, Strength, make_view, transform_box, view_matrix
from smartrec.vision.views import square_around, take_view, to_photo

sides = st.integers(1, 5000)
fractions = st.floats(-1, 2, allow_nan=False)


@given(sides, sides, st.lists(fractions, min_size=4, max_size=4), st.floats(0.3, 3))
def test_box_is_always_inside_the_photo(width: int, height: int, box: list[float], scale: float) -> None:
    square = square_around((0.0, 0.0, width, height), scale)
    x0, y0, x1, y1 = to_photo(np.array(box), square, width, height)
    assert 0 <= x0 < x1 <= width
    assert 0 <= y0 < y1 <= height


@given(st.integers(40, 400), st.integers(40, 400), st.floats(0, 0.4), st.floats(0.6, 1))
def test_view_and_back_is_the_same_box(width: int, height: int, low: float, high: float) -> None:
    box = np.array([low * width, low * height, high * width, high * height])
    square = square_around((0.0, 0.0, width, height), 1.0)
    seen = transform_box(box, view_matrix(square, 224), 224)
    assert np.allclose(to_photo(seen, square, width, height), box, atol=0.01 * max(width, height))


def test_take_view_pads_with_grey() -> None:
    view = take_view(np.full((100, 50, 3), 255, np.uint8), square_around((0, 0, 50, 100), 1.0), 64)
    assert view.shape == (64, 64, 3)
    assert (view[:, :14] == 127).all()
    assert (view[:, 20:44] == 255).all()


@given(st.integers(0, 10_000))
def test_box_follows_every_augmentation(seed: int) -> None:
    """Paints a square, makes a random view, finds the square again."""
    rng = np.random.default_rng(seed)
    rgb = np.zeros((200, 160, 3), np.uint8)
    x0, y0 = rng.integers(20, 60, 2)
    x1, y1 = x0 + rng.integers(40, 80), y0 + rng.integers(40, 120)
    rgb[y0:y1, x0:x1] = 255
    strength = Strength(rotation=0.0, light=0.0, erase=0.0, quarter_turn=0.5)
    view, box = make_view(rgb, square_around((0, 0, 160, 200), 1.0), np.array([x0, y0, x1, y1]), 224, rng, strength)
    ys, xs = np.nonzero(view[..., 0] > 200)
    found = np.array([xs.min(), ys.min(), xs.max() + 1, ys.max() + 1])
    assert np.abs(found - 224 * box).max() < 2.5  # pixels of the view; interpolation blurs an edge over two


def test_same_seed_same_view() -> None:
    rgb = np.random.default_rng(0).integers(0, 256, (80, 60, 3), dtype=np.uint8)
    square = square_around((0, 0, 60, 80), 1.0)
    views = [
        make_view(rgb, square, np.array([5, 5, 50, 70]), 64, np.random.default_rng(3), Strength()) for _ in range(2)
    ]
    assert np.array_equal(views[0][0], views[1][0])
    assert np.array_equal(views[0][1], views[1][1])


def test_no_strength_changes_nothing() -> None:
    rgb = np.random.default_rng(0).integers(0, 256, (64, 64, 3), dtype=np.uint8)
    square = square_around((0, 0, 64, 64), 1.0)
    view, box = make_view(rgb, square, np.array([0, 0, 64, 64]), 64, np.random.default_rng(1), NONE)
    assert np.array_equal(view, rgb)
    assert np.allclose(box, [0, 0, 1, 1])


@pytest.mark.parametrize("side", [100, 300, 801, 1700])
def test_a_reduced_view_shows_every_place_where_it_is(side: int) -> None:
    ramp = np.linspace(20, 220, side)
    photo = np.repeat(np.broadcast_to(ramp, (side, side))[..., None], 3, axis=2).astype(np.uint8)
    square = (side * 0.55, side / 2, side * 0.6)
    view = take_view(photo, square, 64).astype(float)
    places = square[0] - square[2] / 2 + (np.arange(64) + 0.5) * square[2] / 64
    expected = np.interp(places, np.arange(side) + 0.5, ramp)
    assert np.abs(view[32, :, 0] - expected).max() < 3.5
