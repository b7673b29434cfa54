"""The demo shop's products: as many of each category and color as people own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from smartrec.catalog.demo import frequencies
from smartrec.catalog.demo.garment import GarmentSpec
from smartrec.catalog.demo.pricing import brand_of, price_of
from smartrec.catalog.demo.render import Rendering, render
from smartrec.catalog.demo.sample import sample_spec
from smartrec.catalog.demo.wording import describe, title_of
from smartrec.labels import SHOP_CATEGORIES

LEAST = 10  # products of a category, however rare it is on photos
Row = dict[str, Any]
# What every shop has on its shelf, whatever chance draws: the first products of these categories.
STAPLES: dict[str, tuple[dict[str, str], ...]] = {
    "Tee": (
        {"color1": "red", "color2": "white", "pattern": "striped", "sleeve": "long"},
        {"color1": "navy", "color2": "white", "pattern": "striped", "sleeve": "long"},
        {"color1": "white", "color2": "none", "pattern": "solid", "sleeve": "short"},
        {"color1": "black", "color2": "none", "pattern": "solid", "sleeve": "short"},
    ),
    "Dress": ({"color1": "black", "color2": "none", "pattern": "solid", "length": "knee"},),
    "Button-Down": ({"color1": "white", "color2": "none", "pattern": "solid", "sleeve": "long"},),
}


def category_counts(n: int) -> dict[str, int]:
    """Products by category of `labels.SHOP_CATEGORIES`: as the annotated photos, at least `LEAST` of each.

    Raises:
        ValueError: fewer products than categories.
    """
    if n < len(SHOP_CATEGORIES):
        raise ValueError(f"Expected at least {len(SHOP_CATEGORIES)} products, one of each category. Received: {n}")
    least = min(LEAST, n // len(SHOP_CATEGORIES))
    photos = np.array([frequencies.photos_of(name) for name in SHOP_CATEGORIES], dtype=float)
    counts = np.full(len(photos), least)
    free = n - counts.sum()
    above = np.maximum(photos / photos.sum() * n - least, 0)
    share = above / above.sum() * free
    counts += np.floor(share).astype(int)
    for i in np.argsort(-(share - np.floor(share)), kind="stable")[: n - counts.sum()]:
        counts[i] += 1
    return dict(zip(SHOP_CATEGORIES, counts.tolist(), strict=True))


def demo_products(
    n: int, seed: int, size: tuple[int, int] = (320, 400), only: Sequence[int] | None = None
) -> Iterator[tuple[Row, GarmentSpec, Rendering]]:
    """Products one by one, the same for the same arguments.

    Args:
        n: number of products, at least one of each category.
        seed: source of all chance.
        size: (width, height) of the pictures.
        only: numbers in [0, n) of the products to draw, so that several processes can share the work; None for all.

    Yields:
        The row (every column of `catalog.schema.COLUMNS` but "attributes" and "image"), the spec, the picture.
    """
    for i, spec, rng in demo_specs(n, seed, only):
        picture = render(spec, rng, size, "plain" if rng.random() < 0.6 else "studio")
        yield product_row(f"P{i + 1:05d}", spec, rng), spec, picture


def demo_specs(
    n: int, seed: int, only: Sequence[int] | None = None
) -> Iterator[tuple[int, GarmentSpec, np.random.Generator]]:
    """What `demo_products` draws, undrawn: number, spec, and the chance that the rest of the product is made with."""
    names = [name for name, count in category_counts(n).items() for _ in range(count)]
    order = np.random.default_rng(seed).permutation(len(names))
    for i in range(n) if only is None else only:
        rng = np.random.default_rng([seed, i])
        yield i, sample_spec(rng, names[order[i]], **_staple(names, order, i)), rng


def _staple(names: Sequence[str], order: np.ndarray, i: int) -> dict[str, str]:
    """What is fixed of product `i`: its staple, if it is among the first of its category."""
    staples = STAPLES.get(names[order[i]], ())
    earlier = sum(names[j] == names[order[i]] for j in order[:i])
    return staples[earlier] if earlier < len(staples) else {}


def product_row(product_id: str, spec: GarmentSpec, rng: np.random.Generator) -> Row:
    """Texts, price and brand of a drawn product: every column of `catalog.schema.COLUMNS` but tags and picture."""
    brand = brand_of(spec, rng)
    return {
        "product_id": product_id,
        "title": title_of(spec),
        "category": spec.category,
        "description": describe(spec, rng),
        "color": spec.color1,
        "price": price_of(spec, brand, rng),
        "brand": brand,
        "gender": spec.gender,
    }
