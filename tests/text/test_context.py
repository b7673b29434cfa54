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
        ("dress with long or 3/4 sleeves", ["dress", "long sleeve", "three-quarter sleeve"]),
        ("long and short sleeves", ["long sleeve", "short sleeve"]),
        ("v or crew neck sweater", ["v-neck", "crew neck", "sweater"]),
        ("high or mid rise jeans", ["high waist", "mid rise", "jeans"]),
        ("long or short dress", ["long", "short", "dress"]),
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
        ("shirt with thin stripes", ["shirt", "striped"], "thin stripe"),
        ("thin shirt", ["lightweight", "shirt"], None),
        ("flat sandals", ["sandals"], "flat"),
        ("flat front trousers", ["flat front", "trousers"], None),
        ("strap sandals", ["sandals"], "strap"),
        ("chunky boots", ["chunky sole", "boots"], None),
        ("chunky sweater and boots", ["chunky knit", "sweater", "boots"], None),
    ],
)
def test_what_is_said_of_another_part_is_told_as_not_understood(words, tags, told):
    parsed = parse(words, VOCABULARY)
    assert list(parsed.tags) == tags and parsed.unknown == ((told,) if told else ())


@pytest.mark.parametrize(
    ("words", "gender"),
    [
        ("something to wear to my sister's beach wedding", ""),
        ("my daughter's graduation dress", "kids"),
        ("present for my mom's birthday", "women"),
        ("women's wedding dress", "women"),
    ],
)
def test_whose_feast_it_is_says_not_whom_a_garment_is_for(words, gender):
    assert parse(words, VOCABULARY).gender == gender
