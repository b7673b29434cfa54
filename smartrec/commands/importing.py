"""``import catalog`` and ``import transactions``: a shop and histories from outside."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from smartrec.commands.options import JsonOption, WorkspaceOption, say, settings_of

if TYPE_CHECKING:
    from smartrec.catalog.importers.report import ImportReport

import_app = typer.Typer(help="Bring a catalog or transactions from outside.", no_args_is_help=True)
MapOption = Annotated[
    str | None, typer.Option("--map", metavar="TARGET=SOURCE,...", help="Columns of the file that have other names.")
]


@import_app.command("catalog")
def catalog(
    context: typer.Context,
    source: Annotated[Path, typer.Argument(metavar="DIR_OR_CSV", help="A CSV file, or the folder of a data set.")],
    format_: Annotated[str, typer.Option("--format", help="csv, deepfashion or clothing.")] = "csv",
    images: Annotated[Path | None, typer.Option(metavar="DIR", help="Folder of the pictures.")] = None,
    map_: MapOption = None,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Makes the workspace hold the products of a CSV file or a data set, with their pictures."""
    from smartrec.catalog.importers.csv import OPTIONAL, REQUIRED
    from smartrec.catalog.importers.delimited import parse_mapping
    from smartrec.commands.progress import ProgressLine
    from smartrec.importing import import_catalog

    mapping = parse_mapping(map_, (*REQUIRED, *OPTIONAL))
    settings = settings_of(context, workspace)
    with ProgressLine() as progress:
        report = import_catalog(source, settings, format=format_, images=images, mapping=mapping, progress=progress)
    _show(report, as_json)


@import_app.command("transactions")
def transactions(
    context: typer.Context,
    source: Annotated[Path, typer.Argument(metavar="CSV", help="A .csv or .csv.gz file.")],
    map_: MapOption = None,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Replaces the shoppers and their histories; the catalog stays."""
    from smartrec.catalog.importers.delimited import parse_mapping
    from smartrec.commands.progress import ProgressLine
    from smartrec.importing import import_transactions
    from smartrec.shoppers.transactions_csv import OPTIONAL, REQUIRED

    mapping = parse_mapping(map_, (*REQUIRED, *OPTIONAL))
    settings = settings_of(context, workspace)
    with ProgressLine() as progress:
        report = import_transactions(source, settings, mapping=mapping, progress=progress)
    _show(report, as_json)


def _show(report: ImportReport, as_json: bool) -> None:
    """The account of all rows: as JSON on standard output, or in words on standard error."""
    if as_json:
        print(json.dumps(report.as_json()))
    else:
        for line in report.as_text():
            say(line)
