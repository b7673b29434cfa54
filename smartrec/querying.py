"""Answers a file of queries, one JSON object a line; a bad line is answered with its error and the rest goes on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from smartrec.errors import BadInputError
from smartrec.wire import recommend_json

if TYPE_CHECKING:
    from smartrec.engine import Engine
    from smartrec.recommend.weights import Weights

MAX_K = 1000
_FIELDS = {"user": str, "photo": str, "words": str, "k": int, "weights": str}


def answer_lines(
    engine: Engine, path: Path, *, k: int = 10, weights: Weights | None = None
) -> Iterator[dict[str, Any]]:
    """One answer a line of `path`, in its order; empty lines are skipped. See design of `recommend --batch`.

    Args:
        engine: answers the queries.
        path: JSON lines ``{"id", "user", "photo", "words", "k"}``; photo paths are relative to the working directory.
        k: number of products where a line does not say.
        weights: weight set where a line does not say.

    Raises:
        BadInputError: the file can not be read.
        WorkspaceError, BundleError: nothing can be answered at all.
    """
    try:
        lines = path.read_bytes().removeprefix(b"\xef\xbb\xbf").split(b"\n")
    except OSError as error:
        raise BadInputError(f"Expected a file of queries. Received: {path} ({error.strerror})") from error
    engine.workspace.catalog  # noqa: B018 - a missing shop is one error, not one a line
    for line in lines:
        if line.strip():
            yield _answer(engine, line, k, weights)


def _answer(engine: Engine, line: bytes, k: int, weights: Weights | None) -> dict[str, Any]:
    name: Any = None
    try:
        query = _read(line)
        name = query.get("id")
        _check(query)
        photo = query.get("photo")
        words = engine.check_words(query.get("words"), with_photo=photo is not None)
        answer = engine.recommend(
            query["user"],
            photo=Path(photo) if photo is not None else None,
            photo_name=photo,
            words=words,
            weights=query.get("weights") or weights or "balanced",
            k=k if query.get("k") is None else query["k"],
        )
    except BadInputError as error:
        return {"id": name, "error": str(error)}
    return {"id": name, **recommend_json(answer, images=engine.workspace.path)}


def _read(line: bytes) -> dict[str, Any]:
    try:
        query = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadInputError(f"Expected a JSON object a line. Received: {line[:80]!r} ({error})") from error
    if not isinstance(query, dict):
        raise BadInputError(f"Expected a JSON object a line. Received: {line[:80]!r}")
    return query


def _check(query: dict[str, Any]) -> None:
    if query.get("user") is None:
        raise BadInputError('Expected "user": a shopper\'s id, or "new". Received: no user')
    for field, kind in _FIELDS.items():
        value = query.get(field)
        if value is not None and (not isinstance(value, kind) or isinstance(value, bool)):
            raise BadInputError(f'Expected "{field}" as {kind.__name__}. Received: {value!r}')
    k = query.get("k")
    if k is not None and not 1 <= k <= MAX_K:
        raise BadInputError(f'Expected "k" from 1 to {MAX_K}. Received: {k}')
