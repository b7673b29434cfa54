"""The crop around a box: always square, always covers the box, whatever the box and the photo."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from smartrec.vision.mask_crop import pixel_window, take_crop


@st.composite
def photo_and_box(draw: st.DrawFn) -> tuple[np.ndarray, tuple[float, float, float, float]]:
    width, height = draw(st.integers(1, 90)), draw(st.integers(1, 90))
    xs = sorted((draw(st.floats(0, 1)), draw(st.floats(0, 1))))
    ys = sorted((draw(st.floats(0, 1)), draw(st.floats(0, 1))))
    rgb = np.full((height, width, 3), 7, np.uint8)
    return rgb, (xs[0] * width, ys[0] * height, max(xs[1] * width, 1e-3), max(ys[1] * height, 1e-3))


@settings(max_examples=200, deadline=None)
@given(photo_and_box())
def test_any_box_gives_a_square_crop_of_the_photos_pixels(case: tuple[np.ndarray, tuple[float, ...]]) -> None:
    rgb, box = case
    crop = take_crop(rgb, pixel_window(box), 32)
    assert crop.shape == (32, 32, 3) and (crop == 7).all()


def test_the_box_is_in_the_middle_of_its_crop() -> None:
    rgb = np.zeros((200, 300, 3), np.uint8)
    rgb[50:150, 100:200] = 255
    crop = take_crop(rgb, pixel_window((100, 50, 200, 150)), 130)
    inside = crop[:, :, 0] > 127
    assert inside.sum(0).argmax() >= 14 and abs(inside.mean() - (1 / 1.3) ** 2) < 0.02
    assert inside[65, 16] and not inside[65, 13] and inside[65, 113] and not inside[65, 116]


def test_beyond_the_photo_its_edge_goes_on() -> None:
    rgb = np.zeros((100, 100, 3), np.uint8)
    rgb[:, :50] = 200
    crop = take_crop(rgb, (-50, 0, 50, 100), 64)
    assert (crop == 200).all()
