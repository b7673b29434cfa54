"""Every published layout is read into the same columns, and nothing that is corrupt goes by unseen."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartrec.catalog.importers.deepfashion.bits import AttributeBits, signs_of
from smartrec.catalog.importers.deepfashion.catalog import product_id, read_deepfashion_catalog
from smartrec.catalog.importers.deepfashion.files import SPLITS
from smartrec.catalog.importers.deepfashion.reader import read_annotations
from smartrec.errors import TableError
from tests.deepfashion_folder import LAYOUTS, Truth, write_folder


def _write(root: Path, layout: str, count: int = 40, attributes: int = 1000) -> Truth:
    return write_folder(root, layout, count, attributes, pictures=False)


def _edit(path: Path, line: int, text: str) -> None:
    """Replaces a line, counted from 1."""
    lines = path.read_text().splitlines()
    lines[line - 1] = text
    path.write_text("\n".join(lines) + "\n")


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_gives_what_was_written(tmp_path: Path, layout: str) -> None:
    truth = _write(tmp_path, layout)
    table = read_annotations(tmp_path)
    row = {table.name(i): i for i in range(len(table))}
    order = [row[name] for name in truth.names]
    assert len(table) == 40
    assert (table.category[order] == truth.categories - 1).all()
    assert (table.boxes[order] == truth.boxes).all()
    assert [SPLITS[i] for i in table.split[order]] == truth.splits
    assert table.landmarks[order[0], 0].tolist() in ([0, 10, 20],)
    assert not table.report.skipped and not table.report.mended
    if layout.startswith("coarse"):
        assert (table.attributes[order] == np.select([truth.attributes == 0, truth.attributes == 1], [-1, 1], 0)).all()
        assert table.attribute_names.names[1] == "a-line dress"
        assert table.groups == {}
    else:
        assert (np.stack([table.groups[name][order] for name in table.groups], axis=1) == truth.groups).all()
        assert (table.attributes[order] == 1).sum(axis=1).tolist() == [6] * 40


def test_both_layouts_in_one_folder(tmp_path: Path) -> None:
    _write(tmp_path, "coarse-new")
    _write(tmp_path, "fine")
    assert read_annotations(tmp_path).layout == "coarse"
    fine = read_annotations(tmp_path, "fine")
    assert (fine.layout, len(fine.attribute_names)) == ("fine", 26)


@pytest.mark.parametrize(
    ("file", "line", "text"),
    [
        ("list_bbox.txt", 7, "{name} 001 002 010"),
        ("list_bbox.txt", 7, "{name} 020 002 010 040"),
        ("list_bbox.txt", 7, "{name} one two 10 40"),
        ("list_attr_img.txt", 9, "{name} 1 1 -1"),
        ("list_attr_img.txt", 9, "{name} " + "1 " * 19 + "2"),
        ("list_category_img.txt", 5, "{name} 51"),
        ("list_category_img.txt", 5, "{name} 0"),
        ("list_landmarks.txt", 4, "{name} 1 1 0 5 5"),
        ("list_eval_partition.txt", 6, "{name} training"),
        ("list_bbox.txt", 8, "img/nowhere.jpg 1 1 5 5"),
    ],
)
def test_a_corrupt_row_is_reported_with_file_and_line(tmp_path: Path, file: str, line: int, text: str) -> None:
    truth = _write(tmp_path, "coarse", attributes=20)
    path = next(tmp_path.rglob(file))
    _edit(path, line, text.format(name=truth.names[line - 3]))
    table = read_annotations(tmp_path)
    ((what, reason),) = table.report.mended.items()
    assert file in what and reason.lines == [line] and reason.rows == 1
    assert len(table) == 40


def test_a_row_without_picture_or_a_picture_twice_is_skipped(tmp_path: Path) -> None:
    truth = _write(tmp_path, "coarse", attributes=20)
    path = tmp_path / "Anno" / "list_category_img.txt"
    _edit(path, 4, "nothing-to-read")
    _edit(path, 8, f"{truth.names[0]} 3")
    report = read_annotations(tmp_path).report
    assert (report.rows_read, report.rows_kept) == (40, 38)
    assert [reason.lines for reason in report.skipped.values()] == [[4], [8]]
    assert sum(reason.rows for reason in report.skipped.values()) == 2


def test_lists_in_another_order_and_names_with_spaces(tmp_path: Path) -> None:
    truth = _write(tmp_path, "coarse", attributes=20)
    for file in ("list_bbox.txt", "list_attr_img.txt", "list_eval_partition.txt"):
        path = next(tmp_path.rglob(file))
        count, header, *rows = path.read_text().splitlines()
        path.write_text("\n".join([count, header, *reversed(rows)]) + "\n")
    for path in tmp_path.rglob("list_*img.txt"):
        path.write_text(path.read_text().replace("_Of_Kind", " Of Kind"))
    for file in ("list_bbox.txt", "list_landmarks.txt", "list_eval_partition.txt"):
        path = next(tmp_path.rglob(file))
        path.write_text(path.read_text().replace("_Of_Kind", " Of Kind"))
    table = read_annotations(tmp_path)
    assert table.name(0) == truth.names[0].replace("_Of_Kind", " Of Kind")
    assert (table.boxes == truth.boxes).all()
    assert (table.attributes[0:40] == np.select([truth.attributes == 0, truth.attributes == 1], [-1, 1], 0)).all()


def test_a_wrong_count_line_windows_ends_and_blank_lines(tmp_path: Path) -> None:
    truth = _write(tmp_path, "coarse", attributes=20)
    path = tmp_path / "Anno" / "list_bbox.txt"
    lines = path.read_text().splitlines()
    path.write_bytes(b"\xef\xbb\xbf" + "\r\n".join(["77", *lines[1:5], "", *lines[5:]]).encode())
    table = read_annotations(tmp_path)
    assert (table.boxes == truth.boxes).all()
    assert any("announces 77 rows and has 40" in note for note in table.report.notes)


def test_fine_lines_stay_aligned_around_a_corrupt_one(tmp_path: Path) -> None:
    truth = _write(tmp_path, "fine")
    _edit(tmp_path / "Anno_fine" / "train_attr.txt", 2, "5 0 x 0 2 2")
    _edit(tmp_path / "Anno_fine" / "train_bbox.txt", 3, "")
    table = read_annotations(tmp_path)
    rows = [truth.names.index(table.name(i)) for i in range(len(table))]
    values = np.stack([table.groups[name] for name in table.groups], axis=1)
    assert (values[1] == -1).all()
    assert (values[2:] == truth.groups[rows][2:]).all()
    assert np.isnan(table.boxes[2]).all() and (table.boxes[3:] == truth.boxes[rows][3:]).all()
    assert table.report.mended["train_attr.txt: expected 6 numbers, left empty"].lines == [2]


def test_a_shifted_list_of_names_is_an_error_with_its_line(tmp_path: Path) -> None:
    _write(tmp_path, "coarse", attributes=20)
    _edit(tmp_path / "Anno" / "list_attr_cloth.txt", 5, "striped 9")
    with pytest.raises(TableError, match=r"list_attr_cloth.txt line 5.*Received: 'striped 9'"):
        read_annotations(tmp_path)


def test_no_deepfashion_folder(tmp_path: Path) -> None:
    with pytest.raises(TableError, match=r"Received: .* with no .txt file at all"):
        read_annotations(tmp_path)
    with pytest.raises(TableError, match="no folder"):
        read_annotations(tmp_path / "missing")


@given(st.lists(st.sampled_from([1, -1, 0]), min_size=1, max_size=30), st.sampled_from([" ", "  ", "\t"]))
def test_signs_are_read_as_written(values: list[int], between: str) -> None:
    text = between + between.join(map(str, values)) + "\n"
    meant = [{1: 1, -1: 0, 0: -1}[value] for value in values]
    assert signs_of(text.encode(), len(values)).tolist() == meant
    assert signs_of(text.encode(), len(values) + 1) is None


@pytest.mark.parametrize(
    "text",
    [b" 1 2 0", b" 1 -  1 0", b" 1 2 0 ", b" 1 --1 0", b" 1 -1-1", b" 11 0 1", b" 1.0 0", b" 1 a 0", b" - 1 1 0"],
)
def test_signs_that_are_none(text: bytes) -> None:
    assert signs_of(text, 3) is None


def test_bits_keep_three_states() -> None:
    values = np.random.default_rng(0).integers(-1, 2, (9, 21)).astype(np.int8)
    bits = AttributeBits.unknown(9, 21)
    bits.put(np.arange(9), values)
    assert (bits[0:9] == values).all()
    assert (bits.take(np.array([3, 1]))[np.array([0, 1])] == values[[3, 1]]).all()
    assert (bits.appended(2)[9:11] == -1).all()


@pytest.mark.parametrize("layout", ["coarse", "coarse-new", "fine"])
def test_pictures_become_products(tmp_path: Path, layout: str) -> None:
    truth = write_folder(tmp_path, layout, 20, 20)
    _edit(next(tmp_path.rglob("list_category_img.txt" if "coarse" in layout else "train_cate.txt")), 3, "99")
    imported = read_deepfashion_catalog(tmp_path)
    table = imported.table
    assert len(table) == 19 and imported.report.rows_read == 20 and imported.report.rows_kept == 19
    assert table["product_id"].is_unique and (table["title"].str.len() >= 3).all()
    assert all(title.endswith(category) for title, category in zip(table["title"], table["category"], strict=True))
    assert all((tmp_path / name).is_file() for name in imported.pictures.values())
    row = table.set_index("product_id").loc[product_id(truth.names[4])]
    words = row["attributes"].split("|")
    assert len(words) == (int((truth.attributes[4] == 1).sum()) or 1 if "coarse" in layout else 6)
    assert (imported.labels is None) == ("coarse" in layout)


def test_titles_name_the_look_before_the_category(tmp_path: Path) -> None:
    truth = _write(tmp_path, "coarse", 5, 20)
    path = tmp_path / "Anno" / "list_attr_img.txt"
    signs = ["1", "1", "1", "1", *["-1"] * 16]
    _edit(path, 3 + 4, f"{truth.names[4]} {' '.join(signs)}")
    titles = read_deepfashion_catalog(tmp_path).table["title"]
    assert titles[4] == "Striped Denim A-Line Dress Maxi Dress"
