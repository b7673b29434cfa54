"""Frozen settings that every door (console, command line, API) shares."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NEW_SHOPPER = "new"


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things are, and the limits at every door.

    Attributes:
        workspace: folder of the one shop in use.
        bundle: folder of the model bundle.
        max_bytes: largest accepted upload, in bytes.
        max_pixels: largest accepted photo, in pixels; checked before decoding.
        max_words: characters of a query that are read; longer ones are refused.
    """

    workspace: Path = field(default_factory=lambda: Path(os.environ.get("SMARTREC_WORKSPACE") or ROOT / "var" / "demo"))
    bundle: Path = field(default_factory=lambda: Path(os.environ.get("SMARTREC_BUNDLE") or ROOT / "assets" / "model"))
    max_bytes: int = 25 * 1024 * 1024
    max_pixels: int = 50_000_000
    max_words: int = 2_000
