"""Speed and memory of ranking at two sizes: one request, the sliders of the Tuning page, and a fit."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from smartrec.attributes.tag import ScoredTag
from smartrec.attributes.vocabulary import Vocabulary
from smartrec.catalog.schema import COLUMNS, Catalog
from smartrec.evaluate.whatif import HeldOut
from smartrec.labels import COLORS, SHOP_CATEGORIES
from smartrec.recommend.base import Query
from smartrec.recommend.fit import Fitter
from smartrec.recommend.hybrid import Ranker
from smartrec.recommend.purchases import Purchases
from smartrec.recommend.weights import PRESETS
from smartrec.shoppers.schema import History
from smartrec.text.index import TextIndex
from smartrec.text.parsed import ParsedWords
from smartrec.vision.finding import Finding

SMALL, LARGE = 1_200, 300_000
DIMENSIONS = 256
TRANSACTIONS = 100_000
REPEATS, WARMED = 20, 5
# Held-out cases of the Tuning page, and turns of a slider that are timed.
CASES, TURNS = 240, 7
_TAGS = 200
Say = Callable[[str], None]


def speed(say: Say, sizes: Iterable[int] = (SMALL, LARGE)) -> dict[str, Any]:
    """Milliseconds of one warm request with photo, words and history, all signals; seconds of a fit; memory.

    Every figure is wall-clock time; `cpu` beside it is the processor time of all threads, which other programs on
    the machine disturb less.
    """
    found: dict[str, Any] = {}
    for n in sizes:
        say(f"ranking {n:,} products")
        ranker, fit = synthetic_ranker(n)
        queries = [synthetic_query(ranker, seed) for seed in range(REPEATS)]
        for query in queries[:WARMED]:
            ranker.recommend(query)
        found[f"rank_{n}"] = timed(ranker.recommend, queries)
        found[f"fit_{TRANSACTIONS}_transactions_{n}_products"] = fit
        found[f"memory_{n}"] = {"value": resident_bytes() / 1e9, "unit": "GB, the whole process, while it ranks"}
        found[f"peak_memory_{n}"] = {"value": peak_bytes() / 1e9, "unit": "GB, the whole process, fits included"}
        if n == SMALL:
            found.update(slider_speed(ranker, queries))
    return found


def slider_speed(ranker: Ranker, queries: list[Query]) -> dict[str, Any]:
    """Milliseconds from a turned slider to what the Tuning page shows: metrics, ablations, ten cards."""
    values = [ranker.values(query) for query in queries]
    rng = np.random.default_rng(0)
    n = len(ranker.catalog)
    cases = HeldOut(
        values=np.stack([values[i % len(values)] for i in range(CASES)]),
        owned=[np.unique(queries[i % len(queries)].history.items) for i in range(CASES)],
        wanted=[rng.choice(n, 3, replace=False) for _ in range(CASES)],
        users=np.arange(CASES),
        similarity=ranker.similarity,
        baselines={},
    )
    base = PRESETS["balanced"]
    turns = [base.changed("turned", taste=0.1 * (turn + 1)) for turn in range(TURNS)]
    cases.figures(base)
    shown = values[0]
    return {
        f"slider_metrics_{CASES}_cases": timed(cases.figures, turns),
        f"slider_ablations_{CASES}_cases": timed(cases.ablated, turns),
        "slider_cards": timed(lambda weights: ranker.rank(queries[0], shown, weights), turns),
    }


def timed(call: Callable[[Any], object], arguments: Iterable[Any]) -> dict[str, Any]:
    """Median, least and most milliseconds of a call, and the median of its processor time."""
    walls, cpus = [], []
    for argument in arguments:
        wall, cpu = time.perf_counter(), time.process_time()
        call(argument)
        walls.append(1e3 * (time.perf_counter() - wall))
        cpus.append(1e3 * (time.process_time() - cpu))
    low, high = float(np.min(walls)), float(np.max(walls))
    return {"value": float(np.median(walls)), "low": low, "high": high, "cpu": float(np.median(cpus)), "unit": "ms"}


def synthetic_ranker(n: int, transactions: int = TRANSACTIONS, seed: int = 0) -> tuple[Ranker, dict[str, Any]]:
    """A ranker over random products with pictures' vectors and words, and how long its fit took."""
    rng = np.random.default_rng(seed)
    vocabulary = Vocabulary.load()
    catalog = synthetic_catalog(n, rng, vocabulary)
    vectors = rng.standard_normal((n, DIMENSIONS), dtype=np.float32)
    vectors /= np.sqrt(np.einsum("nd,nd->n", vectors, vectors))[:, None]
    groups = {tag.name: tag.group for tag in vocabulary.tags}
    index = TextIndex.fit(catalog, vocabulary)
    fitter = Fitter(catalog, embeddings=vectors, text_index=index, tag_groups=groups)
    items = np.minimum((n * rng.power(0.4, transactions)).astype(np.int64), n - 1)
    times = np.datetime64("2024-01-01", "ns") + np.sort(rng.integers(0, 540 * 86_400, transactions)) * np.timedelta64(
        1, "s"
    )
    users = rng.integers(0, transactions // 20, transactions)
    ids = np.array([f"U{i}" for i in range(transactions // 20)], dtype=object)
    purchases = Purchases(users, items, times, np.ones(transactions, np.int64), ids, n)
    wall, cpu = time.perf_counter(), time.process_time()
    ranker = fitter.fit(purchases)
    return ranker, {"value": time.perf_counter() - wall, "cpu": time.process_time() - cpu, "unit": "s"}


def synthetic_catalog(n: int, rng: np.random.Generator, vocabulary: Vocabulary) -> Catalog:
    """Products with a title, a category, a color, a price, a brand and eight tags each, drawn at random."""
    tags = np.array(vocabulary.names[:_TAGS], dtype=object)
    chosen = tags[rng.integers(0, _TAGS, size=(n, 8))]
    kinds = np.array(SHOP_CATEGORIES, dtype=object)[rng.integers(0, len(SHOP_CATEGORIES), n)]
    colors = np.array(COLORS, dtype=object)[rng.integers(0, len(COLORS), n)]
    brands = np.array([f"Brand{i}" for i in range(40)], dtype=object)[rng.integers(0, 40, n)]
    table = pd.DataFrame(
        {
            "product_id": [f"P{i}" for i in range(n)],
            "title": [f"{color} {row[0]} {kind}" for color, row, kind in zip(colors, chosen, kinds, strict=True)],
            "category": kinds,
            "description": "",
            "color": colors,
            "price": rng.uniform(5, 200, n),
            "brand": brands,
            "gender": "",
            "attributes": ["|".join(row) for row in chosen],
            "image": "",
        }
    )
    return Catalog(table.astype(COLUMNS))


def synthetic_query(ranker: Ranker, seed: int) -> Query:
    """A shopper with 25 purchases, a photo and words; every signal has something to say."""
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
    carried = ranker.catalog.tags[int(rng.integers(n))]
    tags = tuple(ScoredTag(name, "pattern", "texture", 0.8, "seen") for name in carried)
    said = carried[:2]
    words = tuple(word for tag in said for word in tag.split())
    parsed = ParsedWords(" ".join(words), terms=words, tags=said, price_max=150.0)
    history = History("U1", items, times, np.ones(25, np.int64))
    return Query(history, finding, tags, parsed, now=np.datetime64("2025-06-30", "ns"))


def resident_bytes() -> int:
    """The memory that this process holds now; 0 where the system does not tell."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


def peak_bytes() -> int:
    """The most memory that this process has held; 0 where the system does not tell."""
    try:
        import resource
    except ImportError:  # Windows
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return int(peak if sys.platform == "darwin" else peak * 1024)
