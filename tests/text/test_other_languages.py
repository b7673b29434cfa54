"""The commonest words of six other languages, and English left as it is."""

import pytest

from smartrec.attributes.vocabulary import Vocabulary
from smartrec.text.other_languages import dictionaries
from smartrec.text.query import parse

VOCABULARY = Vocabulary.load()


@pytest.mark.parametrize(
    ("words", "tags", "excluded", "price_max"),
    [
        ("rotes Kleid", ["red", "dress"], [], None),
        ("schwarze Hose unter 50 Euro", ["black", "trousers"], [], 50),
        ("robe rouge", ["dress", "red"], [], None),
        ("robe noire sans manches", ["dress", "black", "sleeveless"], [], None),
        ("vestido azul sin rayas", ["dress", "blue"], ["striped"], None),
        ("giacca di pelle nera", ["jacket", "leather", "black"], [], None),
        ("zwarte jurk", ["black", "dress"], [], None),
        ("saia preta", ["skirt", "black"], [], None),
    ],
)
def test_garments_and_colors_in_other_languages(words, tags, excluded, price_max):
    parsed = parse(words, VOCABULARY)
    assert sorted(parsed.tags) == sorted(tags) and list(parsed.excluded) == excluded and parsed.price_max == price_max
    assert parsed.corrections, "what a word was read as is shown"


@pytest.mark.parametrize("words", ["red robe", "rock tee", "rose dress", "slip dress", "con artist tee", "long coat"])
def test_english_stays_english(words):
    assert parse(words, VOCABULARY).corrections == ()


def test_every_word_means_something_in_english():
    for language, words in dictionaries().items():
        for word, english in words.items():
            parsed = parse(
                {"under": "under 50", "sleeve": "long sleeve", "sleeves": "long sleeves"}.get(english, english),
                VOCABULARY,
            )
            assert not parsed.unknown and not parsed.corrections, (language, word, english)
