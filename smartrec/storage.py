"""Getting bytes onto the disk for good, and saying plainly why they do not fit."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterator
from pathlib import Path

from smartrec.errors import StorageError

_FULL = {errno.ENOSPC, errno.EDQUOT}
_REFUSED = {errno.EACCES, errno.EPERM, errno.EROFS}


@contextlib.contextmanager
def storage_errors(path: Path) -> Iterator[None]:
    """Turns a full disk and a refused write into a StorageError that names `path`; the old content stays."""
    try:
        yield
    except OSError as problem:
        # Arrow raises OSError without errno for some failures, but keeps the number in its text.
        full = problem.errno in _FULL or any(f"[Errno {code}]" in str(problem) for code in _FULL)
        if full:
            raise StorageError(
                f"The disk is full: {path} could not be written and keeps its old content. Free some space and "
                f"run the same command again. Received: {problem}"
            ) from problem
        if problem.errno in _REFUSED:
            raise StorageError(
                f"{path} may not be written. Choose another folder or mend its permissions. Received: {problem}"
            ) from problem
        raise


def fsync_folder(folder: Path) -> None:
    """Makes renames inside a folder durable; does nothing where folders can not be synced (Windows)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def fsync_tree(folder: Path) -> None:
    """Makes every file and folder below `folder` durable."""
    for parent, _, names in os.walk(folder):
        for name in names:
            with open(os.path.join(parent, name), "rb+") as file:
                os.fsync(file.fileno())
        fsync_folder(Path(parent))
