"""Reasons: true, short, and nothing said twice."""

import numpy as np
import pytest

from smartrec.catalog.schema import Product
from smartrec.recommend.explain import Asked, Facts, Responsible, asked_by, reason
from smartrec.recommend.signals.tags import TagsSignal, tag_carriers
from tests.recommend import shop

BOTH = {"words": 0.5, "category": 0.3}


def product(category: str = "Capris", color: str = "navy") -> Product:
    return Product("P1", "Navy capris", category, "", color, 10.0, "", "", (), "")


def say(terms, said=(), seen="", bounds=(), **facts) -> str:
    asked = Asked(said, bounds, seen)
    return reason(Facts(facts.pop("product", product()), terms, asked=asked, **facts))


@pytest.mark.parametrize(
    ("said", "text"),
    [
        (("capris",), "Capris, as you asked"),
        (("navy", "capris"), "Answers your words: navy; Capris, as you asked"),
        (("trousers",), "Capris, a kind of trousers, as you asked"),
        (("navy", "dark", "trousers"), "Answers your words: navy; Capris, a kind of trousers, as you asked"),
    ],
)
def test_a_category_and_its_tag_are_said_once(said, text):
    assert say(BOTH, matched=said, said=said) == text


def test_without_a_part_for_the_category_its_tag_is_said():
    assert say({"words": 1.0}, matched=("capris",), said=("capris",)) == "Answers your words: capris"


def test_words_without_tags_answer_by_text():
    assert say({"words": 1.0}) == "Its text answers your words"


def test_what_words_ask_for_is_not_said_to_be_shared_with_the_photo():
    terms = {"words": 0.5, "tags": 0.4}
    text = say(terms, matched=("green", "striped"), said=("green",), photo=True, seen="Tee")
    assert text == "Answers your words: green; shares with your photo: striped"
    green = product(color="green")
    text = say(terms, product=green, matched=("green",), said=("green",), photo=True, seen="Tee")
    assert text == "Answers your words: green; its color is the one you asked for"


@pytest.mark.parametrize(
    ("seen", "said", "text"),
    [
        ("Capris", (), "Capris, as in your photo"),
        ("Culottes", (), "Capris, as your photo may show"),
        ("", ("capris",), "Capris, as you asked"),
    ],
)
def test_the_category_is_the_photos_only_where_it_is(seen, said, text):
    assert say({"category": 1.0}, photo=True, seen=seen, said=said) == text


def test_favorites_are_said_once_and_at_most_three():
    favorites = ("Scarf", "scarf", "accessories", "pink", "women", "Odd Meadow")
    text = say({"taste": 1.0}, favorites=favorites, because={"taste": Responsible("Pink scarf", 0.3)})
    assert text == "Your taste (Scarf, pink, women), as in your Pink scarf (30% of this)"


def test_the_words_category_wins_over_the_photos():
    assert asked_by(shop.query("new", photo=0)) == Asked(seen="Tee")
    assert asked_by(shop.query("new", photo=0, parsed=shop.words("blue"))) == Asked(("blue",), seen="Tee")
    assert asked_by(shop.query("new", photo=0, parsed=shop.words(category="Jeans"))) == Asked()


def test_a_price_and_people_are_what_was_asked_for_where_nothing_else_was():
    asked = asked_by(shop.query("new", photo=0, parsed=shop.words(price_max=20.0, gender="kids")))
    assert asked.bounds == ("within your price", "for kids")
    assert say({"words": 1.0}, bounds=asked.bounds) == "Within your price; for kids"
    assert say({"words": 1.0}, bounds=asked.bounds, limits=("made for others",)).startswith("Its text answers")


def test_a_color_in_words_stands_for_the_photos_color():
    signal = TagsSignal(shop.catalog(), tag_carriers(shop.catalog()), shop.GROUPS)
    colors, patterns = (np.array([tags[i] for tags in shop.catalog().tags]) for i in (0, 1))
    values = signal.score(shop.query("new", photo=0, parsed=shop.words("blue")))
    best = values[(colors == "blue") & (patterns == "striped")].min()
    other_pattern = values[(colors == "blue") & (patterns == "solid")]
    other_color = values[(colors != "blue") & (patterns == "striped")]
    assert best > other_pattern.max() and other_pattern.min() > other_color.max()


def test_what_suits_is_said_as_such():
    gown = Product("P1", "Satin dress", "Dress", "", "pink", 10.0, "", "", ("dress", "satin"), "")
    terms = {"words": 1.0}
    assert say(terms, product=gown, said=("wedding",)) == "Suits: wedding"
    text = say(terms, product=gown, said=("satin", "wedding"), matched=("satin",))
    assert text == "Answers your words: satin; suits: wedding"
