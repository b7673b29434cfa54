"""What is worn for an occasion stands in where the shop does not say, and never counts as its word."""

import numpy as np
import pytest

from smartrec.attributes.vocabulary import Vocabulary
from smartrec.text.index import TextIndex
from smartrec.text.query import parse
from smartrec.text.suits import suited, suits
from tests.text.test_index import make_catalog

VOCABULARY = Vocabulary.load()
ROWS = [
    ("Grey trunks", "Trunks", "grey", 20.0, "", "trunks|grey"),
    ("Satin dress", "Dress", "pink", 90.0, "", "dress|pink|satin|midi"),
    ("Jersey dress", "Dress", "grey", 30.0, "", "dress|grey|jersey fabric"),
    ("Black jacket", "Jacket", "black", 90.0, "", "jacket|black"),
    ("Leather jacket", "Jacket", "brown", 90.0, "", "jacket|brown|leather"),
    ("Black dress", "Dress", "black", 50.0, "", "dress|black"),
]


def order(words: str, rows=ROWS) -> tuple[list[int], np.ndarray]:
    index = TextIndex.fit(make_catalog(rows), VOCABULARY)
    scores = index.score(parse(words, VOCABULARY, index.lexicon))
    return list(np.argsort(-scores, kind="stable")), scores


def test_all_that_is_said_to_suit_is_a_tag():
    for name, suit in suits().items():
        assert name in VOCABULARY and suit.garments and suit.traits
        assert all(tag in VOCABULARY for tag in (*suit.garments, *suit.traits)), name
        assert not VOCABULARY.tag(name).visible or VOCABULARY.tag(name).group in ("season", "kind"), name


def test_what_suits_an_occasion_comes_first():
    found, scores = order("something for a wedding")
    assert found[0] == 1 and scores[1] > scores[2] > scores[0] and scores.max() < 0.5


def test_beside_a_named_garment_its_traits_decide():
    found, scores = order("dress for a wedding")
    assert found[0] == 1 and scores[2] == pytest.approx(scores[5], abs=0.03)


def test_the_shops_own_word_counts_more():
    rows = [*ROWS, ("Trunks for weddings", "Trunks", "grey", 20.0, "", "trunks|grey|wedding")]
    found, scores = order("something for a wedding", rows)
    assert found[0] == 6 and scores[6] >= 0.85 and scores[1] < 0.5


@pytest.mark.parametrize(("words", "first"), [("lbd", 5), ("faux leather jacket", 4)])
def test_a_tag_that_no_product_carries_counts_through_what_it_implies(words, first):
    assert order(words)[0][0] == first


def test_two_things_must_speak_for_what_suits():
    assert suited(("wedding", "striped"), ("dress", "satin")) == ("wedding",)
    assert suited(("wedding",), ("dress",)) == () == suited(("wedding",), ("trunks", "satin"))
