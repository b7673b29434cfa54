"""Joins two trained networks in one bundle: the second one takes every other view of the second look.

Two networks that began from other weights err on other photos, so their mean errs less (deep ensembles,
Lakshminarayanan et al., NeurIPS 2017), and at no cost in time where two views are looked at anyway.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from smartrec.errors import UsageError
from smartrec.vision.bundle import NETWORK, PARTNER, REPORT, Bundle, BundleConfig

# What two networks must have in common for the mean of their answers to mean something.
SHARED = ("preprocessing", "outputs", "categories", "groups", "attributes")


def add_partner(partner: Bundle, config: BundleConfig, folder: Path) -> BundleConfig:
    """Copies the network of a finished bundle into the one that is built in `folder`.

    Args:
        partner: the finished bundle.
        config: of the bundle that is built.
        folder: of the bundle that is built.

    Returns:
        The config, which names the partner's backbone.

    Raises:
        UsageError: the two do not answer with the same names.
    """
    for name in SHARED:
        mine, other = getattr(config, name), getattr(partner.config, name)
        if mine != other:
            raise UsageError(
                f"Expected a partner with the same {name}, trained on the same labels. Received: {partner.folder}"
            )
    shutil.copyfile(partner.folder / NETWORK, folder / PARTNER)
    return replace(config, partner=partner.config.backbone)


def partner_report(partner: Bundle) -> Mapping[str, Any]:
    """What a bundle's report says of the network that it took from `partner`: where it comes from and how it learned.

    The figures that the partner reached alone stay out: a report has those of its own bundle.
    """
    report = json.loads((partner.folder / REPORT).read_text(encoding="utf-8"))
    return {
        "model": partner.hash,
        "backbone": partner.config.backbone,
        "recipe": report["recipe"],
        "curves": report["curves"],
    }
