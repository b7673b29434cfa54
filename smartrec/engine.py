"""The facade that the console, the command line and the API share: photo and words in, ten cards out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from smartrec.answer import Answer, Description
from smartrec.errors import BadInputError, SmartRecError, WorkspaceError
from smartrec.parts import Parts
from smartrec.settings import Settings
from smartrec.stopwatch import Stopwatch

if TYPE_CHECKING:
    from smartrec.attributes.tag import ScoredTag
    from smartrec.evaluate.asking import Asker
    from smartrec.recommend.weights import Weights
    from smartrec.text.parsed import ParsedWords
    from smartrec.text.understood import Chip
    from smartrec.vision.finding import Box, Finding, Glance
    from smartrec.vision.image import Photo

PhotoSource = bytes | Path | np.ndarray


class Engine(Parts):
    """One shop and one model bundle; every part is read at first use, once, by whichever thread comes first."""

    @classmethod
    def open(cls, settings: Settings | None = None) -> Engine:
        """An engine that has read nothing yet: `describe` works without a workspace, `parse` without a bundle."""
        return cls(settings or Settings())

    def warm_up(self) -> None:
        """Reads everything that `recommend` needs, so that the first request is not the slow one."""
        self.detector.find(np.full((64, 64, 3), 128, np.uint8))
        self.recommend("new", words="tee")

    def describe(self, photo: PhotoSource, *, box: Box | None = None, mask: bool = True) -> Description:
        """What is on one photo.

        Args:
            photo: encoded bytes, a path, or a (H, W, 3) uint8 RGB array.
            box: look only here, xyxy in pixels of the upright photo; clipped to it.
            mask: whether to segment the garment.

        Returns:
            The finding in pixels of the upright photo, with its tags.

        Raises:
            ImageError: the photo can not be read.
            BadInputError: the box lies outside the photo.
            BundleError: the model is missing or damaged.
        """
        watch = Stopwatch()
        loaded = self._load(photo)
        watch.lap("decode")
        finding = self.detector.find(loaded.rgb, box=_inside(loaded, box), mask=mask)
        tags = self._tags(finding)
        if finding.mask is not None:
            finding = replace(finding, mask=loaded.full_mask(finding.mask))
        finding = replace(finding, size=loaded.size, box=loaded.to_full(finding.box))
        return Description(finding, tags, {**finding.timings_ms, **watch.timings_ms()})

    def glance(self, rgb: np.ndarray) -> Glance:
        """Box and category of one frame of a running picture, fast. `rgb`: (H, W, 3) uint8 RGB.

        Raises:
            BundleError: the model is missing or damaged.
        """
        frame = self._load(rgb)
        glance = self.detector.glance(frame.rgb)
        return replace(glance, box=frame.to_full(glance.box))

    def describe_folder(self, folder: Path) -> Iterator[tuple[Path, Description | SmartRecError]]:
        """Describes the photos directly inside `folder` in name order; an unreadable photo gives its error.

        Raises:
            BadInputError: no photo in the folder.
            BundleError: the model is missing or damaged.
        """
        from smartrec.folder import describe_folder

        self.detector  # noqa: B018 - a missing bundle is one error, not one a photo
        return describe_folder(self, folder)

    def parse(self, words: str, unsaid: Collection[Chip] = ()) -> ParsedWords:
        """What the words ask for without the chips taken back. Raises BadInputError when they are too long."""
        from smartrec.text.query import parse

        if len(words) > self.settings.max_words:
            limit = self.settings.max_words
            raise BadInputError(f"Expected at most {limit} characters of words. Received: {len(words)}")
        parsed = parse(words, self.vocabulary, self.text_index.lexicon, unsaid)
        return replace(parsed, missing=self.text_index.missing(parsed.tags))

    @staticmethod
    def check_words(words: str | None, *, with_photo: bool) -> str:
        """The words as they can be searched; empty ones are an error unless there is a photo.

        None means that no words were asked for, which is never an error.
        """
        if words is not None and not words.strip() and not with_photo:
            raise BadInputError("Expected a few words that describe a garment. Received: empty words")
        return (words or "").strip()

    def recommend(
        self,
        user: str,
        *,
        photo: PhotoSource | None = None,
        photo_name: str | None = None,
        description: Description | None = None,
        words: str = "",
        weights: Weights | str | None = "balanced",
        k: int = 10,
        liked: Sequence[str] = (),
        disliked: Sequence[str] = (),
        added_tags: Sequence[str] = (),
        removed_tags: Sequence[str] = (),
        unsaid: Collection[Chip] = (),
        now: np.datetime64 | None = None,
    ) -> Answer:
        """The `k` best products for one shopper.

        Args:
            user: id of a shopper, or "new".
            photo: a photo to describe first; not together with `description`.
            photo_name: what to call it in the answer; its file name otherwise.
            description: a photo that was described before.
            words: what the shopper looks for; "" for nothing.
            weights: a set, or a preset's name, or "look=1,taste=.5"; None for the ranker's own.
            k: number of products, at least 1.
            liked: ids of products liked in this session.
            disliked: ids of products disliked in this session.
            added_tags: tags that the person adds; they count as words.
            removed_tags: tags of the photo or the words that the person takes away.
            unsaid: chips of the words (`text.understood.chips`) that the person takes back; the photo keeps its own.
            now: nothing later is known; the end of the shop's history if None.

        Raises:
            UnknownShopperError, UnknownProductError, WeightsError, ImageError, BadInputError: what came is wrong.
            WorkspaceError, BundleError: a part is missing or damaged.
        """
        from smartrec.asking import Clicks, make_query, weights_of

        chosen = weights_of(weights)
        clicks = Clicks(tuple(liked), tuple(disliked), tuple(added_tags), tuple(removed_tags))
        now = self.clock if now is None else now
        history = self.workspace.history(user, now)
        ranker = self.ranker
        watch = Stopwatch()
        if photo is not None:
            description = self.describe(photo)
        if description is not None:
            self.check_model()
        watch.lap("describe")
        parsed = self.parse(words, unsaid) if words.strip() else None
        watch.lap("parse")
        query = make_query(self.catalog, self.vocabulary, history, description, parsed, clicks, k=k, now=now)
        ranked = ranker.recommend(query, chosen)
        watch.lap("rank")
        name = _name(photo, photo_name)
        return Answer(user, query, description, words, name, ranked.items, ranked.eleventh, watch.timings_ms())

    def similar(self, product_id: str, k: int = 10) -> list[tuple[str, float]]:
        """The `k` products that look most like one of the shop, as (id, cosine), best first.

        Empty for a shop without pictures. Raises UnknownProductError.
        """
        position = self.catalog.position(product_id)
        embeddings = self.workspace.embeddings
        if embeddings is None:
            return []
        cosines = embeddings @ embeddings[position]
        cosines[position] = -np.inf
        best = np.argsort(-cosines, kind="stable")[: min(k, len(cosines) - 1)]
        return [(str(self.catalog.ids[i]), float(cosines[i])) for i in best]

    def evaluate(self, progress: Callable[[float, str], None] | None = None) -> dict[str, Any]:
        """Held-out metrics of the hybrid, its parts and its rivals on this shop's history.

        In a demo shop, purchases are also asked for with a fresh drawing of the product; the result's "pictures"
        says why where they are not.

        Raises:
            TableError: there are too few purchases.
            BundleError: the shop is drawn, and the model is missing or damaged.
        """
        from smartrec.evaluate.run import evaluate

        report = progress or (lambda share, stage: None)
        left_out: dict[str, Any] = {}
        try:
            show = self._shows()
        except WorkspaceError as reason:
            show, left_out = None, {"pictures": {"left_out": str(reason)}}
        result = evaluate(self.catalog, self.workspace.transactions, self.fitter, show=show, progress=report)
        return {**result, **left_out}

    def _shows(self) -> Asker:
        """Asks with a fresh drawing. Raises WorkspaceError where products are not drawn, or another model saw them."""
        from smartrec.evaluate.asking import ask_with_picture
        from smartrec.evaluate.redrawing import Redrawing

        redrawing = Redrawing.of(self.workspace)
        if self.neighbors is None:
            raise WorkspaceError("Expected pictures that this model has looked at. Received: those of another model")

        def describe(rgb: np.ndarray) -> tuple[Finding, tuple[ScoredTag, ...]]:
            found = self.describe(rgb, mask=False)
            return found.finding, found.tags

        return ask_with_picture(redrawing.draw, describe)

    def _load(self, photo: PhotoSource) -> Photo:
        from smartrec.vision.image import load_photo, photo_from_array

        return photo_from_array(photo) if isinstance(photo, np.ndarray) else load_photo(photo, self.settings)

    def _tags(self, finding: Finding) -> tuple[ScoredTag, ...]:
        from smartrec.attributes.matcher import tags_from_finding

        near = self.neighbors if finding.garment_found else None
        voters = near.nearest(finding.embedding) if near is not None else None
        return tags_from_finding(finding, self.vocabulary, self.detector.config.thresholds, voters)


def _inside(photo: Photo, box: Box | None) -> Box | None:
    """The person's box in pixels of `photo.rgb`, clipped. Raises BadInputError if nothing of it is in the photo."""
    if box is None:
        return None
    width, height = photo.size
    x0, y0, x1, y1 = max(box[0], 0.0), max(box[1], 0.0), min(box[2], float(width)), min(box[3], float(height))
    if not (x1 - x0 >= 1.0 and y1 - y0 >= 1.0):
        raise BadInputError(f"Expected a box of a pixel or more inside the photo, {width} x {height}. Received: {box}")
    return photo.to_rgb((x0, y0, x1, y1))


def _name(photo: PhotoSource | None, given: str | None) -> str:
    if given is not None or photo is None:
        return given or ""
    return photo.name if isinstance(photo, Path) else "photo"
