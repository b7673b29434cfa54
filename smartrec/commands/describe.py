"""``describe``: what is on a photo, or on every photo of a folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from smartrec.commands.jsonl import print_lines, write_lines
from smartrec.commands.options import JsonOption, WorkspaceOption, parse_box, say, settings_of
from smartrec.errors import BadInputError, SmartRecError, UsageError
from smartrec.wire import describe_json

if TYPE_CHECKING:
    from smartrec.engine import Engine
    from smartrec.vision.finding import Box


def describe(
    context: typer.Context,
    photo: Annotated[str, typer.Argument(metavar="PHOTO|FOLDER", help="A photo, or a folder of photos.")],
    as_json: JsonOption = False,
    out: Annotated[Path | None, typer.Option(metavar="FILE.jsonl", help="Write one object a photo here.")] = None,
    box: Annotated[str | None, typer.Option(metavar="x0,y0,x1,y1", help="Look only here (pixels).")] = None,
    mask: Annotated[Path | None, typer.Option(metavar="FILE.png", help="Write the mask here, 0 or 255.")] = None,
    workspace: WorkspaceOption = None,
) -> None:
    """Category, box, mask, attributes and colors of the garment on a photo."""
    from smartrec.engine import Engine

    given_box = parse_box(box)
    path = Path(photo)
    is_folder = path.is_dir()
    if is_folder and (given_box or mask):
        raise UsageError(f"--box and --mask belong to one photo. Received: {photo!r}, which is a folder.")
    engine = Engine.open(settings_of(context, workspace))
    documents = _folder(engine, path) if is_folder else _one(engine, photo, given_box, mask)
    failed = write_lines(out, documents) if out else _show(documents, as_json)
    if out:
        say(f"Wrote {out}.")
    if failed:
        raise typer.Exit(1)


def _one(engine: Engine, photo: str, box: Box | None, mask: Path | None) -> Iterator[dict[str, Any]]:
    try:
        description = engine.describe(Path(photo), box=box)
    except BadInputError as error:
        yield {"photo": photo, "error": str(error)}
        return
    if mask is not None:
        _write_mask(mask, description.finding.mask)
    yield describe_json(photo, description)


def _folder(engine: Engine, folder: Path) -> Iterator[dict[str, Any]]:
    for path, result in engine.describe_folder(folder):
        if isinstance(result, SmartRecError):
            yield {"photo": path.name, "error": str(result)}
        else:
            yield describe_json(path.name, result)


def _show(documents: Iterator[dict[str, Any]], as_json: bool) -> int:
    if as_json:
        return print_lines(documents)
    from smartrec.commands.tables import print_description

    failed = 0
    for document in documents:
        if "error" in document:
            failed += 1
            say(f"Error: {document['error']}")
        else:
            print_description(document)
    return failed


def _write_mask(path: Path, mask: Any) -> None:
    from smartrec.vision.image import save_mask

    save_mask(path, mask)
