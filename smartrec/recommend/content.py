"""What every product is made of, as one sparse table: category, color, brand, gender, price band and tags."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from smartrec.catalog.schema import Catalog

PRICE_BANDS = 5


@dataclass(frozen=True, slots=True, eq=False)
class Content:
    """Products by features.

    Attributes:
        matrix: (N, F) float32 CSR, 1 where the product has the feature.
        names: (F,) feature names as a person reads them ("navy", "Tee", "Nordvik").
        groups: (F,) group of every feature: "category", "color", "brand", "gender", "price" or a tag's group.
        index: (group, name) -> column.
    """

    matrix: sparse.csr_matrix
    names: tuple[str, ...]
    groups: tuple[str, ...]
    index: Mapping[tuple[str, str], int]

    def columns(self, group: str) -> np.ndarray:
        """(G,) int64, the columns of one group."""
        return np.array([i for i, name in enumerate(self.groups) if name == group], dtype=np.int64)

    def group_names(self) -> tuple[str, ...]:
        """The groups in order of first appearance."""
        return tuple(dict.fromkeys(self.groups))

    def unit_rows(self) -> sparse.csr_matrix:
        """(N, F) float32 CSR with rare features heavier (IDF) and rows of unit length, for cosines."""
        seen = np.maximum(np.asarray(self.matrix.sum(axis=0)).ravel(), 1.0)
        weighted = self.matrix @ sparse.diags(1.0 + np.log(self.matrix.shape[0] / seen))
        norms = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel())
        return sparse.csr_matrix(sparse.diags(1.0 / np.maximum(norms, 1e-9)) @ weighted, dtype=np.float32)


def build_content(catalog: Catalog, tag_groups: Mapping[str, str] | None = None) -> Content:
    """The content table of a catalog; `tag_groups` says which attribute group a tag belongs to."""
    groups_of_tags = tag_groups or {}
    features: dict[tuple[str, str], int] = {}
    rows: list[np.ndarray] = []
    columns: list[np.ndarray] = []

    def add(positions: np.ndarray, group: str, values: Sequence[str] | np.ndarray) -> None:
        keys = [features.setdefault((group, str(value)), len(features)) for value in values]
        rows.append(positions)
        columns.append(np.array(keys, dtype=np.int64))

    for group in ("category", "color", "brand", "gender"):
        values = catalog.table[group].fillna("").to_numpy(dtype=object)
        known = np.flatnonzero(values != "")
        add(known, group, values[known])
    bands = price_bands(catalog.prices)
    known = np.flatnonzero(bands >= 0)
    add(known, "price", [f"price band {band + 1} of {PRICE_BANDS}" for band in bands[known]])
    carried = [(position, tag) for position, tags in enumerate(catalog.tags) for tag in tags]
    keys = {tag: (groups_of_tags.get(tag, "tag"), tag) for tag in dict.fromkeys(tag for _, tag in carried)}
    rows.append(np.array([position for position, _ in carried], dtype=np.int64))
    columns.append(np.array([features.setdefault(keys[tag], len(features)) for _, tag in carried], dtype=np.int64))
    return _assemble(len(catalog), features, rows, columns)


def _assemble(
    n: int, features: dict[tuple[str, str], int], rows: list[np.ndarray], columns: list[np.ndarray]
) -> Content:
    row = np.concatenate(rows) if rows else np.empty(0, np.int64)
    column = np.concatenate(columns) if columns else np.empty(0, np.int64)
    matrix = sparse.csr_matrix((np.ones(len(row), np.float32), (row, column)), shape=(n, len(features)))
    # A color may be both the product's column and one of its tags.
    matrix.data[:] = 1.0
    keys = list(features)
    return Content(matrix, tuple(name for _, name in keys), tuple(group for group, _ in keys), features)


def price_bands(prices: np.ndarray) -> np.ndarray:
    """(N,) int64 in 0..4, cheap to dear by quintiles of the catalog; -1 where the price is not known."""
    bands = np.full(len(prices), -1, dtype=np.int64)
    known = np.isfinite(prices)
    if known.any():
        edges = np.quantile(prices[known], np.linspace(0, 1, PRICE_BANDS + 1)[1:-1])
        bands[known] = np.searchsorted(edges, prices[known], side="right")
    return bands
