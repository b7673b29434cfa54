"""Several garments in one query keep their own tags, and a product is only one of them."""

import numpy as np
import pytest

from smartrec.attributes.vocabulary import Vocabulary
from smartrec.evaluate.search_words import satisfying
from smartrec.text.index import TextIndex
from smartrec.text.query import parse
from tests.text.test_index import make_catalog

VOCABULARY = Vocabulary.load()


@pytest.mark.parametrize(
    ("words", "garments"),
    [
        ("black tee and blue jeans", [{"black", "tee"}, {"blue", "jeans"}]),
        ("white shirt with black trousers", [{"white", "shirt"}, {"black", "trousers"}]),
        ("red dress or green skirt", [{"red", "dress"}, {"green", "skirt"}]),
        ("jeans in blue and black tee", [{"blue", "jeans"}, {"black", "tee"}]),
        ("jeans, black and white tee", [{"jeans"}, {"black", "white", "tee"}]),
        ("blue jeans or skirt", [{"blue", "jeans"}, {"blue", "skirt"}]),
        ("blue jeans and skirt", [{"blue", "jeans"}, {"skirt"}]),
        ("tee and jeans in blue", [{"blue", "tee"}, {"blue", "jeans"}]),
        ("black tee and jeans in blue", [{"black", "tee"}, {"blue", "jeans"}]),
        ("dress for work and heels", [{"dress", "business"}, {"heels"}]),
        (
            "striped tee, ripped jeans and white sneakers",
            [{"striped", "tee"}, {"distressed", "jeans"}, {"white", "sneakers"}],
        ),
    ],
)
def test_every_garment_has_its_own_tags(words, garments):
    assert [set(garment.tags) for garment in parse(words, VOCABULARY).garments] == garments


@pytest.mark.parametrize(
    "words", ["black tee", "jacket or bomber", "jeans jacket", "no jeans, black tee", "blazer jacket", "dress " * 50]
)
def test_one_garment_is_one(words):
    parsed = parse(words, VOCABULARY)
    assert parsed.garments == () and parsed.each == (parsed,)


def test_a_product_is_one_of_the_garments_in_its_own_color():
    rows = [
        ("Black tee", "Tee", "black", 20.0, "", "tee|black"),
        ("Blue tee", "Tee", "blue", 20.0, "", "tee|blue"),
        ("Blue jeans", "Jeans", "blue", 60.0, "", "jeans|blue"),
        ("Black jeans", "Jeans", "black", 60.0, "", "jeans|black"),
        ("Black and blue tee", "Tee", "black", 20.0, "", "tee|black|blue"),
    ]
    catalog = make_catalog(rows)
    index = TextIndex.fit(catalog, VOCABULARY)
    parsed = parse("black tee and blue jeans", VOCABULARY, index.lexicon)
    scores = index.score(parsed)
    assert set(np.flatnonzero(scores >= 0.85)) == {0, 2, 4} and scores[[1, 3]].max() < 0.5
    np.testing.assert_array_equal(index.satisfies(parsed), [True, False, True, False, True])
    np.testing.assert_array_equal(satisfying(parsed, catalog), index.satisfies(parsed))


def test_what_is_ruled_out_and_the_price_hold_for_every_garment():
    parsed = parse("black tee or blue jeans under 50, no holes", VOCABULARY)
    assert len(parsed.each) == 2
    assert all(one.price_max == 50 and one.excluded == ("distressed",) for one in parsed.each)
