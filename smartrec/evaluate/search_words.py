"""Benchmark of words: what is understood of hand-written queries, which products they find, and how fast.

The queries (`benchmarks/queries.jsonl`) were written by hand before the parser; half of them, "sealed", were kept out
of its making. The same hand wrote vocabulary and queries, which flatters both halves against a stranger's words.
"""

from __future__ import annotations

import json
import time
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from smartrec.attributes.vocabulary import Vocabulary
from smartrec.catalog.schema import Catalog
from smartrec.errors import BadInputError
from smartrec.settings import ROOT
from smartrec.text.index import TextIndex
from smartrec.text.parsed import ParsedWords
from smartrec.text.query import parse

QUERIES = ROOT / "benchmarks" / "queries.jsonl"
PARTS = ("tune", "sealed")
CARDS = 10
SMALL, LARGE = 1_200, 300_000
_TIMED = 60  # queries that are timed
_ROUNDS = 3
_SHORTEST_TYPED = 5  # letters of a word that gets a typing error
_KEYBOARD = ("qwertyuiop", "asdfghjkl", "zxcvbnm")

FirstTen = Callable[[str], Sequence[int]]
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Expected:
    """A query and what a person understands by it."""

    words: str
    tags: tuple[str, ...]
    categories: tuple[str, ...]
    excluded: tuple[str, ...]
    price_min: float | None
    price_max: float | None
    gender: str
    part: str


