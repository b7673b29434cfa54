"""Amounts in words: prices, ages and counts, and what only looks like one."""

import time

import pytest

from smartrec.attributes.vocabulary import Vocabulary
from smartrec.text.numbers import spell_amounts, value
from smartrec.text.parsed import ParsedWords
from smartrec.text.query import parse

VOCABULARY = Vocabulary.load()


def read(words: str) -> ParsedWords:
    return parse(words, VOCABULARY)


@pytest.mark.parametrize(
    ("spoken", "number"),
    [
        ("fifty", 50),
        ("twenty five", 25),
        ("twenty-five", 25),
        ("nineteen", 19),
        ("a hundred", 100),
        ("hundred", 100),
        ("two hundred and fifty", 250),
        ("one thousand two hundred", 1200),
        ("two grand", 2000),
    ],
)
def test_the_number_that_words_mean(spoken, number):
    assert value(spoken) == number


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("under fifty", None, 50),
        ("dress under fifty", None, 50),
        ("less than twenty five euros", None, 25),
        ("below a hundred", None, 100),
        ("up to thirty-five", None, 35),
        ("max forty", None, 40),
        ("forty max", None, 40),
        ("fifty or less", None, 50),
        ("my budget is fifty", None, 50),
        ("not more than fourty euro", None, 40),
        ("over sixty", 60, None),
        ("above ninety dollars", 90, None),
        ("at least twenty", 20, None),
        ("between thirty and sixty", 30, 60),
        ("between a hundred and two hundred", 100, 200),
        ("between 1 and 2 hundred", 100, 200),
        ("one to two hundred dollars", 100, 200),
        ("1-2 thousand euros", 1000, 2000),
        ("between 50 and 2 hundred", 50, 200),
        ("between twenty-five and two hundred", 25, 200),
        ("under 2 hundred", None, 200),
        ("dress for 2 hundred dollars", None, 200),
        ("under 12 hundred and fifty", None, 1250),
        ("up to 2.5 thousand", None, 2500),
        ("at least 1 grand", 1000, None),
        ("from ten to twenty euros", 10, 20),
        ("20 to thirty euros", 20, 30),
        ("fifty euro dress", None, 50),
        ("dress for fifty", None, 50),
        ("a tenner", None, 10),
        ("around $30ish", 24, 36),
        ("30ish euros", 24, 36),
        ("sub 50", None, 50),
        ("not less than 50", 50, None),
        ("not under 50", 50, None),
        ("no more than 50", None, 50),
        ("under 50 💶", None, 50),
        ("coat up to 1k", None, 1000),
        ("80 budget", None, 80),
        ("coat under 1,299.99", None, 1299.99),
        ("100+ euros", 100, None),
        ("price: 20-40", 20, 40),
        ("lower than 50", None, 50),
        ("up to 1.299,50 €", None, 1299.5),
        ("top for 40 please", None, 40),
    ],
)
def test_prices_as_people_say_them(words, low, high):
    parsed = read(words)
    assert (parsed.price_min, parsed.price_max) == (low, high)
    assert parsed.unknown == () and not {"50s", "60s", "shirt"} & set(parsed.tags)


@pytest.mark.parametrize(
    ("words", "tags"),
    [
        ("50s dress", ["50s", "dress"]),
        ("fifties dress", ["50s", "dress"]),
        ("twenties dress", ["20s", "dress"]),
        ("one shoulder dress", ["one-shoulder", "dress"]),
        ("over one shoulder top", ["one-shoulder", "top"]),
        ("two-piece in pink", ["two-piece", "pink"]),
        ("three quarter sleeve top", ["three-quarter sleeve", "top"]),
        ("at least two pockets", ["pockets"]),
        ("shirt for 5 people", ["shirt"]),
    ],
)
def test_numbers_that_are_no_prices(words, tags):
    parsed = read(words)
    assert list(parsed.tags) == tags and (parsed.price_min, parsed.price_max) == (None, None)


def test_a_decade_and_a_price_stay_apart():
    parsed = read("seventies flared jeans under seventy")
    assert parsed.tags == ("70s", "flared", "jeans") and parsed.price_max == 70


def test_a_number_that_is_no_amount_is_told_as_not_understood():
    parsed = read("fifty dress")
    assert parsed.tags == ("dress",) and parsed.unknown == ("fifty",) and parsed.price_max is None


@pytest.mark.parametrize(
    ("words", "gender", "told"),
    [
        ("hoodie for a five year old boy", "kids", ()),
        ("dress for women over 50", "women", ("over 50",)),
        ("dress for a woman in her fifties", "women", ("in her fifties",)),
        ("gift for a 30 year old man", "men", ("30 year old",)),
    ],
)
def test_an_age_is_no_price(words, gender, told):
    parsed = read(words)
    assert (parsed.price_min, parsed.price_max) == (None, None)
    assert parsed.gender == gender and parsed.unknown == told


def test_a_price_beside_people_stays_a_price():
    assert read("women's dress over 50").price_min == 50
    assert read("jackets for men over 50 euros").price_min == 50
    assert read("jackets for men under 100").price_max == 100


@pytest.mark.parametrize(
    "words", ["one " * 2500, "hundred and " * 800, "between one and " * 600, "1 to 2 hundred " * 600, "fifty-" * 1600]
)
def test_long_texts_of_numbers_are_read_soon(words):
    start = time.process_time()
    spell_amounts(words)
    assert time.process_time() - start < 1.0
