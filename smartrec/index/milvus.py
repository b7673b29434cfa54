"""Search in Milvus: a `.db` file is Milvus Lite on this machine, an `http://` address is a server.

Needs the optional extra: `pip install "smartrec[milvus]"`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from smartrec.errors import BadInputError, UsageError
from smartrec.index.base import checked_k, unit_rows, unit_vector

if TYPE_CHECKING:
    from pymilvus import MilvusClient

_BATCH = 2000
# Milvus refuses to return more rows than this in one answer.
_MOST = 16_384


class MilvusIndex:
    """Vectors in one collection of a Milvus database, searched exactly (FLAT, cosine)."""

    def __init__(self, client: MilvusClient, collection: str, n: int, dimension: int) -> None:
        """Use `create` or `open`."""
        self._client = client
        self._collection = collection
        self._n = n
        self._dimension = dimension

    @classmethod
    def create(cls, uri: str, vectors: np.ndarray, collection: str = "products") -> MilvusIndex:
        """Put (N, D) vectors into a collection, instead of what it held.

        Raises:
            UsageError: the extra is not installed, or the database can not be opened.
        """
        from_module = _pymilvus()
        rows = unit_rows(vectors)
        client = _connect(uri)
        if client.has_collection(collection):
            client.drop_collection(collection)
        schema = from_module.MilvusClient.create_schema(auto_id=False)
        schema.add_field("position", from_module.DataType.INT64, is_primary=True)
        schema.add_field("vector", from_module.DataType.FLOAT_VECTOR, dim=rows.shape[1])
        flat = client.prepare_index_params()
        flat.add_index(field_name="vector", index_type="FLAT", metric_type="COSINE")
        client.create_collection(collection, schema=schema, index_params=flat, consistency_level="Strong")
        for low in range(0, len(rows), _BATCH):
            batch = rows[low : low + _BATCH]
            client.insert(collection, [{"position": low + i, "vector": row.tolist()} for i, row in enumerate(batch)])
        return cls(client, collection, len(rows), rows.shape[1])

    @classmethod
    def open(cls, uri: str, collection: str = "products") -> MilvusIndex:
        """A collection that `create` made. Raises UsageError if there is none."""
        client = _connect(uri)
        if not client.has_collection(collection):
            client.close()
            raise UsageError(f"Expected a collection of vectors in {uri}. Received: {collection!r}, which is not there")
        client.load_collection(collection)
        fields = client.describe_collection(collection)["fields"]
        dimension = next(int(f["params"]["dim"]) for f in fields if f["name"] == "vector")
        n = int(client.get_collection_stats(collection)["row_count"])
        return cls(client, collection, n, dimension)

    def __len__(self) -> int:
        return self._n

    def search(self, vector: np.ndarray, k: int, allowed: np.ndarray | None = None) -> tuple[np.ndarray, np.ndarray]:
        """As `VectorIndex.search`."""
        checked_k(k)
        wanted = unit_vector(vector, self._dimension)
        if allowed is not None and allowed.shape != (self._n,):
            raise BadInputError(f"Expected {self._n} flags. Received shape: {allowed.shape}")
        k = min(k, self._n if allowed is None else int(allowed.sum()), _MOST)
        if k == 0:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        expression = "" if allowed is None else f"position in {np.flatnonzero(allowed).tolist()}"
        found = self._client.search(self._collection, data=[wanted.tolist()], limit=k, filter=expression)[0]
        return _arrays(found)

    def close(self) -> None:
        """Close the connection; a Lite file is free for others then."""
        self._client.close()


def _arrays(found: Sequence[Any]) -> tuple[np.ndarray, np.ndarray]:
    positions = np.array([int(hit["position"]) for hit in found], dtype=np.int64)
    scores = np.array([float(hit["distance"]) for hit in found], dtype=np.float32)
    order = np.lexsort((positions, -scores))
    return positions[order], scores[order]


def _connect(uri: str) -> MilvusClient:
    module = _pymilvus()
    try:
        return module.MilvusClient(uri)
    except Exception as error:
        raise UsageError(
            f"Expected a Milvus database: a path ending in .db, or http://host:19530. Received: {uri} ({error})"
        ) from error


def _pymilvus() -> Any:
    try:
        import pymilvus
    except ImportError as error:
        raise UsageError(
            'Search in Milvus needs an optional package. Install it with: pip install "smartrec[milvus]"'
        ) from error
    return pymilvus