def read_queries(path: Path = QUERIES) -> list[Expected]:
    """The hand-written queries. Raises BadInputError if the file is missing or malformed."""
    try:
        return [_expected(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadInputError(f"Expected one query a line. Received: {path} ({error})") from error


def _expected(row: dict[str, Any]) -> Expected:
    return Expected(
        words=row["words"],
        tags=tuple(row["tags"]),
        categories=tuple(row["categories"]),
        excluded=tuple(row["not"]),
        price_min=row["price_min"],
        price_max=row["price_max"],
        gender=row["gender"],
        part=row["part"],
    )


def words_benchmark(
    catalog: Catalog,
    vocabulary: Vocabulary,
    *,
    parts: Sequence[str] = PARTS,
    large: int | None = LARGE,
    first_ten: FirstTen | None = None,
    say: Progress = lambda _: None,
) -> dict[str, Any]:
    """All figures of words.

    Args:
        catalog: the shop that is searched.
        vocabulary: its tags.
        parts: halves of the queries that are looked at.
        large: number of products of the large shop, made of the catalog's by repeating them; None leaves it out.
        first_ten: catalog positions of the cards shown for words; None = the text index alone.
        say: told what is being done.
    """
    queries = [query for query in read_queries() if query.part in parts]
    say("fitting the text index")
    index = TextIndex.fit(catalog, vocabulary)
    say("reading the queries")
    result: dict[str, Any] = {
        "query_tags": {part: _understood(queries, part, vocabulary, index, typed=False) for part in parts},
        "query_tags_typing_errors": {part: _understood(queries, part, vocabulary, index, typed=True) for part in parts},
        "words_to_products": _found(queries, catalog, vocabulary, index, first_ten),
        "latency": {},
    }
    shops = [(SMALL, resized(catalog, SMALL))] + ([(large, resized(catalog, large))] if large else [])
    for size, shop in shops:
        say(f"timing words over {size:,} products")
        result["latency"][str(size)] = _latency(queries, shop, vocabulary)
    return result


def with_typing_errors(words: str) -> str:
    """The words with one or two words mistyped, always the same way for the same words.

    Letters are swapped, dropped, doubled or hit beside, never the first of a word; short words stay.
    """
    rng = np.random.default_rng(zlib.crc32(words.encode()))
    parts = words.split(" ")
    long = [i for i, part in enumerate(parts) if part.isalpha() and part.isascii() and len(part) >= _SHORTEST_TYPED]
    if not long:
        return words
    for i in rng.choice(long, size=min(len(long), int(rng.integers(1, 3))), replace=False):
        parts[i] = _mistyped(parts[i], rng)
    return " ".join(parts)


def _mistyped(word: str, rng: np.random.Generator) -> str:
    at = int(rng.integers(1, len(word) - 1))
    match rng.integers(4):
        case 0:
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        case 1:
            return word[:at] + word[at + 1 :]
        case 2:
            return word[:at] + word[at] + word[at:]
        case _:
            return word[:at] + _beside(word[at].lower(), rng) + word[at + 1 :]


def _beside(letter: str, rng: np.random.Generator) -> str:
    """A letter next to this one on the keyboard; "e" for what is not on it."""
    row = next((row for row in _KEYBOARD if letter in row), "w")
    at = row.find(letter)
    return str(rng.choice([row[i] for i in (at - 1, at + 1) if 0 <= i < len(row)])) if at >= 0 else "e"


def _understood(
    queries: Iterable[Expected], part: str, vocabulary: Vocabulary, index: TextIndex, *, typed: bool
) -> dict[str, Any]:
    """Micro precision, recall and F1 of tags, ruled-out tags, prices and gender; exact matches of categories."""
    right = given = expected = exact = categories = count = 0
    for query in queries:
        if query.part != part:
            continue
        words = with_typing_errors(query.words) if typed else query.words
        parsed = parse(words, vocabulary, index.lexicon)
        got, want = _items(parsed), _items(query)
        right, given, expected = right + len(got & want), given + len(got), expected + len(want)
        exact += got == want
        categories += set(parsed.categories) == set(query.categories)
        count += 1
    return {
        "queries": count,
        "precision": right / given if given else None,
        "recall": right / expected if expected else None,
        "f1": 2 * right / (given + expected) if given + expected else None,
        "wholly_right": exact / count if count else None,
        "categories_right": categories / count if count else None,
    }


def _items(meant: Expected | ParsedWords) -> set[tuple[str, object]]:
    prices = {
        (name, round(value, 2)) for name in ("price_min", "price_max") if (value := getattr(meant, name)) is not None
    }
    gender = {("gender", meant.gender)} if meant.gender else set()
    return {("tag", tag) for tag in meant.tags} | {("not", tag) for tag in meant.excluded} | prices | gender


def _found(
    queries: Sequence[Expected], catalog: Catalog, vocabulary: Vocabulary, index: TextIndex, first_ten: FirstTen | None
) -> dict[str, Any]:
    """Share of the first ten that satisfy all that was understood, for queries that at least ten products satisfy."""
    shares: dict[str, float] = {}
    for words in dict.fromkeys((*(query.words for query in queries), *_shop_queries(catalog))):
        parsed = parse(words, vocabulary, index.lexicon)
        good = satisfying(parsed, catalog)
        if parsed.tags and good.sum() >= CARDS:
            shown = first_ten(words) if first_ten else np.argsort(-index.score(parsed), kind="stable")
            shares[words] = float(good[list(shown[:CARDS])].mean())
    worst = sorted(shares, key=lambda words: shares[words])[:5]
    return {
        "queries": len(shares),
        "share_of_first_ten": float(np.mean(list(shares.values()))) if shares else None,
        "worst": [{"words": words, "share": shares[words]} for words in worst],
        "ranking": "cards" if first_ten else "text index alone",
    }


def satisfying(parsed: ParsedWords, catalog: Catalog) -> np.ndarray:
    """(N,) bool: judged from the catalog's own tags, without the index; of several garments one is enough."""
    found = np.any([_has_all(one, catalog.tags) for one in parsed.each], axis=0)
    genders = catalog.table["gender"].fillna("").astype(str).str.lower().to_numpy(dtype=object)
    low = -np.inf if parsed.price_min is None else parsed.price_min
    high = np.inf if parsed.price_max is None else parsed.price_max
    if parsed.price_min is not None or parsed.price_max is not None:
        found &= (catalog.prices >= low) & (catalog.prices <= high)
    if parsed.gender:
        found &= np.isin(genders.astype(str), ("", "unisex", parsed.gender))
    return found & ~np.isin(catalog.categories.astype(str), parsed.excluded_categories)


def _has_all(parsed: ParsedWords, tags: Sequence[tuple[str, ...]]) -> np.ndarray:
    """(N,) bool: every tag asked for, one of every set of alternatives, and none that is ruled out."""
    needs = [set(choice) for choice in parsed.alternatives]
    needs += [{tag} for tag in parsed.tags if not any(tag in choice for choice in parsed.alternatives)]
    excluded = set(parsed.excluded)
    return np.array([all(need & set(own) for need in needs) and not excluded & set(own) for own in tags], dtype=bool)


def _shop_queries(catalog: Catalog) -> list[str]:
    """Color and category, and category and one more tag, as often as the shop has ten of them."""
    pairs: dict[str, int] = {}
    for tags, category, color in zip(catalog.tags, catalog.categories, catalog.table["color"].fillna(""), strict=True):
        for word in (str(color), *tags[1:6]):
            words = f"{word} {category}".strip().lower()
            pairs[words] = pairs.get(words, 0) + 1
    return sorted(words for words, count in pairs.items() if count >= CARDS)


def resized(catalog: Catalog, size: int) -> Catalog:
    """A shop of `size` products: the catalog's, repeated under new ids, brands and prices, or its first ones."""
    table = catalog.table.iloc[np.arange(size) % len(catalog)].reset_index(drop=True)
    turn = pd.Series(np.arange(size) // len(catalog))
    table["product_id"] = [f"L{i:07d}" for i in range(size)]
    table["brand"] = table["brand"].fillna("").astype(str) + turn.map(lambda n: f" house{n}" if n else "")
    table["price"] = table["price"] * (1 + 0.001 * (turn % 500))
    return Catalog(table)


def _latency(queries: Sequence[Expected], shop: Catalog, vocabulary: Vocabulary) -> dict[str, Any]:
    """Milliseconds from words to the ten best, warm, beside scikit-learn's pipeline fitted and asked once a query."""
    start = time.perf_counter()
    index = TextIndex.fit(shop, vocabulary)
    fitted = time.perf_counter() - start
    asked = [query.words for query in queries][:: max(1, len(queries) // _TIMED)]
    times, cpu_times = [], []
    for turn in range(_ROUNDS + 1):
        for words in asked:
            start, cpu = time.perf_counter(), time.process_time()
            scores = index.score(parse(words, vocabulary, index.lexicon))
            np.argpartition(-scores, CARDS)[:CARDS]
            if turn:  # the first round warms up
                times.append(1e3 * (time.perf_counter() - start))
                cpu_times.append(1e3 * (time.process_time() - cpu))
    plain = _plain_pipeline_ms(shop, asked[: 3 if len(shop) <= SMALL else 1])
    median = float(np.median(times))
    return {
        "products": len(shop),
        "median_ms": median,
        "p95_ms": float(np.quantile(times, 0.95)),
        "max_ms": float(np.max(times)),
        "median_cpu_ms": float(np.median(cpu_times)),
        "p95_cpu_ms": float(np.quantile(cpu_times, 0.95)),
        "fit_s": fitted,
        "plain_pipeline_ms": plain,
        "times_faster": plain / median,
    }


def _plain_pipeline_ms(shop: Catalog, asked: Sequence[str]) -> float:
    """Median milliseconds of fitting TfidfVectorizer to titles, descriptions and tags and scoring one query."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.metrics.pairwise import linear_kernel

    columns = [shop.table[name].fillna("").astype(str) for name in ("title", "description", "attributes")]
    texts = [" ".join(parts) for parts in zip(*columns, strict=True)]
    times = []
    for words in asked:
        start = time.perf_counter()
        model = TfidfVectorizer(stop_words="english")
        matrix = model.fit_transform(texts)
        scores = linear_kernel(model.transform([words]), matrix)
        np.argsort(-scores[0])[:CARDS]
        times.append(1e3 * (time.perf_counter() - start))
    return float(np.median(times))
