"""Options and small steps that several commands share."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from smartrec.errors import UsageError
from smartrec.settings import Settings

WorkspaceOption = Annotated[
    Path | None,
    typer.Option("--workspace", metavar="DIR", help="Folder of the shop; SMARTREC_WORKSPACE or var/demo otherwise."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Answer in JSON on standard output.")]


def settings_of(context: typer.Context, workspace: Path | None) -> Settings:
    """Settings with the workspace named after the command, or else before it."""
    chosen = workspace or context.find_root().obj
    return Settings(workspace=chosen) if chosen else Settings()


def say(message: str) -> None:
    """One line for the person, on standard error."""
    print(message, file=sys.stderr, flush=True)


def parse_box(text: str | None) -> tuple[float, float, float, float] | None:
    """``x0,y0,x1,y1`` in pixels. Raises UsageError."""
    if text is None:
        return None
    try:
        x0, y0, x1, y1 = (float(part) for part in text.split(","))
    except ValueError:
        raise UsageError(f"--box takes four numbers in pixels: x0,y0,x1,y1. Received: {text!r}") from None
    if not (x0 < x1 and y0 < y1):  # also refuses nan
        raise UsageError(f"--box needs x0 < x1 and y0 < y1. Received: {text!r}")
    return x0, y0, x1, y1
