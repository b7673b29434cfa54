import numpy as np
import pytest

from smartrec.catalog.demo.sample import sample_spec
from smartrec.catalog.demo.wording import describe, title_of
from smartrec.labels import CATEGORIES

PLAIN = {"details": (), "gender": "men"}


@pytest.mark.parametrize(
    ("category", "fixed", "title"),
    [
        ("Tee", {"color1": "navy", "color2": "none", "pattern": "striped", "sleeve": "long", "neck": "crew",
        "length": "regular",
                 "fabric": "jersey", "closure": "none"}, "Navy striped crew-neck tee, long sleeves"),
        ("Jeans", {"color1": "lightblue", "color2": "none", "pattern": "denimwash", "fabric": "denim",
        "length": "full"},
         "Light blue washed denim jeans"),
        ("Shoes", {"color1": "black", "color2": "none", "pattern": "solid", "fabric": "leather", "style": "loafer"},
        "Black leather loafers"),
    ],
)  # fmt: skip
def test_titles_read_naturally(category: str, fixed: dict[str, str], title: str) -> None:
    assert title_of(sample_spec(np.random.default_rng(0), category, **PLAIN, **fixed)) == title


@pytest.mark.parametrize("category", CATEGORIES)
def test_titles_and_descriptions_of_all_categories(category: str) -> None:
    rng = np.random.default_rng(4)
    for _ in range(15):
        spec = sample_spec(rng, category)
        for text in (title_of(spec), describe(spec, rng)):
            assert text[0].isupper()
            assert "  " not in text
            assert " na " not in f" {text} "
            assert " none " not in f" {text} "


def test_two_colors_are_named_where_both_show() -> None:
    spec = sample_spec(np.random.default_rng(1), "Polo", color1="red", color2="white", pattern="striped")
    assert title_of(spec).startswith("Red and white striped")
