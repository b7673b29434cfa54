"""How well photos find products: of the ten cards, how many share the photo's category and its annotated color.

Photos in the clothing format (`labels.csv`, `images/`), of senders whose photos no weights have seen.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from smartrec.catalog.schema import Catalog, Product
from smartrec.errors import BadInputError, ImageError
from smartrec.evaluate.bootstrap import interval, resampled_means
from smartrec.settings import ROOT

SPLITS = ROOT / "assets" / "splits"
PHOTOS = 300
CARDS = 10
RESAMPLES = 2000
# What is measured, and its floor.
MEASURES = (
    ("cards of the detected category", 0.80),
    ("cards of the annotated color", 0.35),
    ("cards of the annotated category", None),
)


@dataclass(frozen=True, slots=True)
class LabelledPhoto:
    """A photo with its sender and what the annotators say."""

    path: Path
    sender: str
    category: str
    color: str


@dataclass(frozen=True, slots=True)
class Cards:
    """The answer to one photo: the detected category and the products of the cards."""

    category: str
    products: Sequence[Product]


def read_photos(data: Path, limit: int = PHOTOS, seed: int = 0, splits: Path = SPLITS) -> list[LabelledPhoto]:
    """At most `limit` photos of senders that are on no training or validation list, drawn with `seed`.

    Raises:
        BadInputError: `data` is not in clothing format, or all its senders were trained on.
    """
    table = data / "labels.csv"
    try:
        with table.open(newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        photos = [LabelledPhoto(_image(data, r["image"]), r["sender_id"], r["category"], r["color1"]) for r in rows]
    except OSError as error:
        raise BadInputError(f"Expected photos in clothing format. Received: {table} ({error.strerror})") from error
    except KeyError as error:
        raise BadInputError(f"{table} needs image, sender_id, category, color1. Missing: {error}") from error
    trained = trained_senders(splits)
    held_out = [photo for photo in photos if photo.sender not in trained]
    if not held_out:
        raise BadInputError(
            f"Expected photos of senders that the network was not trained on (see {splits}). "
            f"Received: {len(photos)} photos, all of senders in its training or validation list"
        )
    chosen = np.random.default_rng(seed).permutation(len(held_out))[:limit]
    return [held_out[i] for i in sorted(chosen)]


def trained_senders(splits: Path = SPLITS) -> frozenset[str]:
    """The senders whose photos training or its early stopping have seen."""
    lines = [(splits / f"clothing_{part}.txt").read_text(encoding="utf-8").split() for part in ("train", "val")]
    return frozenset(sender for part in lines for sender in part)


def measure(
    photos: Sequence[LabelledPhoto],
    catalog: Catalog,
    recommend: Callable[[Path], Cards],
    progress: Callable[[float, str], None],
) -> dict[str, Any]:
    """Mean shares over the photos with 95 % intervals (bootstrap over senders), ceilings beside them.

    Returns:
        ``{"photos", "senders", "unreadable", "rows": [{"measure", "value", "low", "high", "ceiling", "floor"}]}``.
    """
    shares: list[tuple[float, ...]] = []
    senders: list[str] = []
    for i, (photo, cards) in enumerate(_answers(photos, recommend)):
        progress((i + 1) / len(photos), "searching with held-out photos")
        shares.append(_shares(photo, cards, catalog))
        senders.append(photo.sender)
    if not shares:
        raise BadInputError("Expected photos that can be read. Received: none")
    table = np.array(shares)
    resampled = resampled_means(table, np.array(senders), RESAMPLES)  # photos of one sender are alike
    rows = [
        {"measure": measure, **interval(table[:, i].mean(), resampled[:, i]), "ceiling": ceiling, "floor": floor}
        for i, ((measure, floor), ceiling) in enumerate(zip(MEASURES, table.mean(axis=0)[3:].tolist(), strict=True))
    ]
    unread = len(photos) - len(shares)
    return {"photos": len(shares), "senders": len(set(senders)), "unreadable": unread, "cards": CARDS, "rows": rows}


def _answers(
    photos: Sequence[LabelledPhoto], recommend: Callable[[Path], Cards]
) -> Iterator[tuple[LabelledPhoto, Cards]]:
    for photo in photos:
        try:
            cards = recommend(photo.path)
        except ImageError:
            continue
        yield photo, cards


def _shares(photo: LabelledPhoto, cards: Cards, catalog: Catalog) -> tuple[float, ...]:
    """Detected category, annotated color, annotated category; then the same for an ideal ranking of this shop."""
    products = cards.products
    detected = sum(p.category == cards.category for p in products) / CARDS
    color = sum(p.color == photo.color for p in products) / CARDS
    annotated = sum(p.category == photo.category for p in products) / CARDS
    return detected, color, annotated, *_ideal(photo, cards.category, catalog)


def _ideal(photo: LabelledPhoto, detected: str, catalog: Catalog) -> tuple[float, float, float]:
    """What a ranking that knows the annotation reaches: first the category, within it the color."""
    category = catalog.categories == photo.category
    color = catalog.table["color"].to_numpy(dtype=object) == photo.color
    best = np.lexsort((~color, ~category))[:CARDS]
    of_detected = min(int((catalog.categories == detected).sum()), CARDS)
    return of_detected / CARDS, float(color[best].sum()) / CARDS, float(category[best].sum()) / CARDS


def _image(data: Path, name: str) -> Path:
    """The picture of a row, with whatever extension it has."""
    for extension in (".webp", ".jpg", ".jpeg", ".png"):
        path = data / "images" / f"{name}{extension}"
        if path.exists():
            return path
    return data / "images" / name
