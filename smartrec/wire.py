"""The JSON that the command line and the API answer with; floats are not rounded, NaN is null."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from smartrec.labels import LABEL_FIELDS

if TYPE_CHECKING:
    from pathlib import Path

    from smartrec.answer import Answer, Description
    from smartrec.recommend.base import Recommendation
    from smartrec.text.parsed import ParsedWords


def describe_json(name: str, description: Description) -> dict[str, Any]:
    """One described photo. `name` is the photo's name as it was given."""
    finding = description.finding
    top = [{"name": value, "score": float(score)} for value, score in finding.top_categories(5)]
    category = finding.category
    return {
        "photo": name,
        "size": [int(side) for side in finding.size],
        "garment": float(finding.garment),
        "garment_found": bool(finding.garment_found),
        "category": {"name": category, "score": float(finding.heads["category"][category]), "top": top},
        "box": [float(side) for side in finding.box],
        "box_score": float(finding.box_score),
        "mask": None if finding.mask is None else {"area": float(finding.mask.mean())},
        "attributes": [
            {"name": t.name, "group": t.group, "type": t.type, "score": float(t.score), "source": t.source}
            for t in description.tags
        ],
        "colors": [
            {"name": color.name, "share": float(color.share), "rgb": [int(channel) for channel in color.rgb]}
            for color in finding.colors
        ],
        "labels": {group: finding.labels.get(group) for group in LABEL_FIELDS},  # null: the bundle does not tell
        "timings_ms": _floats(description.timings_ms),
        "model": finding.model,
    }


def parsed_json(parsed: ParsedWords) -> dict[str, Any]:
    """What was understood of the words."""
    return {
        "tags": list(parsed.tags),
        "not": list(parsed.excluded),
        "price_min": parsed.price_min,
        "price_max": parsed.price_max,
        "unknown": list(parsed.unknown),
        "missing": list(parsed.missing),
        "categories": list(parsed.categories),
        "not_categories": list(parsed.excluded_categories),
        "gender": parsed.gender or None,
        "corrections": [list(pair) for pair in parsed.corrections],
    }


def item_json(item: Recommendation, images: Path | None = None) -> dict[str, Any]:
    """One card. Pictures are named relative to the workspace, or below `images` where that is given."""
    product = item.product
    picture = str(images / product.image) if images and product.image else product.image
    return {
        "rank": int(item.rank),
        "product_id": product.product_id,
        "title": product.title,
        "category": product.category,
        "price": None if math.isnan(product.price) else float(product.price),
        "image": picture or None,
        "tags": list(product.attributes),
        "score": float(item.score),
        "terms": _floats(item.terms),
        "reason": item.reason,
        "because_of": list(item.because_of),
    }


def recommend_json(answer: Answer, images: Path | None = None) -> dict[str, Any]:
    """A ranked list with the query that it answers; `sum(terms) == score` to 1e-6 for every item."""
    description, parsed = answer.description, answer.query.parsed
    return {
        "user": answer.user,
        "query": {
            "photo": answer.photo or None,
            "words": answer.words or None,
            "finding": None if description is None else describe_json(answer.photo, description),
            "parsed": None if parsed is None else parsed_json(parsed),
        },
        "items": [item_json(item, images) for item in answer.items],
        "timings_ms": _floats(answer.timings_ms),
    }


def dumps(document: Mapping[str, Any]) -> str:
    """One line of plain ASCII JSON, so that no terminal or pipe can spoil it; never NaN or Infinity."""
    return json.dumps(document, ensure_ascii=True, allow_nan=False)


def _floats(values: Mapping[str, float]) -> dict[str, float]:
    return {name: float(value) for name, value in values.items()}
