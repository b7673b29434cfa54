"""A shop in memory for tests of ranking: 90 products, 60 shoppers who each love one category and one color."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import numpy as np
import pandas as pd

from smartrec.attributes.tag import ScoredTag
from smartrec.catalog.schema import COLUMNS, Catalog
from smartrec.recommend.base import Query
from smartrec.recommend.fit import Fitter
from smartrec.recommend.hybrid import Ranker
from smartrec.recommend.purchases import Purchases
from smartrec.shoppers.schema import History
from smartrec.text.parsed import ParsedWords
from smartrec.vision.finding import Finding
from tests.findings import made_finding

CATEGORIES = ("Tee", "Jeans", "Coat", "Dress", "Socks")
COLOR_NAMES = ("red", "blue", "black")
PATTERNS = ("striped", "solid")
GROUPS = dict.fromkeys(COLOR_NAMES, "color") | dict.fromkeys(PATTERNS, "pattern") | {"cotton": "fabric"}
NOW = np.datetime64("2024-06-30", "ns")


class WordCount:
    """A text index: the share of the words' terms that a title has."""

    def __init__(self, catalog: Catalog) -> None:
        self.titles = [str(title).lower() for title in catalog.table["title"]]

    def score(self, parsed: ParsedWords) -> np.ndarray:
        hits = [sum(term in title for term in parsed.terms) for title in self.titles]
        return np.array(hits, dtype=np.float32) / max(len(parsed.terms), 1)


@lru_cache(maxsize=1)
def catalog() -> Catalog:
    rows = []
    for i in range(90):
        category, color, pattern = CATEGORIES[i % 5], COLOR_NAMES[(i // 5) % 3], PATTERNS[(i // 15) % 2]
        rows.append(
            {
                "product_id": f"P{i:03d}",
                "title": f"{color} {pattern} {category} {i}",
                "category": category,
                "description": "",
                "color": color,
                "price": 10.0 + i,
                "brand": f"Brand{i % 4}",
                "gender": "women" if i % 7 == 0 else "",
                "attributes": "|".join([color, pattern, *(["cotton"] if i % 2 else [])]),
                "image": "",
            }
        )
    return Catalog(pd.DataFrame(rows).astype(COLUMNS))


@lru_cache(maxsize=1)
def transactions() -> pd.DataFrame:
    rng = np.random.default_rng(5)
    shop = catalog()
    colors = shop.table["color"].to_numpy(dtype=object)
    rows = []
    for user in range(60):
        loved = (
            (shop.categories == CATEGORIES[user % 5]).astype(float) * 4 + (colors == COLOR_NAMES[user % 3]) * 4 + 0.2
        )
        bought = rng.choice(90, size=int(rng.integers(2, 16)), p=loved / loved.sum(), replace=False)
        for item in bought:
            days = int(rng.integers(0, 500))
            rows.append((f"U{user:02d}", f"P{item:03d}", pd.Timestamp("2024-06-29") - pd.Timedelta(days=days), 1, 9.0))
    return pd.DataFrame(rows, columns=["user_id", "product_id", "timestamp", "quantity", "price"])


@lru_cache(maxsize=1)
def embeddings() -> np.ndarray:
    rng = np.random.default_rng(9)
    shop = catalog()
    parts = [pd.get_dummies(shop.table[name]).to_numpy(float) for name in ("category", "color")]
    rows = np.hstack([*parts, 0.3 * rng.normal(size=(90, 6))]).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@lru_cache(maxsize=1)
def purchases() -> Purchases:
    return Purchases.from_table(catalog(), transactions())


@lru_cache(maxsize=1)
def fitter() -> Fitter:
    return Fitter(catalog(), embeddings=embeddings(), text_index=WordCount(catalog()), tag_groups=GROUPS)


@lru_cache(maxsize=1)
def ranker() -> Ranker:
    return fitter().fit(purchases())


def history(user: str = "U01") -> History:
    if user == "new":
        return History.empty("new")
    found = purchases()
    return found.histories()[int(np.flatnonzero(found.user_ids == user)[0])]


def finding(position: int = 0) -> Finding:
    """What a detector would say of a photo of this product, fairly sure of itself."""
    shop = catalog()
    category, color = str(shop.categories[position]), str(shop.table["color"][position])
    others = {name: 0.05 for name in CATEGORIES if name != category}
    heads = {"category": {category: 0.8, **others}, "color1": {color: 0.9, "green": 0.1}}
    return made_finding(heads, embedding=embeddings()[position])


def photo_tags(position: int = 0) -> tuple[ScoredTag, ...]:
    return tuple(ScoredTag(t, GROUPS[t], "texture", 0.9, "seen") for t in catalog().tags[position])


def words(*tags: str, category: str = "", **more) -> ParsedWords:
    terms = (*tags, *([category.lower()] if category else []))
    return ParsedWords(" ".join(terms), terms, tags, (category,) if category else (), **more)


def query(user: str = "U01", photo: int | None = None, parsed: ParsedWords | None = None, **more) -> Query:
    asked = {} if photo is None else {"finding": finding(photo), "tags": photo_tags(photo)}
    return Query(history=history(user), parsed=parsed, now=NOW, **asked, **more)


def replace_k(asked: Query, k: int) -> Query:
    return replace(asked, k=k)


def owning(position: int) -> History:
    time = np.array(["2024-06-01"], dtype="datetime64[ns]")
    return History("U99", np.array([position]), time, np.array([1]))
