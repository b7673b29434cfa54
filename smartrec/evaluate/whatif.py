"""Held-out metrics for any weights at once: signals of held-out cases are scored once, sliders only weigh them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from smartrec.evaluate.asking import Asker, ask_in_words, asked_windows
from smartrec.evaluate.baselines import BASELINES
from smartrec.evaluate.bootstrap import interval, resampled_means
from smartrec.evaluate.hybrid_model import fit_before
from smartrec.evaluate.metrics import RANK_METRICS, K, coverage, intra_list_diversity, padded, rank_metrics
from smartrec.evaluate.splits import Case, Window, rolling_dates, windows
from smartrec.evaluate.tune import baseline_lists
from smartrec.recommend.base import SIGNALS
from smartrec.recommend.diversity import diversify
from smartrec.recommend.limits import PENALTY
from smartrec.recommend.purchases import Purchases
from smartrec.recommend.ranking import POOL, best_of_rows
from smartrec.recommend.weights import Weights

if TYPE_CHECKING:
    import pandas as pd

    from smartrec.catalog.schema import Catalog
    from smartrec.recommend.fit import Fitter
    from smartrec.recommend.similarity import Similarity

Figures = Mapping[str, Mapping[str, float]]
Progress = Callable[[float, str], None]
TASKS = ("history", "query")
RESAMPLES = 300
_TIE_DAYS = 45.0
_KEPT_LISTS = 64
_OWNED = -1.0  # a score below this has lost the penalty of what is owned


@dataclass(frozen=True, eq=False)
class HeldOut:
    """The held-out cases of one task with all their signals.

    Attributes:
        values: (C, 7, N) float32, every signal's scores for every case.
        owned: for every case the positions that are not ranked.
        wanted: for every case the positions that were bought next.
        users: (C,) int64 codes; cases of one shopper are resampled together.
        similarity: likeness of products, for the diversity dial; None where nothing is known.
        baselines: name -> (C, 10) int64 lists of the permanent baselines at their first settings.
    """

    values: np.ndarray
    owned: Sequence[np.ndarray]
    wanted: Sequence[np.ndarray]
    users: np.ndarray
    similarity: Similarity | None
    baselines: Mapping[str, np.ndarray]

    def lists(self, weights: Weights) -> np.ndarray:
        """(C, 10) int64: what these weights recommend in every case, as the ranker would, limits left aside."""
        key = (*weights.values.values(), weights.diversity)
        if key not in self._made:
            if len(self._made) >= _KEPT_LISTS:
                self._made.clear()
            self._made[key] = self._lists(weights)
        return self._made[key]

    @cached_property
    def _made(self) -> dict[tuple[float, ...], np.ndarray]:
        """The lists of late weights: metrics, rivals and ablations of one drag ask for the same."""
        return {}

    def _lists(self, weights: Weights) -> np.ndarray:
        raw = np.array([weights.values[name] for name in SIGNALS], np.float32)
        known = self.active @ raw
        scores = np.tensordot(raw, self.values, axes=(0, 1)) / np.maximum(known, np.float32(1e-9))[:, None]
        for row, owned in zip(scores, self.owned, strict=True):
            row[owned] -= np.float32(PENALTY)
        pools = best_of_rows(scores, POOL)
        found = np.take_along_axis(scores, pools, axis=1).astype(np.float64)
        near = self.similarity.near(pools) if self.similarity is not None and weights.diversity > 0.0 else None
        first = diversify(found, near, weights.diversity, K).order[:, :K]
        lists = np.take_along_axis(pools, first, axis=1)
        gone = np.take_along_axis(found, first, axis=1) < _OWNED
        return padded(np.where(gone, -1, lists))

    @cached_property
    def active(self) -> np.ndarray:
        """(C, 7) float32: 1 where a signal knows something of a case."""
        return np.asarray(self.values.max(axis=2) > 0.0, np.float32)

    @cached_property
    def _theirs(self) -> np.ndarray:
        """(C, B) float64: NDCG@10 of every baseline."""
        return np.column_stack([self._ndcg(lists) for lists in self.baselines.values()])

    def figures(self, weights: Weights) -> Figures:
        """Metric -> {"value", "low", "high"} with 95 % intervals over shoppers; coverage has none of its own."""
        return self._figures(self.lists(weights))

    def against(self, weights: Weights) -> list[tuple[str, Mapping[str, float]]]:
        """NDCG@10 of these weights minus every baseline's, paired: (baseline, interval), strongest baseline first."""
        ours = self._ndcg(self.lists(weights))
        if not self.baselines:
            return []
        gaps = ours[:, None] - self._theirs
        means = resampled_means(gaps, self.users, RESAMPLES)
        found = [(name, interval(float(gaps[:, i].mean()), means[:, i])) for i, name in enumerate(self.baselines)]
        return sorted(found, key=lambda pair: pair[1]["value"])

    def ablated(self, weights: Weights) -> dict[str, float]:
        """Signal -> NDCG@10 that is lost without it, for the signals that count."""
        full = self._ndcg(self.lists(weights)).mean()
        lost = {}
        for name, known in zip(SIGNALS, self.active.max(axis=0).tolist(), strict=True):
            if weights.values[name] > 0.0:
                # What knows nothing of any case changes no list.
                less = self._ndcg(self.lists(weights.without(name))).mean() if known else full
                lost[name] = float(full - less)
        return lost

    def tradeoff(
        self, weights: Weights, dials: Sequence[float] = (0.0, 0.02, 0.05, 0.1, 0.2, 0.35, 0.6)
    ) -> list[Figures]:
        """NDCG@10 and diversity@10 along the diversity dial; every entry also holds the dial."""
        return [
            {**self.figures(weights.changed(weights.name, diversity=dial)), "dial": {"value": dial}} for dial in dials
        ]

    def _ndcg(self, lists: np.ndarray) -> np.ndarray:
        return np.asarray(rank_metrics(lists, self.wanted)[:, 0])

    def _figures(self, lists: np.ndarray) -> Figures:
        spread = np.zeros(len(lists)) if self.similarity is None else intra_list_diversity(lists, self.similarity)
        per_case = np.column_stack([rank_metrics(lists, self.wanted), spread])
        means = resampled_means(per_case, self.users, RESAMPLES)
        names = (*RANK_METRICS, "diversity@10")
        found = {name: interval(float(per_case[:, i].mean()), means[:, i]) for i, name in enumerate(names)}
        share = coverage(lists, self.values.shape[2])
        return {**found, "coverage@10": {"value": share, "low": share, "high": share}}


