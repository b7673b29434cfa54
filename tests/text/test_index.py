"""The text index: what satisfies everything comes first, likeness decides the rest, and nothing is lost on disk."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from smartrec.attributes.vocabulary import Vocabulary
from smartrec.catalog.schema import COLUMNS, Catalog
from smartrec.errors import WorkspaceError
from smartrec.text.index import TextIndex
from smartrec.text.likeness import WordLikeness
from smartrec.text.parsed import ParsedWords
from smartrec.text.query import parse
from smartrec.text.tagging import Tagger
from smartrec.text.word_weights import analyze

VOCABULARY = Vocabulary.load()
ROWS = [
    ("Red striped crew-neck tee, long sleeves", "Tee", "red", 20.0, "women", ""),
    ("Red tee, short sleeves", "Tee", "red", 15.0, "men", ""),
    ("White tee with red stripes, long sleeves", "Tee", "white", 18.0, "unisex", ""),
    ("Blue jeans, ripped", "Jeans", "blue", 60.0, "women", "jeans|blue|distressed|denim|trousers"),
    ("Blue jeans", "Jeans", "blue", float("nan"), "men", "jeans|blue|denim|trousers"),
    ("Yellow knitted jumper by Kestrel", "Sweater", "yellow", 45.0, "", ""),
    ("Navy bomber jacket", "Bomber", "navy", 90.0, "men", ""),
    ("Navy jacket", "Jacket", "navy", 80.0, "men", ""),
    ("", "Dress", "", 30.0, "women", ""),
    ("<b>Ünïcode</b> 黑色 dress & more", "Dress", "black", 35.0, "women", ""),
]


def make_catalog(rows=ROWS) -> Catalog:
    table = pd.DataFrame(rows, columns=["title", "category", "color", "price", "gender", "attributes"])
    table["product_id"] = [f"P{i}" for i in range(len(table))]
    for name in COLUMNS:
        if name not in table:
            table[name] = ""
    return Catalog(table)


@pytest.fixture(scope="module")
def index() -> TextIndex:
    return TextIndex.fit(make_catalog(), VOCABULARY)


def ranked(index: TextIndex, words: str) -> tuple[list[int], np.ndarray]:
    scores = index.score(parse(words, VOCABULARY, index.lexicon))
    assert scores.dtype == np.float32 and scores.shape == (len(index),)
    assert scores.min() >= 0 and scores.max() <= 1
    return list(np.argsort(-scores, kind="stable")), scores


def test_the_product_with_everything_comes_first(index):
    order, scores = ranked(index, "red striped long sleeve tee")
    # The white one with red stripes has all as well, but is not mainly red.
    assert order[:2] == [0, 2] and scores[0] >= 0.85 > 0.7 > scores[2] >= 0.55 > scores[order[2]]


def test_synonyms_and_kinds_satisfy(index):
    assert ranked(index, "yellow jumper")[0][0] == 5
    order, scores = ranked(index, "jacket")
    assert order[:2] == [7, 6] and scores[6] >= 0.75, "the very category first, then its kinds"


def test_a_shade_finds_its_color(index):
    order, scores = ranked(index, "mustard sweater")
    assert order[0] == 5 and scores[5] < 0.75


def test_what_is_ruled_out_scores_nothing(index):
    scores = ranked(index, "jeans, no rips")[1]
    assert scores[3] == 0 and scores[4] > 0.75
    assert not index.satisfies(parse("jeans, no rips", VOCABULARY))[3]
    assert ranked(index, "anything but jeans")[1][[3, 4]].max() == 0


def test_a_price_is_kept_only_where_it_is_known(index):
    satisfied = index.satisfies(parse("jeans under 100", VOCABULARY))
    assert satisfied[3] and not satisfied[4]


def test_gender_counts_for_what_is_made_for_all(index):
    assert list(np.flatnonzero(index.satisfies(parse("tee for men", VOCABULARY)))) == [1, 2]


def test_one_of_two_alternatives_is_enough(index):
    assert list(np.flatnonzero(index.satisfies(parse("red or yellow tee", VOCABULARY)))) == [0, 1, 2]
    assert set(np.flatnonzero(index.satisfies(parse("jeans or jacket", VOCABULARY)))) == {3, 4, 6, 7}


def test_words_that_are_no_tags_find_by_text(index):
    assert ranked(index, "kestrel")[0][0] == 5
    assert ranked(index, "unicode")[0][0] == 9
    assert ranked(index, "黑色")[0][0] == 9


def test_unknown_words_find_what_is_spelled_alike(index):
    parsed = ParsedWords(text="kestreling", terms=("kestreling",))
    assert int(np.argmax(index.score(parsed))) == 5


def test_nothing_asked_nothing_scored(index):
    assert not index.score(parse("", VOCABULARY)).any()
    assert not index.score(parse("qqqq zzzz", VOCABULARY)).any()


def test_likeness_of_words_is_scikit_learns_cosine():
    catalog = make_catalog(
        [(f"{a} {b} {b}", "Other", "", 1.0, "", "") for a in ("linus", "kestrel") for b in ("oak", "fir")]
    )
    index = TextIndex.fit(catalog, VOCABULARY)
    texts = [str(title) for title in catalog.table["title"]]
    model = TfidfVectorizer(analyzer=analyze, sublinear_tf=True)
    expected = (model.fit_transform(texts) @ model.transform(["kestrel oak"]).T).toarray().ravel()
    scores = index.score(ParsedWords(text="kestrel oak", terms=("kestrel", "oak")))
    np.testing.assert_allclose(scores, expected, atol=1e-6)


def test_likeness_of_letters_is_scikit_learns_cosine():
    words = ["cardigan", "cargo", "jeans", "denim"]
    model = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4))
    expected = (model.fit_transform(words) @ model.transform(["cardiganish"]).T).toarray().ravel()
    found = dict(WordLikeness.fit(words).nearest("cardiganish"))
    assert found == {"cardigan": pytest.approx(expected[0], abs=1e-6)}


def test_saved_and_loaded_it_scores_the_same(index, tmp_path):
    path = tmp_path / "deep" / "text.npz"
    index.save(path)
    again = TextIndex.load(path, VOCABULARY)
    assert dict(again.lexicon.counts) == dict(index.lexicon.counts)
    for words in (
        "red striped tee",
        "mustard sweater",
        "kestreling",
        "jeans no rips under 70 for women",
        "black dress",
    ):
        parsed = parse(words, VOCABULARY, index.lexicon)
        np.testing.assert_array_equal(again.score(parsed), index.score(parsed))
    with np.load(path, allow_pickle=False) as file:
        assert all(file[name].dtype != object for name in file.files)


@pytest.mark.parametrize("content", [None, b"", b"PK\x03\x04 broken", b"not an index"])
def test_a_missing_or_damaged_index_is_named(tmp_path, content):
    path = tmp_path / "text.npz"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(WorkspaceError, match=r"text\.npz"):
        TextIndex.load(path)


def test_a_shops_own_word_for_a_category_is_found_by_it():
    index = TextIndex.fit(make_catalog([("", "Hoodies", "", 9.0, "", ""), ("", "gown", "", 9.0, "", "")]), VOCABULARY)
    assert list(index.satisfies(parse("hoodie", VOCABULARY))) == [True, False]
    assert list(index.satisfies(parse("dress", VOCABULARY))) == [False, True]


def test_an_index_of_another_version_is_refused(index, tmp_path, monkeypatch):
    monkeypatch.setattr("smartrec.text.index.VERSION", 0)
    index.save(tmp_path / "text.npz")
    monkeypatch.undo()
    with pytest.raises(WorkspaceError, match="version"):
        TextIndex.load(tmp_path / "text.npz")


def test_a_shop_without_products_or_without_words_can_be_searched():
    for rows in ([], [("", "Other", "", float("nan"), "", "")]):
        index = TextIndex.fit(make_catalog(rows), VOCABULARY)
        assert index.score(parse("red tee", VOCABULARY)).shape == (len(rows),)


def test_titles_are_read_where_a_shop_has_no_attributes():
    tagger = Tagger(VOCABULARY)
    tags = tagger.tags(title="Blue jeans, ripped, no belt", category="Jeans", color="blue")
    assert tags[:2] == ("jeans", "blue") and {"distressed", "denim", "trousers"} <= set(tags) and "belted" not in tags
    given = tagger.tags(
        title="Blue jeans, ripped", category="Jeans", color="blue", attributes=("Stone-Washed", "nosuch")
    )
    assert "denim wash" in given and "distressed" not in given and "nosuch" not in given


@pytest.mark.parametrize("category", ["hoodies", "HOODIE", "Hoodie"])
def test_a_shops_own_category_words_are_understood(category):
    assert "hoodie" in Tagger(VOCABULARY).tags(title="", category=category)


SHADES = [
    ("Navy graphic tee, a print with green", "Tee", "navy", 20.0, "", "tee|navy|green|graphic print"),
    ("Green tee", "Tee", "green", 20.0, "", "tee|green|solid"),
    ("Green long tee", "Tee", "green", 20.0, "", "tee|green|long"),
    ("Black tee", "Tee", "black", 20.0, "", "tee|black|long"),
    ("Olive tee", "Tee", "olive", 20.0, "", "tee|olive|green"),
    ("White tee with olive", "Tee", "white", 20.0, "", "tee|white|olive|green"),
    ("Burgundy tee with navy", "Tee", "burgundy", 20.0, "", "tee|burgundy|navy|dark"),
]


@pytest.mark.parametrize(
    ("words", "first", "then"),
    [
        ("green", {1, 2, 4}, {0, 5}),
        ("green tee", {1, 2, 4}, {0, 5}),
        ("white or green tee", {1, 2, 4, 5}, {0}),
        ("white and olive tee", {5}, set()),
        ("olive", {4}, {5}),
        ("green long tee", {2}, set()),
        ("navy", {0}, {6}),
    ],
)
def test_a_color_asked_for_is_the_main_one_first(words, first, then):
    index = TextIndex.fit(make_catalog(SHADES), VOCABULARY)
    order, scores = ranked(index, words)
    assert set(order[: len(first)]) == first and set(order[len(first) : len(first) + len(then)]) == then
    assert scores[list(first)].min() >= 0.85
    rest = sorted(set(range(len(SHADES))) - first)
    assert scores[rest].max() <= 0.7, "wide enough a step for what a photo adds"


def test_some_of_a_color_counts_half_where_not_everything_is_satisfied():
    index = TextIndex.fit(make_catalog(SHADES), VOCABULARY)
    _, scores = ranked(index, "green cropped tee")
    assert scores[1] > scores[0] + 0.05 > scores[3]


def test_of_a_family_no_category_comes_first_for_its_name():
    rows = [(f"Grey {name}", name, "grey", 20.0, "", "") for name in ("Capris", "Jeans", "Chinos", "Sweatpants")]
    index = TextIndex.fit(make_catalog(rows), VOCABULARY)
    scores = ranked(index, "grey trousers")[1]
    assert np.ptp(scores) < 0.04 and scores.min() >= 0.85
    assert ranked(index, "grey jeans")[0][0] == 1


def test_what_no_product_says_is_missing(index):
    assert index.missing(("red", "wedding", "plus size", "bomber")) == ("wedding", "plus size")
    rows = [("Leather ankle boots", "Shoes", "black", 90.0, "", "shoes|black|boots")]
    assert TextIndex.fit(make_catalog(rows), VOCABULARY).missing(("ankle boots",)) == (), "its title says so"


def test_the_kind_of_a_photo_that_words_compare_with_is_kept(index):
    asked = parse("like this but red", VOCABULARY)
    assert set(np.flatnonzero(index.satisfies(asked))) == {0, 1, 2}
    assert list(np.flatnonzero(index.satisfies(replace(asked, kept=("Jeans",))))) == []
    assert set(np.flatnonzero(index.satisfies(replace(asked, kept=("Tee", "Top"))))) == {0, 1, 2}
    named = replace(parse("like this but a blue jeans", VOCABULARY), kept=("Tee",))
    assert list(np.flatnonzero(index.satisfies(named))) == [3, 4]
