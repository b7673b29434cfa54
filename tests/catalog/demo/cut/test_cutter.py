import numpy as np
import pytest

from smartrec.catalog.demo.cut.cutter import cut
from smartrec.catalog.demo.drawing import Dot, Piece, Stroke
from smartrec.catalog.demo.sample import sample_spec
from smartrec.labels import CATEGORIES


def height(category: str, length: str) -> float:
    spec = sample_spec(np.random.default_rng(1), category, length=length, seed=8, details=(), gender="women")
    _, y0, _, y1 = cut(spec).bounds()
    return y1 - y0


@pytest.mark.parametrize("category", CATEGORIES)
def test_drawings_are_finite_and_repeatable(category: str) -> None:
    rng = np.random.default_rng(2)
    for _ in range(6):
        spec = sample_spec(rng, category)
        first, again = cut(spec), cut(spec)
        assert first.bounds() == again.bounds()
        assert len(first.items) == len(again.items)
        for item in first.items:
            if isinstance(item, Piece):
                assert np.isfinite(item.outline).all()
                assert item.outline.shape[1] == 2
            elif isinstance(item, Stroke):
                assert len(item.path) >= 2


@pytest.mark.parametrize(
    ("category", "lengths"),
    [
        ("Dress", ("mini", "knee", "midi", "maxi")),
        ("Skirt", ("mini", "knee", "midi", "maxi")),
        ("Jeans", ("short", "knee", "capri", "full")),
        ("Tee", ("crop", "regular", "long")),
    ],
)
def test_longer_is_drawn_longer(category: str, lengths: tuple[str, ...]) -> None:
    heights = [height(category, length) for length in lengths]
    assert heights == sorted(heights)
    assert min(np.diff(heights)) > 0.2


def test_longer_sleeves_reach_further_down() -> None:
    reach = []
    for sleeve in ("cap", "short", "elbow", "threequarter", "long"):
        spec = sample_spec(np.random.default_rng(1), "Tee", sleeve=sleeve, seed=8, details=(), length="regular")
        panels = [item.outline for item in cut(spec).items if isinstance(item, Piece)]
        away = [points[np.abs(points[:, 0]) > 1.15] for points in panels]
        reach.append(max(points[:, 1].max() for points in away if len(points)))
    assert reach == sorted(reach)


def test_buttons_and_zips_are_there() -> None:
    def count(closure: str, kind: type) -> int:
        spec = sample_spec(
            np.random.default_rng(3), "Jacket", closure=closure, details=(), neck="stand", fabric="woven", seed=5
        )
        return sum(isinstance(item, kind) for item in cut(spec).items)

    assert count("buttons", Dot) >= 4
    assert count("zip", Dot) == 0
    zipped = sample_spec(np.random.default_rng(3), "Jacket", closure="zip", details=(), neck="stand", seed=5)
    assert any(isinstance(item, Stroke) and item.color == "zip" for item in cut(zipped).items)


@pytest.mark.parametrize(
    "detail", ["pockets", "fringe", "logo", "patch", "embroidery", "sequins", "bow", "studs", "cutout", "ruffles"]
)
def test_details_add_something(detail: str) -> None:
    def items(details: tuple[str, ...]) -> int:
        return len(
            cut(
                sample_spec(np.random.default_rng(4), "Top", details=details, seed=9, neck="crew", sleeve="short")
            ).items
        )

    assert items((detail,)) > items(())


def test_a_hood_lies_above_the_neck() -> None:
    tops = [
        cut(sample_spec(np.random.default_rng(5), "Jacket", neck=neck, seed=3)).bounds()[1] for neck in ("hood", "crew")
    ]
    assert tops[0] < tops[1] - 0.4
