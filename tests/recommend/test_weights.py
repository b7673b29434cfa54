from __future__ import annotations

import pytest

from smartrec.errors import WeightsError
from smartrec.recommend.base import SIGNALS
from smartrec.recommend.weights import PRESETS, Weights, parse


@pytest.mark.parametrize("name", ["balanced", "photo-first", "my-style", "discover", "Photo first", "MY_STYLE"])
def test_presets_by_name(name):
    assert parse(name) is PRESETS[name.lower().replace(" ", "-").replace("_", "-")]


def test_pairs_set_the_named_and_leave_the_rest_at_zero():
    weights = parse("look=1, taste=.5,diversity=0.2")
    assert weights.values["look"] == 1.0 and weights.values["taste"] == 0.5 and weights.diversity == 0.2
    assert sum(weights.values.values()) == 1.5
    assert tuple(weights.values) == SIGNALS


@pytest.mark.parametrize(
    "text", ["best", "", "look=1,smell=2", "look=x", "look=-1", "look=nan", "look=99", "diversity=2"]
)
def test_what_can_not_be_is_refused_with_the_choices(text):
    with pytest.raises(WeightsError, match="Received"):
        parse(text)


def test_unknown_names_list_the_choices():
    with pytest.raises(WeightsError, match=r"balanced.*look"):
        parse("best")


def test_json_brings_the_same_set_back():
    weights = PRESETS["discover"].changed("mine", look=2.0)
    again = Weights.from_json(weights.to_json())
    assert again == weights and again.values["look"] == 2.0


@pytest.mark.parametrize("text", ["{", "[]", '{"name": "x"}', '{"name": "x", "weights": {"smell": 1}}'])
def test_damaged_json_is_refused(text):
    with pytest.raises(WeightsError, match="Received"):
        Weights.from_json(text)


def test_without_changes_one_weight_only():
    less = PRESETS["balanced"].without("look")
    assert less.values["look"] == 0.0
    assert {n: v for n, v in less.values.items() if n != "look"} == {
        n: v for n, v in PRESETS["balanced"].values.items() if n != "look"
    }
