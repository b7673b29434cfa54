"""``import catalog`` and ``import transactions``: a shop and its histories from outside."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from smartrec.commands.options import JsonOption, WorkspaceOption, settings_of
from smartrec.errors import UsageError

if TYPE_CHECKING:
    from smartrec.catalog.importers.report import ImportReport

FORMATS = ("csv", "deepfashion", "clothing")
MapOption = Annotated[
    str | None, typer.Option("--map", metavar="target=source,...", help="Columns that have other names in the file.")
]

import_app = typer.Typer(help="Bring a catalog or transactions from outside.", no_args_is_help=True)


@import_app.command("catalog")
def catalog(
    context: typer.Context,
    source: Annotated[Path, typer.Argument(metavar="DIR_OR_CSV", help="A .csv or .csv.gz file, or a data set.")],
    source_format: Annotated[str, typer.Option("--format", metavar="|".join(FORMATS))] = "csv",
    images: Annotated[Path | None, typer.Option(metavar="DIR", help="Folder of the pictures.")] = None,
    mapping: MapOption = None,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Makes the workspace hold these products; all or nothing."""
    if source_format not in FORMATS:
        raise UsageError(f"--format is one of {', '.join(FORMATS)}. Received: {source_format!r}")
    if mapping and source_format != "csv":
        raise UsageError(f"--map renames the columns of CSV files. Received: --format {source_format}")
    from smartrec.catalog.importers.csv import OPTIONAL, REQUIRED
    from smartrec.catalog.importers.delimited import parse_mapping
    from smartrec.commands.progress import ProgressLine
    from smartrec.importing import import_catalog

    columns = parse_mapping(mapping, (*REQUIRED, *OPTIONAL))
    with ProgressLine() as progress:
        report = import_catalog(
            source,
            settings_of(context, workspace),
            format=source_format,
            images=images,
            mapping=columns,
            progress=progress,
        )
    _print(report, as_json)


@import_app.command("transactions")
def transactions(
    context: typer.Context,
    source: Annotated[Path, typer.Argument(metavar="CSV", help="user_id, product_id, timestamp[, quantity, price].")],
    mapping: MapOption = None,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Replaces the shoppers and histories of a workspace; all or nothing."""
    from smartrec.catalog.importers.delimited import parse_mapping
    from smartrec.commands.progress import ProgressLine
    from smartrec.importing import import_transactions
    from smartrec.shoppers.transactions_csv import OPTIONAL, REQUIRED

    columns = parse_mapping(mapping, (*REQUIRED, *OPTIONAL))
    with ProgressLine() as progress:
        report = import_transactions(source, settings_of(context, workspace), mapping=columns, progress=progress)
    _print(report, as_json)


def _print(report: ImportReport, as_json: bool) -> None:
    """What happened to the rows."""
    if as_json:
        from smartrec.wire import dumps

        print(dumps(report.as_json()), flush=True)
        return
    for line in report.as_text():
        print(line)
