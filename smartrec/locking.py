"""One writer at a time: a lock that the system drops by itself when its process dies."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from smartrec.errors import StorageError


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Holds the write lock of `path` (a hidden sibling file) for the block; does not wait for it.

    The lock file itself stays, empty: removing it would let two writers hold two files of one name.

    Raises:
        StorageError: another process holds it.
    """
    with open(path.with_name(f".{path.name}.lock"), "ab") as file:
        try:
            _acquire(file)
        except OSError as problem:
            raise StorageError(
                f"Another SmartRec process is writing {path}. Wait until it has ended and run the command again."
            ) from problem
        yield


if sys.platform == "win32":
    import msvcrt

    def _acquire(file: BinaryIO) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _acquire(file: BinaryIO) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
