"""Takes uploads to a folder: tables as they are, pictures out of a zip archive, with limits checked first."""

from __future__ import annotations

import zipfile
from pathlib import Path, PurePosixPath
from typing import IO

from smartrec.errors import BadInputError
from smartrec.settings import Settings
from smartrec.vision.image import EXTENSIONS

MOST_FILES = 60_000
MOST_BYTES = 4 * 1024**3


def unzip_pictures(archive: IO[bytes], folder: Path, settings: Settings | None = None) -> int:
    """Unpacks the pictures of a zip archive, keeping their folders; gives their number.

    Everything else in the archive is left there. Sizes are checked before unpacking and while it goes on.

    Raises:
        BadInputError: no zip archive, too many or too large files, or a name that leads out of the folder.
    """
    largest = (settings or Settings()).max_bytes
    try:
        with zipfile.ZipFile(archive) as opened:
            members = [m for m in opened.infolist() if PurePosixPath(m.filename).suffix.lower() in EXTENSIONS]
            _check(members, largest)
            for member in members:
                target = folder.joinpath(*PurePosixPath(member.filename).parts)
                target.parent.mkdir(parents=True, exist_ok=True)
                with opened.open(member) as source:
                    data = source.read(largest + 1)
                if len(data) > largest:
                    raise BadInputError(f"A picture is larger than it says. Received: {member.filename!r}")
                target.write_bytes(data)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as problem:
        raise BadInputError(f"Expected a zip archive of pictures, without a password. Received: {problem}") from problem
    return len(members)


def _check(members: list[zipfile.ZipInfo], largest: int) -> None:
    if len(members) > MOST_FILES or sum(m.file_size for m in members) > MOST_BYTES:
        raise BadInputError(f"Expected at most {MOST_FILES:,} pictures and {MOST_BYTES >> 30} GB. Received: more")
    for member in members:
        path = PurePosixPath(member.filename)
        if path.is_absolute() or ".." in path.parts or "\\" in member.filename or ":" in member.filename:
            raise BadInputError(f"A name in the archive leads out of its folder. Received: {member.filename!r}")
        if member.file_size > largest:
            raise BadInputError(f"A picture may have {largest >> 20} MB. Received: {member.filename!r}")
