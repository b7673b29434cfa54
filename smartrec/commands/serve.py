"""``serve``: the JSON API."""

from __future__ import annotations

from typing import Annotated

import typer

from smartrec.commands.options import WorkspaceOption, say, settings_of


def serve(
    context: typer.Context,
    host: Annotated[str, typer.Option(help="Address to listen on; the default is this machine only.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on; 0 takes a free one.")] = 8000,
    workspace: WorkspaceOption = None,
) -> None:
    """Serves POST /v1/search and GET /healthz."""
    from smartrec.api import make_server
    from smartrec.engine import Engine

    engine = Engine.open(settings_of(context, workspace))
    engine.warm_up()
    server = make_server(engine, host, port)
    say(f"Listening on http://{server.effective_host}:{server.effective_port}")
    try:
        server.run()
    except KeyboardInterrupt:
        say("Stopped.")
    finally:
        server.close()
