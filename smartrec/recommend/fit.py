"""Fit all signals of a shop, and the ranker over them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from smartrec.catalog.schema import Catalog
from smartrec.recommend.base import Signal
from smartrec.recommend.collaborative import ItemNeighbors
from smartrec.recommend.content import build_content
from smartrec.recommend.diversity import content_similarity, embedding_similarity
from smartrec.recommend.hybrid import Ranker
from smartrec.recommend.purchases import Purchases
from smartrec.recommend.signals.category import CategorySignal
from smartrec.recommend.signals.history import HistorySignal
from smartrec.recommend.signals.look import LookSignal
from smartrec.recommend.signals.popularity import PopularitySignal
from smartrec.recommend.signals.tags import TagsSignal
from smartrec.recommend.signals.taste import TasteSignal
from smartrec.recommend.signals.words import TextScorer, WordsSignal


def fit_ranker(
    catalog: Catalog,
    transactions: pd.DataFrame,
    *,
    embeddings: np.ndarray | None = None,
    text_index: TextScorer | None = None,
    tag_groups: Mapping[str, str] | None = None,
    until: np.datetime64 | None = None,
) -> Ranker:
    """The ranker of one shop, fitted on what happened before `until` (all, if None).

    Args:
        catalog: the products.
        transactions: table with `shoppers.schema.TRANSACTION_COLUMNS`.
        embeddings: (N, D) float32 unit rows, or None for a shop without pictures.
        text_index: scores parsed words, or None for a shop without texts.
        tag_groups: vocabulary tag -> attribute group.
        until: naive UTC; signals of later queries may still count later purchases of the shopper.
    """
    purchases = Purchases.from_table(catalog, transactions)
    if until is not None:
        purchases = purchases.before(until)
    content = build_content(catalog, tag_groups)
    signals: list[Signal] = [
        LookSignal(embeddings, len(catalog)),
        CategorySignal(catalog),
        TagsSignal(catalog, tag_groups),
        WordsSignal(catalog, text_index),
        HistorySignal(ItemNeighbors(len(catalog)).fit(purchases)),
        TasteSignal(content),
        PopularitySignal(purchases),
    ]
    likeness = content_similarity(content.unit_rows()) if embeddings is None else embedding_similarity(embeddings)
    return Ranker(catalog, signals, similarity=likeness)
