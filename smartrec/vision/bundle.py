"""The model bundle: what a folder with a trained network holds, checked against its manifest."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from smartrec.artifacts import Manifest, atomic_write, read_manifest, verify_manifest
from smartrec.errors import BundleError
from smartrec.labels import CATEGORIES, GROUPS

VERSION = 4
NETWORK, PARTNER, COHERENCE = "network.onnx", "partner.onnx", "coherence.npz"
CONFIG, EMBEDDING, REPORT = "config.json", "embedding.npz", "report.json"
MEND = (
    "Restore assets/model from the repository (git checkout assets/model), or train a bundle: "
    "python -m smartrec train --data DIR --format clothing --out assets/model"
)


@dataclass(frozen=True, slots=True)
class BundleConfig:
    """Everything about the network that is not weights.

    Attributes:
        backbone: name of the backbone.
        size: side in pixels that the network learned with last; it takes any multiple of 32.
        preprocessing: kind of `views.preprocess`.
        outputs: names of the network's outputs, in order.
        categories: names that the category head answers with.
        groups: attribute group -> names of its values.
        attributes: names of independent attributes; empty for none.
        temperatures: head -> temperature fitted on validation senders; 1 where not fitted.
        thresholds: group -> value -> lowest probability at which the value is shown as a fact.
        garment: coefficients of the calibrated garment score, and its ``threshold``.
        box_score: ``agreement`` and ``iou``: expected IoU of the answer by the IoU of the two looks.
        color_blend: weight of the network's color heads against the measured color, [0, 1].
        embedding: head -> weight of its part of the embedding.
        partner: backbone of a second network that takes every other view of the second look; empty for none.
        coherence: head -> how much it hears what the other heads say (`coherence.Coherence`); empty for not at all.
    """

    backbone: str
    size: int
    preprocessing: str
    outputs: tuple[str, ...]
    categories: tuple[str, ...] = CATEGORIES
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: dict(GROUPS))
    attributes: tuple[str, ...] = ()
    temperatures: Mapping[str, float] = field(default_factory=dict)
    thresholds: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    garment: Mapping[str, float] = field(
        default_factory=lambda: {"first": 0.5, "second": 0.5, "bias": 0.0, "threshold": 0.5}
    )
    box_score: Mapping[str, tuple[float, ...]] = field(
        default_factory=lambda: {"agreement": (0.0, 1.0), "iou": (0.0, 1.0)}
    )
    color_blend: float = 0.5
    embedding: Mapping[str, float] = field(default_factory=dict)
    partner: str = ""
    coherence: Mapping[str, float] = field(default_factory=dict)

    def save(self, folder: Path) -> None:
        """Writes the config into a bundle's folder."""
        atomic_write(folder / CONFIG, (json.dumps(asdict(self), indent=1) + "\n").encode())

    @classmethod
    def load(cls, folder: Path) -> BundleConfig:
        """Reads the config of a bundle's folder. Raises BundleError."""
        try:
            values: dict[str, Any] = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
            for name in ("outputs", "categories", "attributes"):
                values[name] = tuple(values[name])
            values["groups"] = {name: tuple(names) for name, names in values["groups"].items()}
            return cls(**values)
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise BundleError(f"{folder / CONFIG} is missing or damaged. {MEND} Received: {error}") from error


@dataclass(frozen=True, slots=True, eq=False)
class Bundle:
    """An opened bundle."""

    folder: Path
    manifest: Manifest
    config: BundleConfig

    @classmethod
    def open(cls, folder: Path) -> Bundle:
        """Opens and verifies a bundle. Raises BundleError with the command that mends it."""
        if not folder.is_dir():
            raise BundleError(f"No model bundle. {MEND} Received: {folder}")
        manifest = read_manifest(folder, version=VERSION, error=BundleError, mend=MEND)
        if manifest.kind != "bundle":
            raise BundleError(f"Expected a model bundle. {MEND} Received: a {manifest.kind!r} in {folder}")
        verify_manifest(folder, manifest, error=BundleError, mend=MEND, deep=True)
        return cls(folder, manifest, BundleConfig.load(folder))

    @property
    def hash(self) -> str:
        """Hash ("sha256:...") of everything that shapes an answer: all files but the report, which names it."""
        files = {name: entry for name, entry in self.manifest.files.items() if name != REPORT}
        return replace(self.manifest, files=files).content_hash

    def arrays(self, name: str) -> dict[str, np.ndarray]:
        """Arrays of one ``.npz`` file of the bundle. Raises BundleError."""
        try:
            with np.load(self.folder / name, allow_pickle=False) as file:
                return {key: file[key] for key in file.files}
        except (OSError, ValueError) as error:
            raise BundleError(f"{self.folder / name} is missing or damaged. {MEND} Received: {error}") from error
