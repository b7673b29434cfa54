import numpy as np
import pytest

from smartrec.catalog.demo import frequencies
from smartrec.catalog.demo.garment import GarmentSpec
from smartrec.catalog.demo.sample import sample_spec
from smartrec.labels import CATEGORIES, DETAILS, GROUPS, LABEL_FIELDS

TROUSERS = ("Jeans", "Chinos", "Leggings", "Culottes", "Gauchos", "Jodhpurs", "Shorts", "Joggers")
THINGS = ("Shoes", "Hat", "Bag", "Scarf", "Other")


def many(category: str, count: int = 25, **fixed: object) -> list[GarmentSpec]:
    rng = np.random.default_rng(5)
    return [sample_spec(rng, category, **fixed) for _ in range(count)]


@pytest.mark.parametrize("category", CATEGORIES)
def test_every_value_is_a_label(category: str) -> None:
    for spec in many(category):
        labels = spec.labels()
        assert tuple(labels) == LABEL_FIELDS
        assert labels["category"] == category
        for group, values in GROUPS.items():
            assert labels[group] in values, (group, labels)
        assert set(spec.details) <= set(DETAILS)
        assert spec.color2 != spec.color1
        assert spec.gender in ("women", "men", "kids", "unisex")


@pytest.mark.parametrize("category", TROUSERS)
def test_trousers_have_no_sleeves_and_no_neck(category: str) -> None:
    for spec in many(category):
        assert (spec.sleeve, spec.neck) == ("na", "na")
        assert spec.length in ("short", "knee", "capri", "full")


@pytest.mark.parametrize("category", THINGS)
def test_things_have_no_cut(category: str) -> None:
    for spec in many(category):
        assert (spec.sleeve, spec.neck, spec.length, spec.fit) == ("na", "na", "na", "na")


def test_values_agree() -> None:
    rng = np.random.default_rng(6)
    for _ in range(400):
        spec = sample_spec(rng)
        if spec.pattern == "denimwash":
            assert spec.fabric == "denim"
        if spec.category == "Flannel":
            assert spec.pattern == "plaid"
        if spec.closure == "buttons" and spec.category not in THINGS:
            assert spec.has("buttons")
        if spec.pattern in ("striped", "plaid", "floral", "dotted", "colorblock"):
            assert spec.color2 != "none"
        assert spec.has("kids") <= (spec.gender == "kids")


def test_what_is_fixed_stays() -> None:
    for spec in many("Tee", color1="red", pattern="striped", sleeve="long", color2="white", details=("pockets",)):
        assert (spec.color1, spec.pattern, spec.sleeve, spec.color2) == ("red", "striped", "long", "white")
        assert spec.details == ("pockets",)


def test_same_seed_same_spec() -> None:
    first, second, other = (sample_spec(np.random.default_rng(s)) for s in (9, 9, 10))
    assert first == second
    assert first != other


@pytest.mark.parametrize(
    ("category", "fixed"), [("Trouser", {}), ("Tee", {"color1": "mauve"}), ("Tee", {"colour": "red"})]
)
def test_unknown_names_are_refused(category: str, fixed: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="Received"):
        sample_spec(np.random.default_rng(0), category, **fixed)


def test_colors_are_as_frequent_as_annotated() -> None:
    counts = frequencies.weights_of("Tee", "color1")
    specs = many("Tee", 600)
    for name in ("black", "white", "grey"):
        expected = counts[name] / sum(counts.values())
        assert abs(np.mean([spec.color1 == name for spec in specs]) - expected) < 0.06


def test_the_table_names_its_source() -> None:
    table = frequencies.table()
    assert "CC0" in table["source"]
    assert table["photos"] == sum(entry["photos"] for entry in table["categories"].values())
