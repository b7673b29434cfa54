"""Describes all photos of a folder, decoding and inference side by side on all cores."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from smartrec.errors import BadInputError
from smartrec.vision.image import EXTENSIONS, list_photos

if TYPE_CHECKING:
    from smartrec.answer import Description
    from smartrec.engine import Engine

Result = tuple[Path, "Description | BadInputError"]


def describe_folder(engine: Engine, folder: Path, workers: int | None = None) -> Iterator[Result]:
    """(path, description or error) in name order. Only a few photos a worker are held at a time.

    Raises:
        BadInputError: no photo directly inside `folder`.
    """
    paths = list_photos(folder)
    if not paths:
        kinds = ", ".join(EXTENSIONS)
        raise BadInputError(f"Expected a folder with photos directly inside ({kinds}). Received: {folder}")
    count = workers or os.cpu_count() or 1

    def one(path: Path) -> Result:
        try:
            return path, engine.describe(path)
        except BadInputError as error:
            return path, error

    waiting: deque[Future[Result]] = deque()
    with ThreadPoolExecutor(count, thread_name_prefix="describe") as pool:
        try:
            for path in paths:
                waiting.append(pool.submit(one, path))
                if len(waiting) >= 4 * count:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()
