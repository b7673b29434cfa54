"""Files and folders that are whole or not there: atomic writes, sha256 manifests, one writer at a time."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import secrets
import shutil
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from smartrec.errors import SmartRecError, StorageError
from smartrec.locking import locked
from smartrec.storage import fsync_folder, fsync_tree, storage_errors

MANIFEST = "manifest.json"
_CHUNK = 1 << 20


def sha256_bytes(content: bytes) -> str:
    """Lower-case hexadecimal sha256 of bytes."""
    return hashlib.sha256(content).hexdigest()


def sha256_file(path: Path) -> str:
    """Lower-case hexadecimal sha256 of a file's content, read in pieces of 1 MiB."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def atomic_write(path: Path, content: bytes | Callable[[BinaryIO], object]) -> None:
    """Replaces one file as a whole: after a kill or on a full disk the old content is still there.

    Args:
        path: the file; its folder is made if it is missing.
        content: the bytes, or a function that writes them to the open binary file that it is given.

    Raises:
        StorageError: the disk is full or the place may not be written.
    """
    path = Path(path)
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    with storage_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with open(temporary, "wb") as file:
                if callable(content):
                    content(file)
                else:
                    file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.replace(temporary, path)
            fsync_folder(path.parent)
        finally:
            temporary.unlink(missing_ok=True)


@contextlib.contextmanager
def atomic_directory(path: Path) -> Iterator[Path]:
    """Builds a folder aside and swaps it in as a whole when the block ends without an error.

    The block writes into the folder that it is given (a hidden sibling of `path`). If the block raises, or the
    process dies, `path` keeps its old content; what a killed process left is removed by the next writer.

    Raises:
        StorageError: another process is writing the same folder, or the disk is full.
    """
    path = Path(os.path.abspath(path))
    with storage_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
    with locked(path):
        _put_back(path)
        for left in path.parent.glob(f".{path.name}.new-*"):
            shutil.rmtree(left, ignore_errors=True)
        building = path.with_name(f".{path.name}.new-{secrets.token_hex(4)}")
        try:
            with storage_errors(path):
                building.mkdir()
                yield building
                fsync_tree(building)
                _swap(building, path)
        finally:
            shutil.rmtree(building, ignore_errors=True)


def recover_directory(path: Path, patience: float = 2.0) -> None:
    """Puts the old folder back if a writer was killed between the two renames of a swap.

    A reader calls it before it opens `path`. If a living writer is in the middle of the swap, waits up to
    `patience` seconds for it.
    """
    path = Path(os.path.abspath(path))
    until = time.monotonic() + patience
    while not path.exists() and _aside(path).exists():
        try:
            with locked(path):
                _put_back(path)
        except StorageError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)


def _aside(path: Path) -> Path:
    return path.with_name(f".{path.name}.old")


def _put_back(path: Path) -> None:
    """Under the lock: finish or undo the swap that a killed process left."""
    if not path.exists() and _aside(path).exists():
        os.rename(_aside(path), path)
    shutil.rmtree(_aside(path), ignore_errors=True)


def _swap(building: Path, path: Path) -> None:
    if path.exists():
        os.rename(path, _aside(path))
    try:
        os.rename(building, path)
    except OSError:
        _put_back(path)
        raise
    fsync_folder(path.parent)
    shutil.rmtree(_aside(path), ignore_errors=True)


