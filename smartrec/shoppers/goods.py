"""Simulation, products: what the invented shoppers see in a garment, most of it hidden from the recommender."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from smartrec.labels import COLORS, GROUPS, LABEL_FIELDS
from smartrec.shoppers.seasons import FAMILIES, family_of

STYLE_DIMS = 8
WEARERS = ("women", "men", "unisex", "kids")
# Groups by which a person judges the cut of a garment.
CUT = ("sleeve", "length", "fit", "fabric")
_SCENES = 14


@dataclass(frozen=True, slots=True, eq=False)
class Goods:
    """Products of the simulation as aligned arrays; N products, C categories, B brands.

    Attributes:
        ids: (N,) object.
        categories: (C,) object, names.
        category: (N,) int64, index into `categories`.
        families: (C,) int64, index into `seasons.FAMILIES`, of every category.
        color: (N,) int64, index into `labels.COLORS`.
        plain: (N,) bool, no eye-catching pattern.
        cut: (N, 4) int64, value of each group of `CUT`.
        wearer: (N,) int64, index into `WEARERS`.
        brand: (N,) int64.
        n_brands: B.
        price: (N,) float64.
        level: (N,) float64, log of the price over the median of its category.
        style: (N, STYLE_DIMS) float64 unit rows; hidden, only partly tied to the brand.
        appeal: (N,) float64, positive and long-tailed; hidden.
        arrival: (N,) float64, days after the start; negative = was there before.
        partners: (N, 2) int64, what the shop shows it with; hidden.
    """

    ids: np.ndarray
    categories: np.ndarray
    category: np.ndarray
    families: np.ndarray
    color: np.ndarray
    plain: np.ndarray
    cut: np.ndarray
    wearer: np.ndarray
    brand: np.ndarray
    n_brands: int
    price: np.ndarray
    level: np.ndarray
    style: np.ndarray
    appeal: np.ndarray
    arrival: np.ndarray
    partners: np.ndarray

    def __len__(self) -> int:
        return len(self.ids)


def unit(vectors: np.ndarray) -> np.ndarray:
    """Rows scaled to length one."""
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-9))


def draw_goods(catalog: pd.DataFrame, labels: pd.DataFrame, rng: np.random.Generator, days: int) -> Goods:
    """Gives every product of the catalog its hidden traits.

    Args:
        catalog: products, the columns of `catalog.schema.COLUMNS`.
        labels: `product_id` and the columns of `labels.LABEL_FIELDS`.
        rng: source of chance.
        days: length of the simulated time.
    """
    seen = labels.set_index("product_id").reindex(catalog["product_id"])[list(LABEL_FIELDS)].astype(object)
    seen = seen.where(seen.notna(), "na")
    category, categories = pd.factorize(catalog["category"].to_numpy(dtype=object), sort=True)
    brand, brands = pd.factorize(catalog["brand"].fillna("").to_numpy(dtype=object), sort=True)
    families = np.array([FAMILIES.index(family_of(str(name))) for name in categories], dtype=np.int64)
    price = catalog["price"].to_numpy(dtype=np.float64)
    price = np.where(np.isfinite(price) & (price > 0), price, 25.0)
    median = pd.Series(price).groupby(category).transform("median").to_numpy()
    scene, style = _draw_style(brand, max(1, len(brands)), rng)
    return Goods(
        ids=catalog["product_id"].to_numpy(dtype=object),
        categories=np.asarray(categories, dtype=object),
        category=category.astype(np.int64),
        families=families,
        color=_codes(seen["color1"], COLORS),
        plain=seen["pattern"].isin(["solid", "denimwash", "melange"]).to_numpy(),
        cut=np.stack([_codes(seen[group], GROUPS[group]) for group in CUT], axis=1),
        wearer=_codes(catalog["gender"].fillna(""), WEARERS, default=WEARERS.index("unisex")),
        brand=brand.astype(np.int64),
        n_brands=max(1, len(brands)),
        price=price,
        level=np.log(price / median),
        style=style,
        appeal=np.exp(rng.normal(0.0, 1.2, len(catalog))),
        arrival=_draw_arrivals(families[category], rng, days),
        partners=_draw_partners(families[category], scene, rng),
    )


def _codes(values: pd.Series, names: tuple[str, ...], default: int = 0) -> np.ndarray:
    codes = pd.Index(names).get_indexer(values.to_numpy(dtype=object))
    return np.where(codes < 0, default, codes).astype(np.int64)


def _draw_style(brand: np.ndarray, n_brands: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """The hidden scene of every product (a brand leans to one, but serves all) and its place in style space."""
    leaning = rng.integers(_SCENES, size=n_brands)[brand]
    scene = np.where(rng.random(len(brand)) < 0.3, leaning, rng.integers(_SCENES, size=len(brand)))
    centres = unit(rng.normal(size=(_SCENES, STYLE_DIMS)))
    return scene, unit(centres[scene] + rng.normal(0.0, 0.22, (len(brand), STYLE_DIMS)))


def _draw_arrivals(family: np.ndarray, rng: np.random.Generator, days: int) -> np.ndarray:
    """Half of the shop is there at the start; the rest comes in weekly drops, most of it in two big ones a year."""
    old = -rng.exponential(120.0, len(family)) - 7.0
    drops = np.arange(0, max(8, days - 6), 7)
    weight = 0.5 + np.exp(-((((drops % 182) - 30.0) / 25.0) ** 2)) * 2.0
    new = rng.choice(drops, size=len(family), p=weight / weight.sum()).astype(np.float64)
    return np.where(rng.random(len(family)) < 0.5, old, new)


def _draw_partners(family: np.ndarray, scene: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Two products of another family that are shown with each product, of the same scene where there are any."""
    partners = np.empty((len(family), 2), dtype=np.int64)
    everything = np.arange(len(family))
    for i in everything:
        others = everything[(family != family[i]) & (scene == scene[i])]
        partners[i] = rng.choice(others if len(others) else everything, size=2)
    return partners
