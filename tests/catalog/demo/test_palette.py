import numpy as np
import pytest

from smartrec.catalog.demo.palette import SHADES, contrast, luminance, mix, nearest_name, shade_of, tone
from smartrec.labels import COLORS


def test_every_color_but_multi_has_shades() -> None:
    assert set(SHADES) == set(COLORS) - {"multi"}


@pytest.mark.parametrize("name", sorted(SHADES))
def test_shades_keep_their_name(name: str) -> None:
    rng = np.random.default_rng(0)
    named = [nearest_name(shade_of(name, rng)) for _ in range(40)]
    assert named.count(name) > 30


def test_multi_is_vivid() -> None:
    rng = np.random.default_rng(1)
    assert all(max(c) - min(c) > 60 for c in (shade_of("multi", rng) for _ in range(20)))


def test_tones_and_mixtures() -> None:
    assert tone((100, 100, 100), 1.0) == (255, 255, 255)
    assert tone((100, 100, 100), -1.0) == (0, 0, 0)
    assert mix((0, 0, 0), (200, 100, 50), 0.5) == (100, 50, 25) or mix((0, 0, 0), (200, 100, 50), 0.5) == (100, 50, 24)
    assert luminance(contrast((20, 20, 20))) > luminance((20, 20, 20))
    assert luminance(contrast((230, 230, 230))) < luminance((230, 230, 230))
