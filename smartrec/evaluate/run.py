"""The whole evaluation of one shop: split, tune on the validation dates, measure on the test dates."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from smartrec.catalog.schema import Catalog
from smartrec.evaluate.asking import MOST_PICTURES, MOST_WORDS, Asker, ask_in_words, asked_windows
from smartrec.evaluate.baselines import BASELINES
from smartrec.evaluate.hybrid_model import PERSONAL_SIGNALS, QUERY_SIGNALS, ablations, alone, fit_before, rank_windows
from smartrec.evaluate.report import HYBRID, Measured, Pool, best_baseline, headline
from smartrec.evaluate.splits import Window, rolling_dates, validation_dates, windows
from smartrec.evaluate.tune import baseline_lists, best_weights, tune_baseline, tune_weights
from smartrec.recommend.content import Content
from smartrec.recommend.fit import Fitter
from smartrec.recommend.hybrid import Ranker
from smartrec.recommend.purchases import Purchases
from smartrec.recommend.weights import PRESETS, Weights

Progress = Callable[[float, str], None]
QUERY_ONLY = "query-only"


def evaluate(
    catalog: Catalog,
    transactions: pd.DataFrame,
    fitter: Fitter,
    *,
    ask: Asker | None = None,
    show: Asker | None = None,
    progress: Progress = lambda share, stage: None,
) -> dict[str, Any]:
    """Both tasks, as `evaluate --json` prints them.

    Args:
        catalog: the products.
        transactions: of all shoppers.
        fitter: makes the ranker of a date from what is known before it.
        ask: makes the query of a held-out purchase; a few words of the product if None.
        show: makes another query of it, from a fresh picture; "pictures" of the result is left out if None.
        progress: called with the share that is done, and the stage.

    Raises:
        TableError: there are too few purchases.
    """
    started = time.perf_counter()
    run = _Run(catalog, Purchases.from_table(catalog, transactions), fitter, progress)
    rows, paired, heads = run.history()
    asked_rows, asked_paired, asked_heads = run.queries(ask or ask_in_words(catalog), "query", MOST_WORDS)
    shown = run.queries(show, "pictures", MOST_PICTURES) if show else None
    settings = {"tuned": run.tuned, "weights": {k: dict(w.values) for k, w in run.weights.items()}}
    digest = hashlib.sha256(json.dumps(settings, sort_keys=True).encode()).hexdigest()
    progress(1.0, "done")
    return {
        "rows": rows + asked_rows,
        "paired": paired + asked_paired,
        "summary": heads + asked_heads,
        **({"pictures": dict(zip(("rows", "paired", "summary"), shown, strict=True))} if shown else {}),
        "dates": [str(date)[:10] for date in run.dates],
        **settings,
        "model_hash": f"sha256:{digest}",
        "seconds": time.perf_counter() - started,
    }


class _Run:
    """One evaluation; keeps the fitted rankers of every window."""

    def __init__(self, catalog: Catalog, purchases: Purchases, fitter: Fitter, progress: Progress) -> None:
        self.catalog, self.fitter, self.progress = catalog, fitter, progress
        self.content: Content = fitter.content
        self.dates = rolling_dates(purchases.times)
        before = validation_dates(purchases.times, self.dates[0])
        self.validation = windows(purchases, before)
        self.test = windows(purchases, self.dates)
        self.tuned: dict[str, Any] = {}
        self.weights: dict[str, Weights] = {}
        found = fit_before([*self.validation, *self.test], fitter, lambda share, say: progress(0.02 + 0.2 * share, say))
        self.validation_rankers, self.test_rankers = found[: len(self.validation)], found[len(self.validation) :]

    def history(self) -> tuple[list[Any], list[Any], list[Any]]:
        """Next purchases from the history alone."""
        self.weights["history"] = tune_weights(self.validation_rankers, self.validation)
        rows: list[Any] = []
        paired: list[Any] = []
        heads: list[Any] = []
        baselines = self._baselines()
        validation = ("validation", self.validation, self.validation_rankers)
        for split, found, rankers in (validation, ("test", self.test, self.test_rankers)):
            pool = Pool("history", split, found, self.fitter.content_similarity)
            models = [pool.measure(name, "baseline", lists[split]) for name, lists in baselines.items()]
            models += self._own(pool, rankers, self.weights["history"], PERSONAL_SIGNALS)
            rows += [row for model in models for row in pool.rows(model)]
            if split == "test":
                hybrid = next(m for m in models if m.kind == HYBRID)
                paired = pool.paired(hybrid, [m for m in models if m is not hybrid])
                heads = [headline("history", hybrid, best_baseline(models))]
        return rows, paired, heads

    def _baselines(self) -> dict[str, dict[str, list[np.ndarray]]]:
        """Tuned on the validation windows, ranked on both; recent popularity first, it orders the others' ties."""
        found: dict[str, dict[str, list[np.ndarray]]] = {}
        tie = 45.0
        for i, name in enumerate(sorted(BASELINES, key=lambda n: n != "recent-popularity")):
            self.progress(0.25 + 0.6 * i / len(BASELINES), f"tuning {name}")
            settings, lists = tune_baseline(BASELINES[name], self.validation, self.content, tie)
            self.tuned[name] = dict(settings)
            if name == "recent-popularity":
                tie = settings["half_life"]
            model = BASELINES[name]
            test = [baseline_lists(model(**settings), window, self.content, tie) for window in self.test]
            found[name] = {"validation": lists, "test": test}
        return found

    def _own(self, pool: Pool, rankers: list[Ranker], weights: Weights, names: tuple[str, ...]) -> list[Measured]:
        """The hybrid, its ablations and every signal alone; `rankers` belong to the windows of the pool."""
        less, single = ablations(weights), alone()
        sets = {HYBRID: weights, **{name: single[name] for name in names}}
        sets.update({key: less[key] for name in names if (key := f"without {name}") in less})
        ranked = rank_windows(rankers, pool.windows, sets)
        models = [pool.measure(HYBRID, "hybrid", ranked.lists[HYBRID])]
        for name in names:
            if name in ranked.active:
                # The signal "popularity" is not the baseline of that name.
                models.append(pool.measure(f"{name} alone", "signal", ranked.lists[name]))
                if (ablation := f"without {name}") in sets:
                    models.append(pool.measure(ablation, "ablation", ranked.lists[ablation]))
        return models

    def queries(self, ask: Asker, kind: str, most: int) -> tuple[list[Any], list[Any], list[Any]]:
        """Held-out purchases asked for with a query; what knowing the shopper adds to the query alone.

        `kind` names the learned weights; at most `most` queries a date.
        """
        self.progress(0.87 if kind == "query" else 0.93, f"asking with {'words' if kind == 'query' else kind}")
        weights = self._query_weights(asked_windows(self.validation, ask, seed=1, most=most))
        self.weights[kind] = weights
        test = asked_windows(self.test, ask, most=most)
        pool = Pool("query", "test", test, self.fitter.content_similarity)
        models = self._own(pool, self.test_rankers, weights, (*QUERY_SIGNALS, *PERSONAL_SIGNALS))
        only = rank_windows(self.test_rankers, test, {QUERY_ONLY: query_only(weights)})
        models.append(pool.measure(QUERY_ONLY, "baseline", only.lists[QUERY_ONLY]))
        hybrid, rival = models[0], models[-1]
        rows = [row for model in models for row in pool.rows(model)]
        return rows, pool.paired(hybrid, models[1:]), [headline("query", hybrid, rival)]

    def _query_weights(self, asked: list[Window]) -> Weights:
        """The learned personal mix, scaled against the query's signals on the validation dates."""
        base, mix = PRESETS["balanced"], self.weights["history"]
        query = {name: base.values[name] for name in QUERY_SIGNALS}
        sets = {
            f"{scale:g}": Weights("learned", {**query, **{n: scale * mix.values[n] for n in PERSONAL_SIGNALS}})
            for scale in (0.05, 0.15, 0.3, 0.6, 1.2, 2.4)
        }
        return best_weights(self.validation_rankers, asked, sets)


def query_only(weights: Weights) -> Weights:
    """The set with all that knows the shopper at zero."""
    return Weights(QUERY_ONLY, {name: weights.values[name] for name in QUERY_SIGNALS}, weights.diversity)
