"""Figures of the recommender: speed at two sizes, simulated shops from fresh seeds, and real histories where given."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from smartrec.catalog.schema import COLUMNS, Catalog
from smartrec.evaluate.run import evaluate
from smartrec.evaluate.simulated_shop import simulated_shop
from smartrec.labels import COLORS, SHOP_CATEGORIES
from smartrec.recommend.base import Query, Signal
from smartrec.recommend.fit import Fitter
from smartrec.recommend.hybrid import Ranker
from smartrec.recommend.purchases import Purchases
from smartrec.text.parsed import ParsedWords
from smartrec.vision.finding import Finding

SEEDS = (101, 102, 103, 104, 105)
SMALL, LARGE = 1_200, 300_000
DIMENSIONS = 256
TRANSACTIONS = 100_000
REPEATS = 20
Say = Callable[[str], None]


def benchmark_recommend(say: Say, rentals: Path | None = None, seeds: tuple[int, ...] = SEEDS) -> dict[str, Any]:
    """All figures of `benchmark recommend --json`.

    Args:
        say: told what is being measured.
        rentals: folder with `products.csv` and `transactions.csv.gz`; left out if None.
        seeds: of the simulated shops.
    """
    found: dict[str, Any] = {"speed": speed(say)}
    ratios: dict[str, list[float]] = {"history": [], "query": []}
    shops = []
    for seed in seeds:
        say(f"evaluating the simulated shop of seed {seed}")
        shop = simulated_shop(seed)
        summary = evaluate(shop.catalog, shop.transactions, shop.fitter)["summary"]
        shops.append({"seed": seed, "simulated": True, "summary": summary})
        for line in summary:
            ratios[line["task"]].append(line["ratio"])
    means = {task: {"value": float(np.mean(v)), "least": min(v)} for task, v in ratios.items() if v}
    found["simulated_shops"] = {"ratio_to_best_rival": means, "shops": shops}
    if rentals is not None:
        say("evaluating real rentals")
        catalog, transactions = read_histories(rentals)
        result = evaluate(catalog, transactions, Fitter(catalog))
        found["rentals"] = {name: result[name] for name in ("summary", "dates", "seconds")}
    return found


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


def speed(say: Say) -> dict[str, Any]:
    """Milliseconds of one warm request with photo, words and history, all signals; seconds of a fit."""
    found: dict[str, Any] = {}
    for n in (SMALL, LARGE):
        say(f"ranking {n:,} products")
        ranker, seconds = synthetic_ranker(n)
        queries = [synthetic_query(ranker, seed) for seed in range(REPEATS)]
        ranker.recommend(queries[0])
        timings = []
        for query in queries:
            started = time.perf_counter()
            ranker.recommend(query)
            timings.append((time.perf_counter() - started) * 1e3)
        found[f"rank_{n}"] = {
            "value": float(np.median(timings)),
            "low": float(np.min(timings)),
            "high": float(np.max(timings)),
            "unit": "ms",
        }
        found[f"fit_{TRANSACTIONS}_transactions_{n}_products"] = {"value": seconds, "unit": "s"}
        found[f"peak_memory_{n}"] = {"value": peak_bytes() / 1e9, "unit": "GB, the whole process"}
    return found


class CountedWords:
    """A text index as fast as the real one: the share of terms that a product has, from one sparse product."""

    def __init__(self, signal: Signal) -> None:
        self._matrix = signal._matrix  # type: ignore[attr-defined]

    def score(self, parsed: ParsedWords) -> np.ndarray:
        """(N,) float32 in [0, 1]."""
        weights = np.zeros(self._matrix.shape[1], dtype=np.float32)
        weights[: max(len(parsed.terms), 1)] = 1.0 / max(len(parsed.terms), 1)
        return np.asarray(self._matrix @ weights)


def synthetic_ranker(n: int, transactions: int = TRANSACTIONS, seed: int = 0) -> tuple[Ranker, float]:
    """A ranker over random products, and the seconds of its fit."""
    rng = np.random.default_rng(seed)
    catalog = synthetic_catalog(n, rng)
    vectors = rng.standard_normal((n, DIMENSIONS), dtype=np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    fitter = Fitter(catalog, embeddings=vectors)
    items = np.minimum((n * rng.power(0.4, transactions)).astype(np.int64), n - 1)
    times = np.datetime64("2024-01-01", "ns") + np.sort(rng.integers(0, 540 * 86_400, transactions)) * np.timedelta64(
        1, "s"
    )
    users = rng.integers(0, transactions // 20, transactions)
    ids = np.array([f"U{i}" for i in range(transactions // 20)], dtype=object)
    purchases = Purchases(users, items, times, np.ones(transactions, np.int64), ids, n)
    started = time.perf_counter()
    ranker = fitter.fit(purchases)
    return ranker, time.perf_counter() - started


def synthetic_catalog(n: int, rng: np.random.Generator) -> Catalog:
    """Products with a category, a color, a price, a brand and eight tags each, drawn at random."""
    tags = np.array([f"tag{i}" for i in range(200)], dtype=object)
    chosen = rng.integers(0, 200, size=(n, 8))
    table = pd.DataFrame(
        {
            "product_id": [f"P{i}" for i in range(n)],
            "title": [f"Product {i}" for i in range(n)],
            "category": np.array(SHOP_CATEGORIES, dtype=object)[rng.integers(0, len(SHOP_CATEGORIES), n)],
            "description": "",
            "color": np.array(COLORS, dtype=object)[rng.integers(0, len(COLORS), n)],
            "price": rng.uniform(5, 200, n),
            "brand": np.array([f"Brand{i}" for i in range(40)], dtype=object)[rng.integers(0, 40, n)],
            "gender": "",
            "attributes": ["|".join(row) for row in tags[chosen]],
            "image": "",
        }
    )
    return Catalog(table.astype(COLUMNS))


def synthetic_query(ranker: Ranker, seed: int) -> Query:
    """A shopper with 25 purchases, a photo and words; every signal has something to say."""
    from smartrec.attributes.tag import ScoredTag
    from smartrec.shoppers.schema import History

    rng = np.random.default_rng(seed)
    n = len(ranker.catalog)
    items = rng.integers(0, n, 25)
    times = np.datetime64("2025-05-01", "ns") - np.sort(rng.integers(0, 300, 25))[::-1] * np.timedelta64(1, "D")
    share = np.full(len(SHOP_CATEGORIES), 1.0 / len(SHOP_CATEGORIES))
    heads = {
        "category": dict(zip(SHOP_CATEGORIES, share.tolist(), strict=True)),
        "color1": dict.fromkeys(COLORS, 1.0 / len(COLORS)),
    }
    vector = rng.standard_normal(DIMENSIONS).astype(np.float32)
    labels = {"category": SHOP_CATEGORIES[seed % len(SHOP_CATEGORIES)], "color1": COLORS[seed % len(COLORS)]}
    vector /= np.linalg.norm(vector)
    finding = Finding((9, 9), 1.0, True, (0.0, 0.0, 9.0, 9.0), 1.0, None, heads, (), labels, vector)
    tags = tuple(ScoredTag(f"tag{i}", "pattern", "texture", 0.8, "seen") for i in range(8))
    parsed = ParsedWords("tag1 tag2", terms=("tag1", "tag2"), tags=("tag1", "tag2"), price_max=150.0)
    history = History("U1", items, times, np.ones(25, np.int64))
    return Query(history, finding, tags, parsed, now=np.datetime64("2025-06-30", "ns"))


def peak_bytes() -> int:
    """The most memory that this process has held; 0 where the system does not tell."""
    try:
        import resource
    except ImportError:  # Windows
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return int(peak if sys.platform == "darwin" else peak * 1024)
