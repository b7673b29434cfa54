"""Figures on annotated photos: against one annotator, against either of two, and how far the two agree."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from smartrec.labels import CATEGORIES, GROUPS
from smartrec.vision.assess import Answered, measure, second_of
from smartrec.vision.samples import concatenate, label_columns, make_samples
from smartrec.vision.sources import ANNOTATIONS, SECOND_ANNOTATIONS, second_annotations
from tests.findings import made_finding

SCORES = {"Tee": 0.6, "Top": 0.3, "Blouse": 0.1}


def answered(truth: str, second: str = "") -> Answered:
    """A photo that is answered with Tee, then Top, then Blouse; its color with navy, then black."""
    finding = made_finding({"category": SCORES, "color1": {"navy": 0.7, "black": 0.3}})
    twice = {"category": second, "color1": "black"} if second else {}
    return Answered("photo", {"category": truth, "color1": "navy"}, np.array([10.0, 10, 90, 90]), finding, twice)


def test_an_answer_of_either_annotator_counts_in_a_figure_of_its_own() -> None:
    answers = [answered("Tee", "Tee"), answered("Top", "Tee"), answered("Dress", "Top"), answered("Dress", "Dress")]
    figures = measure(answers)
    assert figures["category_top1"]["value"] == 0.25 and figures["category_top1_either"]["value"] == 0.5
    assert figures["category_top3"]["value"] == 0.5 and figures["category_top3_either"]["value"] == 0.75
    assert figures["agreement_category"]["value"] == 0.5
    assert figures["agreement_color1"]["value"] == 0.0 and figures["color1_either"]["value"] == 1.0
    assert figures["category_ece"]["value"] == pytest.approx(0.35)
    assert figures["category_ece_either"]["value"] == pytest.approx(0.1)
    assert "box_iou_either" not in figures


def test_photos_that_were_labelled_once_are_not_counted_as_labelled_twice() -> None:
    figures = measure([answered("Top", "Tee"), answered("Tee")])
    assert figures["category_top1"]["n"] == 2 and figures["category_top1_either"]["n"] == 1
    assert not [name for name in measure([answered("Tee")]) if "either" in name or "agreement" in name]


def test_the_second_annotation_is_of_the_same_photos_with_the_same_names() -> None:
    first, second = (pd.read_csv(path, dtype=str, keep_default_na=False) for path in (ANNOTATIONS, SECOND_ANNOTATIONS))
    assert not second["image"].duplicated().any() and set(second["image"]) == set(first["image"])
    for head, names in {"category": CATEGORIES, **GROUPS}.items():
        assert set(second[head]) <= set(names), head
    both = first.merge(second, on="image", suffixes=("", "_second"))
    agreement = (both["category"] == both["category_second"]).mean()
    assert 0.8 < agreement < 1.0, "two people who look at the same photos, not a copy"


def test_a_sample_has_the_second_annotators_answers_by_name() -> None:
    name = pd.read_csv(SECOND_ANNOTATIONS, dtype=str, keep_default_na=False)["image"].iloc[0]
    known, unknown = second_annotations([name, "no such photo"])
    assert known["category"] in CATEGORIES and unknown == {}
    samples = make_samples([np.zeros((4, 4, 3), np.uint8)] * 2, np.zeros((2, 4)), [{}] * 2)
    assert second_of(samples, 0) == {}
    twice = make_samples(samples.sources, samples.boxes, [{}] * 2)
    twice.second = label_columns([known, unknown])
    assert second_of(twice, 0) == known and second_of(twice, 1) == {}


def test_rows_that_were_labelled_once_stay_so_when_tables_are_joined() -> None:
    once, twice = (make_samples([np.zeros((4, 4, 3), np.uint8)], np.zeros((1, 4)), [{}]) for _ in range(2))
    twice.second = label_columns([{"category": "Tee"}])
    both = concatenate([once, twice]).take(np.array([1, 0]))
    assert second_of(both, 0) == {"category": "Tee"} and second_of(both, 1) == {}
