"""Popularity: what shoppers with as much experience are about to buy, learned from everyone's purchases."""

from __future__ import annotations

import numpy as np

from smartrec.recommend.base import Because, Query
from smartrec.recommend.demand import DemandModel, segment_of
from smartrec.recommend.signals.past import past_items
from smartrec.recommend.signals.scale import from_top


class PopularitySignal:
    """1 for the product in greatest demand, less on the scale of logs; 0 for what nobody bought.

    Newcomers, light and heavy shoppers want different things of a shop, so each has a demand of its own.
    """

    name = "popularity"

    def __init__(self, demand: DemandModel) -> None:
        known = np.isfinite(demand.log_demand_).any()
        self._values = [from_top(row) if known else np.zeros(len(row), dtype=np.float32) for row in demand.log_demand_]

    def score(self, query: Query) -> np.ndarray:
        """(N,) float32 in [0, 1]; the caller must not write to it."""
        return self._values[segment_of(len(past_items(query)[0]))]

    def because(self, query: Query, positions: np.ndarray) -> Because:
        """It is other people's purchases that are responsible."""
        return Because.nobody(len(positions))
