"""What the engine answers: a described photo, a ranked list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from smartrec.attributes.tag import ScoredTag
    from smartrec.recommend.base import Query, Recommendation
    from smartrec.vision.finding import Finding


@dataclass(frozen=True, slots=True, eq=False)
class Description:
    """One photo, described.

    Attributes:
        finding: category, box, mask, colors and labels.
        tags: vocabulary tags with scores, best first; empty if no garment was found.
        timings_ms: milliseconds by stage: decode, detect, mask, total.
    """

    finding: Finding
    tags: tuple[ScoredTag, ...]
    timings_ms: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """Ten products for one shopper, and what they answer.

    Attributes:
        user: id of the shopper, "new" for someone without history.
        query: what the ranker was asked.
        description: the described photo, None without a photo.
        words: the words as typed.
        photo: name of the photo, "" without one.
        items: the cards, best first.
        eleventh: the product that just missed the list, None if there is none.
        timings_ms: milliseconds by stage: describe, parse, rank, total.
    """

    user: str
    query: Query
    description: Description | None
    words: str
    photo: str
    items: list[Recommendation]
    eleventh: Recommendation | None
    timings_ms: Mapping[str, float]
