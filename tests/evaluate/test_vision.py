"""``benchmark vision``: whose photos count as unseen, and what is said where there is nothing to compare with."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from smartrec.errors import TableError
from smartrec.evaluate.vision import clothing_parts
from smartrec.evaluate.vision_rivals import rival_rows
from smartrec.labels import GROUPS
from smartrec.settings import Settings
from smartrec.vision.bundle import Bundle
from smartrec.vision.detector import Detector
from smartrec.vision.sources import clothing_samples, split_names


@pytest.fixture
def folder(draw_photo: Callable[..., bytes], tmp_path: Path) -> Callable[[list[str]], Path]:
    def make(senders: list[str]) -> Path:
        (tmp_path / "images").mkdir()
        for i in range(len(senders)):
            (tmp_path / "images" / f"{i}.jpg").write_bytes(draw_photo("Tee", i))
        sides = {"x0": 0.1, "y0": 0.1, "x1": 0.9, "y1": 0.9}
        rows = [{"image": str(i), "sender_id": s, **sides, "category": "Tee"} for i, s in enumerate(senders)]
        pd.DataFrame(rows).reindex(columns=[*rows[0], *GROUPS]).fillna("").to_csv(tmp_path / "labels.csv", index=False)
        return tmp_path

    return make


def test_people_in_no_list_count_as_unseen(folder: Callable[[list[str]], Path]) -> None:
    listed = {split: min(split_names("clothing", split)) for split in ("train", "val", "test")}
    photos = folder([listed["train"], listed["val"], listed["test"], "somebody new"])
    assert clothing_samples(photos, "test").names == ["2", "3"]
    assert clothing_samples(photos, "train").names == ["0"] and clothing_samples(photos, "val").names == ["1"]


def test_photos_of_new_people_alone_are_measured(folder: Callable[[list[str]], Path]) -> None:
    photos, bundle = folder(["somebody new", "another"]), Settings().bundle
    parts = clothing_parts(Detector.open(bundle), photos, Bundle.open(bundle), print)
    assert list(parts) == ["figures"] and parts["figures"]["category_top1"]["n"] == 2
    with pytest.raises(TableError, match="training senders"):
        rival_rows(photos, print)


def test_people_who_chose_thresholds_are_told_apart(folder: Callable[[list[str]], Path]) -> None:
    photos, bundle = folder([min(split_names("clothing", "val")), "somebody new"]), Settings().bundle
    parts = clothing_parts(Detector.open(bundle), photos, Bundle.open(bundle), print)
    assert [parts[name]["category_top1"]["n"] for name in ("figures", "validation", "both_lists")] == [1, 1, 2]
