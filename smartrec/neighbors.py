"""The products that look most like a photo, with their tags: what a photo "often goes with".

Kept as one small file beside the shop, so that `describe` answers without reading the shop's tables.
"""

from __future__ import annotations

import io
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from smartrec.artifacts import atomic_write
from smartrec.attributes.matcher import Neighbor
from smartrec.errors import WorkspaceError

NEAREST = 25


class Neighbors:
    """Embeddings and tags of all products of a shop.

    Attributes:
        model: hash of the model that made the embeddings; those of another model do not compare.
    """

    def __init__(self, embeddings: np.ndarray, tags: list[tuple[str, ...]], model: str) -> None:
        """`embeddings`: (N, D) float32 unit rows, zeros without a picture; `tags` of every product."""
        self._embeddings = np.asarray(embeddings, dtype=np.float32)
        self._tags = tags
        self.model = model

    def nearest(self, vector: np.ndarray, k: int = NEAREST) -> list[Neighbor]:
        """The `k` products most like a (D,) float32 unit vector, best first."""
        cosines = self._embeddings @ vector
        best = np.argsort(-cosines, kind="stable")[:k]
        return [Neighbor(self._tags[i], float(cosines[i])) for i in best]

    def save(self, path: Path) -> None:
        """Writes one npz file, whole or not at all. Raises StorageError."""
        buffer = io.BytesIO()
        joined = np.array(["|".join(tags) for tags in self._tags], dtype=np.str_)
        np.savez(buffer, embeddings=self._embeddings, tags=joined, model=np.array(self.model, dtype=np.str_))
        atomic_write(path, buffer.getvalue())

    @classmethod
    def load(cls, path: Path) -> Neighbors:
        """What `save` wrote. Raises WorkspaceError if it is missing or damaged."""
        try:
            with np.load(path, allow_pickle=False) as file:
                tags = [tuple(tag for tag in str(row).split("|") if tag) for row in file["tags"]]
                return cls(file["embeddings"], tags, str(file["model"]))
        except (OSError, EOFError, KeyError, ValueError, BadZipFile) as error:
            raise WorkspaceError(f"Expected embeddings and tags of a shop. Received: {path} ({error})") from error
