"""``build``: the demo shop, from nothing."""

from __future__ import annotations

from typing import Annotated

import typer

from smartrec.commands.options import WorkspaceOption, say, settings_of
from smartrec.labels import SHOP_CATEGORIES


def build(
    context: typer.Context,
    products: Annotated[
        int, typer.Option(min=len(SHOP_CATEGORIES), max=100_000, help="Number of drawn products.")
    ] = 1200,
    shoppers: Annotated[int, typer.Option(min=1, max=100_000, help="Number of simulated shoppers.")] = 500,
    seed: Annotated[int, typer.Option(min=0, help="The same seed gives the same shop.")] = 1,
    workspace: WorkspaceOption = None,
) -> None:
    """Draws the demo shop, simulates its shoppers and fits what the ranking needs."""
    from smartrec.builder import build as build_workspace
    from smartrec.commands.progress import ProgressLine

    settings = settings_of(context, workspace)
    with ProgressLine() as progress:
        made = build_workspace(settings, products=products, shoppers=shoppers, seed=seed, progress=progress)
    say(f"{len(made.catalog)} products and {len(made.shoppers)} simulated shoppers in {made.path}.")
