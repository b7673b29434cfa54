"""Single products of a catalog, fast: columns as plain arrays instead of rows of a table."""

from __future__ import annotations

from dataclasses import fields

from smartrec.catalog.schema import Catalog, Product

_FIELDS = tuple(field.name for field in fields(Product))


class Shelf:
    """Answers with the same products as `Catalog.product`."""

    def __init__(self, catalog: Catalog) -> None:
        columns = {
            name: catalog.table[name].fillna("").to_numpy(dtype=object).tolist()
            for name in _FIELDS
            if name not in ("price", "attributes")
        }
        columns |= {"price": catalog.prices.tolist(), "attributes": catalog.tags}
        self._titles = columns["title"]
        self._columns = [columns[name] for name in _FIELDS]

    def product(self, position: int) -> Product:
        """The product at an index of catalog order."""
        return Product(*[column[position] for column in self._columns])

    def title(self, position: int) -> str:
        """The title of the product at an index of catalog order."""
        return str(self._titles[position])
