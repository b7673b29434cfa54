"""Builds the demo shop: drawn products with tags and embeddings, and simulated shoppers with their histories."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from smartrec.attributes.labelled import tags_for_labels
from smartrec.attributes.vocabulary import Vocabulary
from smartrec.drawing import Drawn, draw_products
from smartrec.engine import Engine
from smartrec.errors import BadInputError, WorkspaceError
from smartrec.labels import SHOP_CATEGORIES
from smartrec.settings import Settings
from smartrec.shoppers.simulate import simulate
from smartrec.vision.bundle import Bundle
from smartrec.workspace import Draft, Workspace, create_workspace

Progress = Callable[[float, str], None]
# Where each stage ends, as a share of the whole; measured on 2 cores with 1,200 products and 500 shoppers.
DRAWN, SIMULATED, WRITTEN = 0.88, 0.96, 0.98


def build(
    settings: Settings,
    *,
    products: int = 1200,
    shoppers: int = 500,
    seed: int = 1,
    progress: Progress | None = None,
) -> Workspace:
    """Writes a demo workspace to `settings.workspace`, replacing what is there only when all is done.

    Args:
        settings: says where the workspace and the model bundle are.
        products: number of drawn products, at least one of each category.
        shoppers: number of simulated shoppers, ids U0001, U0002, ...
        seed: equal seeds give equal shops.
        progress: called with a share in [0, 1] and the name of the stage.

    Raises:
        BadInputError: fewer products than categories, or the folder holds an imported shop.
        BundleError: the model is missing or damaged.
        WorkspaceError: the folder holds other things than a workspace.
        StorageError: the disk is full, or another process writes there.
    """
    if products < len(SHOP_CATEGORIES):
        raise BadInputError(f"Expected at least {len(SHOP_CATEGORIES)} products. Received: {products}")
    _keep_imported(settings)
    report = progress or (lambda share, stage: None)
    report(0.0, "reading the model")
    bundle = Bundle.open(settings.bundle)
    with create_workspace(settings.workspace) as draft:
        shelf = _fill(draft, settings, products, seed, report)
        report(DRAWN, "simulating shoppers")
        catalog, renderings = pd.DataFrame(shelf.rows), pd.DataFrame(shelf.renderings)
        people, transactions = simulate(catalog, renderings, shoppers, seed)
        report(SIMULATED, "writing the workspace")
        draft.write(
            catalog=catalog,
            shoppers=people,
            transactions=transactions,
            kind="demo",
            simulated=True,
            renderings=renderings,
            embeddings=np.stack(shelf.embeddings),
            details={"seed": seed, "model": bundle.hash},
        )
    report(WRITTEN, "indexing words and looks")
    engine = Engine.open(settings)
    engine.prepare()
    report(1.0, "done")
    return engine.workspace


def _keep_imported(settings: Settings) -> None:
    """Drawings can be made again; what somebody imported can not: it is never replaced by a demo shop."""
    with contextlib.suppress(WorkspaceError):
        if Workspace.open(settings.workspace).kind == "demo":
            return
        raise BadInputError(
            f"{settings.workspace} holds an imported shop, which `build` would replace. Choose another folder with "
            "--workspace DIR, or remove this one first."
        )


@dataclass
class _Shelf:
    """What has been drawn so far."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    renderings: list[dict[str, Any]] = field(default_factory=list)
    embeddings: list[np.ndarray] = field(default_factory=list)


def _fill(draft: Draft, settings: Settings, products: int, seed: int, report: Progress) -> _Shelf:
    shelf = _Shelf()
    vocabulary = Vocabulary.load()
    for drawn in draw_products(products, seed, settings.bundle):
        product_id = drawn.row["product_id"]
        image = draft.add_image(f"{product_id}.jpg", drawn.picture)
        tags = tags_for_labels(drawn.spec.labels(), drawn.spec.details, vocabulary, kind=drawn.spec.style)
        shelf.rows.append({**drawn.row, "attributes": "|".join(tags), "image": image})
        shelf.renderings.append(_rendering(drawn))
        shelf.embeddings.append(drawn.embedding)
        report(DRAWN * len(shelf.rows) / products, "drawing products")
    return shelf


def _rendering(drawn: Drawn) -> dict[str, Any]:
    """What the drawing shows, for tests and benchmarks."""
    box = dict(zip(("x0", "y0", "x1", "y1"), drawn.box, strict=True))
    return {
        "product_id": drawn.row["product_id"],
        **drawn.spec.labels(),
        "details": "+".join(drawn.spec.details),
        "style": drawn.spec.style,
        **box,
    }
