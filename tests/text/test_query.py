"""Words to tags: every way of saying it, and nothing that is not said."""

import json
import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smartrec.attributes.vocabulary import Vocabulary
from smartrec.errors import BadInputError, SmartRecError
from smartrec.labels import CATEGORIES
from smartrec.settings import ROOT
from smartrec.text.lexicon import Lexicon
from smartrec.text.parsed import ParsedWords
from smartrec.text.query import MAX_CHARACTERS, parse

VOCABULARY = Vocabulary.load()


def read(words: str, lexicon: Lexicon | None = None) -> ParsedWords:
    return parse(words, VOCABULARY, lexicon)


@pytest.mark.parametrize(
    ("words", "tags"),
    [
        ("red striped long sleeve tee", ["red", "striped", "long sleeve", "tee"]),
        ("Red Striped Long-Sleeved T-SHIRTS", ["red", "striped", "long sleeve", "tee"]),
        ("off the shoulder top", ["off-shoulder", "top"]),
        ("offshoulder tops", ["off-shoulder", "top"]),
        ("gray polkadot blouse", ["grey", "polka dot", "blouse"]),
        ("3/4 sleeve", ["three-quarter sleeve"]),
        ("piqué polo", ["pique", "polo shirt"]),
        ("short sleeve shirt", ["short sleeve", "shirt"]),
        ("shorts", ["shorts"]),
        ("👗 in green", ["dress", "green"]),
        ("redstriped tee", ["red", "striped", "tee"]),
    ],
)
def test_one_meaning_in_many_spellings(words, tags):
    assert list(read(words).tags) == tags


@pytest.mark.parametrize("category", [name for name in CATEGORIES if name != "Other"])
def test_every_category_name_is_understood_in_singular_and_plural(category):
    for words in (category, category.lower(), category.upper(), f"{category}s".replace("ss", "s")):
        assert category in read(words).categories, words


@pytest.mark.parametrize(
    ("words", "category"),
    [
        ("jumper", "Sweater"),
        ("trainers", "Shoes"),
        ("cap", "Hat"),
        ("trousers", "Chinos"),
        ("knickers", "Underwear"),
        ("windbreaker", "Anorak"),
        ("camisole", "Tank"),
        ("gilet", "Vest"),
        ("rucksack", "Bag"),
    ],
)
def test_other_words_for_a_category(words, category):
    assert category in read(words).categories


def test_the_category_itself_comes_before_its_kinds():
    assert read("jacket").categories[0] == "Jacket"
    assert read("dress").categories[0] == "Dress"


@pytest.mark.parametrize(
    ("words", "tags", "excluded"),
    [
        ("dress no stripes", ["dress"], ["striped"]),
        ("not black trousers", ["trousers"], ["black"]),
        ("jacket without a hood", ["jacket"], ["hooded"]),
        ("no stripes or dots, blue blouse", ["blue", "blouse"], ["striped", "polka dot"]),
        ("hoodie without zip in navy", ["hoodie", "navy"], ["zip"]),
        ("dress, not black, blue or green", ["dress"], ["black", "blue", "green"]),
        ("not black but blue tee", ["blue", "tee"], ["black"]),
        ("collarless jacket", ["jacket"], ["shirt collar"]),
        ("logo-free tee", ["tee"], ["logo"]),
        ("anything but jeans", [], ["jeans"]),
        ("dress without sleeves", ["dress", "sleeveless"], []),
        ("I don't want a hood: zip cardigan", ["zip", "cardigan"], ["hooded"]),
        ("not too long coat", ["coat"], ["long"]),
        ("blue dress but not blue", ["dress"], ["blue"]),
        ("coat with buttons instead of a zip", ["coat", "buttons"], ["zip"]),
        ("blue jacket rather than black", ["blue", "jacket"], ["black"]),
    ],
)
def test_negation_reaches_as_far_as_it_is_meant(words, tags, excluded):
    parsed = read(words)
    assert sorted(parsed.tags) == sorted(tags)
    assert list(parsed.excluded) == excluded
    assert not set(parsed.terms) & {word for tag in excluded for word in tag.split()}


