"""Photo search over the shop, as ``benchmark search`` measures it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from smartrec.engine import Engine
from smartrec.evaluate.search_photos import CARDS, Cards, measure, read_photos
from smartrec.settings import NEW_SHOPPER, Settings


def photo_search(settings: Settings, data: Path, progress: Callable[[float, str], None]) -> dict[str, Any]:
    """Cards for held-out photos, for a shopper without history. `data` is a clothing folder or holds one.

    Raises:
        BadInputError: no photos of senders that were not trained on.
        WorkspaceError, BundleError: no shop, no model.
    """
    engine = Engine.open(settings)
    folder = data / "clothing" if (data / "clothing").is_dir() else data
    photos = read_photos(folder)

    def recommend(photo: Path) -> Cards:
        answer = engine.recommend(NEW_SHOPPER, photo=photo, k=CARDS)
        assert answer.description is not None
        return Cards(answer.description.finding.category, [item.product for item in answer.items])

    result = measure(photos, engine.catalog, recommend, progress)
    return {**result, "model": engine.detector.hash, "workspace": engine.workspace.hash}
