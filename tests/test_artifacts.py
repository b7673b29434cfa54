"""Artifacts are whole or not there: failures in the middle, damaged files, two writers, a full disk."""

from __future__ import annotations

import errno
import os
import random
import re
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smartrec import artifacts
from smartrec.errors import BundleError, StorageError, WorkspaceError

MEND = "Run: mend."


def _write(folder: Path, text: str) -> None:
    with artifacts.atomic_directory(folder) as building:
        (building / "a.txt").write_text(text)
        artifacts.write_manifest(building, kind="test", version=1)


def _hidden(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir() if p.name.startswith(".") and not p.name.endswith(".lock"))


def test_atomic_write_replaces_and_leaves_nothing_behind(tmp_path: Path) -> None:
    target = tmp_path / "deep" / "a.bin"
    artifacts.atomic_write(target, b"one")
    artifacts.atomic_write(target, lambda file: file.write(b"two"))
    assert target.read_bytes() == b"two"
    assert [p.name for p in target.parent.iterdir()] == ["a.bin"]


def test_atomic_write_on_a_full_disk_keeps_the_old_content(tmp_path: Path) -> None:
    target = tmp_path / "a.bin"
    artifacts.atomic_write(target, b"old")

    def full(file: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(StorageError, match="disk is full"):
        artifacts.atomic_write(target, full)
    assert target.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.bin"]


def test_atomic_directory_swaps_as_a_whole(tmp_path: Path) -> None:
    folder = tmp_path / "shop"
    _write(folder, "one")
    (folder / "stray.txt").write_text("of the old one")
    _write(folder, "two")
    assert (folder / "a.txt").read_text() == "two"
    assert not (folder / "stray.txt").exists()
    assert _hidden(tmp_path) == []


@pytest.mark.parametrize("problem", [ValueError("boom"), KeyboardInterrupt(), OSError(errno.ENOSPC, "full")])
def test_a_failure_keeps_the_old_folder(tmp_path: Path, problem: BaseException) -> None:
    folder = tmp_path / "shop"
    _write(folder, "old")
    with pytest.raises((type(problem), StorageError)), artifacts.atomic_directory(folder) as building:
        (building / "a.txt").write_text("half")
        raise problem
    assert (folder / "a.txt").read_text() == "old"
    assert _hidden(tmp_path) == []


def test_a_disk_that_fills_while_syncing_keeps_the_old_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "shop"
    _write(folder, "old")

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch, pytest.raises(StorageError, match="disk is full"):
        patch.setattr(os, "fsync", full)
        with artifacts.atomic_directory(folder) as building:
            (building / "a.txt").write_text("new")
    assert (folder / "a.txt").read_text() == "old"
    assert _hidden(tmp_path) == []


def test_a_second_writer_is_refused_and_the_first_one_wins(tmp_path: Path) -> None:
    folder = tmp_path / "shop"
    with artifacts.atomic_directory(folder) as building:
        (building / "a.txt").write_text("first")
        with pytest.raises(StorageError, match="Another SmartRec process"), artifacts.atomic_directory(folder):
            pass
    assert (folder / "a.txt").read_text() == "first"
    _write(folder, "later")
    assert (folder / "a.txt").read_text() == "later"


# Each moment at which the writer kills itself with SIGKILL.
KILLS = {
    "while building": "os.kill(os.getpid(), 9)",
    "before the first rename": "artifacts._swap = lambda *_: os.kill(os.getpid(), 9)",
    "between the two renames": (
        "rename = os.rename\ndef once(a, b):\n    rename(a, b)\n    os.kill(os.getpid(), 9)\nos.rename = once"
    ),
}


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL is POSIX")
@pytest.mark.parametrize("moment", KILLS)
def test_a_killed_writer_leaves_the_old_folder(tmp_path: Path, moment: str) -> None:
    folder = tmp_path / "shop"
    _write(folder, "old")
    script = f"""
import os
from pathlib import Path
from smartrec import artifacts
with artifacts.atomic_directory(Path({str(folder)!r})) as building:
    (building / "a.txt").write_text("new")
{textwrap.indent(KILLS[moment], "    ")}
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=Path(artifacts.__file__).parent.parent, check=False)
    assert done.returncode == -signal.SIGKILL
    artifacts.recover_directory(folder)
    assert (folder / "a.txt").read_text() == "old"
    _write(folder, "newer")
    assert (folder / "a.txt").read_text() == "newer"
    assert _hidden(tmp_path) == []


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL is POSIX")
def test_a_writer_killed_at_any_moment_leaves_a_whole_folder(tmp_path: Path) -> None:
    folder = tmp_path / "shop"
    script = f"""
from pathlib import Path
from smartrec import artifacts
for number in range(10**6):
    with artifacts.atomic_directory(Path({str(folder)!r})) as building:
        for name in "abc":
            (building / name).write_text(str(number))
        artifacts.write_manifest(building, kind="test", version=1)
    print(number, flush=True)
"""
    root = Path(artifacts.__file__).parent.parent
    chance = random.Random(7)
    for _ in range(8):
        with subprocess.Popen([sys.executable, "-c", script], cwd=root, stdout=subprocess.PIPE) as writer:
            assert writer.stdout is not None
            writer.stdout.readline()
            time.sleep(chance.random() * 0.05)
            writer.kill()
        artifacts.recover_directory(folder)
        manifest = artifacts.read_manifest(folder, version=1, error=WorkspaceError, mend=MEND)
        artifacts.verify_manifest(folder, manifest, error=WorkspaceError, mend=MEND, deep=True)
        assert len({(folder / name).read_text() for name in "abc"}) == 1


@settings(max_examples=40, deadline=None)
@given(
    files=st.dictionaries(st.sampled_from(["a", "b/c", "b/d.txt", "é"]), st.binary(max_size=40), min_size=1),
    data=st.data(),
)
def test_any_changed_byte_is_found(
    tmp_path_factory: pytest.TempPathFactory, files: dict[str, bytes], data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("shop")
    for name, content in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content)
    manifest = artifacts.write_manifest(folder, kind="demo", version=1)
    artifacts.verify_manifest(folder, manifest, error=WorkspaceError, mend=MEND, deep=True)
    victim = data.draw(st.sampled_from(sorted(files)))
    other = data.draw(st.binary(max_size=40).filter(lambda content: content != files[victim]))
    (folder / victim).write_bytes(other)
    with pytest.raises(WorkspaceError, match=re.escape(victim)):
        artifacts.verify_manifest(folder, manifest, error=WorkspaceError, mend=MEND, deep=True)


def test_a_manifest_round_trip(tmp_path: Path) -> None:
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "p.txt").write_text("picture")
    (tmp_path / "a.txt").write_text("text")
    made = artifacts.write_manifest(tmp_path, kind="demo", version=3, details={"seed": 7}, listed=["pictures"])
    read = artifacts.read_manifest(tmp_path, version=3, error=WorkspaceError, mend=MEND)
    assert read == made
    assert read.details == {"seed": 7}
    assert sorted(read.files) == ["a.txt", "pictures.sha256"]
    artifacts.verify_manifest(tmp_path, read, error=WorkspaceError, mend=MEND, deep=True)


def test_equal_content_has_an_equal_hash(tmp_path: Path) -> None:
    hashes = []
    for name in ("x", "y"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.txt").write_text("same")
        hashes.append(artifacts.write_manifest(tmp_path / name, kind="demo", version=1).content_hash)
    (tmp_path / "y" / "a.txt").write_text("other")
    hashes.append(artifacts.write_manifest(tmp_path / "y", kind="demo", version=1).content_hash)
    assert hashes[0] == hashes[1] != hashes[2]
    assert hashes[0].startswith("sha256:")


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"version": 1}', '{"version": 2, "kind": "x", "created": "", "files": {}}']
)
def test_a_bad_manifest_names_the_command_that_mends_it(tmp_path: Path, content: str) -> None:
    (tmp_path / artifacts.MANIFEST).write_text(content)
    with pytest.raises(BundleError, match=MEND):
        artifacts.read_manifest(tmp_path, version=1, error=BundleError, mend=MEND)


def test_no_manifest_names_the_command_that_mends_it(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match=MEND):
        artifacts.read_manifest(tmp_path / "nowhere", version=1, error=WorkspaceError, mend=MEND)


@pytest.mark.parametrize("damage", ["missing", "size", "small content"])
def test_damage_is_found_at_once(tmp_path: Path, damage: str) -> None:
    (tmp_path / "a.txt").write_text("text")
    manifest = artifacts.write_manifest(tmp_path, kind="demo", version=1)
    if damage == "missing":
        (tmp_path / "a.txt").unlink()
    else:
        (tmp_path / "a.txt").write_text("tex" if damage == "size" else "tixt")
    with pytest.raises(WorkspaceError, match=r"a\.txt"):
        artifacts.verify_manifest(tmp_path, manifest, error=WorkspaceError, mend=MEND)


def test_damage_in_large_and_listed_files_is_found_by_the_deep_check(tmp_path: Path) -> None:
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "p.txt").write_text("picture")
    (tmp_path / "large.bin").write_bytes(b"0" * 100)
    manifest = artifacts.write_manifest(tmp_path, kind="demo", version=1, listed=["pictures"])
    (tmp_path / "large.bin").write_bytes(b"1" * 100)
    artifacts.verify_manifest(tmp_path, manifest, error=WorkspaceError, mend=MEND, small=10)
    with pytest.raises(WorkspaceError, match=r"large\.bin"):
        artifacts.verify_manifest(tmp_path, manifest, error=WorkspaceError, mend=MEND, deep=True)
    (tmp_path / "large.bin").write_bytes(b"0" * 100)
    (tmp_path / "pictures" / "p.txt").write_text("picturE")
    with pytest.raises(WorkspaceError, match=r"pictures/p\.txt"):
        artifacts.verify_manifest(tmp_path, manifest, error=WorkspaceError, mend=MEND, deep=True)


def test_a_file_taken_away_while_it_is_read_is_a_missing_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text("text")
    manifest = artifacts.write_manifest(tmp_path, kind="demo", version=1)

    def too_late(path: Path) -> str:
        path.unlink()
        return sha256_file(path)

    sha256_file = artifacts.sha256_file
    monkeypatch.setattr(artifacts, "sha256_file", too_late)
    with pytest.raises(WorkspaceError, match=r"a\.txt is missing"):
        artifacts.verify_manifest(tmp_path, manifest, error=WorkspaceError, mend=MEND)
