"""The report of a bundle: what the Model page shows."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from smartrec.vision import assess
from smartrec.vision.bundle import BundleConfig
from smartrec.vision.detector import Detector
from smartrec.vision.fitting import Say
from smartrec.vision.samples import Samples


def make_report(
    detector: Detector, samples: Samples, split: str, config: BundleConfig, runs: Sequence[Path], say: Say
) -> dict[str, Any]:
    """Figures on held-out samples, curves, confusion, reliability, tag reliability, mistakes.

    Args:
        detector: the finished bundle.
        samples: held-out garments with a category.
        split: names what was held out, for the page.
        config: the finished bundle's config.
        runs: folder with the log of the training of each network.
        say: receives lines of progress.
    """
    answers = assess.answer_all(detector, samples, say=say)
    return {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "model": detector.hash,
        "split": split,
        "figures": assess.measure(answers),
        "curves": [row for run in runs for row in _curve(run)],
        "confusion": assess.confusion(answers),
        "reliability": assess.reliability(answers),
        "iou_histogram": assess.iou_histogram(answers),
        "tags": assess.tag_reliability(answers, config.thresholds),
        "mistakes": assess.worst(answers),
    }


def _curve(run: Path) -> list[dict[str, Any]]:
    """One row an epoch, with the name of the network's folder."""
    log = run / "log.jsonl"
    lines = log.read_text().splitlines() if log.is_file() else []
    return [{"network": run.name, **json.loads(line)} for line in lines]
