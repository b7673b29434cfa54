"""``recommend``: ten products for one shopper, or for every line of a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from smartrec.commands.jsonl import write_lines
from smartrec.commands.options import JsonOption, WorkspaceOption, say, settings_of
from smartrec.errors import UsageError, WeightsError

if TYPE_CHECKING:
    from smartrec.engine import Engine
    from smartrec.recommend.weights import Weights

MAX_K = 1000


def recommend(
    context: typer.Context,
    user: Annotated[str | None, typer.Option(metavar="ID", help="A shopper's id; `new` for someone unknown.")] = None,
    photo: Annotated[str | None, typer.Option(metavar="PHOTO", help="A photo of a garment.")] = None,
    words: Annotated[str | None, typer.Option(metavar="WORDS", help="What the shopper looks for.")] = None,
    k: Annotated[int, typer.Option("--k", min=1, max=MAX_K, help="Number of products.")] = 10,
    weights: Annotated[str, typer.Option(metavar="NAME|k=v,...", help="A weight set.")] = "balanced",
    as_json: JsonOption = False,
    batch: Annotated[Path | None, typer.Option(metavar="QUERIES.jsonl", help="One query a line.")] = None,
    out: Annotated[Path | None, typer.Option(metavar="FILE.jsonl", help="Answers to --batch, one a line.")] = None,
    workspace: WorkspaceOption = None,
) -> None:
    """Ten products ranked for this shopper, and exactly why."""
    from smartrec.engine import Engine

    chosen = _weights(weights)
    if batch is not None:
        if user is not None or photo is not None or words is not None:
            raise UsageError("--batch reads user, photo and words from its file: leave --user, --photo, --words out.")
        if out is None:
            raise UsageError("--batch needs --out FILE.jsonl for the answers.")
        _batch(Engine.open(settings_of(context, workspace)), batch, out, k, chosen)
        return
    if user is None:
        raise UsageError("recommend needs --user ID (`--user new` for someone unknown), or --batch QUERIES.jsonl.")
    if out is not None:
        raise UsageError("--out belongs to --batch; one answer goes to standard output.")
    from smartrec.wire import dumps, recommend_json

    engine = Engine.open(settings_of(context, workspace))
    typed = engine.check_words(words, with_photo=photo is not None)
    source = Path(photo) if photo is not None else None
    answer = engine.recommend(user, photo=source, photo_name=photo, words=typed, weights=chosen, k=k)
    document = recommend_json(answer, images=engine.workspace.path)
    if as_json:
        print(dumps(document), flush=True)
        return
    from smartrec.commands.tables import print_answer
    from smartrec.text.understood import chips

    parsed = answer.query.parsed
    print_answer(document, chips(parsed) if parsed is not None else None, simulated=engine.workspace.simulated)


def _weights(text: str) -> Weights:
    from smartrec.recommend.weights import parse

    try:
        return parse(text)
    except WeightsError as error:
        raise UsageError(f"--weights: {error}") from error


def _batch(engine: Engine, batch: Path, out: Path, k: int, weights: Weights) -> None:
    from smartrec.querying import answer_lines

    failed = write_lines(out, answer_lines(engine, batch, k=k, weights=weights))
    say(f"Wrote {out}.")
    if failed:
        say(f"{failed} lines could not be answered; each says why under `error`.")
        raise typer.Exit(1)
