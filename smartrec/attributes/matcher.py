"""What the detector found in a photo, as vocabulary tags with scores and where each came from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from smartrec.attributes import normalize
from smartrec.attributes.tag import ScoredTag
from smartrec.attributes.vocabulary import Vocabulary
from smartrec.labels import GROUPS
from smartrec.vision.finding import Finding

Thresholds = Mapping[str, Mapping[str, float]]

_NEVER = 1.01  # a value without a threshold was not measured: it is not shown as a fact
_COLOR_GROUPS = ("color1", "color2")
# A measured color is shown where no head judges colors, if so much of the garment has it.
_COLOR_SHARE = 0.3
_MAIN_GROUPS = frozenset(("category", "family", "color", "tone"))
_NEIGHBOR_SHARE = 0.5  # of the weighted votes
_FEWEST_NEIGHBORS = 3
_SHARPNESS = 4  # similar products have a larger say than less similar ones by this power


@dataclass(frozen=True, slots=True)
class Neighbor:
    """A product that looks like the photo: the tags that it carries, and its cosine similarity in [-1, 1]."""

    tags: tuple[str, ...]
    similarity: float


def tags_from_finding(
    finding: Finding, vocabulary: Vocabulary, thresholds: Thresholds, neighbors: Sequence[Neighbor] | None = None
) -> tuple[ScoredTag, ...]:
    """Tags of one photo: first what is seen, best first, then what the nearest products often go with.

    A value is seen if it is its head's best guess and reaches its threshold. Of tags that exclude each other the
    surer one stays, and what is seen always stays before a neighbor's.

    Args:
        finding: the detector's answer.
        vocabulary: decides which values are tags and which exclude each other.
        thresholds: group -> value -> lowest calibrated probability at which the value is shown as a fact.
        neighbors: the nearest products of a shop, or None without one.

    Returns:
        Tags without contradiction, each once; none if no garment was found.
    """
    if not finding.garment_found:
        return ()
    seen = _consistent(sorted(_seen(finding, vocabulary, thresholds), key=_best_first), vocabulary)
    voted = sorted(_voted(neighbors or (), vocabulary, finding.heads), key=_best_first)
    judged = {vocabulary.tag(tag.name).group for tag in seen}
    return tuple(_consistent([*seen, *(tag for tag in voted if tag.group not in judged)], vocabulary))


def _best_first(tag: ScoredTag) -> tuple[float, str]:
    return -tag.score, tag.name


def _seen(finding: Finding, vocabulary: Vocabulary, thresholds: Thresholds) -> Iterator[ScoredTag]:
    for group, values in finding.heads.items():
        floors = thresholds.get(group, {})
        # Details are many at once; of every other group a garment has one value.
        guesses = [finding.labels[group]] if group in finding.labels else list(values)
        for value in guesses:
            name = (
                vocabulary.for_label(group, value) or (group == "attributes" and _named_like(value, vocabulary)) or ""
            )
            if name and values[value] >= floors.get(value, _NEVER):
                yield _scored(name, vocabulary, values[value], "color" if group in _COLOR_GROUPS else "seen")
    if not any(group in finding.heads for group in _COLOR_GROUPS):
        for color in finding.colors:
            measured = vocabulary.for_label("color1", color.name)
            if measured and color.share >= _COLOR_SHARE:
                yield _scored(measured, vocabulary, min(color.share, 1.0), "color")


def _named_like(attribute: str, vocabulary: Vocabulary) -> str | None:
    """The tag of this name or synonym: a bundle may answer with DeepFashion's own attributes."""
    return vocabulary.by_surface.get(normalize.key(attribute))


def _voted(neighbors: Sequence[Neighbor], vocabulary: Vocabulary, heads: Collection[str]) -> Iterator[ScoredTag]:
    """Tags that most of the nearest products carry, of groups that a photo's heads do not decide."""
    if len(neighbors) < _FEWEST_NEIGHBORS:
        return
    weights = [max(neighbor.similarity, 0.0) ** _SHARPNESS for neighbor in neighbors]
    total = sum(weights)
    votes: dict[str, float] = defaultdict(float)
    for neighbor, weight in zip(neighbors, weights, strict=True):
        for name in dict.fromkeys(neighbor.tags):
            votes[name] += weight
    for name, vote in votes.items():
        if name not in vocabulary or total == 0.0:
            continue
        tag = vocabulary.tag(name)
        decided = tag.group in _MAIN_GROUPS or any(group in GROUPS or group in heads for group, _ in tag.labels)
        if not decided and vote / total >= _NEIGHBOR_SHARE:
            yield _scored(name, vocabulary, min(vote / total, 1.0), "neighbor")


def _consistent(tags: Sequence[ScoredTag], vocabulary: Vocabulary) -> list[ScoredTag]:
    """The tags in order without those that an earlier one excludes or repeats."""
    kept: dict[str, ScoredTag] = {}
    for tag in tags:
        if tag.name not in kept and not vocabulary.excluded_by[tag.name] & kept.keys():
            kept[tag.name] = tag
    return list(kept.values())


def _scored(name: str, vocabulary: Vocabulary, score: float, source: str) -> ScoredTag:
    tag = vocabulary.tag(name)
    return ScoredTag(name=name, group=tag.group, type=tag.type, score=float(score), source=source)
