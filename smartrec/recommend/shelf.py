"""Single products of a catalog, fast: columns as plain arrays instead of rows of a table."""

from __future__ import annotations

from smartrec.catalog.schema import COLUMNS, Catalog, Product


class Shelf:
    """Answers with the same products as `Catalog.product`."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        texts = [name for name in COLUMNS if name not in ("price", "attributes")]
        self._columns = {name: catalog.table[name].fillna("").to_numpy(dtype=object) for name in texts}

    def product(self, position: int) -> Product:
        """The product at an index of catalog order."""
        texts = {name: column[position] for name, column in self._columns.items()}
        return Product(**texts, price=float(self._catalog.prices[position]), attributes=self._catalog.tags[position])

    def title(self, position: int) -> str:
        """The title of the product at an index of catalog order."""
        return str(self._columns["title"][position])
