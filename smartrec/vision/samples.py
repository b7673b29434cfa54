"""Training samples: which part of which photo shows what. One row is one garment (or none) in one photo."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np

from smartrec.catalog.importers.deepfashion.bits import AttributeBits
from smartrec.errors import ImageError
from smartrec.labels import CATEGORIES, GROUPS

UNKNOWN = -1
# Photos whose shorter side is longer than this are reduced on reading; views are 224 to 260 px.
SHORT_SIDE = 320


@dataclass(slots=True)
class Samples:
    """A table of samples as columns; all arrays have one row a sample.

    Attributes:
        sources: file of the photo, or the pixels themselves ((H, W, 3) uint8 RGB).
        boxes: (N, 4) float32, the garment's box as xyxy fractions of the photo; NaN where it is not known. For a
            sample without garment it is the region that may be shown.
        category: (N,) int16 index into the category names, `UNKNOWN` where not known.
        groups: attribute group -> (N,) int16 index into its values, `UNKNOWN` where not known.
        garment: (N,) float32, 1 or 0.
        whole: (N,) bool, whether a look at the whole photo may ask for this box (it is the photo's main garment).
        weight: (N,) float32, weight of the labels in the loss.
        rate: (N,) float32, probability that the sample is in an epoch.
        names: name of the photo, for reports.
        attributes: (N, A) of 1, 0 or -1 (not known), packed, or None.
        second: head -> (N,) int16, what a second annotator said, `UNKNOWN` where none looked; may lack heads.
        category_names: what `category` indexes.
        group_names: what `groups` index.
    """

    sources: list[Path | np.ndarray]
    boxes: np.ndarray
    category: np.ndarray
    groups: dict[str, np.ndarray]
    garment: np.ndarray
    whole: np.ndarray
    weight: np.ndarray
    rate: np.ndarray
    names: list[str]
    attributes: AttributeBits | None = None
    second: dict[str, np.ndarray] = field(default_factory=dict)
    category_names: tuple[str, ...] = CATEGORIES
    group_names: dict[str, tuple[str, ...]] = field(default_factory=lambda: dict(GROUPS))

    def __len__(self) -> int:
        return len(self.sources)

    def pixels(self, row: int, rgb: np.ndarray) -> np.ndarray:
        """(4,) the box of a row as xyxy pixels of its photo `rgb`; NaN where it is not known."""
        return np.asarray(self.boxes[row] * np.tile(rgb.shape[1::-1], 2))

    def truth(self, head: str) -> np.ndarray:
        """(N,) int index of the right answer of ``category`` or of a group, `UNKNOWN` where not known."""
        return (self.category if head == "category" else self.groups[head]).astype(int)

    def take(self, rows: np.ndarray) -> Samples:
        """The rows at these indices (or where a mask is true)."""
        rows = np.flatnonzero(rows) if np.asarray(rows).dtype == bool else np.asarray(rows)
        return Samples(
            [self.sources[i] for i in rows],
            self.boxes[rows],
            self.category[rows],
            {name: values[rows] for name, values in self.groups.items()},
            self.garment[rows],
            self.whole[rows],
            self.weight[rows],
            self.rate[rows],
            [self.names[i] for i in rows],
            None if self.attributes is None else self.attributes.take(rows),
            {name: values[rows] for name, values in self.second.items()},
            self.category_names,
            self.group_names,
        )


def label_columns(labels: Sequence[dict[str, str]]) -> dict[str, np.ndarray]:
    """Label names -> ``category`` and every group: (N,) int16 index, `UNKNOWN` for what is missing or no name."""
    columns = {}
    for name, values in {"category": CATEGORIES, **GROUPS}.items():
        position = {value: i for i, value in enumerate(values)}
        columns[name] = np.array([position.get(row.get(name, ""), UNKNOWN) for row in labels], np.int16)
    return columns


def make_samples(
    sources: Sequence[Path | np.ndarray],
    boxes: np.ndarray,
    labels: Sequence[dict[str, str]],
    *,
    garment: float = 1.0,
    whole: bool | np.ndarray = True,
    weight: float = 1.0,
    rate: float = 1.0,
    names: Sequence[str] | None = None,
) -> Samples:
    """Samples from label names; a label that is missing or not in the vocabulary becomes `UNKNOWN`."""
    count = len(sources)
    columns = label_columns(labels)
    return Samples(
        list(sources),
        np.asarray(boxes, np.float32).reshape(count, 4),
        columns.pop("category"),
        columns,
        np.full(count, garment, np.float32),
        np.broadcast_to(np.asarray(whole, bool), (count,)).copy(),
        np.full(count, weight, np.float32),
        np.full(count, rate, np.float32),
        list(names) if names is not None else [str(i) for i in range(count)],
    )


def concatenate(parts: Sequence[Samples]) -> Samples:
    """All rows of `parts`, which share their label names and have no per-sample attributes."""
    first = parts[0]
    return Samples(
        [s for part in parts for s in part.sources],
        np.concatenate([p.boxes for p in parts]),
        np.concatenate([p.category for p in parts]),
        {name: np.concatenate([p.groups[name] for p in parts]) for name in first.groups},
        np.concatenate([p.garment for p in parts]),
        np.concatenate([p.whole for p in parts]),
        np.concatenate([p.weight for p in parts]),
        np.concatenate([p.rate for p in parts]),
        [n for part in parts for n in part.names],
        None,
        _second_of_all(parts),
        first.category_names,
        first.group_names,
    )


def _second_of_all(parts: Sequence[Samples]) -> dict[str, np.ndarray]:
    """`second` of all parts; not known for the rows of parts that lack a head."""
    heads = dict.fromkeys(head for part in parts for head in part.second)
    return {
        head: np.concatenate([part.second.get(head, np.full(len(part), UNKNOWN, np.int16)) for part in parts])
        for head in heads
    }


def read_rgb(path: Path) -> np.ndarray:
    """(H, W, 3) uint8 RGB photo for training, shorter side at most `SHORT_SIDE`. Raises ImageError."""
    bgr = cv2.imread(str(path), cv2.IMREAD_COLOR)
    if bgr is None:
        raise ImageError(f"Expected a readable photo. Received: {path}")
    scale = SHORT_SIDE / min(bgr.shape[:2])
    if scale < 1:
        bgr = cv2.resize(bgr, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return cv2.cvtColor(bgr, cv2.COLOR_BGR2RGB)


class PhotoCache:
    """Reads photos; keeps their pixels while they fit into `limit` bytes."""

    def __init__(self, limit: int = 2 << 30, read: Callable[[Path], np.ndarray] = read_rgb) -> None:
        self.limit = limit
        self.read = read
        self._kept: dict[Path, np.ndarray] = {}
        self._bytes = 0

    def __call__(self, source: Path | np.ndarray) -> np.ndarray:
        """(H, W, 3) uint8 RGB."""
        if isinstance(source, np.ndarray):
            return source
        kept = self._kept.get(source)
        if kept is not None:
            return kept
        rgb = self.read(source)
        if self._bytes + rgb.nbytes <= self.limit:
            self._kept[source] = rgb
            self._bytes += rgb.nbytes
        return rgb
