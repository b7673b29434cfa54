"""Measured lists as rows with intervals and paired differences: the JSON of `evaluate`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from smartrec.evaluate.bootstrap import interval, resampled_means
from smartrec.evaluate.metrics import RANK_METRICS, coverage, intra_list_diversity, novelty, rank_metrics
from smartrec.evaluate.splits import SEGMENTS, Window
from smartrec.recommend.similarity import Similarity

HYBRID = "hybrid"


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """One model on the pooled cases of all windows.

    Attributes:
        name: of the model.
        kind: "baseline", "signal", "hybrid" or "ablation".
        lists: (C, 10) int64, pooled over windows.
        ranks: (C, 4) float64, `RANK_METRICS` of every case.
        spread: (C,) float64, intra-list diversity.
        surprise: (C,) float64, novelty in bits.
    """

    name: str
    kind: str
    lists: np.ndarray
    ranks: np.ndarray
    spread: np.ndarray
    surprise: np.ndarray


class Pool:
    """The cases of all windows of one split, and what is measured on them."""

    def __init__(self, task: str, split: str, windows: list[Window], similarity: Similarity) -> None:
        self.task, self.split, self.windows = task, split, windows
        self._similarity = similarity
        self.cases = [case for window in windows for case in window.cases]
        self.segments = np.array([case.segment for case in self.cases], dtype=object)
        self.users = np.array([case.user for case in self.cases], dtype=np.int64)
        self.n_items = windows[0].past.n_items

    def measure(self, name: str, kind: str, lists: list[np.ndarray]) -> Measured:
        """`lists` holds one (C, 10) array a window."""
        pooled = np.concatenate(lists)
        bought = [np.bincount(window.past.items, minlength=self.n_items) for window in self.windows]
        surprise = [novelty(found, counts) for found, counts in zip(lists, bought, strict=True)]
        return Measured(
            name,
            kind,
            pooled,
            rank_metrics(pooled, [case.wanted for case in self.cases]),
            intra_list_diversity(pooled, self._similarity),
            np.concatenate(surprise),
        )

    def rows(self, model: Measured) -> list[dict[str, Any]]:
        """One row for all cases, and one a segment that has cases."""
        return [
            self._row(model, segment, mask)
            for segment in ("all", *SEGMENTS)
            if (mask := np.ones(len(self.cases), bool) if segment == "all" else self.segments == segment).any()
        ]

    def _row(self, model: Measured, segment: str, mask: np.ndarray) -> dict[str, Any]:
        per_case = np.column_stack([model.ranks, model.spread, model.surprise])[mask]
        means = resampled_means(per_case, self.users[mask])
        names = (*RANK_METRICS, "diversity@10", "novelty@10")
        row: dict[str, Any] = {
            "task": self.task,
            "split": self.split,
            "segment": segment,
            "model": model.name,
            "kind": model.kind,
            "n_users": int(mask.sum()),
        }
        for i, name in enumerate(names):
            row[name] = interval(float(per_case[:, i].mean()), means[:, i])
        # A share of a fixed catalog: resampling shoppers would only lower it, so it has no interval of its own.
        share = coverage(model.lists[mask], self.n_items)
        row["coverage@10"] = {"value": share, "low": share, "high": share}
        return row

    def paired(self, hybrid: Measured, others: list[Measured]) -> list[dict[str, Any]]:
        """Differences of NDCG@10 on the same cases, over all and for every segment."""
        found = []
        for segment in ("all", *SEGMENTS):
            mask = np.ones(len(self.cases), bool) if segment == "all" else self.segments == segment
            if not mask.any():
                continue
            gaps = np.column_stack([hybrid.ranks[:, 0] - other.ranks[:, 0] for other in others])[mask]
            means = resampled_means(gaps, self.users[mask])
            found += [
                {
                    "task": self.task,
                    "segment": segment,
                    "hybrid_minus": other.name,
                    "ndcg@10": interval(float(gaps[:, i].mean()), means[:, i]),
                    "ratio": ratio(hybrid.ranks[mask, 0], other.ranks[mask, 0]),
                }
                for i, other in enumerate(others)
            ]
        return found


def ratio(ours: np.ndarray, theirs: np.ndarray) -> float | None:
    """Mean of ours over mean of theirs; None if theirs is 0."""
    return float(ours.mean() / theirs.mean()) if theirs.mean() > 0 else None


def best_baseline(models: list[Measured]) -> Measured:
    """The baseline with the greatest mean NDCG@10."""
    return max((m for m in models if m.kind == "baseline"), key=lambda m: m.ranks[:, 0].mean())


def headline(task: str, hybrid: Measured, rival: Measured) -> Mapping[str, Any]:
    """One line of summary: the hybrid over its best rival."""
    return {"task": task, "rival": rival.name, "ratio": ratio(hybrid.ranks[:, 0], rival.ranks[:, 0])}