def hold_out(
    catalog: Catalog,
    transactions: pd.DataFrame,
    fitter: Fitter,
    *,
    ask: Asker | None = None,
    most: int = 240,
    dates: int = 3,
    progress: Progress = lambda share, stage: None,
) -> dict[str, HeldOut]:
    """The held-out cases of both tasks: the last windows of time, each ranked by what was known before it.

    Args:
        catalog: the products.
        transactions: of all shoppers.
        fitter: makes the ranker of a date from what is known before it.
        ask: makes the query of a held-out purchase; a few words of the product if None.
        most: cases of a task, drawn at random where there are more; what a slider can weigh in a blink.
        dates: how many of the last test windows are used.
        progress: called with the share that is done, and the stage.

    Raises:
        TableError: there are too few purchases.
    """
    purchases = Purchases.from_table(catalog, transactions)
    found = windows(purchases, rolling_dates(purchases.times))[-dates:]
    rankers = fit_before(found, fitter, lambda share, say: progress(0.5 * share, say))
    asked = asked_windows(found, ask or ask_in_words(catalog), most=max(1, most // len(found)))
    tasks = {"history": _thinned(found, most), "query": asked}
    made = {}
    for t, (task, kept) in enumerate(tasks.items()):
        progress(0.5 + 0.25 * t, f"scoring held-out shoppers, {task}")
        cases = [case for window in kept for case in window.cases]
        values = [
            ranker.values(case.query) for ranker, window in zip(rankers, kept, strict=True) for case in window.cases
        ]
        baselines = _baselines(kept, fitter) if task == "history" else {}
        made[task] = HeldOut(
            values=np.stack(values) if values else np.empty((0, len(SIGNALS), len(catalog)), np.float32),
            owned=[case.owned for case in cases],
            wanted=[case.wanted for case in cases],
            users=np.array([case.user for case in cases], np.int64),
            similarity=rankers[-1].similarity,
            baselines=baselines,
        )
    progress(1.0, "done")
    return made


def _thinned(found: Sequence[Window], most: int) -> list[Window]:
    """The windows with at most `most` cases together, drawn at random."""
    pairs: list[tuple[int, Case]] = [(i, case) for i, window in enumerate(found) for case in window.cases]
    rng = np.random.default_rng(0)
    kept = np.sort(rng.choice(len(pairs), size=min(most, len(pairs)), replace=False))
    chosen = [pairs[k] for k in kept]
    return [
        Window(window.start, window.end, window.past, [case for j, case in chosen if j == i])
        for i, window in enumerate(found)
    ]


def _baselines(kept: Sequence[Window], fitter: Fitter) -> dict[str, np.ndarray]:
    made = {}
    for name, model in BASELINES.items():
        settings = model().grid[0] if model().grid else {}
        lists = [baseline_lists(model(**settings), window, fitter.content, _TIE_DAYS) for window in kept]
        made[name] = np.concatenate(lists)
    return made
