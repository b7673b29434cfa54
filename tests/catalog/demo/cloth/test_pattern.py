from dataclasses import replace

import numpy as np
import pytest

from smartrec.catalog.demo.cloth.fabric import HANDS, relief
from smartrec.catalog.demo.cloth.pattern import Sheet, draw_pattern
from smartrec.catalog.demo.cloth.prints import draw_print
from smartrec.catalog.demo.sample import sample_spec
from smartrec.labels import GROUPS

ALL_OVER = tuple(p for p in GROUPS["pattern"] if p not in ("solid", "graphic", "text", "embroidered", "other"))


def sheet(pattern: str, seed: int = 1, **fixed: object) -> Sheet:
    spec = sample_spec(
        np.random.default_rng(seed), "Dress", pattern=pattern, color1="navy", color2="white", seed=seed, **fixed
    )
    return Sheet(spec, np.random.default_rng(seed), 300, 300, 1.0)


@pytest.mark.parametrize("pattern", ALL_OVER)
def test_patterns_are_drawn_all_over_and_repeatably(pattern: str) -> None:
    first, again = (draw_pattern(sheet(pattern, details=())) for _ in range(2))
    assert first.shape == (300, 300, 3)
    assert first.dtype == np.uint8
    np.testing.assert_array_equal(first, again)
    assert first.std(axis=(0, 1)).max() > 3


def test_a_plain_cloth_has_one_color() -> None:
    cloth = draw_pattern(sheet("solid"))
    assert (cloth == cloth[0, 0]).all()


def test_small_prints_are_all_over_where_large_ones_are_one_picture() -> None:
    assert draw_pattern(sheet("graphic", details=())).std() == pytest.approx(
        draw_pattern(sheet("solid")).std(), abs=0.5
    )
    small = draw_pattern(sheet("graphic", details=("print-small",)))
    assert (small != small[0, 0]).any(axis=-1).mean() > 0.05


def test_stripes_run_across_a_knit() -> None:
    spec_sheet = sheet("striped", details=(), fabric="knit")
    cloth = draw_pattern(spec_sheet).astype(float)
    across, down = cloth.std(axis=1).mean(), cloth.std(axis=0).mean()
    assert max(across, down) > 10 * max(1e-9, min(across, down))


@pytest.mark.parametrize("fabric", sorted(set(HANDS)))
def test_weaves_keep_the_color(fabric: str) -> None:
    weave = relief(fabric, 120, 320)
    assert weave.dtype == np.uint8
    assert abs(float(weave.mean()) - 128) < 6


@pytest.mark.parametrize("kind", ["graphic", "text", "logo", "patch", "embroidery"])
def test_prints_cover_part_of_their_place(kind: str) -> None:
    spec = sample_spec(np.random.default_rng(2), "Tee", color1="black", color2="white", pattern="solid")
    for seed in range(8):
        picture = draw_print(kind, replace(spec, seed=seed), (60, 80))
        assert picture.shape == (60, 80, 4)
        assert 0.005 < (picture[..., 3] > 128).mean() <= 1.0
