"""The JSON contract, on hand-made answers."""

import json
import math

import numpy as np
import pytest

from smartrec.answer import Answer, Description
from smartrec.attributes.tag import ScoredTag
from smartrec.catalog.schema import Product
from smartrec.labels import CATEGORIES, GROUPS, LABEL_FIELDS
from smartrec.recommend.base import Query, Recommendation
from smartrec.shoppers.schema import History
from smartrec.text.parsed import ParsedWords
from smartrec.vision.finding import ColorShare, Finding
from smartrec.wire import describe_json, dumps, recommend_json


def make_description() -> Description:
    heads = {"category": {name: 0.9 if name == "Tee" else 0.1 / 61 for name in CATEGORIES}}
    heads |= {group: {value: 1.0 / len(values) for value in values} for group, values in GROUPS.items()}
    labels = {"category": "Tee", **{group: values[0] for group, values in GROUPS.items()}}
    mask = np.zeros((40, 30), bool)
    mask[10:20, 10:20] = True
    finding = Finding(
        size=(30, 40),
        garment=0.99,
        garment_found=True,
        box=(1.0, 2.0, 29.0, 39.0),
        box_score=0.8,
        mask=mask,
        heads=heads,
        colors=(ColorShare("navy", 0.75, (10, 20, 60)),),
        labels=labels,
        embedding=np.ones(4, np.float32) / 2,
        model="sha256:abc",
    )
    tags = (ScoredTag("striped", "pattern", "texture", np.float32(0.9), "seen"),)
    return Description(finding, tags, {"decode": 1.0, "detect": 2.0, "mask": 3.0, "total": 6.0})


def make_answer(price: float = 24.9) -> Answer:
    product = Product("P001", "Navy tee", "Tee", price=price, attributes=("navy", "tee"), image="images/P001.jpg")
    terms = {"look": 0.5, "taste": 0.25}
    card = Recommendation(1, product, 0, 0.75, terms, "navy like your photo", ("P009",))
    query = Query(History.empty("new"), parsed=ParsedWords("navy", tags=("navy",), excluded=("striped",)))
    return Answer("new", query, make_description(), "navy", "a.jpg", [card], None, {"total": 1.0})


def test_describe_has_the_fields_of_the_contract_and_nothing_is_rounded():
    document = json.loads(dumps(describe_json("ü.jpg", make_description())))
    assert list(document) == [
        "photo", "size", "garment", "garment_found", "category", "box", "box_score", "mask", "attributes", "colors",
        "labels", "timings_ms", "model",
    ]  # fmt: skip
    assert document["photo"] == "ü.jpg" and document["size"] == [30, 40]
    assert document["category"]["top"][0]["name"] == "Tee" and len(document["category"]["top"]) == 5
    assert document["mask"]["area"] == 100 / 1200
    assert document["attributes"][0]["score"] == float(np.float32(0.9))
    assert list(document["labels"]) == list(LABEL_FIELDS)


def test_recommend_has_the_fields_of_the_contract():
    document = json.loads(dumps(recommend_json(make_answer())))
    assert list(document) == ["user", "query", "items", "timings_ms"]
    assert document["query"]["parsed"]["not"] == ["striped"]
    item = document["items"][0]
    assert sum(item["terms"].values()) == pytest.approx(item["score"], abs=1e-6)
    assert item["because_of"] == ["P009"] and item["image"] == "images/P001.jpg"


def test_an_unknown_price_is_null_never_nan():
    assert recommend_json(make_answer(math.nan))["items"][0]["price"] is None
    with pytest.raises(ValueError, match="JSON"):
        dumps({"price": math.nan})


def test_lone_surrogates_of_undecodable_file_names_survive():
    assert json.loads(dumps({"photo": "a\udcff.jpg"}))["photo"] == "a\udcff.jpg"
