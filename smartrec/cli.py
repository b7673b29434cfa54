"""The command line: results on standard output, progress and messages on standard error.

Exit status: 0 all well, 1 bad input or a part that failed, 2 wrong usage.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from smartrec.commands.benchmark import benchmark
from smartrec.commands.build import build
from smartrec.commands.describe import describe
from smartrec.commands.evaluate import evaluate
from smartrec.commands.importing import import_app
from smartrec.commands.recommend import recommend
from smartrec.commands.serve import serve
from smartrec.commands.train import train
from smartrec.errors import SmartRecError, UsageError

app = typer.Typer(
    name="smartrec",
    help="Snap, upload or describe a garment; get ten products ranked for this shopper, and exactly why.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(import_app, name="import")
for command in (build, describe, recommend, evaluate, train, benchmark, serve):
    app.command()(command)


@app.callback()
def workspace_of_all(
    context: typer.Context,
    workspace: Annotated[Path | None, typer.Option("--workspace", metavar="DIR", help="Folder of the shop.")] = None,
) -> None:
    """Garment-photo search and a hybrid recommender that explains every point of its scores."""
    context.obj = workspace


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit status."""
    try:
        app(list(arguments) if arguments is not None else None, prog_name="python -m smartrec", standalone_mode=True)
    except SystemExit as stop:
        return _status(stop.code)
    except UsageError as error:
        print(f"Error: {error}", file=sys.stderr)
        return 2
    except SmartRecError as error:
        print(f"Error: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        # The reader went away (`| head`); nothing more can be said, not even when Python flushes at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        print(f"Error: {error}", file=sys.stderr)
        return 1
    return 0


def _status(code: object) -> int:
    if code is None:
        return 0
    return code if isinstance(code, int) else 1
