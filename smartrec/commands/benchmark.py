"""``benchmark``: quality and speed on held-out data, with intervals, beside simple rivals."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from smartrec.commands.options import JsonOption, WorkspaceOption, say, settings_of
from smartrec.errors import BadInputError, SmartRecError, UsageError
from smartrec.settings import ROOT, Settings
from smartrec.wire import dumps

if TYPE_CHECKING:
    from smartrec.engine import Engine

FORMATS = ("clothing", "deepfashion")


def benchmark(
    context: typer.Context,
    part: Annotated[str | None, typer.Argument(metavar="[vision|search|recommend|import]")] = None,
    data: Annotated[Path | None, typer.Option(metavar="DIR", help="Photos with annotations, or histories.")] = None,
    data_format: Annotated[str, typer.Option("--format", metavar="|".join(FORMATS))] = "clothing",
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """Measures one part, or all of them, and prints every figure with its interval."""
    if part is not None and part not in PARTS:
        raise UsageError(f"benchmark measures one of {', '.join(PARTS)}. Received: {part!r}")
    if data_format not in FORMATS:
        raise UsageError(f"--format is one of {', '.join(FORMATS)}. Received: {data_format!r}")
    settings = settings_of(context, workspace)
    names = [part] if part else list(PARTS)
    results = {name: PARTS[name](settings, data, data_format) for name in names}
    document = results[part] if part else results
    if as_json:
        print(dumps(document), flush=True)
        return
    from smartrec.commands.figures import print_figures
    from smartrec.commands.protocol import print_protocol

    for name, result in results.items():
        if "protocol" in result:
            print_protocol(result)
        else:
            print_figures(name, result)


def known_data() -> Path:
    """Where real data lies if --data does not say."""
    return Path(os.environ.get("SMARTREC_DATA") or ROOT.parent / "shared" / "data")


def photos_folder(data: Path | None) -> Path:
    """The folder named by --data, or by SMARTREC_DATA. Raises BadInputError where there is none."""
    folder = data or known_data()
    if not folder.is_dir():
        raise BadInputError(f"Expected a folder of annotated photos: name it by --data DIR. Received: {folder}")
    return folder


def _vision(settings: Settings, data: Path | None, data_format: str) -> dict[str, Any]:
    if data_format == "deepfashion":
        from smartrec.evaluate.deepfashion import benchmark_deepfashion

        return benchmark_deepfashion(settings.bundle, photos_folder(data), say)
    from smartrec.engine import Engine
    from smartrec.evaluate.vision import benchmark_vision

    engine = Engine.open(settings)

    return benchmark_vision(settings.bundle, photos_folder(data), say, lambda folder: described(engine, folder))


def described(engine: Engine, folder: Path) -> int:
    """How many photos of a folder the engine describes; those that give an error do not count."""
    return sum(not isinstance(result, SmartRecError) for _, result in engine.describe_folder(folder))


def _search(settings: Settings, data: Path | None, data_format: str) -> dict[str, Any]:
    from smartrec.commands.searching import search_benchmark

    return search_benchmark(settings, photos_folder(data) if data or known_data().is_dir() else None)


def _recommend(settings: Settings, data: Path | None, data_format: str) -> dict[str, Any]:
    from smartrec.evaluate.recommend_speed import benchmark_recommend

    return benchmark_recommend(say, _rentals(data))


def _rentals(data: Path | None) -> Path | None:
    """The folder of real histories; None where --data names none and none is known."""
    folder = data or known_data()
    for place in (folder / "rentals", folder):
        if (place / "transactions.csv.gz").is_file():
            return place
    if data is not None:
        raise BadInputError(f"Expected a folder with products.csv and transactions.csv.gz. Received: {data}")
    return None


def _import(settings: Settings, data: Path | None, data_format: str) -> dict[str, Any]:
    from smartrec.evaluate.import_speed import benchmark_import

    return benchmark_import(say)


PARTS: dict[str, Callable[[Settings, Path | None, str], dict[str, Any]]] = {
    "vision": _vision,
    "search": _search,
    "recommend": _recommend,
    "import": _import,
}
