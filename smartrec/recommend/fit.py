"""Fit all signals of a shop, and the ranker over them."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from smartrec.catalog.schema import Catalog
from smartrec.errors import StorageError, WorkspaceError
from smartrec.recommend.base import Signal
from smartrec.recommend.collaborative import ItemNeighbors
from smartrec.recommend.content import build_content
from smartrec.recommend.demand import DemandModel
from smartrec.recommend.fitted import Fitted
from smartrec.recommend.freshness import Freshness
from smartrec.recommend.hybrid import Ranker
from smartrec.recommend.learn import learn
from smartrec.recommend.limits import LimitRules
from smartrec.recommend.profile import Profile
from smartrec.recommend.purchases import Purchases
from smartrec.recommend.shelf import Shelf
from smartrec.recommend.signals.category import CategorySignal
from smartrec.recommend.signals.history import HistorySignal
from smartrec.recommend.signals.look import LookSignal
from smartrec.recommend.signals.popularity import PopularitySignal
from smartrec.recommend.signals.tags import TagsSignal, tag_carriers
from smartrec.recommend.signals.taste import TasteSignal
from smartrec.recommend.signals.words import TextScorer, WordsSignal
from smartrec.recommend.similarity import ContentSimilarity, EmbeddingSimilarity, Similarity

# Of the draw of shoppers that coefficients are learned from.
SEED = 0


class Fitter:
    """Makes rankers of one catalog; what does not depend on purchases is made once.

    Attributes:
        content: features of the products.
        content_similarity: likeness of products by features.
    """

    def __init__(
        self,
        catalog: Catalog,
        *,
        embeddings: np.ndarray | None = None,
        text_index: TextScorer | None = None,
        tag_groups: Mapping[str, str] | None = None,
    ) -> None:
        """Prepare what rankers of all dates share.

        Args:
            catalog: the products.
            embeddings: (N, D) float32 unit rows, or None for a shop without pictures.
            text_index: scores parsed words, or None for a shop without texts.
            tag_groups: vocabulary tag -> attribute group.
        """
        self.catalog = catalog
        self.content = build_content(catalog, tag_groups)
        _, self._categories = np.unique(catalog.categories.astype(str), return_inverse=True)
        self.content_similarity: Similarity = ContentSimilarity(self.content.unit_rows())
        self._similarity = self.content_similarity if embeddings is None else EmbeddingSimilarity(embeddings)
        carriers = tag_carriers(catalog)
        self._rules, self._shelf = LimitRules(catalog, carriers), Shelf(catalog)
        self._asked: list[Signal] = [
            LookSignal(embeddings, len(catalog)),
            CategorySignal(catalog),
            TagsSignal(catalog, carriers, tag_groups),
            WordsSignal(carriers, text_index),
        ]

    def learn(self, past: Purchases) -> Fitted:
        """What these purchases teach, and no others."""
        return Fitted(
            neighbors=ItemNeighbors(len(self.catalog)).fit(past),
            profile=Profile(self.content).fit(past),
            fresh=Freshness().fit(past),
            demand=DemandModel().fit(past, self._categories),
            worth=learn(past, self.content, self._categories, np.random.default_rng(SEED)),
        )

    def fit(self, past: Purchases) -> Ranker:
        """The ranker that knows these purchases and no others."""
        return self.ranker(self.learn(past))

    def fit_kept(self, past: Purchases, path: Path) -> Ranker:
        """As `fit`, read from `path` if it was learned before, else learned and kept there.

        The caller names the file after the content of the shop, so that another history has another file.
        """
        if path.exists():
            with contextlib.suppress(WorkspaceError):  # damaged or of another catalog: learned again below
                return self.ranker(Fitted.load(path, self.content))
        learned = self.learn(past)
        with contextlib.suppress(StorageError):  # a shop on a read-only disk works, its next start is only slower
            learned.save(path)
        return self.ranker(learned)

    def ranker(self, learned: Fitted) -> Ranker:
        """The ranker over what was learned."""
        signals: list[Signal] = [
            *self._asked,
            HistorySignal(learned.neighbors, learned.worth.history),
            TasteSignal(learned.profile, learned.worth.groups, learned.fresh, learned.worth.freshness),
            PopularitySignal(learned.demand),
        ]
        return Ranker(self.catalog, signals, self._rules, self._shelf, similarity=self._similarity)


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
        until: naive UTC.
    """
    purchases = Purchases.from_table(catalog, transactions)
    if until is not None:
        purchases = purchases.before(until)
    fitter = Fitter(catalog, embeddings=embeddings, text_index=text_index, tag_groups=tag_groups)
    return fitter.fit(purchases)
