"""The parts of one engine: shop, vocabulary, network, indexes and ranker, each read once at its first use."""

from __future__ import annotations

import contextlib
import hashlib
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from smartrec.artifacts import MANIFEST
from smartrec.errors import StorageError, WorkspaceError
from smartrec.settings import Settings

if TYPE_CHECKING:
    from smartrec.attributes.vocabulary import Vocabulary
    from smartrec.catalog.schema import Catalog
    from smartrec.neighbors import Neighbors
    from smartrec.recommend.fit import Fitter
    from smartrec.recommend.hybrid import Ranker
    from smartrec.text.index import TextIndex
    from smartrec.vision.detector import Detector
    from smartrec.workspace import Workspace

Part = TypeVar("Part")


class Parts:
    """What one shop and one model bundle give; safe to share between threads."""

    def __init__(self, settings: Settings) -> None:
        """Reads nothing yet."""
        self.settings = settings
        self._parts: dict[str, Any] = {}
        self._lock = threading.RLock()

    @property
    def workspace(self) -> Workspace:
        """The shop. Raises WorkspaceError with the command that makes one."""

        def make() -> Workspace:
            from smartrec.workspace import Workspace

            return Workspace.open(self.settings.workspace)

        return self._once("workspace", make)

    @property
    def catalog(self) -> Catalog:
        """The shop's products."""
        return self.workspace.catalog

    @property
    def shopper_ids(self) -> list[str]:
        """All shoppers of the shop, sorted; without "new"."""
        return [str(user) for user in self.workspace.shoppers["user_id"]]

    @property
    def vocabulary(self) -> Vocabulary:
        """The thousand tags: the shop's own where it was imported with its own list, else the project's."""

        def make() -> Vocabulary:
            from smartrec.attributes.vocabulary import Vocabulary

            shop = self.settings.workspace / MANIFEST
            types = self.workspace.manifest.details.get("vocabulary") if shop.exists() else None
            return Vocabulary.from_types(types) if types else Vocabulary.load()

        return self._once("vocabulary", make)

    @property
    def detector(self) -> Detector:
        """The network. Raises BundleError with the command that mends it."""

        def make() -> Detector:
            from smartrec.vision.detector import Detector

            return Detector.open(self.settings.bundle)

        return self._once("detector", make)

    @property
    def ranker(self) -> Ranker:
        """All signals fitted on the shop's history."""
        return self._once("ranker", self._make_ranker)

    @property
    def clock(self) -> np.datetime64:
        """Naive UTC: the shop's "now", which is the end of its history."""

        def make() -> np.datetime64:
            times = self.workspace.histories.times
            return times.max() if len(times) else np.datetime64("now", "ns")

        return self._once("clock", make)

    @property
    def text_index(self) -> TextIndex:
        """Words and tags of all products; fitted once for a shop and kept beside it."""
        return self._once("text_index", self._make_text_index)

    def _make_text_index(self) -> TextIndex:
        from smartrec.text.index import TextIndex

        # Another vocabulary makes another index, even over the same products.
        words = hashlib.sha256(repr(self.vocabulary.tags).encode()).hexdigest()[:12]
        path = self.workspace.cache_path(f"text-{words}.npz")
        if path.exists():
            with contextlib.suppress(WorkspaceError):  # damaged: made again below
                return TextIndex.load(path, self.vocabulary)
        index = TextIndex.fit(self.catalog, self.vocabulary)
        with contextlib.suppress(StorageError):  # a shop on a read-only disk works, its next start is only slower
            index.save(path)
        return index

    def prepare(self) -> None:
        """Makes what is kept beside the shop, so that no later start has to: text index, looks, what is learned."""
        _ = self.text_index, self.neighbors, self.ranker

    @property
    def neighbors(self) -> Neighbors | None:
        """Looks and tags of the products; None without a shop, without pictures, or if another model saw them."""
        found = self._once("neighbors", self._make_neighbors)
        return found if found is not None and found.model == self.detector.hash else None

    def _make_neighbors(self) -> Neighbors | None:
        from smartrec.neighbors import Neighbors

        path = self.settings.workspace / "cache" / "neighbors.npz"
        if path.exists():
            with contextlib.suppress(WorkspaceError):  # damaged: made again below
                return Neighbors.load(path)
        if not (self.settings.workspace / MANIFEST).exists():
            return None
        embeddings = self.workspace.embeddings
        if embeddings is None:
            return None
        made = Neighbors(embeddings, self.catalog.tags, str(self.workspace.manifest.details.get("model", "")))
        with contextlib.suppress(StorageError):
            made.save(path)
        return made

    def check_model(self) -> None:
        """Raises WorkspaceError if another model than the one in use looked at the shop's pictures."""
        from smartrec.workspace import how_to_mend

        made_by = self.workspace.manifest.details.get("model")
        if self.workspace.embeddings is not None and made_by != self.detector.hash:
            raise WorkspaceError(
                f"The pictures of {self.workspace.path} were looked at by another model, so that photos do not compare "
                f"with them. {how_to_mend(self.workspace.path)} Received: {made_by}, expected {self.detector.hash}"
            )

    @property
    def fitter(self) -> Fitter:
        """Makes rankers of this shop from any part of its history."""

        def make() -> Fitter:
            from smartrec.recommend.fit import Fitter

            return Fitter(
                self.catalog,
                embeddings=self.workspace.embeddings,
                text_index=self.text_index,
                tag_groups={tag.name: tag.group for tag in self.vocabulary.tags},
            )

        return self._once("fitter", make)

    def _make_ranker(self) -> Ranker:
        from smartrec.recommend.fitted import VERSION
        from smartrec.recommend.purchases import Purchases

        purchases = Purchases.from_table(self.catalog, self.workspace.transactions)
        return self.fitter.fit_kept(purchases, self.workspace.cache_path(f"learned-{VERSION}.npz"))

    def _once(self, name: str, make: Callable[[], Part]) -> Part:
        """The part of this name, made by whoever needs it first while the others wait."""
        if name not in self._parts:
            with self._lock:
                if name not in self._parts:
                    self._parts[name] = make()
        part: Part = self._parts[name]
        return part
