"""Fresh simulated shops for the evaluation: products as the demo shop's but not drawn, and shoppers who do not exist.

Ranking better here checks the machinery; it says nothing about people.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from smartrec.attributes.labelled import tags_for_labels
from smartrec.attributes.vocabulary import Vocabulary
from smartrec.catalog.demo.sample import sample_spec
from smartrec.catalog.demo.shop import category_counts, product_row
from smartrec.catalog.schema import COLUMNS, Catalog
from smartrec.recommend.fit import Fitter
from smartrec.shoppers.simulate import simulate
from smartrec.text.index import TextIndex

PRODUCTS, SHOPPERS = 1200, 500


@dataclass(frozen=True, slots=True, eq=False)
class SimulatedShop:
    """A shop without pictures; all its shoppers are simulated."""

    catalog: Catalog
    transactions: pd.DataFrame
    fitter: Fitter


def simulated_shop(seed: int, products: int = PRODUCTS, shoppers: int = SHOPPERS) -> SimulatedShop:
    """A shop that nothing was tuned on; equal seeds give equal shops."""
    vocabulary = Vocabulary.load()
    names = [name for name, count in category_counts(products).items() for _ in range(count)]
    rng = np.random.default_rng([seed, 2])
    rows, labels = [], []
    for i, category in enumerate(rng.permutation(names)):
        spec = sample_spec(rng, str(category))
        tags = tags_for_labels(spec.labels(), spec.details, vocabulary, kind=spec.style)
        product_id = f"P{i + 1:05d}"
        rows.append({**product_row(product_id, spec, rng), "attributes": "|".join(tags), "image": ""})
        labels.append({"product_id": product_id, **spec.labels(), "style": spec.style})
    table = pd.DataFrame(rows).astype(COLUMNS)
    _, transactions = simulate(table, pd.DataFrame(labels), shoppers, seed)
    catalog = Catalog(table)
    fitter = Fitter(
        catalog,
        text_index=TextIndex.fit(catalog, vocabulary),
        tag_groups={tag.name: tag.group for tag in vocabulary.tags},
    )
    return SimulatedShop(catalog, transactions, fitter)
