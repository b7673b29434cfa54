"""What the person adds and removes changes what is asked, and nothing else."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from smartrec.asking import Clicks, make_query, weights_of
from smartrec.attributes.vocabulary import Vocabulary
from smartrec.catalog.schema import COLUMNS, Catalog
from smartrec.errors import BadInputError, UnknownProductError, WeightsError
from smartrec.recommend.base import Query
from smartrec.shoppers.schema import History
from smartrec.text.parsed import ParsedWords
from smartrec.text.query import parse
from tests.test_wire import make_description

NOW = np.datetime64("2025-01-01", "ns")


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary.load()


@pytest.fixture(scope="module")
def ask(vocabulary):
    rows = pd.DataFrame([{"product_id": "P1"}, {"product_id": "P2"}]).reindex(columns=list(COLUMNS)).fillna("")
    catalog = Catalog(rows.assign(price=1.0))

    def make(clicks=None, description=None, parsed=None, k=10) -> Query:
        history = History.empty("new")
        return make_query(catalog, vocabulary, history, description, parsed, clicks or Clicks(), k=k, now=NOW)

    return make


def test_without_clicks_nothing_is_changed(ask):
    description = make_description()
    query = ask(description=description)
    assert query.finding is description.finding and query.tags == description.tags and query.parsed is None


def test_removed_tags_of_a_photo_are_as_if_they_had_not_been_seen(ask, vocabulary):
    description = make_description()
    color = vocabulary.for_label("color1", description.finding.labels["color1"])
    query = ask(Clicks(removed=("striped", color)), description)
    assert not query.tags
    value = description.finding.labels["color1"]
    assert query.finding.heads["color1"][value] == 0.0 and query.finding.labels["color1"] != value
    assert description.finding.heads["color1"][value] > 0.0  # the description itself is not touched


def test_added_tags_count_as_words_and_unknown_ones_are_refused(ask, vocabulary):
    query = ask(Clicks(added=("striped", vocabulary.for_label("category", "Jeans"))))
    assert "striped" in query.parsed.tags and query.parsed.categories == ("Jeans",) and query.asks
    with pytest.raises(BadInputError, match="no-such-tag"):
        ask(Clicks(added=("no-such-tag",)))


def test_removed_tags_of_the_words_are_as_if_they_had_not_been_said(ask):
    parsed = ParsedWords("red striped", tags=("red", "striped"))
    assert ask(Clicks(removed=("red",)), parsed=parsed).parsed.tags == ("striped",)


def test_a_removed_family_takes_its_categories_and_its_words_with_it(ask, vocabulary):
    parsed = parse("black trousers or tee under 50", vocabulary)
    assert {"Jeans", "Chinos", "Tee"} <= set(parsed.categories)
    left = ask(Clicks(removed=("trousers",)), parsed=parsed).parsed
    assert left.categories == ("Tee",) and left.tags == ("black", "tee")
    assert "trouser" in parsed.terms and "trouser" not in left.terms and "black" in left.terms
    assert left.price_max == 50.0


def test_what_another_word_still_asks_for_stays(ask, vocabulary):
    parsed = parse("trousers or jeans", vocabulary)
    left = ask(Clicks(removed=("trousers",)), parsed=parsed).parsed
    assert "jeans" in left.tags and left.categories == ("Jeans",) and "jean" in left.terms
    same = ask(Clicks(removed=("red",)), parsed=parsed).parsed
    assert same == parsed  # a tag of the photo that the words never named


def test_removed_words_typed_as_a_synonym_are_gone_too(ask, vocabulary):
    parsed = parse("grey pants", vocabulary)
    left = ask(Clicks(removed=("trousers",)), parsed=parsed).parsed
    assert left.tags == ("grey",) and left.terms == ("grey",) and not left.categories


def test_an_alternative_loses_the_removed_one_only(ask, vocabulary):
    parsed = parse("navy or black or grey tee", vocabulary)
    left = ask(Clicks(removed=("black",)), parsed=parsed).parsed
    assert left.alternatives == (("navy", "grey"),) and left.categories == parsed.categories


def test_an_added_family_asks_for_its_categories(ask):
    assert {"Jeans", "Chinos"} <= set(ask(Clicks(added=("trousers",))).parsed.categories)


def test_a_photo_without_a_garment_does_not_lead(ask):
    description = make_description()
    empty = replace(description, finding=replace(description.finding, garment_found=False))
    query = ask(description=empty)
    assert query.finding is None and not query.tags and not query.asks


def test_likes_are_positions_and_must_exist(ask):
    query = ask(Clicks(liked=("P2",), disliked=("P1",)))
    assert query.liked == (1,) and query.disliked == (0,)
    with pytest.raises(UnknownProductError):
        ask(Clicks(liked=("P9",)))
    with pytest.raises(BadInputError):
        ask(k=0)


def test_weights_by_name_by_pairs_or_as_they_are():
    assert weights_of(None) is None
    assert weights_of("look=1,taste=.5").values["taste"] == 0.5
    balanced = weights_of("balanced")
    assert weights_of(balanced) is balanced
    with pytest.raises(WeightsError):
        weights_of("nonsense")


def test_a_removed_garment_leaves_the_other_with_its_own_tags(ask, vocabulary):
    parsed = parse("black tee and blue jeans", vocabulary)
    left = ask(Clicks(removed=("jeans",), added=("striped",)), parsed=parsed).parsed
    assert [one.tags for one in left.each] == [("black", "tee", "striped")]
    both = ask(Clicks(removed=("blue",)), parsed=parsed).parsed
    assert [one.tags for one in both.each] == [("black", "tee"), ("jeans",)]
    with_another = ask(Clicks(added=("skirt",)), parsed=parsed).parsed
    assert with_another.garments == ()


def test_words_that_change_a_photo_keep_its_kind_of_garment(ask, vocabulary):
    description = make_description()
    for words in ("like this but longer", "in navy", "under 40"):
        assert ask(description=description, parsed=parse(words, vocabulary)).parsed.kept == ("Tee",), words
    assert ask(Clicks(added=("striped",)), description).parsed.kept == ("Tee",)
    for words in ("longer skirt than this", "like this but no tee", "something to go with this"):
        assert ask(description=description, parsed=parse(words, vocabulary)).parsed.kept == (), words
    assert ask(parsed=parse("like this but longer", vocabulary)).parsed.kept == ()


def test_an_unsure_photo_keeps_all_that_it_may_show(ask, vocabulary):
    description = make_description()
    heads = {**description.finding.heads, "category": {"Tee": 0.5, "Top": 0.3, "Tank": 0.2}}
    unsure = replace(description, finding=replace(description.finding, heads=heads))
    assert ask(description=unsure, parsed=parse("but in navy", vocabulary)).parsed.kept == ("Tee", "Top")
