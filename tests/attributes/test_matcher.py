"""From a finding to tags: thresholds, colors, contradictions and what neighbors add."""

from dataclasses import replace

import pytest

from smartrec.attributes.matcher import Neighbor, tags_from_finding
from smartrec.attributes.vocabulary import Vocabulary
from smartrec.vision.finding import ColorShare, Finding
from tests.findings import made_finding


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary.load()


@pytest.fixture
def finding() -> Finding:
    heads = {
        "category": {"Tee": 0.9, "Top": 0.1},
        "color1": {"navy": 0.8, "black": 0.2},
        "color2": {"none": 0.7, "white": 0.3},
        "pattern": {"striped": 0.9, "solid": 0.1},
        "sleeve": {"long": 0.6, "short": 0.4},
        "neck": {"crew": 0.95, "na": 0.05},
        "closure": {"na": 0.99, "zip": 0.01},
    }
    colors = (ColorShare("navy", 0.8, (20, 30, 70)), ColorShare("white", 0.2, (250, 250, 250)))
    return made_finding(heads, colors=colors)


def floors(value: float) -> dict[str, dict[str, float]]:
    groups = ("color1", "color2", "pattern", "sleeve", "neck", "closure")
    values = ("navy", "white", "none", "striped", "solid", "long", "short", "crew", "na", "zip")
    return {group: dict.fromkeys(values, value) for group in groups}


def test_best_guesses_that_reach_their_threshold_are_shown_best_first(finding, vocabulary):
    tags = tags_from_finding(finding, vocabulary, floors(0.5))
    assert [(tag.name, tag.source) for tag in tags] == [
        ("crew neck", "seen"), ("striped", "seen"), ("navy", "color"), ("long sleeve", "seen")]  # fmt: skip
    assert [tag.score for tag in tags] == [0.95, 0.9, 0.8, 0.6]
    assert {tag.type for tag in tags} == {"texture", "part"}


def test_below_its_threshold_nothing_is_a_fact(finding, vocabulary):
    names = {tag.name for tag in tags_from_finding(finding, vocabulary, floors(0.85))}
    assert names == {"crew neck", "striped"}


def test_a_value_without_a_threshold_is_not_shown(finding, vocabulary):
    assert tags_from_finding(finding, vocabulary, {"sleeve": {"short": 0.1}}) == ()


def test_no_garment_no_tags(finding, vocabulary):
    neighbors = [Neighbor(("pockets",), 0.9)] * 5
    assert tags_from_finding(replace(finding, garment_found=False), vocabulary, floors(0.0), neighbors) == ()


def test_colors_are_measured_where_no_head_judges_them(finding, vocabulary):
    heads = {group: values for group, values in finding.heads.items() if not group.startswith("color")}
    tags = tags_from_finding(replace(finding, heads=heads), vocabulary, floors(0.99))
    assert [(tag.name, tag.score, tag.source) for tag in tags] == [("navy", 0.8, "color")]


def test_of_two_that_exclude_each_other_the_surer_stays(finding, vocabulary):
    # A second head that contradicts the first, as "details" may.
    heads = {**finding.heads, "details": {"kids": 0.7}, "fit": {"tight": 0.9}, "length": {"mini": 0.8}}
    labels = {**finding.labels, "fit": "tight", "length": "mini"}
    limits = {**floors(0.5), "details": {"kids": 0.5}, "fit": {"tight": 0.5}, "length": {"mini": 0.5}}
    votes = [Neighbor(("super skinny", "micro", "lined"), 0.9)] * 2 + [Neighbor(("unlined", "micro"), 0.9)] * 2
    names = [
        tag.name for tag in tags_from_finding(replace(finding, heads=heads, labels=labels), vocabulary, limits, votes)
    ]
    assert {"fitted", "mini", "kids"} <= set(names)
    assert len({"lined", "unlined"} & set(names)) == 1
    for name in names:
        assert not vocabulary.excluded_by[name] & set(names)


def test_neighbors_add_what_most_of_them_carry_and_never_contradict(finding, vocabulary):
    neighbors = [
        Neighbor(("pockets", "sleeveless", "cotton", "navy", "leopard print"), 0.9),
        Neighbor(("pockets", "cotton", "nosuchtag"), 0.8),
        Neighbor(("cotton",), 0.7),
        Neighbor(("boho",), -0.5),
    ]
    tags = tags_from_finding(finding, vocabulary, floors(0.5), neighbors)
    added = {tag.name: tag for tag in tags if tag.source == "neighbor"}
    assert set(added) == {"cotton", "pockets"}
    assert added["cotton"].score == pytest.approx(1.0)
    assert all(0.5 <= tag.score <= 1 for tag in added.values())


def test_neighbors_do_not_vote_on_what_a_head_decides(finding, vocabulary):
    detailed = replace(finding, heads={**finding.heads, "details": {"pockets": 0.2}})
    votes = [Neighbor(("pockets", "cotton", "v-neck"), 0.9)] * 4
    names = {tag.name for tag in tags_from_finding(detailed, vocabulary, floors(0.99), votes)}
    assert names == {"cotton"}


def test_closer_neighbors_weigh_more(finding, vocabulary):
    near = [Neighbor(("cotton",), 0.9), Neighbor(("linen",), 0.4), Neighbor(("linen",), 0.4)]
    names = [tag.name for tag in tags_from_finding(finding, vocabulary, floors(0.5), near) if tag.source == "neighbor"]
    assert names == ["cotton"]


def test_two_neighbors_are_no_vote(finding, vocabulary):
    tags = tags_from_finding(finding, vocabulary, floors(0.5), [Neighbor(("cotton",), 0.9)] * 2)
    assert all(tag.source != "neighbor" for tag in tags)