def test_a_ruled_out_category_is_named():
    parsed = read("anything but jeans")
    assert parsed.excluded_categories == ("Jeans",) and parsed.categories == ()


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("under 50", None, 50),
        ("dress under €49.99", None, 49.99),
        ("less than $40 shoes", None, 40),
        ("30 to 60 euros", 30, 60),
        ("between 20 and 35,50", 20, 35.5),
        ("from 40 to 80", 40, 80),
        ("dress 40-80€", 40, 80),
        ("at least 60", 60, None),
        ("over 100", 100, None),
        ("no more than 40 euros", None, 40),
        ("below 1,000", None, 1000),
        ("over 20 under 50", 20, 50),
        ("around 50", 40, 60),
        ("€25 or less", None, 25),
        ("60 to 30 euros", 30, 60),
        ("size 38 jeans", None, None),
        ("501 jeans", None, None),
        ("shirt for 5 year old", None, None),
        ("tights 40 den", None, None),
        ("trousers 30 to 60 euros", 30, 60),
        ("udner 50", None, 50),
        ("under 50 under 40", None, 40),
        ("over 20, at least 30, under 50", 30, 50),
    ],
)
def test_prices(words, low, high):
    parsed = read(words)
    assert (parsed.price_min, parsed.price_max) == (
        pytest.approx(low) if low else low,
        pytest.approx(high) if high else high,
    )


@pytest.mark.parametrize(
    ("words", "gender"),
    [
        ("women's dress", "women"),
        ("mens jeans", "men"),
        ("hoodie for my 8 year old", "kids"),
        ("girls skirt", "kids"),
        ("gift for my husband", "men"),
        ("boyfriend jeans", ""),
        ("mom jeans", ""),
        ("dress for mom", "women"),
        ("baby bodysuit", "kids"),
        ("30 year old woman", "women"),
        ("ladies hat", "women"),
        ("dress", ""),
    ],
)
def test_people(words, gender):
    assert read(words).gender == gender


@pytest.mark.parametrize(
    ("words", "tags"),
    [
        ("like this but longer, in green", ["long", "green"]),
        ("same but in blue", ["blue"]),
        ("similar in leather", ["leather"]),
        ("like the photo but with longer sleeves", ["long sleeve"]),
        ("this one but shorter", ["short"]),
    ],
)
def test_comparison_with_a_photo(words, tags):
    parsed = read(words)
    assert parsed.relative and list(parsed.tags) == tags


@pytest.mark.parametrize(
    ("words", "tags"),
    [
        ("halter dress", ["halter neck", "dress"]),
        ("halter", ["halter top"]),
        ("turtleneck dress", ["roll neck", "dress"]),
        ("turtleneck", ["turtleneck"]),
        ("jeans jacket", ["denim", "jacket"]),
        ("polo", ["polo shirt"]),
        ("jersey dress", ["jersey fabric", "dress"]),
        ("blazer jacket", ["blazer"]),
        ("sweater dress", ["knitted", "dress"]),
    ],
)
def test_a_word_beside_a_category_says_what_kind(words, tags):
    assert list(read(words).tags) == tags


@pytest.mark.parametrize(
    ("words", "alternatives"),
    [
        ("navy or black jacket", [("navy", "black")]),
        ("tops in pink, purple or red", [("pink", "purple", "red")]),
        ("jacket or coat", [("jacket", "coat")]),
        ("red and white tee", []),
        ("sleeveless or short sleeve dress", [("sleeveless", "short sleeve")]),
        ("blue jeans or black skirt", [("blue", "black"), ("jeans", "skirt")]),
    ],
)
def test_either_or(words, alternatives):
    assert list(read(words).alternatives) == alternatives


