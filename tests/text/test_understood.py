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


def unsaid(words, *chips_back, vocabulary=VOCABULARY):
    return parse(words, vocabulary, unsaid=chips_back)


@pytest.mark.parametrize(
    ("words", "chip", "same_as"),
    [
        ("red striped tee", Chip("wanted", "red"), "striped tee"),
        ("black trousers or tee", Chip("wanted", "trousers"), "black tee"),
        ("trousers or jeans", Chip("wanted", "trousers"), "jeans"),
        ("tee, no stripes", Chip("not", "not striped"), "tee"),
        ("anything but jeans", Chip("not", "not jeans"), ""),
        ("black but not black tee", Chip("not", "not black"), "black tee"),
        ("dress for women", Chip("person", "for women"), "dress"),
        ("tee for a 6 year old", Chip("person", "for kids"), "tee"),
        ("tee from 20 to 30", Chip("price", "20 to 30"), "tee"),
        ("like this but in green", Chip("photo", "compared with a photo"), "green"),
        ("stirped tee", Chip("wanted", "striped"), "tee"),
        ("vestido rojo", Chip("wanted", "red"), "dress"),
    ],
)
def test_a_chip_taken_back_is_as_if_it_had_not_been_said(words, chip, same_as):
    assert chip in chips(parse(words, VOCABULARY))
    left = replace(unsaid(words, chip), text="", corrections=())
    assert left == replace(parse(same_as, VOCABULARY), text="", corrections=())


@pytest.mark.parametrize(
    ("words", "typed", "meant"), [("stirped tee", "stirped", "striped"), ("robe rouge", "rouge", "red")]
)
def test_a_correction_taken_back_leaves_the_word_as_typed(words, typed, meant):
    left = unsaid(words, Chip("corrected", f"{typed} read as {meant}"))
    assert typed in left.unknown and meant not in left.tags
    assert all(first != typed for first, _ in left.corrections)


def test_what_no_product_says_can_be_taken_back():
    assert unsaid("plus size dress", Chip("missing", "plus size")).tags == ("dress",)


def test_one_of_several_categories_of_a_foreign_vocabulary_can_be_taken_back(tmp_path):
    path = tmp_path / "list_attr_cloth.txt"
    path.write_text("1\nattribute_name attribute_type\nboxy fit 3\n")
    foreign = Vocabulary.from_deepfashion(path)
    left = unsaid(
        "boxy fit jumper or jeans, no coat", Chip("wanted", "Jeans"), Chip("not", "not Coat"), vocabulary=foreign
    )
    assert "Sweater" in left.categories and "Jeans" not in left.categories
    assert "Jeans" not in {name for garment in left.garments for name in garment.categories}
    assert "Coat" not in left.excluded_categories and left.tags == ("boxy fit",)
