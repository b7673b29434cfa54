"""Search over the shop by photo and by words, as ``benchmark search`` measures it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from smartrec.commands.options import say
from smartrec.commands.progress import ProgressLine
from smartrec.engine import Engine
from smartrec.evaluate.search_photos import CARDS, Cards, measure, read_photos
from smartrec.evaluate.search_words import words_benchmark
from smartrec.settings import NEW_SHOPPER, Settings


def search_benchmark(settings: Settings, data: Path | None) -> dict[str, Any]:
    """Cards for held-out photos and for hand-written queries, for a shopper without history.

    Args:
        settings: say which shop and which model.
        data: a folder in clothing format, or one that holds it as `clothing`; None measures words only.

    Raises:
        BadInputError: no photos of senders that were not trained on.
        WorkspaceError, BundleError: no shop, no model.
    """
    engine = Engine.open(settings)
    found = by_photos(engine, data) if data is not None else None

    def by_words(words: str) -> list[int]:
        return [item.position for item in engine.recommend(NEW_SHOPPER, words=words, k=CARDS).items]

    said = words_benchmark(engine.catalog, engine.vocabulary, first_ten=by_words, say=say)
    missing = ["photos: no folder of annotated photos, name it by --data DIR"] if found is None else []
    hashes = {"model": engine.detector.hash, "workspace": engine.workspace.hash}
    return {"photos": found, "words": said, **hashes, "not_measured": missing}


def by_photos(engine: Engine, data: Path) -> dict[str, Any]:
    """Shares of the cards, over held-out photos of `data`."""
    photos = read_photos(data / "clothing" if (data / "clothing").is_dir() else data)

    def recommend(photo: Path) -> Cards:
        answer = engine.recommend(NEW_SHOPPER, photo=photo, k=CARDS)
        assert answer.description is not None
        return Cards(answer.description.finding.category, [item.product for item in answer.items])

    with ProgressLine() as progress:
        return measure(photos, engine.catalog, recommend, progress)
