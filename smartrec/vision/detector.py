"""Looks twice at a photo: finds the garment on the whole photo, then says what it is from the crop around it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from smartrec.labels import LABEL_FIELDS
from smartrec.vision import calibration
from smartrec.vision.bundle import COHERENCE, EMBEDDING, NETWORK, PARTNER, Bundle
from smartrec.vision.coherence import Coherence, coherent_heads
from smartrec.vision.color import ColorNamer
from smartrec.vision.color_features import Measurement, read_pixels
from smartrec.vision.embedding import embed
from smartrec.vision.finding import Box, ColorShare, Finding, Glance, as_box
from smartrec.vision.looks import LookNetwork
from smartrec.vision.mask import Segmenter
from smartrec.vision.views import SECOND_LOOK, View, iou, square_around, take_view, to_photo

# The head of independent attributes, which DeepFashion's bundles have.
ATTRIBUTES = "attributes"
# The output with the pooled features.
FEATURES = "features"


@dataclass(frozen=True, slots=True, eq=False)
class Looks:
    """What the network said of one photo, before calibration.

    Attributes:
        first: garment probability on the whole photo.
        second: garment probability on the crop.
        found: (4,) xyxy pixels, the box of the first look (or the person's own).
        refined: (4,) xyxy pixels, the box of the second look.
        heads: head -> (C,) probabilities of the second look, after each head heard the others.
        features: (F,) pooled features of the second look, of the first network alone: another's mean other things.
        attributes: (A,) probabilities of independent attributes, empty if the bundle has none.
    """

    first: float
    second: float
    found: np.ndarray
    refined: np.ndarray
    heads: dict[str, np.ndarray]
    features: np.ndarray
    attributes: np.ndarray


class Detector:
    """A bundle, ready to look at photos; safe to share between threads."""

    def __init__(self, bundle: Bundle, threads: int = 2) -> None:
        self.config = bundle.config
        self.hash = bundle.hash
        files = (NETWORK, PARTNER) if bundle.config.partner else (NETWORK,)
        self._networks = [LookNetwork(bundle.folder / name, bundle.config, threads) for name in files]
        self._segmenter = Segmenter.open(bundle.folder, threads)
        self._namer = ColorNamer.open(bundle.folder)
        self._components = bundle.arrays(EMBEDDING)
        self._coherence = _coherence(bundle)

    @classmethod
    def open(cls, folder: Path, threads: int = 2) -> Detector:
        """The detector of a bundle's folder. Raises BundleError with the command that mends it."""
        return cls(Bundle.open(folder), threads)

    def find(self, rgb: np.ndarray, *, box: Box | None = None, mask: bool = True) -> Finding:
        """What is on one photo.

        Args:
            rgb: (H, W, 3) uint8 RGB, upright.
            box: look only here, xyxy in pixels inside the photo.
            mask: whether to keep the mask in the finding.
        """
        started = time.perf_counter()
        looks = self.look(rgb, box)
        looked = time.perf_counter()
        return self._finding(rgb, looks, box, mask, started, looked)

    def glance(self, rgb: np.ndarray) -> Glance:
        """Box and category of `find`, without the mask and all that is read from it: half of its time.

        Args:
            rgb: (H, W, 3) uint8 RGB, upright.
        """
        looks = self.look(rgb)
        odds = self._tempered(looks, "category")
        best = int(np.argmax(odds))
        found = self._garment(looks) >= self.config.garment["threshold"]
        return Glance(found, as_box(looks.refined), self.config.categories[best], float(odds[best]))

    def look(self, rgb: np.ndarray, box: Box | None = None) -> Looks:
        """The two looks at one photo, uncalibrated."""
        height, width = rgb.shape[:2]
        if box is None:
            square = square_around((0.0, 0.0, width, height), 1.0)
            outputs = self._networks[0](take_view(rgb, square, self.config.size)[None])
            found = to_photo(outputs["box"][0], square, width, height)
            first = float(outputs["garment"][0, 0])
        else:
            found, first = np.array(box, float), float("nan")
        return self._second(rgb, found, first)

    def measured_color(self, rgb: np.ndarray, looks: Looks) -> np.ndarray:
        """(colors,) probabilities of the dominant color's name from the pixels inside the mask alone."""
        mask = self._segmenter.segment(rgb, as_box(looks.refined))
        return self._namer.probabilities(self._measurement(rgb, mask).features())

    def _measurement(self, rgb: np.ndarray, mask: np.ndarray) -> Measurement:
        return Measurement(read_pixels(rgb, mask), self._namer.codes)

    def _second(self, rgb: np.ndarray, found: np.ndarray, first: float) -> Looks:
        several = len(self._networks)
        views = [
            self._look_through(self._networks[i % several], view, self.config.size, rgb, found)
            for i, view in enumerate(SECOND_LOOK)
        ]
        mean = {name: np.mean([outputs[name] for outputs in views], axis=0) for name in views[0] if name != FEATURES}
        heads = {name: mean[name] for name in ("category", *self.config.groups)}
        second = float(mean["garment"][0])
        return Looks(
            second if np.isnan(first) else first,
            second,
            found,
            mean["box"],
            self._coherence(heads) if self._coherence else heads,
            np.mean([outputs[FEATURES] for outputs in views[::several]], axis=0),
            mean["attributes"] if self.config.attributes else np.empty(0, np.float32),
        )

    @staticmethod
    def _look_through(
        network: LookNetwork, view: View, size: int, rgb: np.ndarray, found: np.ndarray
    ) -> dict[str, np.ndarray]:
        """A network's outputs for one view of the second look; ``box`` in pixels of the photo."""
        square = square_around(found, view.scale)
        seen = take_view(rgb, square, view.side(size))
        outputs = network((seen[:, ::-1] if view.mirrored else seen)[None])
        sides = outputs["box"][0]
        if view.mirrored:
            sides = np.array([1 - sides[2], sides[1], 1 - sides[0], sides[3]])
        return {name: values[0] for name, values in outputs.items()} | {
            "box": to_photo(sides, square, rgb.shape[1], rgb.shape[0])
        }

    def _finding(
        self, rgb: np.ndarray, looks: Looks, box: Box | None, keep_mask: bool, started: float, looked: float
    ) -> Finding:
        config = self.config
        final = looks.found if box is not None else looks.refined
        garment = self._garment(looks)
        found = garment >= config.garment["threshold"]
        tempered = {name: self._tempered(looks, name) for name in looks.heads}
        mask = self._segmenter.segment(rgb, as_box(final))
        masked = time.perf_counter()
        measurement = self._measurement(rgb, mask)
        whole = self._namer.probabilities(measurement.features())
        if "color1" in tempered:
            whole = calibration.blend(tempered["color1"], whole, config.color_blend)
            tempered["color1"] = whole
        heads = {name: dict(zip(self._names(name), map(float, p), strict=True)) for name, p in tempered.items()}
        labels = {name: max(heads[name], key=heads[name].__getitem__) for name in LABEL_FIELDS if name in heads}
        colors = self._namer.shares(measurement, whole)
        labels = _color_labels(colors) | labels
        parts = {"color1": whole, **tempered}
        if config.attributes:
            heads[ATTRIBUTES] = dict(zip(config.attributes, map(float, looks.attributes), strict=True))
            parts[ATTRIBUTES] = looks.attributes / max(float(looks.attributes.sum()), 1e-9)
        vector = embed(
            {name: p[None] for name, p in parts.items()},
            looks.features[None],
            **self._components,
            shares=config.embedding,
        )[0]
        ended = time.perf_counter()
        return Finding(
            size=(rgb.shape[1], rgb.shape[0]),
            garment=garment,
            garment_found=found,
            box=as_box(final),
            box_score=self._box_score(looks),
            mask=mask if keep_mask else None,
            heads=heads,
            colors=colors if found else (),
            labels=labels,
            embedding=vector,
            timings_ms={
                "detect": 1e3 * (looked - started),
                "mask": 1e3 * (masked - looked),
                "colors": 1e3 * (ended - masked),
            },
            model=self.hash,
        )

    def _garment(self, looks: Looks) -> float:
        return float(calibration.garment_probability(looks.first, looks.second, self.config.garment))

    def _tempered(self, looks: Looks, head: str) -> np.ndarray:
        return calibration.temper(looks.heads[head], self.config.temperatures.get(head, 1.0))

    def _names(self, head: str) -> tuple[str, ...]:
        return self.config.categories if head == "category" else self.config.groups[head]

    def _box_score(self, looks: Looks) -> float:
        table = self.config.box_score
        return float(np.interp(float(iou(looks.found, looks.refined)), table["agreement"], table["iou"]))

    def embed(self, pictures: Sequence[np.ndarray], boxes: Sequence[Box] | None = None) -> np.ndarray:
        """Embeddings of product pictures, (N, D) float32 unit vectors.

        Args:
            pictures: (H, W, 3) uint8 RGB each.
            boxes: where the product is, if that is known; found by the first look otherwise.
        """
        where = boxes if boxes is not None else [None] * len(pictures)
        findings = [self.find(rgb, box=box, mask=False) for rgb, box in zip(pictures, where, strict=True)]
        return np.stack([finding.embedding for finding in findings]) if findings else np.empty((0, 0), np.float32)


def _coherence(bundle: Bundle) -> Coherence | None:
    config = bundle.config
    if not config.coherence:
        return None
    lifts = bundle.arrays(COHERENCE)["lifts"].astype(np.float32)
    return Coherence(coherent_heads(config.categories, config.groups), lifts, config.coherence)


def _color_labels(colors: tuple[ColorShare, ...]) -> dict[str, str]:
    """The color labels by the pixels alone, for a bundle without color heads."""
    names = [color.name for color in colors]
    return {"color1": names[0], "color2": names[1] if len(names) > 1 else "none"} if names else {}
