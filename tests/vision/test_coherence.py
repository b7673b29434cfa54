"""Heads that hear each other: what goes together is believed sooner, colors and unheard heads stay as they are."""

from __future__ import annotations

import numpy as np
import pytest

from smartrec.labels import CATEGORIES, GROUPS
from smartrec.vision.coherence import Coherence, coherent_heads, count_lifts, fit_strengths
from smartrec.vision.samples import Samples, make_samples

SIZES = coherent_heads(CATEGORIES, GROUPS)
WARDROBE = (
    {"category": "Jeans", "fabric": "denim", "sleeve": "na", "closure": "zip"},
    {"category": "Tank", "fabric": "jersey", "sleeve": "sleeveless", "closure": "none"},
    {"category": "Sweater", "fabric": "knit", "sleeve": "long", "closure": "none"},
)


def wardrobe(copies: int) -> Samples:
    rows = [row for row in WARDROBE for _ in range(copies)]
    return make_samples([np.zeros((1, 1, 3), np.uint8)] * len(rows), np.zeros((len(rows), 4)), rows)


@pytest.fixture
def lifts() -> np.ndarray:
    samples = wardrobe(20)
    return count_lifts(samples, [str(i) for i in range(len(samples))], SIZES)


def even(count: int = 1) -> dict[str, np.ndarray]:
    sizes = {"category": len(CATEGORIES)} | {name: len(values) for name, values in GROUPS.items()}
    return {name: np.full((count, size), 1 / size) for name, size in sizes.items()}


def sure(head: str, value: str) -> np.ndarray:
    names = list(CATEGORIES if head == "category" else GROUPS[head])
    said = np.full((1, len(names)), 0.01 / len(names))
    said[0, names.index(value)] += 0.99
    return said


def test_a_sure_head_moves_the_others(lifts: np.ndarray) -> None:
    heads = even() | {"category": sure("category", "Jeans")}
    heard = Coherence(SIZES, lifts, dict.fromkeys(SIZES, 0.5))(heads)
    assert GROUPS["fabric"][int(heard["fabric"].argmax())] == "denim"
    assert GROUPS["sleeve"][int(heard["sleeve"].argmax())] == "na"
    for name, values in heard.items():
        assert values.sum() == pytest.approx(1), name


def test_colors_neither_speak_nor_hear(lifts: np.ndarray) -> None:
    heads = even() | {"category": sure("category", "Jeans")}
    coherence = Coherence(SIZES, lifts, dict.fromkeys(SIZES, 0.5))
    np.testing.assert_array_equal(coherence(heads)["color1"], heads["color1"])
    blue = heads | {"color1": sure("color1", "blue")}
    np.testing.assert_array_equal(coherence(blue)["fabric"], coherence(heads)["fabric"])


def test_no_strength_changes_nothing(lifts: np.ndarray) -> None:
    heads = even() | {"category": sure("category", "Tank")}
    for name, values in Coherence(SIZES, lifts, {})(heads).items():
        np.testing.assert_allclose(values, heads[name], atol=1e-12)


def test_one_photo_and_many_are_read_alike(lifts: np.ndarray) -> None:
    heads = even(3) | {"category": np.repeat(sure("category", "Sweater"), 3, axis=0)}
    coherence = Coherence(SIZES, lifts, dict.fromkeys(SIZES, 0.3))
    alone = coherence({name: values[0] for name, values in heads.items()})
    np.testing.assert_allclose(coherence(heads)["closure"][2], alone["closure"])


def test_a_head_learns_how_far_to_listen(lifts: np.ndarray) -> None:
    samples = wardrobe(30)
    truths = {"category": samples.category.astype(int)} | {n: v.astype(int) for n, v in samples.groups.items()}
    heads = even(len(samples)) | {"category": np.concatenate([sure("category", r["category"]) for r in WARDROBE] * 30)}
    order = np.argsort([i % 3 for i in range(len(samples))], kind="stable")
    heads = {name: values[order] for name, values in heads.items()}
    strengths = fit_strengths(SIZES, lifts, heads, truths)
    assert strengths["fabric"] > 0.1 and "neck" not in strengths
    surprising = truths | {"fabric": np.full(len(samples), GROUPS["fabric"].index("leather"))}
    assert fit_strengths(SIZES, lifts, heads, surprising)["fabric"] == 0


def test_one_person_with_many_photos_does_not_speak_for_all() -> None:
    samples = wardrobe(20)
    apart = count_lifts(samples, [str(i) for i in range(60)], SIZES)
    one = count_lifts(samples, ["same"] * 20 + [str(i) for i in range(40)], SIZES)
    jeans, denim = CATEGORIES.index("Jeans"), _position("fabric", "denim")
    assert one[jeans, denim] > 0 and one[jeans, denim] != pytest.approx(apart[jeans, denim])
    assert not one[: len(CATEGORIES), : len(CATEGORIES)].any()


def _position(head: str, value: str) -> int:
    names = list(SIZES)
    return sum(SIZES[name] for name in names[: names.index(head)]) + GROUPS[head].index(value)
