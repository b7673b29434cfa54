"""Learn how much every kind of personal evidence says, by making purchases of past weeks probable.

A conditional logit: at dates in the past, the products that returning shoppers then bought are compared with the
candidates that they could have bought, given demand. Coefficients are never negative, so that evidence for a product
never speaks against it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.optimize import minimize
from threadpoolctl import threadpool_limits

from smartrec.recommend.collaborative import ItemNeighbors
from smartrec.recommend.content import Content
from smartrec.recommend.demand import DemandModel, segment_of
from smartrec.recommend.freshness import Freshness
from smartrec.recommend.profile import HALF_LIFE_DAYS, Profile
from smartrec.recommend.purchases import Purchases
from smartrec.shoppers.schema import History

DATES = 3
HORIZON_DAYS = 40
SHOPPERS = 500
CANDIDATES = 300
RIDGE = 2.0
# Purchases in common never count for nothing, even where tastes explained all of the past weeks.
LEAST_HISTORY = 0.05
# A shopper's many purchases of one window count as so many at most.
MOST_CHOICES = 5.0


@dataclass(frozen=True, slots=True, eq=False)
class Coefficients:
    """How many nats one unit of evidence is worth.

    Attributes:
        history: of the log-affinity to past purchases.
        freshness: of appetite for the new x log-age.
        groups: (G,) float32, of every group of features.
    """

    history: float
    freshness: float
    groups: np.ndarray


@dataclass(frozen=True, slots=True, eq=False)
class _Choices:
    """Shoppers at one date: (U, C, K) features, (U, C) offsets, (U, C) choices."""

    features: np.ndarray
    offsets: np.ndarray
    chosen: np.ndarray


def learn(past: Purchases, content: Content, categories: np.ndarray, rng: np.random.Generator) -> Coefficients:
    """The coefficients of one shop; modest ones where its history is too short to learn from."""
    start = Coefficients(0.3, 0.1, np.full(len(content.group_names()), 0.3, dtype=np.float32))
    if not len(past):
        return start
    end = past.end()
    step = np.timedelta64(HORIZON_DAYS, "D")
    dates = [end - step * (i + 1) for i in range(DATES) if end - step * (i + 1) > past.times[0] + step]
    with threadpool_limits(1):
        found = [_choices(past, date, date + step, content, categories, rng) for date in dates]
        kept = [choices for choices in found if choices is not None]
        if not kept:
            return start
        values = _fit(kept, np.concatenate([[start.history, start.freshness], start.groups]))
    return Coefficients(float(values[0]), float(values[1]), values[2:].astype(np.float32))


def _choices(
    past: Purchases,
    start: np.datetime64,
    end: np.datetime64,
    content: Content,
    categories: np.ndarray,
    rng: np.random.Generator,
) -> _Choices | None:
    known = past.before(start)
    histories = known.histories()
    bought = past.between(start, end).histories()
    shoppers = [code for code in bought if code in histories]
    if len(shoppers) > SHOPPERS:
        shoppers = [shoppers[i] for i in np.sort(rng.choice(len(shoppers), SHOPPERS, replace=False))]
    if not shoppers:
        return None
    demand = DemandModel().fit(known, categories)
    mean = np.exp(demand.log_demand_[1:]).sum(axis=0)
    candidates = np.sort(np.argsort(-mean, kind="stable")[: min(CANDIDATES, int((mean > 0).sum()))])
    mine = [histories[code] for code in shoppers]
    history = ItemNeighbors(past.n_items).fit(known)
    weighted = weighted_matrix(mine, start, past.n_items)
    profile = Profile(content).fit(known)
    groups = profile.group_values(profile.lifts(weighted), candidates)
    affinity = history.affinity(weighted, candidates)
    segments = [segment_of(len(np.unique(h.items))) for h in mine]
    offsets = demand.log_demand_[:, candidates][segments].astype(np.float64)
    chosen = np.zeros(offsets.shape)
    for row, code in enumerate(shoppers):
        owned = np.isin(candidates, mine[row].items)
        offsets[row, owned] = -50.0
        chosen[row] = np.isin(candidates, bought[code].items) & ~owned
    total = chosen.sum(axis=1, keepdims=True)
    chosen *= np.minimum(total, MOST_CHOICES) / np.maximum(total, 1.0)
    fresh = Freshness().fit(known)
    appetites = np.array([fresh.appetite(h) for h in mine], dtype=np.float32)
    newness = appetites[:, None] * fresh.log_ages_[candidates]
    features = np.concatenate([affinity[:, :, None], newness[:, :, None], groups], axis=2)
    return _Choices(features, np.maximum(offsets, -50.0), chosen)


def weighted_matrix(histories: list[History], now: np.datetime64, n_items: int) -> sparse.csr_matrix:
    """(U, N) float32 CSR, what every shopper bought, weighted by age at `now`."""
    rows = np.repeat(np.arange(len(histories)), [len(history) for history in histories])
    items = np.concatenate([history.items for history in histories] or [np.empty(0, np.int64)])
    times = np.concatenate([h.times for h in histories] or [np.empty(0, "datetime64[ns]")])
    ages = (now - times).astype("timedelta64[s]").astype(np.float64) / 86_400.0
    data = np.exp2(-ages / HALF_LIFE_DAYS).astype(np.float32)
    return sparse.csr_matrix((data, (rows, items)), shape=(len(histories), n_items))


def _fit(found: list[_Choices], prior: np.ndarray) -> np.ndarray:
    def loss(theta: np.ndarray) -> tuple[float, np.ndarray]:
        gap = theta - prior
        value, gradient = RIDGE * float(gap @ gap), 2.0 * RIDGE * gap
        for choices in found:
            logits = choices.offsets + choices.features @ theta.astype(np.float32)
            logits -= logits.max(axis=1, keepdims=True)
            weights = np.exp(logits)
            total = weights.sum(axis=1, keepdims=True)
            n = choices.chosen.sum(axis=1, keepdims=True)
            value -= float((choices.chosen * (logits - np.log(total))).sum())
            surplus = (choices.chosen - n * weights / total).astype(np.float32)
            gradient -= np.tensordot(surplus, choices.features, axes=([0, 1], [0, 1]))
        return value, gradient

    bounds = [(LEAST_HISTORY, 3.0)] + [(0.0, 3.0)] * (len(prior) - 1)
    found_values = minimize(loss, prior, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 40})
    return np.asarray(found_values.x)
