"""How far a tag can be trusted: precision and recall of what is shown against what is annotated."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reliability:
    """Of one tag, or of all.

    Attributes:
        name: the tag; "" for all together.
        shown: photos that it was shown for.
        annotated: photos that have it.
        right: photos of both kinds.
    """

    name: str
    shown: int
    annotated: int
    right: int

    @property
    def precision(self) -> float | None:
        """Share of what was shown that is right; None if it was never shown."""
        return self.right / self.shown if self.shown else None

    @property
    def recall(self) -> float | None:
        """Share of what is there that was shown; None if it is nowhere."""
        return self.right / self.annotated if self.annotated else None


def tag_reliability(shown: Sequence[Collection[str]], truth: Sequence[Collection[str]]) -> list[Reliability]:
    """Reliability of all tags together (first, name ""), then of each by name.

    Args:
        shown: tags shown for each photo.
        truth: tags that its annotation confirms, in the same order.

    Raises:
        ValueError: not as many photos shown as annotated.
    """
    counts = {"shown": Counter[str](), "annotated": Counter[str](), "right": Counter[str]()}
    for answered, annotated in zip(map(set, shown), map(set, truth), strict=True):
        counts["shown"].update(answered)
        counts["annotated"].update(annotated)
        counts["right"].update(answered & annotated)
    whole = Reliability("", *(counts[kind].total() for kind in ("shown", "annotated", "right")))
    names = sorted(counts["shown"] | counts["annotated"])
    return [whole, *(Reliability(n, counts["shown"][n], counts["annotated"][n], counts["right"][n]) for n in names)]
