"""A workspace: the folder of one shop, opened lazily and written as a whole."""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import shutil
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np
import pandas as pd

from smartrec import artifacts
from smartrec.artifacts import Manifest
from smartrec.catalog.schema import Catalog, Product
from smartrec.errors import TableError, WorkspaceError
from smartrec.shoppers.history import Histories
from smartrec.shoppers.schema import History
from smartrec.tables import checked

VERSION = 1
KINDS = ("demo", "imported")
IMAGES = "images"
_TABLES = ("products", "shoppers", "transactions")
_RENDERINGS = "renderings.parquet"
_EMBEDDINGS = "embeddings.npy"
_TRIES = 5


def how_to_mend(path: Path) -> str:
    """The commands that make a workspace, for error messages."""
    return (
        f"Make the demo shop with `python -m smartrec build --workspace {path}`, or bring your own with "
        f"`python -m smartrec import catalog CSV --workspace {path}`."
    )


class Workspace:
    """One shop. Tables are read at first use and checked against the manifest as they are read."""

    def __init__(self, path: Path, manifest: Manifest) -> None:
        """Use `Workspace.open`."""
        self.path = path
        self.manifest = manifest

    @classmethod
    def open(cls, path: Path) -> Workspace:
        """Opens a workspace after a cheap check: manifest, presence and size of all files, sha256 of small ones.

        Raises:
            WorkspaceError: there is none, it has another version, or a file is missing or damaged.
        """
        path = Path(os.path.abspath(path))
        for _ in range(_TRIES):
            folder = _folder_at(path)
            try:
                return cls._open(path)
            except WorkspaceError:
                # What was read was half of the old shop and half of the new one if it was replaced meanwhile.
                if _folder_at(path) == folder:
                    raise
        return cls._open(path)

    @classmethod
    def _open(cls, path: Path) -> Workspace:
        artifacts.recover_directory(path)
        mend = how_to_mend(path)
        manifest = artifacts.read_manifest(path, version=VERSION, error=WorkspaceError, mend=mend)
        if manifest.kind not in KINDS:
            raise WorkspaceError(f"{path} must be one of {', '.join(KINDS)}. {mend} Received: {manifest.kind!r}")
        missing = [name for name in _TABLES if f"{name}.parquet" not in manifest.files]
        if missing:
            raise WorkspaceError(f"{path} has no table {missing[0]!r}. {mend}")
        artifacts.verify_manifest(path, manifest, error=WorkspaceError, mend=mend)
        return cls(path, manifest)

    def verify(self) -> None:
        """Checks the sha256 of every file, pictures included. Raises WorkspaceError, naming the first that differs."""
        mend = how_to_mend(self.path)
        artifacts.verify_manifest(self.path, self.manifest, error=WorkspaceError, mend=mend, deep=True)

    @property
    def kind(self) -> str:
        """Either "demo" or "imported"."""
        return self.manifest.kind

    @property
    def simulated(self) -> bool:
        """Whether the shoppers and their purchases are made up."""
        return bool(self.manifest.details.get("simulated", False))

    @property
    def hash(self) -> str:
        """One "sha256:..." of the content; the key for everything that is computed from this workspace."""
        return self.manifest.content_hash

    @cached_property
    def catalog(self) -> Catalog:
        """The products."""
        return Catalog(self._table("products.parquet"))

    @cached_property
    def shoppers(self) -> pd.DataFrame:
        """One row a shopper, the columns of `SHOPPER_COLUMNS`, sorted by id."""
        return self._table("shoppers.parquet")

    @cached_property
    def transactions(self) -> pd.DataFrame:
        """One row a purchase, the columns of `TRANSACTION_COLUMNS`, sorted by time."""
        return self._table("transactions.parquet")

    @cached_property
    def histories(self) -> Histories:
        """All transactions as arrays in catalog positions."""
        return Histories(self.transactions, self.catalog, self.shoppers["user_id"].tolist())

    def history(self, user_id: str, now: np.datetime64 | None = None) -> History:
        """One shopper's purchases up to `now`, oldest first; "new" has none. Raises UnknownShopperError."""
        return self.histories.history(user_id, now)

    @cached_property
    def renderings(self) -> pd.DataFrame | None:
        """What the drawings of the demo shop show, by product_id (labels, details, box); None for a real shop."""
        return self._table(_RENDERINGS) if _RENDERINGS in self.manifest.files else None

    @cached_property
    def embeddings(self) -> np.ndarray | None:
        """(N, D) float32, unit rows in catalog order (zeros without a picture), read-only; None if there are none."""
        if _EMBEDDINGS not in self.manifest.files:
            return None
        try:
            array = np.load(self.path / _EMBEDDINGS, mmap_mode="r", allow_pickle=False)
        except (OSError, ValueError) as problem:
            raise self._damaged(_EMBEDDINGS, str(problem)) from problem
        if array.ndim != 2 or len(array) != len(self.catalog):
            raise self._damaged(_EMBEDDINGS, f"shape {array.shape} for {len(self.catalog)} products")
        return array

    def image_path(self, product: Product) -> Path | None:
        """The product's picture, or None if it has none."""
        return self.path / product.image if product.image else None

    def cache_path(self, name: str) -> Path:
        """Where something computed from this workspace may be kept: every rewrite of the workspace removes it."""
        return self.path / "cache" / name

    def _table(self, name: str) -> pd.DataFrame:
        try:
            content = (self.path / name).read_bytes()
        except OSError as problem:
            raise self._damaged(name, str(problem.strerror)) from problem
        # The hash also tells when the folder was rewritten after this workspace was opened.
        if hashlib.sha256(content).hexdigest() != self.manifest.files[name].sha256:
            raise self._damaged(name, f"{len(content)} bytes of other content")
        return pd.read_parquet(io.BytesIO(content))

    def _damaged(self, name: str, received: str) -> WorkspaceError:
        return WorkspaceError(
            f"{self.path / name} is damaged, or was rewritten after it was opened: open it again. "
            f"{how_to_mend(self.path)} Received: {received}"
        )


