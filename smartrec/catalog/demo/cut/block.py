"""Measures of an upper garment; half the chest of a regular fit is 1."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from smartrec.catalog.demo.drawing import Drawing
from smartrec.catalog.demo.garment import GarmentSpec

DRESSES = ("Dress", "Sundress", "Shirtdress", "Nightdress", "Caftan", "Kaftan", "Coverup")
LEGGED = ("Jumpsuit", "Romper", "Onesie", "Bodysuit")
OUTER = ("Anorak", "Blazer", "Bomber", "Jacket", "Parka", "Peacoat", "Coat", "Vest", "Robe")
_LENGTHS = {"crop": 1.85, "regular": 2.5, "long": 3.15, "mini": 3.15, "knee": 3.75, "midi": 4.4, "maxi": 5.0,
            "na": 2.5, "full": 2.4, "short": 2.3, "capri": 2.4}  # fmt: skip
_SLEEVES = {"cap": 0.3, "short": 0.72, "elbow": 1.08, "threequarter": 1.6, "long": 2.25}
# Neck -> (half width, depth of the front).
_NECKS = {"crew": (0.36, 0.3), "v": (0.36, 0.82), "scoop": (0.47, 0.6), "boat": (0.6, 0.16), "square": (0.47, 0.52),
          "mock": (0.34, 0.1), "turtle": (0.33, 0.1), "polo": (0.34, 0.3), "shirtcollar": (0.34, 0.3),
          "henley": (0.36, 0.3), "hood": (0.36, 0.3), "stand": (0.33, 0.22), "lapel": (0.36, 1.25), "halter": (0.3,
          0.5),
          "offshoulder": (1.0, 0.42), "strap": (0.46, 0.62), "none": (0.36, 0.5), "na": (0.36, 0.3)}  # fmt: skip
_COLLARS = ("lapel", "hood", "stand", "shirtcollar", "turtle", "mock", "polo", "henley")


@dataclass(slots=True)
class Block:
    """Where things are on an upper garment, in garment units, right half.

    Attributes:
        neck, depth: half width of the neckline at y = 0, and how deep it is in front.
        shoulder, drop: the shoulder point.
        chest, armpit: the armpit point.
        waist, waist_y: the waist.
        hem, length: the side of the hem.
        sleeve, spread: length of the sleeve from the armhole, its angle from straight down in radians.
        cuff: half width at its end.
    """

    spec: GarmentSpec
    rng: np.random.Generator
    drawing: Drawing
    neck: float = 0.36
    depth: float = 0.3
    shoulder: float = 0.92
    drop: float = 0.2
    chest: float = 1.0
    armpit: float = 0.95
    waist: float = 0.97
    waist_y: float = 1.6
    hem: float = 1.0
    length: float = 2.5
    sleeve: float = 0.7
    spread: float = 0.8
    cuff: float = 0.36
    center: float = 0.0
    neckline: np.ndarray = field(default_factory=lambda: np.zeros((0, 2)))

    @property
    def bare_shoulder(self) -> bool:
        """Whether the garment has no shoulder seam: thin straps, halter, strapless."""
        return self.spec.sleeve == "strap" or self.spec.neck in ("halter", "offshoulder") or self.strapless

    @property
    def strapless(self) -> bool:
        """Whether nothing holds it up: a neckless, sleeveless jumpsuit, dress or top."""
        return self.spec.neck == "none" and self.spec.sleeve in ("sleeveless", "strap", "na") and not self.opens

    @property
    def opens(self) -> bool:
        """Whether the whole front opens."""
        outer = self.spec.category in (*OUTER, "Cardigan", "Kimono", "Button-Down", "Flannel")
        zipped = (
            self.spec.category in ("Hoodie", "Jumpsuit", "Onesie", "Sweater", "Jersey") and self.spec.closure == "zip"
        )
        buttoned = self.spec.closure in ("buttons", "snaps") and self.spec.category in (
            "Blouse",
            "Shirtdress",
            "Hoodie",
        )
        return (outer and self.spec.closure != "halfzip") or zipped or buttoned


def block_of(spec: GarmentSpec, rng: np.random.Generator, drawing: Drawing) -> Block:
    """Measures for a spec; `rng` comes from the spec's seed."""
    block = Block(spec, rng, drawing)
    _body(block)
    _neck(block)
    _arms(block)
    return block