@dataclass(frozen=True, slots=True)
class FileEntry:
    """What the manifest knows of one file: hexadecimal sha256 and size in bytes."""

    sha256: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a folder of artifacts holds.

    Attributes:
        version: format version of the folder.
        kind: what the folder is, as its writer calls it ("demo", "imported", "bundle").
        created: UTC, ISO 8601.
        files: path relative to the folder, "/" between parts -> sha256 and size.
        details: whatever else the writer wants to keep (JSON values).
    """

    version: int
    kind: str
    created: str
    files: Mapping[str, FileEntry]
    details: Mapping[str, Any] = field(default_factory=dict)

    @property
    def content_hash(self) -> str:
        """One "sha256:..." over names and contents of all files: equal content, equal hash, whenever it was made."""
        lines = "".join(f"{entry.sha256}  {name}\n" for name, entry in sorted(self.files.items()))
        return "sha256:" + sha256_bytes(lines.encode())


def write_manifest(
    folder: Path, *, kind: str, version: int, details: Mapping[str, Any] | None = None, listed: Sequence[str] = ()
) -> Manifest:
    """Hashes every file of `folder` and writes `manifest.json` into it.

    `listed` names sub-folders with very many files (pictures): their hashes go into `<name>.sha256`, in the form
    that `sha256sum -c` reads, and the manifest holds that file only, so that opening stays fast.
    """
    folder = Path(folder)
    for name in listed:
        members = sorted(p for p in (folder / name).rglob("*") if p.is_file())
        lines = [f"{sha256_file(p)}  {p.relative_to(folder).as_posix()}\n" for p in members]
        atomic_write(folder / f"{name}.sha256", "".join(lines).encode())
    files = {}
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        relative = path.relative_to(folder)
        if relative.as_posix() != MANIFEST and relative.parts[0] not in listed:
            files[relative.as_posix()] = FileEntry(sha256_file(path), path.stat().st_size)
    manifest = Manifest(version, kind, datetime.now(UTC).isoformat(timespec="seconds"), files, dict(details or {}))
    entries = {name: {"sha256": e.sha256, "bytes": e.bytes} for name, e in files.items()}
    document = {"version": version, "kind": kind, "created": manifest.created, **manifest.details, "files": entries}
    atomic_write(folder / MANIFEST, (json.dumps(document, indent=1, ensure_ascii=False) + "\n").encode())
    return manifest


def read_manifest(folder: Path, *, version: int, error: type[SmartRecError], mend: str) -> Manifest:
    """Reads `manifest.json` and checks its form and version; see `verify_manifest` for the files.

    Args:
        folder: the folder of artifacts.
        version: the only format version that is accepted.
        error: class to raise, `WorkspaceError` or `BundleError`.
        mend: the command that mends it, shown in the error.

    Raises:
        error: no manifest, not readable, or of another version.
    """
    path = Path(folder) / MANIFEST
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        files = {str(n): FileEntry(str(e["sha256"]), int(e["bytes"])) for n, e in document.pop("files").items()}
        found, kind, created = int(document.pop("version")), str(document.pop("kind")), str(document.pop("created"))
    except OSError as problem:
        raise error(f"No readable {MANIFEST} in {folder}. {mend} Received: {problem.strerror}") from problem
    except (ValueError, KeyError, TypeError, AttributeError) as problem:
        raise error(f"{path} is damaged. {mend} Received: {problem}") from problem
    if found != version:
        raise error(f"{folder} must have format version {version}. {mend} Received: version {found}")
    return Manifest(found, kind, created, files, document)


def verify_manifest(
    folder: Path, manifest: Manifest, *, error: type[SmartRecError], mend: str, deep: bool = False, small: int = _CHUNK
) -> None:
    """Checks the files of a folder against its manifest.

    Every file's presence and size is checked; the sha256 of files up to `small` bytes too, or with `deep` of
    every file, those in `<name>.sha256` lists included.

    Raises:
        error: a file is missing or is not what the manifest says; names it.
    """
    folder = Path(folder)
    for name, entry in manifest.files.items():
        path = folder / name
        try:
            size = path.stat().st_size
            damaged = size != entry.bytes or ((deep or size <= small) and sha256_file(path) != entry.sha256)
        except OSError as problem:  # not there, not readable, or taken away by a writer at this very moment
            raise error(f"{folder} is incomplete: {name} is missing. {mend} Received: {problem.strerror}") from problem
        if damaged:
            raise error(f"{folder} is damaged: {name} is not what the manifest says. {mend} Received: {size} bytes")
        if deep and name.endswith(".sha256"):
            _verify_list(folder, path, error, mend)


def _verify_list(folder: Path, path: Path, error: type[SmartRecError], mend: str) -> None:
    for line in path.read_text(encoding="utf-8").splitlines():
        expected, _, name = line.partition("  ")
        try:
            damaged = sha256_file(folder / name) != expected
        except OSError:
            damaged = True
        if damaged:
            raise error(f"{folder} is damaged: {name} is missing or is not what {path.name} says. {mend}")
