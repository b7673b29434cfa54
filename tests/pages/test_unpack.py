"""Archives from outside."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from pages.ui.unpack import unzip_pictures
from smartrec.errors import BadInputError
from smartrec.settings import Settings


def archive(**files: bytes) -> io.BytesIO:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, data in files.items():
            opened.writestr(name, data)
    buffer.seek(0)
    return buffer


def test_pictures_come_out_and_nothing_else(tmp_path: Path) -> None:
    assert unzip_pictures(archive(**{"a/1.jpg": b"x", "2.PNG": b"y", "run.sh": b"z"}), tmp_path) == 2
    assert (tmp_path / "a" / "1.jpg").read_bytes() == b"x"
    assert not (tmp_path / "run.sh").exists()


@pytest.mark.parametrize("name", ["../out.jpg", "/etc/out.jpg", "a/../../out.jpg", "..\\out.jpg", "C:out.jpg"])
def test_no_name_leads_out(name: str, tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="leads out"):
        unzip_pictures(archive(**{name: b"x"}), tmp_path / "in")
    assert not (tmp_path / "out.jpg").exists()


def test_a_bomb_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="may have"):
        unzip_pictures(archive(**{"a.jpg": b"\0" * 3_000_000}), tmp_path, Settings(max_bytes=1_000_000))


def test_no_archive(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="zip archive"):
        unzip_pictures(io.BytesIO(b"nothing"), tmp_path)
