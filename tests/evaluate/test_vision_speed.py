"""The throughput of a folder counts photos that were described, wherever the benchmark was called from."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from smartrec.commands.benchmark import described
from smartrec.engine import Engine
from smartrec.errors import BadInputError
from smartrec.evaluate.vision_speed import folder_speed
from smartrec.settings import Settings


@pytest.fixture
def photos(draw_photo: Callable[..., bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Two photos, named relative to the working directory as ``--data ../photos`` names them."""
    monkeypatch.chdir(tmp_path)
    names = [Path(f"{number}.jpg") for number in range(2)]
    for number, name in enumerate(names):
        name.write_bytes(draw_photo("Tee", number))
    return names


def test_photos_named_from_the_working_directory_are_described(photos: list[Path]) -> None:
    engine = Engine.open(Settings())
    counts: list[int] = []

    def describe(folder: Path) -> int:
        counts.append(described(engine, folder))
        return counts[-1]

    assert folder_speed(describe, photos, print) > 0
    assert counts == [2]


def test_photos_that_can_not_be_described_are_no_speed(photos: list[Path]) -> None:
    photos[1].write_bytes(b"half a photo")
    engine = Engine.open(Settings())
    with pytest.raises(BadInputError, match=r"2 photos that can be described\. Received: 1"):
        folder_speed(lambda folder: described(engine, folder), photos, print)
