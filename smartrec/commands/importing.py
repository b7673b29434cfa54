"""``import catalog`` and ``import transactions``: a shop and histories from outside."""

from __future__ import annotations

import typer

import_app = typer.Typer(help="Bring a catalog or transactions from outside.", no_args_is_help=True)
