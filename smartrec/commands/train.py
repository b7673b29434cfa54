"""``train``: the detector, from photos with annotations."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from smartrec.errors import UsageError

FORMATS = ("clothing", "ccp", "deepfashion")
BACKBONES = ("efficientnet_lite0", "efficientnet_lite1", "efficientnet_lite2", "resnet50")


def train(
    data: Annotated[list[Path], typer.Option(metavar="DIR", help="A folder of photos; may be repeated.")],
    data_format: Annotated[list[str], typer.Option("--format", metavar="|".join(FORMATS), help="One for each --data.")],
    out: Annotated[Path, typer.Option(metavar="DIR", help="Folder of the bundle to write.")],
    backbone: Annotated[str, typer.Option(metavar="|".join(BACKBONES))] = "efficientnet_lite0",
    weights: Annotated[str, typer.Option(metavar="imagenet|FILE|none", help="What training starts from.")] = "imagenet",
    layers: Annotated[str, typer.Option(metavar="N|all", help="Last layers of the backbone that move.")] = "12",
    resume: Annotated[bool, typer.Option("--resume", help="Go on from the last checkpoint in --out.")] = False,
    seed: Annotated[int, typer.Option(min=0, help="Of everything random.")] = 0,
    partner: Annotated[
        Path | None, typer.Option(metavar="DIR", help="A bundle whose network takes every other view.")
    ] = None,
) -> None:
    """Trains category, box and attributes by transfer learning and writes a bundle (needs TensorFlow)."""
    sources = _sources(data, data_format)
    if backbone not in BACKBONES:
        raise UsageError(f"--backbone is one of {', '.join(BACKBONES)}. Received: {backbone!r}")
    from smartrec.vision.train import train as train_bundle

    train_bundle(
        sources,
        out,
        backbone=backbone,
        weights=weights,
        layers=_layers(layers),
        resume=resume,
        seed=seed,
        partner=partner,
    )


def _sources(data: list[Path], formats: list[str]) -> list[tuple[Path, str]]:
    for name in formats:
        if name not in FORMATS:
            raise UsageError(f"--format is one of {', '.join(FORMATS)}. Received: {name!r}")
    if len(data) != len(formats):
        raise UsageError(f"Every --data needs its --format. Received: {len(data)} and {len(formats)}")
    return list(zip(data, formats, strict=True))


def _layers(text: str) -> int | None:
    if text == "all":
        return None
    if not text.isdigit():
        raise UsageError(f"--layers is a number of layers, or all. Received: {text!r}")
    return int(text)
