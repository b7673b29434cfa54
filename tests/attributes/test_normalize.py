"""Spellings of one word come out as one token."""

import pytest

from smartrec.attributes import normalize


@pytest.mark.parametrize(
    "surfaces",
    [("T-Shirt", "tshirt", "t shirts", "T‑SHIRTS"), ("grey", "gray", "GRAY"), ("dress", "dresses"), ("piqué", "pique"),
     ("3/4 sleeve", "¾ sleeves", "three-quarter sleeved"), ("hoodie", "hoody", "hoodies"), ("women's", "women"),
     ("bikini", "bikinis"), ("multicolour", "multi-color"), ("multicoloured", "multicolored"), ("80s", "80's")],
)  # fmt: skip
def test_one_key_for_all_spellings(surfaces):
    assert len({normalize.key(surface) for surface in surfaces}) == 1


@pytest.mark.parametrize(("one", "other"), [("shorts", "short"), ("tights", "tight"), ("laces", "lace")])
def test_plurals_that_are_words_of_their_own_stay(one, other):
    assert normalize.key(one) != normalize.key(other)


@pytest.mark.parametrize("word", ["bus", "dress", "plus", "canvas", "this", "jeans", "pants", "xs", "s", "", "é"])
def test_a_token_is_stable(word):
    once = normalize.token(normalize.fold(word))
    assert normalize.token(once) == once


def test_letters_of_other_alphabets_stay():
    assert normalize.tokens("红色 فستان Kleid") == ["红色", "فستان", "kleid"]
