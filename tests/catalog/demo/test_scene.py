import ast
from pathlib import Path

import numpy as np
import pytest

import smartrec.catalog.demo as demo
from smartrec.catalog.demo.clutter import render_clutter
from smartrec.catalog.demo.sample import sample_spec
from smartrec.catalog.demo.scene import render_scene
from smartrec.catalog.demo.surface import SURFACES, draw_surface

ROOM = Path(demo.__file__).parent


@pytest.mark.parametrize("seed", range(24))
def test_a_scene_has_its_exact_box_inside_the_photo(seed: int) -> None:
    rng = np.random.default_rng(seed)
    photo = render_scene(sample_spec(rng), rng, (120, 96))
    assert photo.image.shape == (96, 120, 3)
    assert photo.image.dtype == np.uint8
    rows, cols = np.nonzero(photo.mask)
    assert photo.box == (cols.min(), rows.min(), cols.max() + 1, rows.max() + 1)
    assert photo.mask.mean() > 0.03


def test_scenes_are_repeatable_and_vary() -> None:
    spec = sample_spec(np.random.default_rng(0), "Hoodie")
    first, again, other = (render_scene(spec, np.random.default_rng(s), (96, 96)) for s in (1, 1, 2))
    np.testing.assert_array_equal(first.image, again.image)
    assert first.box == again.box
    assert first.box != other.box


def test_a_photo_too_small_is_refused() -> None:
    rng = np.random.default_rng(0)
    with pytest.raises(ValueError, match="Received"):
        render_scene(sample_spec(rng, "Tee"), rng, (224, 8))


@pytest.mark.parametrize("seed", range(16))
def test_clutter_is_a_photo(seed: int) -> None:
    first, again = (render_clutter(np.random.default_rng(seed), (100, 80)) for _ in range(2))
    assert first.shape == (80, 100, 3)
    assert first.dtype == np.uint8
    assert first.std() > 2
    np.testing.assert_array_equal(first, again)


def test_clutter_can_draw_no_garment() -> None:
    """Nothing that clutter is made from, directly or not, knows how a garment is cut or painted."""
    todo, seen = ["clutter"], set()
    while todo:
        name = todo.pop()
        seen.add(name)
        for node in ast.walk(ast.parse((ROOM / f"{name}.py").read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith(demo.__name__):
                found = node.module.removeprefix(demo.__name__).strip(".")
                names = [found] if found else [alias.name for alias in node.names]
                assert not any(n.startswith(("cut", "cloth")) for n in names)
                todo += [n for n in names if n not in seen]
    assert seen.isdisjoint({"paint", "render", "scene", "canvas", "drawing", "sample"})


@pytest.mark.parametrize("kind", sorted(SURFACES))
def test_surfaces_fill_the_picture(kind: str) -> None:
    ground = draw_surface(np.random.default_rng(3), (60, 90), kind)
    assert ground.shape == (60, 90, 3)
    assert ground.dtype == np.float32
    assert np.isfinite(ground).all()
    assert ground.mean() > 5
