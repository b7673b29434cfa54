"""Look: how alike the pictures are, by the cosine of their embeddings."""

from __future__ import annotations

import numpy as np

from smartrec.recommend.base import Because, Query

# What a like or a dislike of this session counts beside the photo itself.
FEEDBACK = 0.5
# Numbers in a table of embeddings that one thread gets through in a tenth of a millisecond.
SMALL = 1 << 20


class LookSignal:
    """Likeness to the photo, and to what was liked in this session.

    A photo from a phone and a picture of the shop differ by far more than two pictures of the shop do, so cosines
    are read relative to this query: the average product is 0, the most alike is 1. The fourth power is taken, for
    likeness says little until it is great: half way is a product like many others, not half the garment in the photo.
    """

    name = "look"

    def __init__(self, embeddings: np.ndarray | None, n_items: int) -> None:
        """`embeddings`: (N, D) float32 unit rows, or None for a shop without pictures."""
        self._embeddings = embeddings
        self._n = n_items

    def score(self, query: Query) -> np.ndarray:
        """(N,) float32 in [0, 1]."""
        wanted = self._wanted(query)
        if wanted is None or self._embeddings is None:
            return np.zeros(self._n, dtype=np.float32)
        cosines = self._cosines(wanted)
        low, high = float(cosines.mean()), float(cosines.max())
        if high - low < 1e-6:
            return np.zeros(self._n, dtype=np.float32)
        cosines -= low
        cosines /= high - low
        np.clip(cosines, 0.0, 1.0, out=cosines)
        cosines *= cosines
        cosines *= cosines
        return cosines

    def because(self, query: Query, positions: np.ndarray) -> Because:
        """No past purchase is responsible for a likeness to the photo."""
        return Because.nobody(len(positions))

    def _cosines(self, wanted: np.ndarray) -> np.ndarray:
        """(N,) float32 of the pictures with `wanted` (D,)."""
        rows = self._embeddings
        assert rows is not None
        # The matrix product wakes other threads, which costs more than a small table does.
        return np.vecdot(rows, wanted) if rows.size <= SMALL else rows @ wanted

    def _wanted(self, query: Query) -> np.ndarray | None:
        if self._embeddings is None or (query.finding is None and not query.liked):
            return None
        wanted = np.zeros(self._embeddings.shape[1], dtype=np.float32)
        if query.finding is not None:
            wanted += query.finding.embedding
        if query.liked:
            wanted += FEEDBACK * self._embeddings[list(query.liked)].mean(axis=0)
        if query.disliked:
            wanted -= FEEDBACK * self._embeddings[list(query.disliked)].mean(axis=0)
        norm = float(np.linalg.norm(wanted))
        return wanted / norm if norm > 0 else None
