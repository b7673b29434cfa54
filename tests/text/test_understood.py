"""Chips: each thing once, and nothing left out."""

from dataclasses import replace

import pytest

from smartrec.attributes.vocabulary import Vocabulary
from smartrec.text.query import parse
from smartrec.text.understood import KINDS, Chip, chips

VOCABULARY = Vocabulary.load()


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("capris", ["capris"]),
        ("anything but jeans", ["not jeans"]),
        ("no trousers", ["not trousers"]),
        ("ankle boots", ["ankle boots"]),
        ("women's navy dress", ["navy", "dress", "for women"]),
        ("30 to 60 euros", ["30 to 60"]),
        ("over 30", ["from 30"]),
        ("under fifty", ["up to 50"]),
        ("like this but in green", ["green", "compared with a photo"]),
        ("stirped tee", ["striped", "tee", "stirped read as striped"]),
        ("banana dress size m", ["dress", "banana", "size m"]),
        ("blouse to go with black trousers", ["blouse", "to go with black trousers"]),
        ("", []),
    ],
)
def test_what_is_shown(words, shown):
    found = chips(parse(words, VOCABULARY))
    assert [chip.text for chip in found] == shown
    assert [KINDS.index(chip.kind) for chip in found] == sorted(KINDS.index(chip.kind) for chip in found)


def test_categories_without_a_tag_are_shown_too(tmp_path):
    path = tmp_path / "list_attr_cloth.txt"
    path.write_text("1\nattribute_name attribute_type\nboxy fit 3\n")
    parsed = parse("boxy fit jumper or jeans, no coat", Vocabulary.from_deepfashion(path))
    assert {chip.text for chip in chips(parsed)} >= {"boxy fit", "Sweater", "Jeans", "not Coat"}


def test_what_was_not_understood_is_of_its_own_kind():
    assert Chip("unknown", "banana") in chips(parse("banana", VOCABULARY))


def test_what_no_product_says_is_of_its_own_kind():
    parsed = replace(parse("plus size wedding dress", VOCABULARY), missing=("plus size", "wedding"))
    assert [(chip.kind, chip.text) for chip in chips(parsed)] == [
        ("wanted", "dress"),
        ("missing", "plus size"),
        ("missing", "wedding"),
    ]
