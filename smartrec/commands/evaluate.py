"""``evaluate``: held-out metrics of the hybrid, its parts and its rivals."""

from __future__ import annotations

import typer

from smartrec.commands.options import JsonOption, WorkspaceOption, settings_of


def evaluate(context: typer.Context, as_json: JsonOption = False, workspace: WorkspaceOption = None) -> None:
    """Ranks the whole catalog for held-out purchases, with intervals and paired differences."""
    from smartrec.commands.progress import ProgressLine
    from smartrec.engine import Engine
    from smartrec.wire import dumps

    engine = Engine.open(settings_of(context, workspace))
    with ProgressLine() as progress:
        result = engine.evaluate(progress=progress)
    if as_json:
        print(dumps(result), flush=True)
        return
    from smartrec.commands.tables import print_evaluation

    print_evaluation(result)
