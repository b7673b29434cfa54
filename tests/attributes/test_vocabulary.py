"""The vocabulary keeps its promises: a thousand tags, each found in one way only, none made of two others."""

import time
from collections import defaultdict

import pytest

from smartrec import labels
from smartrec.attributes import normalize
from smartrec.attributes.labelled import tags_for_labels
from smartrec.attributes.vocabulary import COLUMNS, TYPES, Vocabulary
from smartrec.errors import BadInputError, SmartRecError

# Fixed expressions whose meaning is not the sum of two tags, and the names that DeepFashion or a label gave.
FIXED = {
    "light blue", "rose gold", "button-down", "halter top", "polo collar", "shawl collar", "patch pocket", "flat cap",
    "kitten heel", "smart casual",
}  # fmt: skip
NOTHING = {"na", "none", "unknown", "Other"}


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary.load()


def test_exactly_one_thousand_unique_tags_of_five_types(vocabulary):
    assert len(vocabulary) == 1000
    assert len({normalize.key(tag.name) for tag in vocabulary.tags}) == 1000
    assert {tag.type for tag in vocabulary.tags} == set(TYPES)
    for kind in TYPES:
        assert sum(tag.type == kind for tag in vocabulary.tags) >= 150


def test_every_surface_means_one_tag(vocabulary):
    meanings = defaultdict(set)
    for tag in vocabulary.tags:
        for surface in (tag.name, *tag.synonyms):
            meanings[normalize.key(surface)].add(tag.name)
    assert {surface: names for surface, names in meanings.items() if len(names) > 1} == {}


def test_no_synonym_says_the_same_twice(vocabulary):
    for tag in vocabulary.tags:
        keys = [normalize.key(surface) for surface in (tag.name, *tag.synonyms)]
        assert all(keys) and len(keys) == len(set(keys)), tag.name


def test_no_tag_is_two_others_put_together(vocabulary):
    for tag in vocabulary.tags:
        words = normalize.tokens(tag.name)
        for cut in range(1, len(words)):
            halves = {vocabulary.by_surface.get("".join(part)) for part in (words[:cut], words[cut:])}
            if None not in halves and tag.name not in halves:
                assert tag.name in FIXED, f"{tag.name} = {halves}"


def test_implied_and_excluded_tags_exist_and_implications_do_not_run_in_circles(vocabulary):
    for tag in vocabulary.tags:
        assert all(other in vocabulary for other in (*tag.implies, *tag.excludes)), tag.name
        assert tag.name not in vocabulary.implied_by[tag.name]


def test_exclusions_are_symmetric_and_never_hit_what_is_implied(vocabulary):
    for name, others in vocabulary.excluded_by.items():
        assert name not in others
        for other in others:
            assert name in vocabulary.excluded_by[other]
            assert other not in vocabulary.implied_by[name]


@pytest.mark.parametrize(
    ("one", "other"),
    [("sleeveless", "long sleeve"), ("spaghetti strap", "long sleeve"), ("solid", "leopard print"), ("mini", "maxi"),
     ("crew neck", "v-neck"), ("jeans", "skirt"), ("fitted", "loose fit")],
)  # fmt: skip
def test_what_can_not_hold_together_is_excluded(vocabulary, one, other):
    assert other in vocabulary.excluded_by[one]


@pytest.mark.parametrize(("one", "other"), [("spaghetti strap", "sleeveless"), ("navy", "white"), ("jeans", "denim")])
def test_what_can_hold_together_is_not(vocabulary, one, other):
    assert other not in vocabulary.excluded_by[one]


def test_no_color_excludes_another(vocabulary):
    colors = {tag.name for tag in vocabulary.tags if tag.group == "color"}
    assert not any(vocabulary.excluded_by[color] & colors for color in colors)


