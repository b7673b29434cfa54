import cv2
import numpy as np
import pytest

from smartrec.catalog.demo.palette import SHADES, floats
from smartrec.catalog.demo.render import box_of, render
from smartrec.catalog.demo.sample import sample_spec
from smartrec.labels import CATEGORIES


def lab(colors: np.ndarray) -> np.ndarray:
    return cv2.cvtColor((np.atleast_2d(colors)[None] / 255).astype(np.float32), cv2.COLOR_RGB2LAB)[0]


@pytest.mark.parametrize("category", CATEGORIES)
def test_every_category_has_a_picture_a_mask_and_its_box(category: str) -> None:
    rng = np.random.default_rng(CATEGORIES.index(category))
    picture = render(sample_spec(rng, category), rng, (128, 160), "studio")
    assert picture.image.shape == (160, 128, 3)
    assert picture.image.dtype == np.uint8
    assert picture.mask.shape == (160, 128)
    assert picture.mask.dtype == bool
    assert 0.05 < picture.mask.mean() < 0.9
    rows, cols = np.nonzero(picture.mask)
    assert picture.box == (cols.min(), rows.min(), cols.max() + 1, rows.max() + 1)
    x0, y0, x1, y1 = picture.box
    assert 0 <= x0 < x1 <= 128
    assert 0 <= y0 < y1 <= 160


def test_same_seeds_same_picture() -> None:
    spec = sample_spec(np.random.default_rng(1), "Dress")
    first, again, other = (render(spec, np.random.default_rng(s), (96, 120)) for s in (3, 3, 4))
    np.testing.assert_array_equal(first.image, again.image)
    np.testing.assert_array_equal(first.mask, again.mask)
    assert (first.image != other.image).any()


def test_one_garment_laid_out_twice_is_still_the_same() -> None:
    spec = sample_spec(np.random.default_rng(2), "Tee", pattern="floral")
    other = sample_spec(np.random.default_rng(3), "Tee", pattern="floral")
    a, b, c = (render(s, np.random.default_rng(i), (96, 120)) for i, s in enumerate((spec, spec, other)))

    def distance(x: np.ndarray, y: np.ndarray) -> float:
        small = [cv2.resize(cv2.GaussianBlur(p, (0, 0), 3), (24, 30)).astype(float) for p in (x, y)]
        return float(np.abs(small[0] - small[1]).mean())

    assert distance(a.image, b.image) < distance(a.image, c.image)


@pytest.mark.parametrize("name", sorted(SHADES))
def test_a_plain_garment_has_the_color_of_its_name(name: str) -> None:
    rng = np.random.default_rng(11)
    spec = sample_spec(rng, "Tee", color1=name, color2="none", pattern="solid", fabric="jersey", details=())
    picture = render(spec, rng, (128, 160))
    seen = np.median(picture.image[picture.mask], axis=0)
    assert np.linalg.norm(lab(seen) - lab(floats(spec.palette[0]))) < 12
    table = np.array([shade for shades in SHADES.values() for shade in shades])
    names = [n for n, shades in SHADES.items() for _ in shades]
    near = np.argsort(np.linalg.norm(lab(table) - lab(seen), axis=1))[:4]
    assert name in {names[i] for i in near}


@pytest.mark.parametrize("pattern", ["striped", "dotted", "floral", "plaid", "colorblock", "geometric", "animal"])
def test_the_second_color_shows_and_the_first_leads(pattern: str) -> None:
    rng = np.random.default_rng(12)
    shares = []
    for _ in range(4):
        spec = sample_spec(rng, "Tee", color1="white", color2="red", pattern=pattern, fabric="jersey", details=())
        picture = render(spec, rng, (160, 200))
        pixels = lab(picture.image[picture.mask].astype(float))
        to = [np.linalg.norm(pixels - lab(floats(color)), axis=1) for color in spec.palette[:2]]
        shares.append((np.mean(to[1] < to[0]), np.mean(to[0] < to[1])))
    second, first = np.mean(shares, axis=0)
    assert 0.05 < second < first


def test_the_ground_stays_empty() -> None:
    rng = np.random.default_rng(13)
    spec = sample_spec(rng, "Shirtdress", color1="black", color2="none", pattern="solid")
    picture = render(spec, rng, (96, 120), "plain")
    assert picture.image[~picture.mask].mean() > 190
    assert picture.image[picture.mask].mean() < 90


def test_wrong_sizes_and_backgrounds_are_refused() -> None:
    rng = np.random.default_rng(0)
    spec = sample_spec(rng, "Tee")
    with pytest.raises(ValueError, match="32 x 32"):
        render(spec, rng, (16, 100))
    with pytest.raises(ValueError, match="plain, studio"):
        render(spec, rng, (64, 64), "beach")
    with pytest.raises(ValueError, match="empty"):
        box_of(np.zeros((4, 4), dtype=bool))
