"""The teacher: opinions of people it has not seen, kept embeddings, and how they mix with annotations."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from smartrec.errors import MissingWeightsError, TableError
from smartrec.labels import CATEGORIES
from smartrec.vision import teacher
from smartrec.vision.samples import TEACHER_SHARE, UNKNOWN, Samples, concatenate, make_samples

COUNT, PEOPLE = 60, 10


def photos(seed: int = 0) -> Samples:
    """Plain pictures, darker for the second category than for the first."""
    rng = np.random.default_rng(seed)
    pictures = [
        np.clip(rng.normal(60 if i % 2 else 190, 8, (40, 30, 3)), 0, 255).astype(np.uint8) for i in range(COUNT)
    ]
    boxes = np.tile([0.1, 0.1, 0.9, 0.9], (COUNT, 1))
    return make_samples(pictures, boxes, [{"category": CATEGORIES[i % 2]} for i in range(COUNT)])


def people() -> list[str]:
    return [str(i % PEOPLE // 2) for i in range(COUNT)]


def test_opinions_come_from_other_peoples_photos() -> None:
    samples = photos()
    samples.category[:] = [int(person) % 2 for person in people()]
    own = np.eye(5)[[int(person) for person in people()]]  # an embedding that knows nothing but the person
    said = teacher.opinions(own, samples, people())["category"]
    assert (said.argmax(axis=1) == samples.category).mean() <= 0.6, "a person's own photos would give the answer away"
    np.testing.assert_allclose(said.astype(float).sum(axis=1), 1.0, atol=0.01)


def test_embeddings_are_kept_for_the_same_encoder_and_photos(image_encoder: Path, tmp_path: Path) -> None:
    lines: list[str] = []
    samples, kept = photos(), tmp_path / "parts" / teacher.EMBEDDINGS
    teacher.teach(samples, people(), image_encoder, kept, lines.append)
    first = samples.taught["category"]
    assert (first.argmax(axis=1) == samples.category).all()
    with np.load(kept) as file:
        changed = {**file, "features": -file["features"]}
    np.savez(kept, **changed)
    again = photos()
    teacher.teach(again, people(), image_encoder, kept, lines.append)
    np.testing.assert_allclose(again.taught["category"], first, atol=0.02)  # a mirrored space has the same opinions
    with np.load(kept) as file:
        np.testing.assert_array_equal(file["features"], changed["features"])
    others = photos(seed=1)
    others.names = [f"other-{name}" for name in others.names]
    teacher.teach(others, people(), image_encoder, kept, lines.append)
    with np.load(kept) as file:
        assert file["names"].tolist() == others.names


def test_without_an_encoder_it_says_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(MissingWeightsError, match="image encoder"):
        teacher.teach(photos(), people(), tmp_path / "clip.onnx", tmp_path / "kept.npz", print)
    (tmp_path / "clip.onnx").write_bytes(b"not a network")
    with pytest.raises(MissingWeightsError, match=r"Received: .*clip\.onnx"):
        teacher.teach(photos(), people(), tmp_path / "clip.onnx", tmp_path / "kept.npz", print)


def test_one_person_alone_can_not_be_judged_and_a_lone_answer_is_certain() -> None:
    samples = photos()
    with pytest.raises(TableError, match="two people"):
        teacher.opinions(np.ones((COUNT, 2)), samples, ["one"] * COUNT)
    samples.category[:] = 3
    said = teacher.opinions(np.ones((COUNT, 2)), samples, people())["category"]
    assert (said[:, 3] == 1).all()


def test_what_the_network_shall_say_is_the_mean_of_everybody_asked() -> None:
    samples = photos().take(np.arange(4))
    samples.category[:] = [0, 0, UNKNOWN, UNKNOWN]
    samples.second = {"category": np.array([1, UNKNOWN, UNKNOWN, 2], np.int16)}
    wanted, known = samples.wanted("category", np.arange(4))
    np.testing.assert_allclose(wanted[:, :3], [[0.5, 0.5, 0], [1, 0, 0], [0, 0, 0], [0, 0, 1]])
    assert known.tolist() == [True, True, False, True]
    opinion = np.full((4, len(CATEGORIES)), np.nan, np.float16)
    opinion[[0, 2]] = 0
    opinion[[0, 2], 4] = 1
    samples.taught = {"category": opinion}
    wanted, known = samples.wanted("category", np.arange(4))
    half = (1 - TEACHER_SHARE) / 2
    np.testing.assert_allclose(wanted[0, [0, 1, 4]], [half, half, TEACHER_SHARE])
    np.testing.assert_allclose(wanted[2, 4], 1.0)
    np.testing.assert_allclose(wanted[1, :3], [1, 0, 0])
    assert known.all()


def test_rows_without_a_second_opinion_stay_unknown_when_tables_are_joined() -> None:
    one, two = photos().take(np.arange(3)), photos().take(np.arange(2))
    one.second = {"category": np.array([1, 0, 1], np.int16)}
    one.taught = {"category": np.ones((3, len(CATEGORIES)), np.float16)}
    both = concatenate([one, two]).take(np.array([4, 0]))
    assert both.second["category"].tolist() == [UNKNOWN, 1]
    assert np.isnan(both.taught["category"][0].astype(float)).all() and (both.taught["category"][1] == 1).all()
    assert concatenate([two, two]).second == {}
