"""What is known of products besides their words and tags: price, gender, category, main color."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from smartrec.attributes import normalize
from smartrec.attributes.vocabulary import Vocabulary
from smartrec.catalog.schema import Catalog
from smartrec.text.postings import Postings


@dataclass(frozen=True, slots=True, eq=False)
class Facts:
    """What is known of the products besides words and tags, aligned with the catalog.

    Attributes:
        prices: (N,) float32, NaN where not known.
        genders: who has which gender.
        categories: who is of which category.
        colors: whose main color is which tag.
    """

    prices: np.ndarray
    genders: Postings
    categories: Postings
    colors: Postings

    @classmethod
    def of(cls, catalog: Catalog, vocabulary: Vocabulary) -> Facts:
        """The facts of a catalog."""
        table = catalog.table
        texts = {name: table[name].fillna("").astype(str) for name in ("gender", "category", "color")}
        colors = texts["color"].map(lambda value: vocabulary.for_label("color1", value.lower()) or value)
        kinds = texts["category"].map({name: _category(name, vocabulary) for name in set(texts["category"])})
        columns = {"genders": texts["gender"].str.lower(), "categories": kinds, "colors": colors}
        lists = {
            name: Postings.from_sets(([v] for v in values), sorted(set(values))) for name, values in columns.items()
        }
        return cls(prices=catalog.prices.astype(np.float32), **lists)


def _category(name: str, vocabulary: Vocabulary) -> str:
    """The category's own name for a shop's word for it ("Hoodies", "gown"); the word itself if it is none."""
    tag = vocabulary.by_surface.get(normalize.key(name))
    labels = vocabulary.tag(tag).labels if tag and not vocabulary.for_label("category", name) else ()
    return next((value for group, value in labels if group == "category"), name)
