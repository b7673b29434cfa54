"""What the words of products weigh: TF-IDF over titles, descriptions, brands and tags."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import numpy as np

from smartrec.attributes import normalize
from smartrec.catalog.schema import Catalog
from smartrec.text import cues
from smartrec.text.postings import Postings


def analyze(text: str) -> list[str]:
    """Comparable words of a product's text, without those that say nothing."""
    stop = cues.stop_words()
    return [word for word in normalize.tokens(text) if word not in stop]


def fit_words(catalog: Catalog, tags: Iterable[tuple[str, ...]]) -> tuple[Postings, np.ndarray]:
    """Unit rows of TF-IDF over the products' words, and their inverse document frequencies."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    of_tag = lru_cache(maxsize=None)(lambda tag: tuple(analyze(tag)))
    columns = [catalog.table[name].fillna("").astype(str) for name in ("title", "description", "brand")]
    texts = [
        [*analyze(" ".join(parts)), *(word for tag in own for word in of_tag(tag))]
        for *parts, own in zip(*columns, tags, strict=True)
    ]
    model = TfidfVectorizer(analyzer=list, sublinear_tf=True, dtype=np.float32)
    try:
        matrix = model.fit_transform(texts)
    except ValueError:  # no product has a single word
        return Postings.from_sets(([] for _ in texts), ()), np.empty(0, np.float32)
    return Postings.from_matrix(matrix, model.get_feature_names_out()), model.idf_.astype(np.float32)
