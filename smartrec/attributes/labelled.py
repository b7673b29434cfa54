"""Annotated label values to vocabulary tags, for products whose labels are known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from smartrec.attributes.vocabulary import Vocabulary
from smartrec.labels import LABEL_FIELDS


def tags_for_labels(
    labels: Mapping[str, str],
    details: Iterable[str] = (),
    vocabulary: Vocabulary | None = None,
    *,
    kind: str = "",
) -> tuple[str, ...]:
    """Tags of a product, from its labels: what they mean, and what that implies unless another label contradicts.

    Args:
        labels: label field (`labels.LABEL_FIELDS`) -> value; fields may be missing.
        details: values of `labels.DETAILS`.
        vocabulary: None = the project's own.
        kind: kind within the category as drawn, such as "sneaker" for Shoes; "" where there is only one.

    Returns:
        names in the order of the label fields, then details, then implied tags, each once.
    """
    vocabulary = vocabulary or Vocabulary.load()
    meant = [vocabulary.for_label(group, labels[group]) for group in LABEL_FIELDS if group in labels]
    meant.append(vocabulary.for_label("kind", f"{labels.get('category')}/{kind}"))
    meant += [vocabulary.for_label("details", value) for value in details]
    direct = tuple(dict.fromkeys(name for name in meant if name))
    return with_implied(direct, vocabulary)


def with_implied(names: Iterable[str], vocabulary: Vocabulary) -> tuple[str, ...]:
    """`names`, then the tags that they imply; an implied tag gives way to a given one that excludes it."""
    direct = tuple(dict.fromkeys(name for name in names if name in vocabulary))
    excluded = frozenset().union(*(vocabulary.excluded_by[name] for name in direct))
    implied = (name for name in vocabulary.expand(direct) if name not in direct and name not in excluded)
    return (*direct, *implied)
