"""One sentence says each thing once, and shades find their color."""

import pytest

from smartrec.attributes.meaning import colors_of, kind_of, meaning, said_once
from smartrec.labels import CATEGORIES, COLORS


@pytest.mark.parametrize(
    ("names", "beside", "said"),
    [
        (("Capris", "capris"), (), ("Capris",)),
        (("capris", "Capris", "navy"), (), ("capris", "navy")),
        (("women", "Scarf", "scarf"), (), ("women", "Scarf")),
        (("denim", "cutoffs"), (), ("cutoffs",)),
        (("denim", "cutoffs"), ("Cutoffs",), ()),
        (("trousers", "Jeans", "bottoms"), (), ("Jeans",)),
        (("lightblue", "light blue", "light"), (), ("light blue",)),
        (("Polo", "polo shirt", "polo collar"), (), ("Polo",)),
        (("denim wash", "denim"), (), ("denim wash",)),
        (("striped", "patterned"), (), ("striped",)),
        (("short", "short sleeve"), (), ("short", "short sleeve")),
        (("Marlo Finch", "navy", "price band 2 of 5"), (), ("Marlo Finch", "navy", "price band 2 of 5")),
        ((), ("Tee",), ()),
    ],
)
def test_each_thing_is_said_once(names, beside, said):
    assert said_once(names, beside) == said


@pytest.mark.parametrize("category", [name for name in CATEGORIES if name != "Other"])
def test_a_category_and_its_tag_mean_the_same(category):
    assert said_once((category, meaning(category))) == (category,)


def test_shades_mean_the_label_of_their_color():
    assert colors_of(("mustard", "striped", "dark")) == {"yellow"}
    assert colors_of(("forest green", "light blue")) == {"green", "lightblue"}
    assert colors_of(("striped", "tee")) == frozenset()
    assert all(colors_of((color,)) == {color} for color in COLORS)


def test_a_category_is_a_kind_of_the_wider_word_only_where_it_is_not_named_itself():
    assert kind_of("Capris", ("navy", "trousers")) == "trousers"
    assert kind_of("Bomber", ("jacket",)) == "jacket"
    assert kind_of("Capris", ("trousers", "capris")) == ""
    assert kind_of("Jeans", ("denim",)) == "" == kind_of("Tee", ())
