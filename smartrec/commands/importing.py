"""``import catalog`` and ``import transactions``: a shop and histories from outside."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from smartrec.commands.options import WorkspaceOption, say, settings_of
from smartrec.errors import UsageError

FORMATS = ("csv", "deepfashion", "clothing")

import_app = typer.Typer(help="Bring a catalog or transactions from outside.", no_args_is_help=True)