class Draft:
    """A workspace that is being written; see `create_workspace`."""

    def __init__(self, folder: Path) -> None:
        """`folder` is empty and becomes the workspace."""
        self.folder = folder

    def add_image(self, name: str, content: bytes) -> str:
        """Keeps a picture as `images/<name>` and returns that path for the catalog's `image` column."""
        relative = PurePosixPath(IMAGES) / name
        if relative.is_absolute() or ".." in relative.parts:
            raise TableError(f"A picture's name must stay inside the workspace. Received: {name!r}")
        path = self.folder / relative
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return relative.as_posix()

    def keep_images(self, workspace: Workspace) -> None:
        """Takes over all pictures of another workspace, by hard links where the disk can."""
        source = workspace.path / IMAGES
        if source.is_dir():
            shutil.copytree(source, self.folder / IMAGES, copy_function=_link)

    def write(
        self,
        *,
        catalog: pd.DataFrame,
        shoppers: pd.DataFrame,
        transactions: pd.DataFrame,
        kind: str,
        simulated: bool,
        renderings: pd.DataFrame | None = None,
        embeddings: np.ndarray | None = None,
        details: Mapping[str, Any] | None = None,
    ) -> Manifest:
        """Writes the tables and the manifest; call it once, last.

        Args:
            catalog: the columns of `catalog.schema.COLUMNS`, unique ids; its order is the catalog order.
            shoppers: the columns of `SHOPPER_COLUMNS`.
            transactions: the columns of `TRANSACTION_COLUMNS`.
            kind: "demo" or "imported".
            simulated: whether the shoppers are made up.
            renderings: demo only, what the drawings show.
            embeddings: (N, D) float32 aligned with `catalog`.
            details: JSON values to keep in the manifest (seed, source, ...).

        Raises:
            TableError: a table breaks a rule of `tables.checked`, or lengths differ.
        """
        if kind not in KINDS:
            raise TableError(f"A workspace is one of {', '.join(KINDS)}. Received: {kind!r}")
        tables = {
            "products": checked(catalog, "catalog"),
            "shoppers": checked(shoppers, "shoppers").sort_values("user_id", ignore_index=True),
            "transactions": checked(transactions, "transactions").sort_values(
                "timestamp", kind="stable", ignore_index=True
            ),
        }
        for name, table in tables.items():
            table.to_parquet(self.folder / f"{name}.parquet", index=False, compression="zstd")
        if renderings is not None:
            renderings.to_parquet(self.folder / _RENDERINGS, index=False, compression="zstd")
        if embeddings is not None:
            if embeddings.shape[:1] != (len(catalog),):
                raise TableError(f"Expected {len(catalog)} embeddings. Received: shape {embeddings.shape}")
            np.save(self.folder / _EMBEDDINGS, np.ascontiguousarray(embeddings, dtype=np.float32), allow_pickle=False)
        counts = {name: len(table) for name, table in tables.items()}
        return artifacts.write_manifest(
            self.folder,
            kind=kind,
            version=VERSION,
            details={"simulated": simulated, "rows": counts, **(details or {})},
            listed=[IMAGES],
        )


@contextlib.contextmanager
def create_workspace(path: Path) -> Iterator[Draft]:
    """Builds a workspace aside; it replaces what is at `path` only when the block ends without an error.

    Raises:
        StorageError: the disk is full, or another process is writing the same workspace.
        WorkspaceError: `path` is a folder with other things in it.
    """
    path = Path(os.path.abspath(path))
    if path.exists() and (not path.is_dir() or (any(path.iterdir()) and not (path / artifacts.MANIFEST).exists())):
        raise WorkspaceError(f"A workspace must be a new or empty folder, or a workspace to replace. Received: {path}")
    with artifacts.atomic_directory(path) as folder:
        yield Draft(folder)
        if not (folder / artifacts.MANIFEST).exists():
            raise WorkspaceError("Nothing was written: `Draft.write` must be called before the block ends.")


def write_workspace(path: Path, *, images: Mapping[str, bytes] | None = None, **tables: Any) -> Workspace:
    """Writes a workspace in one call and opens it; `images` maps names to encoded pictures, see `Draft.write`."""
    with create_workspace(path) as draft:
        for name, content in (images or {}).items():
            draft.add_image(name, content)
        draft.write(**tables)
    return Workspace.open(path)


def _folder_at(path: Path) -> tuple[int, int] | None:
    """Tells the folder that is at `path` at this moment from any other; None if there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_ino, status.st_ctime_ns


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
