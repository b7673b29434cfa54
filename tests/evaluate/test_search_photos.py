"""Shares of the cards, their ceilings, and which photos may be measured at all."""

from pathlib import Path

import pandas as pd
import pytest

from smartrec.catalog.schema import COLUMNS, Catalog
from smartrec.errors import BadInputError, ImageError
from smartrec.evaluate.search_photos import Cards, LabelledPhoto, measure, read_photos


def make_catalog() -> Catalog:
    """Twelve tees, four of them red; two red skirts."""
    rows = [{"product_id": f"T{i}", "category": "Tee", "color": "red" if i < 4 else "blue"} for i in range(12)]
    rows += [{"product_id": f"S{i}", "category": "Skirt", "color": "red"} for i in range(2)]
    return Catalog(pd.DataFrame(rows).reindex(columns=list(COLUMNS)).fillna("").assign(price=9.5))


def photo(name: str = "a.jpg", sender: str = "1", color: str = "red") -> LabelledPhoto:
    return LabelledPhoto(Path(name), sender, "Tee", color)


def quiet(share: float, stage: str) -> None:
    pass


def test_shares_and_ceilings_count_cards():
    catalog = make_catalog()
    cards = Cards("Tee", [catalog.product(i) for i in (0, 1, 4, 5, 6, 7, 8, 9, 12, 13)])
    result = measure([photo(), photo(sender="2")], catalog, lambda path: cards, quiet)
    category, color, annotated = result["rows"]
    assert (category["value"], category["ceiling"]) == (0.8, 1.0)
    assert color["value"] == pytest.approx(0.4)
    # An ideal ranking shows tees first, and of those there are four red ones.
    assert color["ceiling"] == pytest.approx(0.4)
    assert annotated["value"] == 0.8
    assert result["photos"] == 2 and result["senders"] == 2
    assert category["low"] <= category["value"] <= category["high"]


def test_photos_that_can_not_be_read_are_counted_not_hidden():
    catalog = make_catalog()

    def recommend(path: Path) -> Cards:
        if path.name == "bad.jpg":
            raise ImageError("broken")
        return Cards("Tee", [catalog.product(0)] * 10)

    result = measure([photo(), photo("bad.jpg")], catalog, recommend, quiet)
    assert result["photos"] == 1 and result["unreadable"] == 1
    with pytest.raises(BadInputError):
        measure([photo("bad.jpg")], catalog, recommend, quiet)


@pytest.fixture
def splits(tmp_path) -> Path:
    folder = tmp_path / "splits"
    folder.mkdir()
    for part, senders in {"train": "1\n2\n", "val": "3\n", "test": "4\n"}.items():
        (folder / f"clothing_{part}.txt").write_text(senders)
    return folder


def write_data(folder: Path, senders: list[int]) -> Path:
    rows = [{"image": f"i{n}", "sender_id": s, "category": "Tee", "color1": "red"} for n, s in enumerate(senders)]
    pd.DataFrame(rows).to_csv(folder / "labels.csv", index=False)
    return folder


def test_only_senders_that_were_not_trained_on_are_measured(tmp_path, splits):
    photos = read_photos(write_data(tmp_path, [1, 2, 3, 4, 5, 4]), splits=splits)
    assert [p.sender for p in photos] == ["4", "5", "4"]
    assert len(read_photos(tmp_path, limit=2, splits=splits)) == 2
    assert read_photos(tmp_path, limit=2, splits=splits) == read_photos(tmp_path, limit=2, splits=splits)


def test_data_of_trained_senders_is_refused(tmp_path, splits):
    with pytest.raises(BadInputError, match="not trained on"):
        read_photos(write_data(tmp_path, [1, 3]), splits=splits)
    with pytest.raises(BadInputError, match=r"labels\.csv"):
        read_photos(tmp_path / "none", splits=splits)
