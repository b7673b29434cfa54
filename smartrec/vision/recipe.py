"""What one training run does, stage by stage."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from smartrec.errors import UsageError


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of transfer learning.

    Attributes:
        name: for logs and checkpoints.
        size: side of the views in pixels.
        epochs: passes over the samples.
        layers: how many of the backbone's last layers move; 0 = none, None = all.
        rate: peak learning rate.
        final: learning rate at the end as a share of the peak.
        rendered: drawn garments in an epoch: they teach what no photo shows, once the photos have been learned.
        clutter: drawn scenes without a garment in an epoch.
        mixing: share of batches whose views are mixed in pairs (mixup, Zhang et al., ICLR 2018; CutMix, Yun et al.,
            ICCV 2019).
        backdrops: share of photos whose garment is cut out and laid before another background.
        drop: probability that the last block of the backbone is skipped (stochastic depth).
    """

    name: str
    size: int
    epochs: int
    layers: int | None
    rate: float
    final: float = 0.05
    rendered: int = 0
    clutter: int = 0
    mixing: float = 0.0
    backdrops: float = 0.0
    drop: float = 0.0


@dataclass(frozen=True, slots=True)
class Recipe:
    """A whole run.

    Attributes:
        backbone: key of `backbone.INPUT_SIZES`.
        weights: ``imagenet``, ``none`` or a file.
        stages: in order; the last one's size is the size in use.
        batch: views in a batch.
        weight_decay: of AdamW.
        averaging: momentum of the exponential moving average of weights; 0 for none.
        patience: epochs without a better validation loss after which a stage ends early.
        box_loss: ``rmse`` (original) or ``giou``.
        soup: stages whose final weights are averaged into the network (model soups, Wortsman et al., ICML 2022): what
            a learning rate that rises again found each time lies in one basin, and its middle errs less.
        seed: of everything random.
    """

    backbone: str = "efficientnet_lite0"
    weights: str = "imagenet"
    stages: tuple[Stage, ...] = field(default_factory=tuple)
    batch: int = 32
    weight_decay: float = 0.02
    averaging: float = 0.995
    patience: int = 10
    box_loss: str = "giou"
    soup: tuple[str, ...] = ()
    seed: int = 0

    def as_dict(self) -> dict[str, Any]:
        """Plain values for the report."""
        return asdict(self)


def make_recipe(backbone: str, weights: str, layers: int | None, seed: int) -> Recipe:
    """The recipe for a backbone: frozen first, then the last `layers` layers (None = all).

    EfficientNet-Lite0 learns at 160 px first, which costs half, then at its own size; its larger sisters cost twice
    as much a step and stay below 200 px, so that every run ends within 90 minutes on two cores.
    """
    if layers is not None and layers < 0:
        raise UsageError(f"Expected --layers of 0 or more, or 'all'. Received: {layers}")
    if backbone == "resnet50":
        original = (Stage("frozen", 224, 3, 0, 1e-3), Stage("tuned", 224, 12, layers, 1e-4))
        return Recipe(backbone, weights, original, box_loss="rmse", averaging=0.0, seed=seed)
    frozen = Stage("frozen", 160, 2, 0, 2e-3, 0.5)
    varied = {"mixing": 0.5, "backdrops": 0.4, "drop": 0.15}
    if backbone != "efficientnet_lite0":
        short = (
            frozen,
            Stage("small", 160, 10, layers, 6e-4, 0.3),
            Stage("varied", 160, 8, layers, 3e-4, 0.01, rendered=620, clutter=150, **varied),
            Stage("again", 192, 5, layers, 3e-4, 0.01, rendered=310, clutter=100, **varied),
        )
        return Recipe(backbone, weights, short, seed=seed)
    stages = (
        frozen,
        Stage("small", 160, 14, layers, 6e-4, 0.3),
        Stage("full", 224, 4, layers, 2.5e-4, 0.02, rendered=620, clutter=150, mixing=0.5),
        Stage("varied", 224, 10, layers, 3e-4, 0.01, rendered=310, clutter=100, **varied),
        Stage("again", 224, 5, layers, 3e-4, 0.01, rendered=310, clutter=100, **varied),
    )
    return Recipe(backbone, weights, stages, soup=("full", "varied", "again"), seed=seed)
