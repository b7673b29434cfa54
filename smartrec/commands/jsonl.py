"""Result lines: to standard output as they come, or into a file that is whole or not there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, BinaryIO

from smartrec.wire import dumps


def print_lines(documents: Iterable[Mapping[str, Any]]) -> int:
    """Prints one object a line; returns how many of them carry an error."""
    failed = 0
    for document in documents:
        print(dumps(document), flush=True)
        failed += "error" in document
    return failed


def write_lines(path: Path, documents: Iterable[Mapping[str, Any]]) -> int:
    """Writes one object a line, replacing `path` as a whole at the end; returns how many carry an error.

    Raises:
        StorageError: the file can not be written; the old one, if any, stays.
    """
    from smartrec.artifacts import atomic_write

    failed = 0

    def write(file: BinaryIO) -> None:
        nonlocal failed
        for document in documents:
            file.write(dumps(document).encode() + b"\n")
            failed += "error" in document

    atomic_write(path, write)
    return failed
