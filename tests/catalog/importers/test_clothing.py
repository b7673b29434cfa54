"""The public clothing data set as a shop: a clone with our annotations, and a copy that brings its own."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from smartrec.catalog.importers.clothing import ANNOTATIONS, read_clothing_catalog
from smartrec.catalog.schema import COLUMNS
from smartrec.errors import TableError
from smartrec.labels import CATEGORIES, DETAILS, GROUPS


@pytest.fixture(scope="module")
def annotations() -> pd.DataFrame:
    return pd.read_csv(ANNOTATIONS, dtype=str, keep_default_na=False)


def clone(folder: Path, names: list[str], suffix: str = ".jpg") -> Path:
    (folder / "images").mkdir()
    for name in names:
        (folder / "images" / f"{name}{suffix}").write_bytes(b"")
    (folder / "images.csv").write_text("image,sender_id,label,kids\n" + "".join(f"{n},1,Tee,False\n" for n in names))
    return folder


def test_the_shipped_annotations_use_our_value_names_only(annotations: pd.DataFrame) -> None:
    assert annotations["image"].is_unique and len(annotations) > 4000
    assert set(annotations["category"]) <= set(CATEGORIES)
    for group, values in GROUPS.items():
        assert set(annotations[group]) <= set(values)
    assert set("+".join(annotations["details"]).split("+")) <= {*DETAILS, "none"}
    sides = annotations[["x0", "y0", "x1", "y1"]].astype(float)
    assert ((sides >= 0) & (sides <= 1)).all(axis=None)
    assert (sides["x0"] < sides["x1"]).all() and (sides["y0"] < sides["y1"]).all()


def test_nothing_of_the_source_table_is_shipped(annotations: pd.DataFrame) -> None:
    assert not {"sender_id", "kids", "coarse_label", "label"} & set(annotations.columns)


def test_a_clone_becomes_products_with_titles_and_labels(tmp_path: Path, annotations: pd.DataFrame) -> None:
    names = annotations["image"].head(3).tolist()
    catalog = read_clothing_catalog(clone(tmp_path, [*names, "stranger"]))
    assert catalog.table["product_id"].tolist() == names
    assert catalog.table.dtypes.astype(str).to_dict() == COLUMNS
    assert catalog.table["category"].tolist() == annotations["category"].head(3).tolist()
    assert (catalog.table["title"].str.len() > 4).all()
    assert catalog.pictures[names[0]] == f"images/{names[0]}.jpg"
    assert catalog.labels is not None and catalog.labels["product_id"].tolist() == names
    assert catalog.report.skipped["photo without annotation"].rows == 1
    assert (catalog.report.rows_read, catalog.report.rows_kept) == (4, 3)


def test_a_copy_with_its_own_annotations(tmp_path: Path, annotations: pd.DataFrame) -> None:
    folder = clone(tmp_path, ["mine"], ".webp")
    annotations.head(1).assign(image="mine", category="Cape", sender_id="7").to_csv(folder / "labels.csv", index=False)
    catalog = read_clothing_catalog(folder)
    assert catalog.table["category"].tolist() == ["Cape"]
    assert catalog.pictures == {"mine": "images/mine.webp"}


def test_what_is_no_clothing_folder_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="photos in images/"):
        read_clothing_catalog(tmp_path)
    clone(tmp_path, ["stranger"])
    with pytest.raises(TableError, match="none annotated"):
        read_clothing_catalog(tmp_path)
    (tmp_path / "labels.csv").write_text("image,category\nstranger,Tee\n")
    with pytest.raises(TableError, match="Expected annotations"):
        read_clothing_catalog(tmp_path)
