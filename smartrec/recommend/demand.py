"""Demand: how probable each product is as the next purchase of a new, a light or a heavy shopper.

A log-linear model of purchase counts at several half-lives, of who buys, of age and of season, fitted so that the
purchases of past weeks would have been probable. What sells to newcomers differs from what sells to regulars, and
which memory is right (days or months) is a matter of the shop: both are learned, not set. A segment differs from
everyone as far as its purchases show it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from threadpoolctl import threadpool_limits

from smartrec.recommend.purchases import Purchases, days_between

HALF_LIVES = (7.0, 20.0, 60.0, 150.0, 500.0)
SEGMENTS = 3
# Different earlier days of purchase from which a shopper is a light, and a heavy one.
_LIGHT, _HEAVY = 1, 5
HORIZON_DAYS = 40.0
SNAPSHOTS = 24
STEP_DAYS = 30.0
CANDIDATES = 1500
# How strongly everyone's coefficients are drawn to the prior, and each segment's to everyone's: a segment needs many
# purchases to differ, for in most shops it is the smaller part of them.
RIDGE, SEGMENT_RIDGE = 20.0, 300.0
# With fewer purchases a segment is drawn harder, in proportion: the few share their weeks' fashions, so that they say
# less than as many that were made apart.
ENOUGH_PURCHASES = 3000
_YEAR = 365.0
# Where nothing can be learned yet: the geometric mean of two months' and five months' memory.
_PRIOR = {2: 0.5, 3: 0.5}


@dataclass(frozen=True, slots=True, eq=False)
class _Log:
    """Purchases as plain numbers, for features at any day.

    Attributes:
        items: (M,) int64 codes of products that were ever bought.
        days: (M,) float64, days since the first purchase, never decreasing.
        segments: (M,) int64, 0 new, 1 light, 2 heavy: the shopper at that moment.
        categories: (P,) int64 category of every product ever bought.
        first: (P,) float64, the day of its first purchase.
        n: P, the number of products ever bought.
    """

    items: np.ndarray
    days: np.ndarray
    segments: np.ndarray
    categories: np.ndarray
    first: np.ndarray
    n: int


def segment_of(n_products: int) -> int:
    """0 for a new, 1 for a light, 2 for a heavy shopper."""
    return 0 if n_products < _LIGHT else 1 if n_products < _HEAVY else 2


class DemandModel:
    """Fitted once on a past.

    Attributes:
        coefficients_: (3, F) float64, one row a segment.
        log_demand_: (3, N) float32, log of relative demand at the end of the past, 0 for the most wanted product;
            -inf for products never bought.
    """

    def fit(self, past: Purchases, categories: np.ndarray, now: np.datetime64 | None = None) -> DemandModel:
        """Learn on windows before `now` (the end of the past, if None).

        Args:
            past: the purchases that are known.
            categories: (N,) int64 category codes of the catalog.
            now: the time of asking.
        """
        self.log_demand_ = np.full((SEGMENTS, past.n_items), -np.inf, dtype=np.float32)
        self.coefficients_ = np.zeros((SEGMENTS, _feature_count()))
        for column, value in _PRIOR.items():
            self.coefficients_[:, column] = value
        if not len(past):
            return self
        bought, log = _make_log(past, categories)
        end = float(days_between(past.times[:1], past.end() if now is None else now)[0])
        with threadpool_limits(1):
            self._learn(log, end)
            features, _ = _features(log, end)
        found = (self.coefficients_ @ features.T.astype(np.float64)).astype(np.float32)
        self.log_demand_[:, bought] = found - found.max(axis=1, keepdims=True)
        return self

    def _learn(self, log: _Log, end: float) -> None:
        starts = [end - HORIZON_DAYS - STEP_DAYS * i for i in range(SNAPSHOTS)]
        known = log.days.min() + HORIZON_DAYS
        snapshots = [_snapshot(log, start) for start in starts if start >= known]
        if not snapshots:
            return
        scale = np.concatenate([features for features, _ in snapshots]).std(axis=0) + 1e-3
        scaled = [features / scale for features, _ in snapshots]
        bought = [counts for _, counts in snapshots]
        pairs = [(features, np.sum(counts, axis=0)) for features, counts in zip(scaled, bought, strict=True)]
        everyone = fit_counts(pairs, self.coefficients_[0] * scale, RIDGE)
        for segment in range(SEGMENTS):
            pairs = [(features, counts[segment]) for features, counts in zip(scaled, bought, strict=True)]
            self.coefficients_[segment] = fit_counts(pairs, everyone, segment_ridge(pairs)) / scale


def segment_ridge(pairs: list[tuple[np.ndarray, np.ndarray]]) -> float:
    """How strongly a segment is drawn to everyone by its purchases in all windows, as `fit_counts` takes them."""
    bought = sum(int(counts.sum()) for _, counts in pairs)
    return SEGMENT_RIDGE * max(1.0, ENOUGH_PURCHASES / max(bought, 1))


def fit_counts(pairs: list[tuple[np.ndarray, np.ndarray]], prior: np.ndarray, ridge: float) -> np.ndarray:
    """(F,) coefficients that make the counts most probable, drawn towards the prior.

    Args:
        pairs: for every window (C, F) features and (C,) purchases of the same candidates.
        prior: (F,) coefficients for where the counts say nothing.
        ridge: how strongly they are drawn there.
    """

    def loss(theta: np.ndarray) -> tuple[float, np.ndarray]:
        gap = theta - prior
        value, gradient = ridge * float(gap @ gap), 2.0 * ridge * gap
        for features, counts in pairs:
            logits = features @ theta
            logits -= logits.max()
            weights = np.exp(logits)
            total = weights.sum()
            n = counts.sum()
            value -= float(counts @ logits - n * np.log(total))
            gradient -= features.T @ (counts - n * weights / total)
        return value, gradient

    found = minimize(loss, prior, jac=True, method="L-BFGS-B", options={"maxiter": 60})
    return np.asarray(found.x)


def _make_log(past: Purchases, categories: np.ndarray) -> tuple[np.ndarray, _Log]:
    bought, items = np.unique(past.items, return_inverse=True)
    days = -past.days_before(past.times[0])
    first = np.full(len(bought), np.inf)
    np.minimum.at(first, items, days)
    return bought, _Log(items, days, _segments(past.users, days), categories[bought], first, len(bought))


def _segments(users: np.ndarray, days: np.ndarray) -> np.ndarray:
    """(M,) int64: what kind of shopper made every purchase, by the purchases of earlier days."""
    order = np.lexsort((days, users))
    user, day = users[order], np.floor(days[order])
    place = np.arange(len(order))
    starts_user = np.r_[True, user[1:] != user[:-1]]
    starts_day = starts_user | np.r_[True, day[1:] != day[:-1]]
    first_of_user = np.maximum.accumulate(np.where(starts_user, place, 0))
    first_of_day = np.maximum.accumulate(np.where(starts_day, place, 0))
    earlier = first_of_day - first_of_user
    found = np.empty(len(order), dtype=np.int64)
    found[order] = (earlier >= _LIGHT).astype(np.int64) + (earlier >= _HEAVY)
    return found


def _feature_count() -> int:
    return len(HALF_LIVES) + SEGMENTS + 4 + 3


def _snapshot(log: _Log, start: float) -> tuple[np.ndarray, list[np.ndarray]]:
    """(C, F) features of the candidates at `start`, and their purchases in the weeks after by segment."""
    features, candidates = _features(log, start)
    low, high = np.searchsorted(log.days, [start, start + HORIZON_DAYS])
    items, segments = log.items[low:high], log.segments[low:high]
    counts = [np.bincount(items[segments == s], minlength=log.n)[candidates] for s in range(SEGMENTS)]
    return features[candidates], counts


def _features(log: _Log, day: float) -> tuple[np.ndarray, np.ndarray]:
    """(P, F) float32 features of all products known before `day`, and the (C,) most bought of them."""
    end = int(np.searchsorted(log.days, day))
    items, ages, segments = log.items[:end], day - log.days[:end], log.segments[:end]
    counts = [np.bincount(items, weights=np.exp2(-ages / h), minlength=log.n) for h in HALF_LIVES]
    columns = [np.log(count + 1.0) for count in counts]
    columns += _who_buys(items, ages, segments, log.n)
    age = np.maximum(day - log.first, 0.0)
    last = np.full(log.n, 3000.0)
    np.minimum.at(last, items, ages)
    columns += [np.exp(-age / 40.0), np.exp(-age / 150.0), np.exp(-last / 15.0), np.exp(-last / 60.0)]
    columns += _season(log, items, ages)
    candidates = np.argsort(-(3.0 * counts[1] + counts[2] + counts[3]), kind="stable")[:CANDIDATES]
    return np.stack(columns, axis=1).astype(np.float32), candidates


def _who_buys(items: np.ndarray, ages: np.ndarray, segments: np.ndarray, n: int) -> list[np.ndarray]:
    """Log of how much more often than elsewhere each segment is among a product's buyers."""
    heavy = np.exp2(-ages / 90.0)
    everyone = np.bincount(items, weights=heavy, minlength=n)
    found = []
    for segment in range(SEGMENTS):
        mine = segments == segment
        bought = np.bincount(items[mine], weights=heavy[mine], minlength=n)
        share = max(bought.sum() / max(everyone.sum(), 1e-9), 1e-3)
        found.append(np.log((bought + 3.0 * share) / (everyone + 3.0) / share))
    return found