@pytest.mark.parametrize(
    ("typed", "tags"),
    [
        ("tshrit", ["tee"]),
        ("stirped", ["striped"]),
        ("balck leahter jakcet", ["black", "leather", "jacket"]),
        ("trowsers", ["trousers"]),
        ("sleevless", ["sleeveless"]),
        ("turtelneck", ["turtleneck"]),
        ("pijama", ["nightwear"]),
    ],
)
def test_typing_errors_are_corrected_and_reported(typed, tags):
    parsed = read(typed)
    assert list(parsed.tags) == tags
    assert {wrong for wrong, _ in parsed.corrections} == set(typed.split())


def test_words_of_the_index_and_ordinary_words_are_never_corrected():
    assert read("dresss").corrections
    assert read("kestrel tees").unknown == ("kestrel",)
    parsed = read("dresss kestrel", Lexicon({"dresss": 3, "kestrel": 2}))
    assert parsed.corrections == () and parsed.unknown == () and parsed.terms == ("dresss", "kestrel")
    assert read("cheap weather wife book").corrections == ()


def test_every_surface_of_the_vocabulary_is_right_as_it_is():
    for tag in VOCABULARY.tags:
        assert read(tag.name).corrections == (), tag.name


def test_what_is_not_understood_is_shown():
    parsed = read("xyzzy blorp dress size XL")
    assert parsed.unknown == ("xyzzy", "blorp", "size xl")
    assert list(parsed.tags) == ["dress"]


@pytest.mark.parametrize(
    "words",
    [
        "",
        "   ",
        "the of and with",
        "🙂🙃",
        "黑色连衣裙",
        "فستان أحمر",
        "'; DROP TABLE products; --",
        "<img src=x onerror=alert(1)>",
        "=CMD|'/C calc'!A0",
        "(a+)+$.*[",
        "\x00\x01",
        "ﷺ" * 50,
        "a" * MAX_CHARACTERS,
        "no " * 600,
        "not not not",
        "9" * 1500,
        "1,000,000,000 to 2.000.000",
        "-" * 2000,
        "under under under 5",
        "dress " * 300,
    ],
)
def test_strange_words_get_a_clear_answer_soon(words):
    start = time.process_time()
    parsed = read(words)
    assert parsed.text == words
    assert time.process_time() - start < 2.0
    json.dumps([parsed.tags, parsed.unknown, parsed.terms])


@pytest.mark.parametrize("words", ["", "the of and with", "?!"])
def test_words_that_ask_for_nothing_are_empty(words):
    assert read(words).empty


def test_too_many_characters_are_refused_with_the_limit():
    with pytest.raises(BadInputError, match=rf"{MAX_CHARACTERS}.*Received: 10000"):
        read("a" * 10_000)


@pytest.mark.parametrize(("words", "left"), [("under 50 over 100", "over"), ("30 to 60 euros under 20", "under")])
def test_limits_that_leave_no_price_are_told_as_not_understood(words, left):
    parsed = read(words)
    assert left in parsed.unknown and parsed.price_max in (50, 60) and (parsed.price_min or 0) < parsed.price_max


def test_two_nots_are_none():
    assert read("not not black").tags == ("black",)
    assert read("no no stripes").excluded == ("striped",)  # said twice, not taken back


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(
        st.text(max_size=300),
        st.lists(
            st.sampled_from(
                [
                    "no",
                    "not",
                    "or",
                    "and",
                    ",",
                    "but",
                    "red",
                    "dress",
                    "jeans",
                    "polo",
                    "halter",
                    "without",
                    "like this",
                    "under",
                    "50",
                    "€",
                    "to",
                    "60",
                    "size",
                    "m",
                    "long",
                    "sleeve",
                    "3/4",
                    "-",
                    "women's",
                    "my",
                    "mom",
                    "5 years",
                    "drses",
                    "xyz",
                    "less",
                ]
            ),
            max_size=40,
        ).map(" ".join),
    )
)
def test_any_text_is_read_in_bounded_time_and_consistently(words):
    start = time.process_time()
    try:
        parsed = read(words)
    except SmartRecError:
        return
    assert time.process_time() - start < 1.0
    assert all(tag in VOCABULARY for tag in (*parsed.tags, *parsed.excluded))
    assert not set(parsed.tags) & set(parsed.excluded)
    assert len(set(parsed.tags)) == len(parsed.tags)
    assert set(parsed.categories) <= set(CATEGORIES)
    assert parsed.gender in ("", "women", "men", "kids")
    assert all(set(choice) <= set(parsed.tags) and len(choice) > 1 for choice in parsed.alternatives)
    assert parsed == read(words)
    if parsed.price_min is not None and parsed.price_max is not None:
        assert parsed.price_min <= parsed.price_max