def _body(block: Block) -> None:
    spec, rng = block.spec, block.rng
    wide = {"tight": 0.86, "regular": 1.0, "loose": 1.14, "na": 1.0}[spec.fit] * rng.uniform(0.97, 1.03)
    block.chest = wide
    block.shoulder = {"women": 0.84, "kids": 0.86}.get(spec.gender, 0.93) * (0.35 + 0.65 * wide)
    block.drop = rng.uniform(0.16, 0.24)
    block.armpit = rng.uniform(0.9, 1.0)
    block.length = _LENGTHS[spec.length] * rng.uniform(0.96, 1.04) * (0.9 if spec.gender == "kids" else 1.0)
    if spec.category in ("Coat", "Robe", "Kimono", "Parka") and spec.length == "long":
        block.length = rng.uniform(3.6, 4.0)
    if spec.category == "Bomber":
        block.length = 2.3
    block.waist_y = rng.uniform(1.55, 1.7)
    snug = 0.97
    if spec.gender == "women":
        snug = {"tight": 0.88, "regular": 0.92, "loose": 0.98}.get(spec.fit, 0.93)
    block.waist = wide * snug
    block.hem = wide * (rng.uniform(0.97, 1.03) if spec.gender != "women" else rng.uniform(0.94, 1.0))
    if spec.category in LEGGED:
        block.length = 2.1 if spec.category != "Bodysuit" else 2.2
        block.hem = block.waist * 1.08
    if spec.category == "Halter":
        block.chest, block.waist, block.hem = block.chest * 0.9, block.waist * 0.92, block.hem * 0.92
    if spec.category in DRESSES:
        _dress(block)


def _dress(block: Block) -> None:
    spec, rng = block.spec, block.rng
    down = block.length - block.waist_y
    flare = {"tight": 0.06, "regular": rng.uniform(0.2, 0.34), "loose": rng.uniform(0.3, 0.42)}[spec.fit]
    block.hem = block.chest * (0.92 if spec.fit == "tight" else 0.95) + flare * down * (1.0 if down < 2.4 else 0.8)
    straight = spec.category in ("Caftan", "Kaftan", "Coverup", "Nightdress") or spec.fit == "loose"
    block.waist = block.chest * (1.04 if straight else 0.78 if spec.fit == "tight" else 0.8)
    if spec.category in ("Caftan", "Kaftan"):
        block.chest *= 1.1
        block.waist, block.hem = block.chest * 1.05, block.chest * 1.2


def _neck(block: Block) -> None:
    spec, rng = block.spec, block.rng
    neck, depth = _NECKS[spec.neck]
    block.neck, block.depth = neck * rng.uniform(0.95, 1.06), depth * rng.uniform(0.92, 1.1)
    if spec.category == "Cardigan" and spec.neck == "v":
        block.depth = 1.15
    if spec.category in ("Kimono", "Cardigan") and spec.closure == "none" and spec.neck not in _COLLARS:
        block.depth = block.length
    if spec.category in ("Robe", "Kimono") and spec.closure == "belt":
        block.depth = block.waist_y - 0.05
    if spec.category == "Coat" and spec.neck == "lapel":
        block.depth = rng.uniform(0.85, 1.2)
    if block.bare_shoulder and spec.neck != "offshoulder":
        block.depth = {"v": 0.85, "scoop": 0.72, "halter": 0.34}.get(spec.neck, 0.6)


def _arms(block: Block) -> None:
    spec, rng = block.spec, block.rng
    block.sleeve = _SLEEVES.get(spec.sleeve, 0.0) * rng.uniform(0.94, 1.05)
    spreads = {"cap": (0.95, 1.15), "short": (0.7, 0.95), "elbow": (0.5, 0.75), "threequarter": (0.3, 0.5)}
    block.spread = rng.uniform(*spreads.get(spec.sleeve, (0.16, 0.36)))
    full = {"tight": 0.8, "loose": 1.25}.get(spec.fit, 1.0)
    ends = {"cap": 0.36, "short": 0.34, "elbow": 0.31, "threequarter": 0.26}
    block.cuff = ends.get(spec.sleeve, 0.2) * (0.5 + 0.5 * full)
    if spec.category in OUTER and spec.sleeve == "long":
        block.cuff = 0.25
    if spec.category in ("Kimono", "Caftan", "Poncho"):
        block.cuff, block.spread = 0.55, rng.uniform(0.85, 1.0)
        block.sleeve *= 0.72
    if spec.category == "Kaftan":
        block.cuff = 0.42
    if spec.sleeve in ("sleeveless", "strap", "na"):
        block.shoulder *= 0.78
