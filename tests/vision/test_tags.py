"""Which values a photo shows as facts, fitted on held-out photos, and how far they can be trusted."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from smartrec.labels import CATEGORIES, GROUPS, SILENT
from smartrec.vision import calibrate
from smartrec.vision.assess import Answered, tag_reliability
from smartrec.vision.bundle import BundleConfig
from smartrec.vision.calibrate import Observed, calibrated
from smartrec.vision.calibration import temper
from smartrec.vision.detector import Looks
from smartrec.vision.samples import make_samples
from tests.findings import made_finding

BOX = np.array([10.0, 10.0, 90.0, 90.0])


def answered(labels: dict[str, str], truth: dict[str, str], score: float = 0.9) -> Answered:
    return Answered("photo", truth, BOX, made_finding({group: {value: score} for group, value in labels.items()}))


def everything_from(threshold: float) -> dict[str, dict[str, float]]:
    return {group: dict.fromkeys(values, threshold) for group, values in GROUPS.items()}


def test_what_is_shown_is_counted_against_what_is_annotated() -> None:
    answers = [
        answered({"pattern": "striped", "sleeve": "long"}, {"pattern": "striped", "sleeve": "short"}),
        answered({"pattern": "plaid"}, {"pattern": "striped"}, score=0.1),
    ]
    tags = tag_reliability(answers, everything_from(0.5))
    assert (tags["shown"], tags["annotated"]) == (2, 3)
    assert tags["precision"] == 1 / 2 and tags["recall"] == 1 / 3
    striped = next(row for row in tags["values"] if row["value"] == "striped")
    assert striped == {
        "group": "pattern", "value": "striped", "precision": 1.0, "recall": 0.5, "shown": 1, "annotated": 2,
    }  # fmt: skip


def test_a_color_is_one_tag_whichever_head_names_it() -> None:
    answers = [answered({"color1": "navy", "color2": "navy"}, {"color1": "white", "color2": "navy"})]
    tags = tag_reliability(answers, everything_from(0.5))
    assert (tags["shown"], tags["annotated"], tags["precision"], tags["recall"]) == (1, 2, 1.0, 0.5)


def test_what_is_not_there_is_no_tag_and_nothing_shown_has_no_precision() -> None:
    tags = tag_reliability([answered({"sleeve": "na"}, {"sleeve": "na", "color2": "none"})], everything_from(0.5))
    assert (tags["shown"], tags["annotated"], tags["precision"], tags["recall"]) == (0, 0, None, None)


def observed(photos: int, lies: dict[str, str], seed: int = 0) -> Observed:
    """Answers as right as they are sure, but for the values in `lies` (group -> value), which are always wrong."""
    rng = np.random.default_rng(seed)
    labels: list[dict[str, str]] = []
    looks: list[Looks] = []
    for _ in range(photos):
        heads: dict[str, np.ndarray] = {}
        truth: dict[str, str] = {}
        for group, values in {"category": CATEGORIES, **GROUPS}.items():
            sure = rng.uniform(0.4, 0.98)
            said = int(rng.integers(len(values)))
            wrong = lies.get(group) == values[said] or rng.uniform() > sure
            heads[group] = np.full(len(values), (1 - sure) / (len(values) - 1))
            heads[group][said] = sure
            truth[group] = values[(said + 1) % len(values)] if wrong else values[said]
        labels.append(truth)
        looks.append(Looks(0.9, 0.9, BOX, BOX, heads, np.zeros(1), np.zeros(0)))
    samples = make_samples([BOX] * photos, np.tile(BOX / 100, (photos, 1)), labels)
    measured = np.full((photos, len(GROUPS["color1"])), 1 / len(GROUPS["color1"]))
    return Observed(samples, looks, measured, np.tile(BOX, (photos, 1)), rng.integers(0, 40, photos))


@pytest.fixture(scope="module")
def fitted() -> BundleConfig:
    liar = observed(300, {"fit": "loose"})
    return calibrated(BundleConfig("lite", 224, "lite", ("category",)), liar, [])


def test_one_threshold_for_all_values_and_a_value_that_lies_is_not_shown(fitted: BundleConfig) -> None:
    common = fitted.thresholds["pattern"]["striped"]
    assert 0.5 < common < 0.9
    assert fitted.thresholds["sleeve"]["long"] == fitted.thresholds["fit"]["tight"] == common
    assert fitted.thresholds["fit"]["loose"] > common + 0.05


def test_other_peoples_photos_reach_the_precision(fitted: BundleConfig) -> None:
    other = observed(200, {"fit": "loose"}, seed=1)
    right = shown = 0
    for row, look in enumerate(other.looks):
        for group, values in GROUPS.items():
            scores = temper(look.heads[group], fitted.temperatures[group])
            said = int(scores.argmax())
            if group == "color1" or values[said] in SILENT:  # color1 is blended with the pixels' color
                continue
            if scores[said] >= fitted.thresholds[group][values[said]]:
                shown += 1
                right += other.samples.groups[group][row] == said
    assert shown > 300 and right / shown >= calibrate.PRECISION_FLOOR


def test_a_bundle_without_attribute_groups_has_no_thresholds() -> None:
    config = BundleConfig("lite", 224, "lite", ("category",), groups={})
    assert calibrated(config, observed(30, {}), []).thresholds == {}


def as_dict(config: BundleConfig) -> dict[str, Any]:
    return {"thresholds": config.thresholds, "temperatures": config.temperatures}


def test_fitting_twice_gives_the_same() -> None:
    again = observed(60, {})
    config = BundleConfig("lite", 224, "lite", ("category",))
    assert as_dict(calibrated(config, again, [])) == as_dict(calibrated(config, again, []))