def test_every_label_value_that_says_something_has_a_visible_tag(vocabulary):
    for group, values in {**labels.GROUPS, "category": labels.CATEGORIES, "details": labels.DETAILS}.items():
        for value in values:
            name = vocabulary.for_label(group, value)
            if value not in NOTHING:
                assert name, f"{group} {value}"
            if name and (group, value) != ("details", "kids"):
                assert vocabulary.tag(name).visible, name


def test_different_values_of_a_group_are_different_tags(vocabulary):
    for group, values in labels.GROUPS.items():
        names = [name for value in values if (name := vocabulary.for_label(group, value))]
        assert len(names) == len(set(names)), group


def test_tags_for_labels_has_meant_and_implied_tags_once(vocabulary):
    row = {"category": "Jeans", "color1": "navy", "color2": "none", "pattern": "denimwash", "sleeve": "na",
           "length": "full", "closure": "zip", "fabric": "denim", "fit": "tight", "neck": "na"}  # fmt: skip
    names = tags_for_labels(row, ["distressed"], vocabulary)
    assert names[:2] == ("jeans", "navy")
    assert {"denim", "denim wash", "full length", "zip", "fitted", "distressed", "trousers", "bottoms"} <= set(names)
    assert len(names) == len(set(names))


def test_an_implied_tag_gives_way_to_a_label_that_contradicts_it(vocabulary):
    names = tags_for_labels({"category": "Turtleneck", "neck": "mock"}, vocabulary=vocabulary)
    assert "mock neck" in names and "roll neck" not in names
    assert "roll neck" in tags_for_labels({"category": "Turtleneck"}, vocabulary=vocabulary)


def test_the_kind_within_a_category_is_a_tag_too(vocabulary):
    assert {"shoes", "sneakers"} <= set(tags_for_labels({"category": "Shoes"}, vocabulary=vocabulary, kind="sneaker"))
    assert "bucket hat" in tags_for_labels({"category": "Hat"}, vocabulary=vocabulary, kind="bucket")
    assert "bucket bag" in tags_for_labels({"category": "Bag"}, vocabulary=vocabulary, kind="bucket")


def test_loads_in_a_moment():
    times = []
    for _ in range(5):
        start = time.process_time()
        assert Vocabulary.load().by_surface
        times.append(time.process_time() - start)
    assert min(times) < 0.05


def test_an_unknown_tag_and_a_missing_file_are_named(vocabulary, tmp_path):
    with pytest.raises(SmartRecError, match="nosuch"):
        vocabulary.tag("nosuch")
    with pytest.raises(SmartRecError, match="texture"):
        Vocabulary.load(tmp_path)
    (tmp_path / "texture.tsv").write_text("name\tgroup\n")
    with pytest.raises(SmartRecError, match=COLUMNS[2]):
        Vocabulary.load(tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        "4\nattribute_name  attribute_type\nfloral print      1\nstriped            1\nboxy fit     3\nsummer 5\n",
        "floral print\t1\nstriped\t1\r\nboxy fit\t3\nsummer\t5",
    ],
)
def test_a_deepfashion_list_replaces_the_vocabulary(tmp_path, text):
    path = tmp_path / "list_attr_cloth.txt"
    path.write_text(text)
    vocabulary = Vocabulary.from_deepfashion(path)
    assert vocabulary.names == ("floral print", "striped", "boxy fit", "summer")
    assert [tag.type for tag in vocabulary.tags] == ["texture", "texture", "shape", "style"]
    assert vocabulary.for_label("pattern", "striped") == "striped"
    assert vocabulary.for_label("pattern", "floral") == "floral print"
    assert vocabulary.by_surface[normalize.key("Boxy-Fit")] == "boxy fit"


def test_a_file_without_attributes_is_refused(tmp_path):
    path = tmp_path / "list_attr_cloth.txt"
    path.write_text("0\nattribute_name attribute_type\n")
    with pytest.raises(BadInputError, match="list_attr_cloth"):
        Vocabulary.from_deepfashion(path)
