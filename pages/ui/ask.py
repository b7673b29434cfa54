"""What a visitor asks: a photo as it came, and all that decides on ten cards."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from smartrec.text.understood import Chip
from smartrec.vision.finding import Box


@dataclass(frozen=True, slots=True)
class Upload:
    """A photo as it came from the visitor; `digest` names its content."""

    name: str
    data: bytes
    digest: str


@dataclass(frozen=True, slots=True)
class Ask:
    """All that decides on ten cards; equal asks have equal answers."""

    user: str
    photo: str = ""
    box: Box | None = None
    words: str = ""
    weights: str = "balanced"
    liked: tuple[str, ...] = ()
    disliked: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unsaid: tuple[Chip, ...] = ()


def upload(name: str, data: bytes) -> Upload:
    """A photo from outside with the digest of its content."""
    return Upload(name, data, hashlib.sha256(data).hexdigest()[:16])
