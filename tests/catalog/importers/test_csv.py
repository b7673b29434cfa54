"""Catalogs from tables as shops export them: encodings, delimiters, odd values, and an account of every row."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smartrec.catalog.importers.cleaning import clean_text, parse_prices
from smartrec.catalog.importers.csv import ImportedCatalog, read_catalog
from smartrec.catalog.importers.delimited import parse_mapping
from smartrec.catalog.schema import COLUMNS
from smartrec.errors import TableError, UsageError


def read(folder: Path, text: str | bytes, name: str = "shop.csv", **mapping: str) -> ImportedCatalog:
    content = text.encode() if isinstance(text, str) else text
    (folder / name).write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
    return read_catalog(folder / name, mapping)


def skipped(catalog: ImportedCatalog) -> dict[str, list[int]]:
    return {reason: found.lines for reason, found in catalog.report.skipped.items()}


def test_ids_stay_text_and_unknown_columns_stay_out(tmp_path: Path) -> None:
    catalog = read(tmp_path, "product_id,title,category,margin\n007,Red tee,tee,9\n7,Gown,gown,8\n")
    assert catalog.table["product_id"].tolist() == ["007", "7"]
    assert catalog.table["category"].tolist() == ["Tee", "gown"]
    assert list(catalog.table.columns) == list(COLUMNS)
    assert catalog.table.dtypes.astype(str).to_dict() == COLUMNS
    assert catalog.report.left_out_columns == ("margin",)
    assert (catalog.report.rows_read, catalog.report.rows_kept) == (2, 2)
    assert np.isnan(catalog.table["price"]).all()


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "cp1252", "utf-16"])
@pytest.mark.parametrize("name", ["shop.csv", "SHOP.CSV.GZ"])
def test_delimiters_and_encodings_are_found(tmp_path: Path, delimiter: str, encoding: str, name: str) -> None:
    text = '"product_id";"title";"category"\r\n"01";"Größe ""M"", ärmellos";"Top"\r\n'.replace(";", delimiter)
    content = text.encode(encoding)
    (tmp_path / name).write_bytes(gzip.compress(content) if name.lower().endswith(".gz") else content)
    catalog = read_catalog(tmp_path / name)
    assert catalog.table["title"].tolist() == ['Größe "M", ärmellos']


def test_columns_are_renamed_and_found_in_any_case(tmp_path: Path) -> None:
    text = "SKU,Product Name,Category,BRAND\n1,Tee one,Tee,Ando\n"
    catalog = read(tmp_path, text, product_id="SKU", title="product_name")
    assert catalog.table.loc[0, ["product_id", "title", "brand"]].tolist() == ["1", "Tee one", "Ando"]


def test_every_row_is_accounted_for_with_its_line(tmp_path: Path) -> None:
    text = (
        "product_id,title,category,price\n"
        "1,Tee,Tee,9.90\n"
        ",No id,Tee,1\n"
        "3,,Tee,1\n"
        '4,"Two\nlines",Tee,1\n'
        "\n"
        "5,NaN,Tee,1\n"
        "6,Fine,,1\n"
        "1,Again,Tee,1\n"
        "8,Too,many,1,fields,here\n"
        "9,Last,Tee,free\n"
    )
    catalog = read(tmp_path, text)
    assert catalog.table["product_id"].tolist() == ["1", "4", "9"]
    assert catalog.table["title"].tolist() == ["Tee", "Two lines", "Last"]
    assert skipped(catalog) == {
        "more fields than the header has": [11],
        "no product_id": [3],
        "no title": [4, 8],
        "no category": [9],
        "product_id that an earlier row has": [10],
    }
    assert catalog.report.mended["price not readable, left empty"].lines == [12]
    report = catalog.report
    assert report.rows_read == report.rows_kept + sum(reason.rows for reason in report.skipped.values()) == 9
    assert "Skipped 2: no title (line 4, 8)" in report.as_text()
    assert report.as_json()["skipped"][0]["rows"] == 1


def test_a_broken_row_does_not_push_out_a_good_one_of_its_id(tmp_path: Path) -> None:
    catalog = read(tmp_path, "product_id,title,category\n1,,Tee\n1,Fine,Tee\n")
    assert catalog.table["title"].tolist() == ["Fine"]


def test_only_the_first_lines_are_listed_and_all_are_counted(tmp_path: Path) -> None:
    catalog = read(tmp_path, "product_id,title,category\n1,Tee,Tee\n" + ",x,Tee\n" * 40)
    assert catalog.report.skipped["no product_id"].rows == 40
    assert skipped(catalog)["no product_id"] == [3, 4, 5, 6, 7]


@pytest.mark.parametrize(
    "title", ["=cmd|' /C calc'!A0", "<script>alert(1)</script>", "+1", "@SUM(A1)", "50% off & more"]
)
def test_formulas_and_markup_stay_plain_text(tmp_path: Path, title: str) -> None:
    assert read(tmp_path, f'product_id,title,category\n1,"{title}",Tee\n').table["title"].tolist() == [title]


def test_control_characters_and_direction_marks_go(tmp_path: Path) -> None:
    catalog = read(tmp_path, "product_id,title,category\n1,\u202eRed\u200b \x07 tee\u00a0 x,Tee\n")
    assert catalog.table["title"].tolist() == ["Red tee x"]


def test_long_texts_are_cut_and_reported(tmp_path: Path) -> None:
    catalog = read(tmp_path, f"product_id,title,category\n1,{'x' * 5000},Tee\n")
    assert catalog.table["title"].str.len().tolist() == [300]
    assert catalog.report.mended["title cut to 300 characters"].lines == [2]


def test_pictures_and_attributes_are_handed_over_as_they_came(tmp_path: Path) -> None:
    catalog = read(tmp_path, "product_id,title,category,image,attributes\n1,A,Tee,a.jpg,red|striped\n2,B,Tee,,\n")
    assert catalog.pictures == {"1": "a.jpg"}
    assert catalog.table["attributes"].tolist() == ["red|striped", ""]
    assert catalog.table["image"].tolist() == ["", ""]


@pytest.mark.parametrize(
    ("text", "price"),
    [
        ("24.9", 24.9), ("€ 24,90", 24.9), ("24,90 €", 24.9), ("1.234,50", 1234.5), ("1,234.50", 1234.5),
        ("$1,299", 1299.0), ("CHF 1'299.00", 1299.0), ("1 299,00 kr", 1299.0), ("USD 30", 30.0), ("12,-", 12.0),
        ("1.234.567", 1234567.0), ("0", 0.0), ("1e2", 100.0),
    ],
)  # fmt: skip
def test_prices_of_many_countries(text: str, price: float) -> None:
    found, bad = parse_prices(pd.Series([text]))
    assert found.tolist() == [price] and not bad.any()


@pytest.mark.parametrize("text", ["free", "-3", "inf", "1e99", "12 to 15", "--"])
def test_what_is_no_price_is_left_empty_and_told(text: str) -> None:
    found, bad = parse_prices(pd.Series([text]))
    assert np.isnan(found).all() and bad.all()


@pytest.mark.parametrize("text", ["", "NaN", "null", "n/a", " "])
def test_no_price_is_no_fault(text: str) -> None:
    found, bad = parse_prices(pd.Series([text]))
    assert np.isnan(found).all() and not bad.any()


@settings(max_examples=150, deadline=None)
@given(st.decimals(min_value=0, max_value=999_999, places=2))
def test_a_price_is_read_the_same_in_every_notation(price: object) -> None:
    english = f"{price:,.2f}"
    german = english.replace(",", "_").replace(".", ",").replace("_", ".")
    found, bad = parse_prices(pd.Series([str(price), f"$ {english}", f"{german} €", english.replace(",", " ")]))
    assert not bad.any()
    np.testing.assert_allclose(found, float(str(price)))


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text(max_size=30), min_size=1, max_size=5))
def test_clean_text_is_one_line_and_stays_as_it_is_when_cleaned_again(texts: list[str]) -> None:
    once = clean_text(pd.Series(texts, dtype=object), 20)
    assert not once.str.contains(r"[\x00-\x1f\u202e]|\s\s").any()
    assert (once.str.len() <= 20).all()
    assert clean_text(once, 20).str.strip().tolist() == once.str.strip().tolist()


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(st.text(max_size=8), st.text(max_size=8), st.text(max_size=8)), min_size=1, max_size=12))
def test_no_table_of_any_text_breaks_the_reader(tmp_path_factory: pytest.TempPathFactory, rows: list[tuple]) -> None:
    path = tmp_path_factory.mktemp("any") / "shop.csv"
    frame = pd.DataFrame(rows, columns=["product_id", "title", "category"])
    path.write_bytes(frame.to_csv(index=False).encode("utf-8", errors="replace"))
    try:
        catalog = read_catalog(path)
    except TableError as problem:
        assert "Received" in str(problem)
        return
    report = catalog.report
    assert report.rows_read == report.rows_kept + sum(reason.rows for reason in report.skipped.values())
    assert catalog.table["product_id"].is_unique and (catalog.table["product_id"] != "").all()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "empty"),
        (b"product_id,title\n1,Tee\n", "category"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "binary"),
        (b"product_id,title,category\n", "No product could be used"),
        (b"product_id,title,category\n,,\n,a,b\n", "no product_id"),
    ],
)
def test_what_is_no_catalog_is_refused_in_words(tmp_path: Path, content: bytes, message: str) -> None:
    with pytest.raises(TableError, match=message):
        read(tmp_path, content)


def test_a_missing_file_and_a_damaged_gzip_are_refused(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="No such file"):
        read_catalog(tmp_path / "none.csv")
    (tmp_path / "half.csv.gz").write_bytes(gzip.compress(b"product_id,title,category\n1,a,b\n" * 99)[:-20])
    with pytest.raises(TableError, match="can not be read"):
        read_catalog(tmp_path / "half.csv.gz")


def test_mapping_text() -> None:
    assert parse_mapping("title=Name, product_id = SKU", ("title", "product_id")) == {
        "title": "Name",
        "product_id": "SKU",
    }
    assert parse_mapping(None, ()) == {}
    for wrong in ("title", "nothing=x", "title="):
        with pytest.raises(UsageError, match="Received"):
            parse_mapping(wrong, ("title",))


def test_a_mapped_column_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="--map price=COLUMN"):
        read(tmp_path, "product_id,title,category\n1,a,b\n", price="cost")