def _season(log: _Log, items: np.ndarray, ages: np.ndarray) -> list[np.ndarray]:
    """Log of how much more the coming weeks of one and two years ago held than the months around them."""
    found = []
    for shift in (_YEAR, 2 * _YEAR):
        near = np.exp2(-np.abs(ages - shift + 20.0) / 20.0) * (ages > shift - 60.0)
        around = np.exp2(-np.abs(ages - shift) / 200.0) * (ages > shift - 200.0)
        found.append(_excess(items, near, around, log.n, 4.0))
    near = np.exp2(-np.abs(ages - _YEAR + 20.0) / 20.0) * (ages > _YEAR - 60.0)
    around = np.exp2(-np.abs(ages - _YEAR) / 200.0) * (ages > _YEAR - 200.0)
    groups = int(log.categories.max()) + 1
    found.append(_excess(log.categories[items], near, around, groups, 20.0)[log.categories])
    return found


def _excess(codes: np.ndarray, near: np.ndarray, around: np.ndarray, n: int, prior: float) -> np.ndarray:
    if near.sum() <= 0.0:
        return np.zeros(n)
    rate = near.sum() / around.sum()
    hot = np.bincount(codes, weights=near, minlength=n)
    warm = np.bincount(codes, weights=around, minlength=n)
    return np.log((hot + prior * rate) / (warm + prior) / rate)
