"""The benchmark of words: its errors are reproducible, its judge is independent of the index, its figures add up."""

import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from smartrec.attributes.labelled import tags_for_labels
from smartrec.attributes.vocabulary import Vocabulary
from smartrec.catalog.schema import COLUMNS, Catalog
from smartrec.errors import BadInputError
from smartrec.evaluate.search_words import (
    QUERIES,
    read_queries,
    resized,
    satisfying,
    with_typing_errors,
    words_benchmark,
)
from smartrec.text.parsed import ParsedWords

VOCABULARY = Vocabulary.load()


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    rows = []
    for i in range(120):
        category, color = ("Tee", "Jeans", "Dress")[i % 3], ("red", "navy")[i // 3 % 2]
        labels = {"category": category, "color1": color, "pattern": ("solid", "striped")[i // 6 % 2]}
        tags = tags_for_labels(labels, vocabulary=VOCABULARY)
        row = {"title": f"{color} {category}", "category": category, "color": color, "attributes": "|".join(tags)}
        rows.append({**row, "product_id": f"P{i}", "price": 10.0 + i, "gender": ("women", "men", "")[i % 3]})
    table = pd.DataFrame(rows)
    for name in COLUMNS:
        if name not in table:
            table[name] = ""
    return Catalog(table)


def test_typing_errors_are_one_or_two_and_always_the_same():
    changed = 0
    for query in read_queries():
        typed = with_typing_errors(query.words)
        assert typed == with_typing_errors(query.words)
        before, after = query.words.split(" "), typed.split(" ")
        assert len(before) == len(after)
        errors = [(a, b) for a, b in zip(before, after, strict=True) if a != b]
        assert len(errors) <= 2
        assert all(a[0] == b[0] and abs(len(a) - len(b)) <= 1 for a, b in errors)
        changed += bool(errors)
    assert changed > 250


def test_the_figures_of_words(catalog):
    result = words_benchmark(catalog, VOCABULARY, parts=("tune",), large=None)
    json.dumps(result)
    assert result["query_tags"]["tune"]["queries"] == 150
    assert result["query_tags"]["tune"]["f1"] >= 0.95
    assert result["query_tags_typing_errors"]["tune"]["f1"] >= 0.90
    assert result["words_to_products"]["queries"] >= 5
    assert result["words_to_products"]["share_of_first_ten"] >= 0.98
    assert set(result["latency"]) == {"1200"}
    assert result["latency"]["1200"]["times_faster"] > 5


def test_cards_in_a_wrong_order_are_seen(catalog):
    result = words_benchmark(catalog, VOCABULARY, parts=("tune",), large=None, first_ten=lambda words: range(10))
    assert result["words_to_products"]["share_of_first_ten"] < 0.6
    assert result["words_to_products"]["ranking"] == "cards"


def test_the_judge_knows_tags_prices_gender_and_what_is_ruled_out(catalog):
    parsed = ParsedWords(text="", tags=("red", "tee"), excluded=("striped",), price_max=60.0, gender="women")
    judged = satisfying(parsed, catalog)
    for position in np.flatnonzero(judged):
        product = catalog.product(int(position))
        assert {"red", "tee"} <= set(product.attributes) and "striped" not in product.attributes
        assert product.price <= 60 and product.gender in ("women", "")
    assert judged.sum() > 3
    either = satisfying(ParsedWords(text="", tags=("tee", "dress"), alternatives=(("tee", "dress"),)), catalog)
    assert either.sum() == 80
    assert not satisfying(replace(parsed, excluded_categories=("Tee",)), catalog).any()


def test_a_resized_shop_has_its_size_and_unique_ids(catalog):
    for size in (50, 301):
        shop = resized(catalog, size)
        assert len(shop) == size == len(set(shop.ids))
        assert shop.table["title"][size - 1] == catalog.table["title"][(size - 1) % len(catalog)]


def test_a_broken_file_of_queries_is_named(tmp_path):
    path = tmp_path / "queries.jsonl"
    with pytest.raises(BadInputError, match=r"queries\.jsonl"):
        read_queries(path)
    path.write_text('{"words": "tee"}\n')
    with pytest.raises(BadInputError, match=r"queries\.jsonl"):
        read_queries(path)
    assert QUERIES.is_file()
