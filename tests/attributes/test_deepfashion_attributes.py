"""A bundle that answers with DeepFashion's own attributes shows those that are tags of the vocabulary."""

from __future__ import annotations

from smartrec.attributes.matcher import tags_from_finding
from smartrec.attributes.vocabulary import Vocabulary
from smartrec.vision.finding import ColorShare
from tests.findings import made_finding


def test_attributes_above_their_threshold_become_tags_by_name() -> None:
    finding = made_finding(
        {"category": {"Dress": 1.0}, "attributes": {"Striped": 0.9, "denim": 0.2, "no such word": 0.99}},
        colors=(ColorShare("navy", 0.8, (20, 20, 80)),),
        labels={"category": "Dress", "color1": "navy", "color2": "none"},
    )
    thresholds = {"attributes": {"Striped": 0.5, "denim": 0.5, "no such word": 0.5}}
    tags = {tag.name: tag.source for tag in tags_from_finding(finding, Vocabulary.load(), thresholds)}
    assert tags["striped"] == "seen" and tags["navy"] == "color"
    assert "denim" not in tags and "no such word" not in tags
