"""Colors are measured: drawn garments get their names, shading and light do not change them, any mask is measured."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smartrec.catalog.demo.render import render
from smartrec.catalog.demo.sample import sample_spec
from smartrec.errors import BundleError
from smartrec.labels import COLORS
from smartrec.settings import Settings
from smartrec.vision.color import ColorNamer, color_features, measure_colors, name_probabilities
from smartrec.vision.color_features import Measurement, read_pixels
from smartrec.vision.color_train import fit_namer, fit_softmax
from smartrec.vision.perceptual import oklab

PLAIN = ("black", "white", "grey", "navy", "blue", "red", "burgundy", "pink", "purple", "yellow", "green", "brown")


def swatch(
    rgb: tuple[int, int, int], background: tuple[int, int, int] = (190, 190, 190)
) -> tuple[np.ndarray, np.ndarray]:
    """A shaded cloth of one color on a floor, (200, 160, 3) uint8, and its mask."""
    rng = np.random.default_rng(0)
    mask = np.zeros((200, 160), bool)
    mask[40:170, 30:130] = True
    image = np.where(mask[..., None], rgb, background).astype(float)
    folds = 1 + 0.12 * np.sin(np.arange(160) / 9)[None, :, None]
    return np.clip(image * folds + rng.normal(0, 3, image.shape), 0, 255).astype(np.uint8), mask


@pytest.mark.parametrize(
    ("rgb", "name"),
    [
        ((25, 25, 28), "black"),
        ((240, 240, 238), "white"),
        ((190, 30, 35), "red"),
        ((32, 38, 75), "navy"),
        ((40, 90, 190), "blue"),
        ((240, 205, 60), "yellow"),
        ((235, 120, 170), "pink"),
        ((40, 120, 60), "green"),
        ((225, 100, 30), "orange"),
    ],
)
def test_clear_colors_are_named(rgb: tuple[int, int, int], name: str) -> None:
    first = measure_colors(*swatch(rgb))[0]
    assert first.name == name and first.share > 0.5
    assert np.abs(np.array(first.rgb) - rgb).max() < 30


def test_drawn_plain_garments_get_their_names() -> None:
    rng = np.random.default_rng(3)
    right = 0
    for name in PLAIN * 2:
        drawing = render(sample_spec(rng, "Tee", color1=name, color2="none", pattern="solid"), rng, size=(240, 300))
        right += name in [color.name for color in measure_colors(drawing.image, drawing.mask)]
    assert right >= 0.8 * 2 * len(PLAIN)


def test_two_colors_with_their_shares() -> None:
    image, mask = swatch((30, 36, 80))
    image[40:80, 30:130] = (238, 238, 236)
    colors = {color.name: color.share for color in measure_colors(image, mask)}
    assert set(colors) == {"navy", "white"}
    assert colors["navy"] == pytest.approx(0.69, abs=0.15) and colors["white"] == pytest.approx(0.31, abs=0.1)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 60), st.integers(1, 60), st.integers(0, 2**31), st.floats(0, 1), st.integers(1, 4))
def test_any_photo_and_mask(width: int, height: int, seed: int, cover: float, k: int) -> None:
    rng = np.random.default_rng(seed)
    rgb = rng.integers(0, 256, (height, width, 3), np.uint8)
    colors = measure_colors(rgb, rng.random((height, width)) < cover, k)
    assert 1 <= len(colors) <= k
    assert len({color.name for color in colors}) == len(colors) and {color.name for color in colors} <= set(COLORS)
    assert 0 < sum(color.share for color in colors) <= 1 + 1e-5
    assert all(0 <= value <= 255 for color in colors for value in color.rgb)


def test_probabilities_and_features() -> None:
    features = color_features(*swatch((190, 30, 35)))
    probabilities = name_probabilities(features)
    assert features.dtype == np.float32 and features.ndim == 1
    assert probabilities.shape == (len(COLORS),) and probabilities.sum() == pytest.approx(1, abs=1e-5)
    assert np.array_equal(color_features(*swatch((190, 30, 35))), features)


def test_a_caller_that_knows_more_changes_the_name() -> None:
    namer = ColorNamer.open(Settings().bundle)
    measurement = Measurement(read_pixels(*swatch((28, 32, 60))), namer.codes)
    for name in ("navy", "black"):
        whole = np.full(len(COLORS), 0.005, np.float32)
        whole[COLORS.index(name)] = 0.9
        assert namer.shares(measurement, whole)[0].name == name


def test_a_missing_or_damaged_table_is_named(tmp_path: Path) -> None:
    for content in (None, b"", b"not a table", ColorNamer.open(Settings().bundle).dump()[:500]):
        if content is not None:
            (tmp_path / "color.npz").write_bytes(content)
        with pytest.raises(BundleError, match="Run: python -m smartrec train"):
            ColorNamer.open(tmp_path)


def test_names_are_learned_from_examples(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    bases = {"red": (180, 40, 40), "green": (40, 130, 50), "blue": (40, 70, 180)}
    names = [name for name in bases for _ in range(12)]
    photos = [swatch(tuple(np.clip(np.array(bases[n]) + rng.integers(-25, 25, 3), 0, 255))) for n in names]
    namer = fit_namer([read_pixels(*photo) for photo in photos], names, {"photos": len(names)})
    (tmp_path / "color.npz").write_bytes(namer.dump())
    again = ColorNamer.open(tmp_path)
    assert again.provenance["photos"] == len(names)
    for name, rgb in bases.items():
        assert again.measure(*swatch(rgb))[0][0].name == name


def test_softmax_regression_finds_a_line() -> None:
    x = np.random.default_rng(0).normal(size=(300, 2))
    weights = fit_softmax(x, (x[:, 0] > 0.3).astype(int), 2)
    assert ((np.c_[x, np.ones(300)] @ weights).argmax(1) == (x[:, 0] > 0.3)).mean() > 0.97


def test_oklab_of_known_colors() -> None:
    lab = oklab(np.array([[255, 255, 255], [0, 0, 0], [255, 0, 0]], np.uint8))
    assert lab == pytest.approx(np.array([[1, 0, 0], [0, 0, 0], [0.62796, 0.22486, 0.12585]]), abs=2e-4)
