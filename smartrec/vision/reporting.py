"""The report of a bundle: what the Model page shows."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from smartrec.vision import assess
from smartrec.vision.bundle import BundleConfig
from smartrec.vision.detector import Detector
from smartrec.vision.fitting import Say
from smartrec.vision.samples import Samples


def make_report(
    detector: Detector, samples: Samples, split: str, config: BundleConfig, run: Path, say: Say
) -> dict[str, Any]:
    """Figures on held-out samples, curves, confusion, reliability, tag reliability, mistakes.

    Args:
        detector: the finished bundle.
        samples: held-out garments with a category.
        split: names what was held out, for the page.
        config: the finished bundle's config.
        run: folder with the log of the training.
        say: receives lines of progress.
    """
    answers = assess.answer_all(detector, samples, say=say)
    log = run / "log.jsonl"
    return {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "model": detector.hash,
        "split": split,
        "figures": assess.measure(answers),
        "curves": [json.loads(line) for line in log.read_text().splitlines()] if log.is_file() else [],
        "confusion": assess.confusion(answers),
        "reliability": assess.reliability(answers),
        "iou_histogram": assess.iou_histogram(answers),
        "tags": assess.tag_reliability(answers, config.thresholds),
        "mistakes": assess.worst(answers),
    }
