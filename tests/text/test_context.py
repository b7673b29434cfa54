"""Words whose meaning hangs on those beside them."""

import pytest

from smartrec.attributes.vocabulary import Vocabulary
from smartrec.text.query import parse

VOCABULARY = Vocabulary.load()


@pytest.mark.parametrize(
    ("words", "tags"),
    [
        ("light jacket", ["lightweight", "jacket"]),
        ("light summer dress", ["lightweight", "summer", "dress"]),
        ("jacket, light, waterproof", ["jacket", "lightweight", "waterproof"]),
        ("light and airy blouse", ["lightweight", "blouse"]),
        ("light sweater in dark blue", ["lightweight", "sweater", "navy"]),
        ("something light and breathable", ["lightweight", "breathable"]),
        ("light", ["light"]),
        ("light blue jacket", ["light blue", "jacket"]),
        ("bag, light brown", ["bag", "light", "brown"]),
        ("light colored coat", ["light", "coat"]),
        ("pale coat", ["light", "coat"]),
        ("light denim jacket", ["light", "denim", "jacket"]),
        ("light jeans", ["light", "jeans"]),
        ("dark or light jacket", ["dark", "light", "jacket"]),
        ("like this but lighter", ["light"]),
        ("wide jeans", ["wide leg", "jeans"]),
        ("wide dress", ["loose fit", "dress"]),
        ("straight skirt", ["column", "skirt"]),
        ("wide jeans and a shirt", ["wide leg", "jeans", "shirt"]),
        ("deep blue dress", ["dark", "blue", "dress"]),
        ("dress with roses", ["dress", "floral"]),
        ("rose dress", ["blush", "dress"]),
        ("shirt with lemons", ["shirt", "fruit print"]),
        ("lemons print shirt", ["fruit print", "shirt"]),
        ("blues", ["blue"]),
        ("hoodie plus jeans", ["hoodie", "jeans"]),
        ("dress, plus", ["dress", "plus size"]),
        ("asymmetrical hem dress", ["asymmetric hem", "dress"]),
    ],
)
def test_a_word_means_what_it_means_beside_the_others(words, tags):
    parsed = parse(words, VOCABULARY)
    assert list(parsed.tags) == tags and not parsed.unknown


@pytest.mark.parametrize(
    ("words", "tags", "told"),
    [
        ("square hem top", ["top"], "square hem"),
        ("square neck top", ["square neck", "top"], None),
        ("wide belt", ["belted"], "wide belt"),
        ("dress with deep pockets", ["dress", "pockets"], "deep pocket"),
    ],
)
def test_what_is_said_of_another_part_is_told_as_not_understood(words, tags, told):
    parsed = parse(words, VOCABULARY)
    assert list(parsed.tags) == tags and parsed.unknown == ((told,) if told else ())