def test_a_deepfashion_vocabulary_is_asked_in_its_own_words(tmp_path):
    path = tmp_path / "list_attr_cloth.txt"
    path.write_text("2\nattribute_name attribute_type\nfloral print  1\nboxy fit 3\n")
    parsed = parse("boxy-fit jumper or jeans, no floral prints", Vocabulary.from_deepfashion(path))
    assert parsed.tags == ("boxy fit",) and parsed.excluded == ("floral print",)
    assert parsed.categories == ("Sweater", "Jeans")


def test_the_hand_written_queries_are_three_hundred_and_half_of_them_sealed():
    lines = (ROOT / "benchmarks" / "queries.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    assert len(rows) == len({row["words"] for row in rows}) == 300
    assert sum(row["part"] == "sealed" for row in rows) == 150
    for row in rows:
        assert all(tag in VOCABULARY for tag in (*row["tags"], *row["not"])), row["words"]
        assert set(row["categories"]) <= set(CATEGORIES)


def test_order_of_the_words_keeps_the_tags():
    words = ["red", "striped", "cotton", "tee"]
    for seed in range(5):
        random.Random(seed).shuffle(words)
        assert set(read(" ".join(words)).tags) == {"red", "striped", "cotton", "tee"}


@pytest.mark.parametrize(
    ("words", "tags", "excluded"),
    [
        ("any colour but pink dress", ["dress"], ["pink"]),
        ("unripped jeans", ["jeans"], ["distressed"]),
        ("unlined jacket", ["unlined", "jacket"], []),
        ("less formal dress", ["dress"], ["formal"]),
        ("sleeve less dress", ["sleeveless", "dress"], []),
        ("leggings w pockets", ["leggings", "pockets"], []),
        ("mini dress with puffy sleeves", ["mini", "dress", "puff sleeve"], []),
        ("high waste jeans, lose fit", ["high waist", "jeans", "loose fit"], []),
    ],
)
def test_words_as_they_are_typed(words, tags, excluded):
    parsed = read(words)
    assert list(parsed.tags) == tags and list(parsed.excluded) == excluded and parsed.unknown == ()


@pytest.mark.parametrize(
    ("words", "gender"), [("hoodie for my bf", "men"), ("gift for my granny", "women"), ("tee for the kiddos", "kids")]
)
def test_people_as_they_are_called(words, gender):
    parsed = read(words)
    assert parsed.gender == gender and parsed.unknown == ()


@pytest.mark.parametrize("word", ["banana", "natural", "sellers", "necklace", "season", "structure", "wallet", "trial"])
def test_an_ordinary_word_is_no_misspelled_tag(word):
    parsed = read(f"{word} dress")
    assert parsed.corrections == () and list(parsed.tags) == ["dress"] and parsed.unknown == (word,)


@pytest.mark.parametrize("size", ["w32 l34", "w32/l34", "32x34", "uk 12", "size 10", "xl"])
def test_a_size_is_told_as_not_understood_in_one_piece(size):
    parsed = read(f"{size} jeans")
    assert parsed.unknown == (size,) and parsed.terms == ("jean",)


@pytest.mark.parametrize(
    ("words", "tags", "unknown"),
    [
        ("🔴👗", ["red", "dress"], ()),
        ("🖤 boots", ["black", "boots"], ()),
        ("👗 🙂", ["dress"], ("🙂",)),
        ("👍🏽 dress", ["dress"], ("👍",)),
        ("🙂🙃🙂", [], ("🙂", "🙃")),
        ("赤いドレス", [], ("赤いドレス",)),
        ("красный", [], ("красный",)),
        ("piqué", ["pique"], ()),
    ],
)
def test_signs_and_other_scripts_are_understood_or_shown_as_typed(words, tags, unknown):
    parsed = read(words)
    assert list(parsed.tags) == tags and parsed.unknown == unknown


@pytest.mark.parametrize(
    ("words", "tags", "told"),
    [
        ("blouse to go with black trousers under 50", ["blouse"], ("to go with black trousers",)),
        ("shoes to match my blue dress", ["shoes"], ("to match my blue dress",)),
        ("sweater to wear over a shirt for winter", ["sweater", "winter"], ("to wear over a shirt",)),
        ("top that goes well with a red skirt, not green", ["top"], ("that goes well with a red skirt",)),
        ("jeans to go with this", ["jeans"], ()),
        ("matching set", ["two-piece"], ()),
        ("something to wear to a wedding", ["wedding"], ()),
    ],
)
def test_what_a_garment_is_worn_with_is_not_asked_for(words, tags, told):
    parsed = read(words)
    assert list(parsed.tags) == tags and parsed.unknown == told


@pytest.mark.parametrize(
    ("words", "tags", "excluded", "told"),
    [
        ("jumper that doesn't have stripes", ["sweater"], ["striped"], ()),
        ("coat that shouldn't be black", ["coat"], ["black"], ()),
        ("tee that hasn't a logo", ["tee"], ["logo"], ()),
        ("dress minus sleeves", ["dress", "sleeveless"], [], ()),
        ("coat lacking a belt", ["coat"], ["belted"], ()),
        ("it doesn't matter, red", ["red"], [], ("doesn't", "matter")),
    ],
)
def test_sentences_that_rule_out(words, tags, excluded, told):
    parsed = read(words)
    assert list(parsed.tags) == tags and list(parsed.excluded) == excluded and parsed.unknown == told


def test_what_can_not_be_ruled_out_is_told_even_where_products_use_the_word():
    assert read("dress without kestrel", Lexicon({"kestrel": 3})).unknown == ("kestrel",)
    assert read("kestrel dress", Lexicon({"kestrel": 3})).unknown == ()


@pytest.mark.parametrize("measure", ["32 waist", "16.5 collar", "40 denier"])
def test_a_measure_is_told_as_not_understood_in_one_piece(measure):
    parsed = read(f"{measure} trousers")
    assert parsed.unknown == (measure,) and list(parsed.tags) == ["trousers"] and parsed.corrections == ()


@pytest.mark.parametrize(
    ("words", "gender", "tags", "excluded", "told"),
    [
        ("dress not for kids", "", ["dress"], [], ("not kids",)),
        ("not women's jeans", "", ["jeans"], [], ("not women's",)),
        ("tee for men and women", "", ["tee"], [], ()),
        ("tee with no zip for men", "men", ["tee"], ["zip"], ()),
        ("hoodie not for a wedding", "", ["hoodie"], ["wedding"], ()),
        ("girls dress not pink", "kids", ["dress"], ["pink"], ()),
    ],
)
def test_people_ruled_out_and_people_alike(words, gender, tags, excluded, told):
    parsed = read(words)
    assert parsed.gender == gender and parsed.unknown == told
    assert list(parsed.tags) == tags and list(parsed.excluded) == excluded


def test_accessories_one_after_the_other_are_a_list():
    parsed = read("hat scarf gloves")
    assert list(parsed.tags) == ["hat", "scarf", "gloves"] and len(parsed.each) == 2
    assert list(read("dress shoes").tags) == ["shoes"] and list(read("cross-body bag").tags) == ["crossbody"]


@pytest.mark.parametrize(
    ("words", "tags", "excluded", "told"),
    [
        ("wrinkle free trousers", ["non-iron", "trousers"], [], []),
        ("cruelty-free bag", ["vegan", "bag"], [], []),
        ("sugar free dress", ["dress"], [], ["sugar"]),
        ("red dress, stripes no thanks", ["red", "dress"], ["striped"], []),
        ("not a dress, a skirt", ["skirt"], ["dress"], []),
        ("not a dress, a skirt or a coat", [], ["dress", "skirt", "coat"], []),
        ("not black, white or grey", [], ["black", "white", "grey"], []),
        ("skirt no longer than the knee", ["skirt", "knee length"], [], []),
        ("2 piece swimsuit", ["bikini"], [], []),
        ("khakis for him", ["chinos"], [], []),
        ("80's jacket", ["80s", "jacket"], [], []),
        ("set of 3 tees", ["tee"], [], ["set of 3"]),
        ("h&m tee", ["tee"], [], ["h&m"]),
        ("big & tall, cotton&linen", ["big and tall", "cotton", "linen"], [], []),
        ("skirt longer than mini", ["skirt"], ["mini"], []),
        ("work from home hoodie", ["home", "hoodie"], [], []),
        ("2 tone or two-toned dress", ["color block", "dress"], [], []),
        ("hot pants, 50% off", ["shorts"], [], []),
        ("slippers sz 7", ["slippers"], [], ["sz 7"]),
        ("extra large tee", ["tee"], [], ["extra large"]),
        ("natural fibers", [], [], ["natural", "fibers"]),
    ],
)
def test_phrases_are_read_as_a_whole(words, tags, excluded, told):
    parsed = read(words)
    assert list(parsed.tags) == tags and list(parsed.excluded) == excluded and list(parsed.unknown) == told
    assert parsed.gender == ("men" if "him" in words else "")


@pytest.mark.parametrize(
    ("words", "relative"),
    [
        ("like this but longer", True),
        ("longer than this", True),
        ("a warmer coat", True),
        ("but in navy", True),
        ("knee-length or longer", False),
        ("skirt no longer than the knee", False),
        ("not higher than 50 euros", False),
        ("everything but black", False),
    ],
)
def test_what_compares_with_a_photo(words, relative):
    assert read(words).relative is relative


@pytest.mark.parametrize("word", ["brunch", "outlook", "jones", "kappa", "converse", "symmetric", "pane", "hover"])
def test_everyday_words_and_brands_are_no_misspelled_tags(word):
    assert read(word).corrections == () and read(word).unknown == (word,)


def test_every_tag_is_reached_by_its_name_and_its_synonyms():
    # Said alone these are a person and a garment.
    others = {"kids": (), "child": (), "childrens": (), "halter": ("halter top",)}
    for tag in VOCABULARY.tags:
        for surface in (tag.name, *tag.synonyms):
            parsed = read(surface)
            assert parsed.tags == others.get(surface, (tag.name,)), surface
            assert not (parsed.excluded or parsed.unknown or parsed.corrections), surface


@pytest.mark.parametrize(
    ("words", "tags"),
    [
        ("leg warmers", ["leg warmers"]),
        ("pajamas in all sizes", ["nightwear"]),
        ("wide leg or skinny jeans", ["wide leg", "fitted", "jeans"]),
        ("peep toe heels", ["open toe", "heels"]),
        ("a lighter blue shirt", ["light blue", "shirt"]),
    ],
)
def test_a_name_is_not_taken_apart(words, tags):
    assert list(read(words).tags) == tags


def test_of_shapes_that_exclude_each_other_any_is_enough():
    assert read("high waist or low rise jeans").alternatives == (("high waist", "low rise"),)
