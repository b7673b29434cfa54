"""Figures of the recommender: speed at two sizes, simulated shops from fresh seeds, and real histories where given."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from smartrec.catalog.schema import COLUMNS, Catalog
from smartrec.evaluate.ranking_speed import Say, speed
from smartrec.evaluate.run import evaluate
from smartrec.evaluate.simulated_shop import simulated_shop
from smartrec.recommend.fit import Fitter

SEEDS = (101, 102, 103, 104, 105)
# No kind of shopper may be served worse than by this.
_LEAST = "recent-popularity"


def benchmark_recommend(say: Say, rentals: Path | None = None, seeds: tuple[int, ...] = SEEDS) -> dict[str, Any]:
    """All figures of `benchmark recommend --json`.

    Args:
        say: told what is being measured.
        rentals: folder with `products.csv` and `transactions.csv.gz`; left out if None.
        seeds: of the simulated shops.
    """
    cpu = time.process_time()
    found: dict[str, Any] = {"speed": speed(say), "simulated_shops": simulated_figures(say, seeds)}
    if rentals is not None:
        say("evaluating real rentals")
        catalog, transactions = read_histories(rentals)
        result = evaluate(catalog, transactions, Fitter(catalog))
        found["rentals"] = {**_figures(result), "dates": result["dates"], "seconds": result["seconds"]}
    return {**found, "cpu_seconds": time.process_time() - cpu}


def simulated_figures(say: Say, seeds: tuple[int, ...]) -> dict[str, Any]:
    """The hybrid over its best rival in every shop, on both tasks, with the mean and the least over the shops."""
    ratios: dict[str, list[float]] = {}
    shops = []
    for seed in seeds:
        say(f"evaluating the simulated shop of seed {seed}")
        shop = simulated_shop(seed)
        result = evaluate(shop.catalog, shop.transactions, shop.fitter)
        shops.append({"seed": seed, "simulated": True, **_figures(result), "seconds": result["seconds"]})
        for line in result["summary"]:
            say(f"{line['task']}: {line['ratio']:.3f} x {line['rival']}")
            ratios.setdefault(line["task"], []).append(line["ratio"])
    means = {task: {"value": float(np.mean(v)), "least": min(v)} for task, v in ratios.items()}
    return {"ratio_to_best_rival": means, "shops": shops}


def _figures(result: dict[str, Any]) -> dict[str, Any]:
    """The summary with the interval of its difference, and every kind of shopper against recent popularity."""
    gaps = {(p["task"], p["segment"], p["hybrid_minus"]): p for p in result["paired"]}
    summary = [
        {**line, "minus_rival": gaps[line["task"], "all", line["rival"]]["ndcg@10"]} for line in result["summary"]
    ]
    kinds = {kind: p["ratio"] for (task, kind, name), p in gaps.items() if (task, name) == ("history", _LEAST)}
    return {"summary": summary, f"ratio_to_{_LEAST}_by_segment": kinds}


def read_histories(folder: Path) -> tuple[Catalog, pd.DataFrame]:
    """A catalog and transactions from `products.csv` and `transactions.csv.gz` in the columns of the importers."""
    products = pd.read_csv(folder / "products.csv", dtype=str).fillna("")
    for name, dtype in COLUMNS.items():
        if name not in products:
            products[name] = np.nan if dtype == "float64" else ""
    products = products[list(COLUMNS)].astype(COLUMNS)
    columns = ["user_id", "product_id", "timestamp"]
    table = pd.read_csv(folder / "transactions.csv.gz", usecols=columns, dtype=str)
    table["timestamp"] = pd.to_datetime(table["timestamp"])
    return Catalog(products), table.assign(quantity=1, price=np.nan)
