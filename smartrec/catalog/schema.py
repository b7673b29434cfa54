"""A product, and a catalog of products."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from smartrec.errors import UnknownProductError

# Column -> dtype of the products table. `attributes` holds vocabulary tags joined by "|"; `image` is a path
# relative to the workspace, or "" for a product without a picture; `price` is NaN where it is not known.
COLUMNS = {
    "product_id": "string",
    "title": "string",
    "category": "string",
    "description": "string",
    "color": "string",
    "price": "float64",
    "brand": "string",
    "gender": "string",
    "attributes": "string",
    "image": "string",
}


@dataclass(frozen=True, slots=True)
class Product:
    """One row of the catalog; `price` is NaN where it is not known, texts are "" where not known."""

    product_id: str
    title: str
    category: str
    description: str = ""
    color: str = ""
    price: float = float("nan")
    brand: str = ""
    gender: str = ""
    attributes: tuple[str, ...] = ()
    image: str = ""


class Catalog:
    """Products in a fixed order; every array of the ranker is aligned with this order."""

    def __init__(self, table: pd.DataFrame) -> None:
        """`table` has at least the columns of `COLUMNS`, one row a product, unique `product_id`."""
        self.table = table.reset_index(drop=True)

    def __len__(self) -> int:
        return len(self.table)

    @cached_property
    def ids(self) -> np.ndarray:
        """(N,) object, product ids in catalog order."""
        return self.table["product_id"].to_numpy(dtype=object)

    @cached_property
    def _positions(self) -> dict[str, int]:
        return {str(product_id): i for i, product_id in enumerate(self.ids)}

    @cached_property
    def categories(self) -> np.ndarray:
        """(N,) object, category names."""
        return self.table["category"].to_numpy(dtype=object)

    @cached_property
    def prices(self) -> np.ndarray:
        """(N,) float64, NaN where not known."""
        return self.table["price"].to_numpy(dtype=np.float64)

    @cached_property
    def tags(self) -> list[tuple[str, ...]]:
        """Vocabulary tags of every product."""
        return [tuple(t for t in str(row).split("|") if t) for row in self.table["attributes"]]

    def position(self, product_id: str) -> int:
        """Index of a product in catalog order. Raises UnknownProductError."""
        try:
            return self._positions[product_id]
        except KeyError:
            raise UnknownProductError(f"No product of this id in the catalog. Received: {product_id!r}") from None

    def positions(self, product_ids: Iterable[str]) -> np.ndarray:
        """(M,) int64 indices; ids that the catalog does not have are left out."""
        known = (self._positions.get(str(p)) for p in product_ids)
        return np.array([p for p in known if p is not None], dtype=np.int64)

    def product(self, position: int) -> Product:
        """The product at an index of catalog order."""
        row = self.table.iloc[position]
        texts = {name: str(row[name]) for name in COLUMNS if name not in ("price", "attributes")}
        return Product(**texts, price=float(row["price"]), attributes=self.tags[position])
