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
        ("rotes Kleid mit langen Ärmeln", ["red", "dress", "long sleeve"], [], None),
        ("Kleid ohne Ärmel, keine Blumen", ["dress", "sleeveless"], ["floral"], None),
        ("robe longue manches courtes", ["dress", "long", "short sleeve"], [], None),
        ("pantalon noir taille haute", ["trousers", "black", "high waist"], [], None),
        ("camiseta de manga larga azul", ["tee", "long sleeve", "blue"], [], None),
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
    # Words that mean something with another one only.
    whole = {
        "under": "under 50",
        "sleeve": "long sleeve",
        "sleeves": "long sleeves",
        "waist": "high waist",
        "high": "high neck",
    }
    for language, words in dictionaries().items():
        for word, english in words.items():
            parsed = parse(whole.get(english, english), VOCABULARY)
            assert not parsed.unknown and not parsed.corrections, (language, word, english)


def test_another_languages_words_are_no_english_ones_misspelled():
    parsed = parse("pantalon noir coupe droite", VOCABULARY)
    assert {typed for typed, _ in parsed.corrections} == {"pantalon", "noir"}
    assert parsed.unknown == ("coupe", "droite")


def test_words_that_only_join_others_are_no_corrections():
    assert dict(parse("maglione di lana", VOCABULARY).corrections) == {"maglione": "sweater", "lana": "wool"}
