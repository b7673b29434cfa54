"""DeepFashion's annotations as training samples, for any of its layouts."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from smartrec.catalog.importers.deepfashion.files import picture_folder
from smartrec.catalog.importers.deepfashion.reader import read_annotations
from smartrec.catalog.importers.deepfashion.table import UNKNOWN, Annotations
from smartrec.errors import TableError
from smartrec.vision.network import HeadSizes
from smartrec.vision.samples import Samples
from smartrec.vision.sources import strips_beside

# Strips without a garment in an epoch, as a share of the garments: enough to learn that there may be none.
BACKGROUND_SHARE = 0.1
_READERS = 8
# Pictures that are looked for to find the folder that the names are relative to.
_TRIES = 50


@dataclass(slots=True, eq=False)
class DeepFashionPhotos:
    """The annotations and where their pictures are.

    Attributes:
        table: all rows.
        pictures: the folder that names are relative to.
    """

    table: Annotations
    pictures: Path

    @classmethod
    def open(cls, folder: Path, layout: str | None = None) -> DeepFashionPhotos:
        """Reads the annotations. Raises TableError if a list or the pictures are missing."""
        table = read_annotations(folder, layout, landmarks=False)
        step = max(1, len(table) // _TRIES)
        pictures = picture_folder(Path(folder), [table.name(row) for row in range(0, len(table), step)])
        if pictures is None:
            raise TableError(
                f"Expected the pictures beside the lists, such as {Path(folder) / table.name(0)}: unpack img.zip. "
                f"Received: none of {-(-len(table) // step)} pictures looked for"
            )
        return cls(table, pictures)

    def path(self, row: int) -> Path:
        """Where the picture of a row is."""
        return self.pictures / self.table.name(row)

    def head_sizes(self) -> HeadSizes:
        """Heads that fit: the folder's categories, and its attributes as a thousand answers or as six groups."""
        groups = {group: len(values) for group, values in self.group_names().items()}
        return HeadSizes(len(self.table.categories), groups, 0 if groups else len(self.table.attribute_names))

    def group_names(self) -> dict[str, tuple[str, ...]]:
        """Fine layout: group -> values; empty for the coarse one."""
        return self.table.group_values()

    def attribute_names(self) -> tuple[str, ...]:
        """Names of the independent attributes; empty for the fine layout."""
        return () if self.table.groups else self.table.attribute_names.names

    def samples(self, split: str, limit: int | None = None, seed: int = 0) -> Samples:
        """Garments of a split whose pictures can be read; those that can not are counted in the report.

        Args:
            split: train, val or test.
            limit: at most so many, drawn at random.
            seed: of the draw.
        """
        rows = self.table.rows_of(split)
        if limit is not None and len(rows) > limit:
            rows = np.sort(np.random.default_rng(seed).permutation(rows)[:limit])
        paths = [self.path(row) for row in rows]
        sizes = picture_sizes(paths)
        there = np.isfinite(sizes[:, 0])
        self.table.report.mend("picture missing or not readable, not used", self.table.lines[rows[~there]])
        rows, sizes = rows[there], sizes[there]
        if not len(rows):
            raise TableError(
                f"Expected pictures of the split {split!r} in {self.pictures}. Received: none that can be read"
            )
        boxes = np.clip(self.table.boxes[rows] / np.tile(sizes, 2), 0.0, 1.0)
        return self._samples([p for p, ok in zip(paths, there, strict=True) if ok], boxes.astype(np.float32), rows)

    def _samples(self, paths: list[Path], boxes: np.ndarray, rows: np.ndarray) -> Samples:
        table, count = self.table, len(rows)
        return Samples(
            sources=list(paths),
            boxes=boxes,
            category=table.category[rows],
            groups={group: values[rows] for group, values in table.groups.items()},
            garment=np.ones(count, np.float32),
            whole=np.ones(count, bool),
            weight=np.ones(count, np.float32),
            rate=np.ones(count, np.float32),
            names=[table.name(row) for row in rows],
            attributes=None if table.groups else table.attributes.take(rows),
            category_names=table.categories.names,
            group_names=self.group_names(),
        )


def with_backgrounds(samples: Samples, share: float = BACKGROUND_SHARE) -> Samples:
    """The samples and, of the same pictures, the largest strips beside the garments, as pictures without one."""
    boxes, rows = strips_beside(samples.boxes)
    count = len(rows)
    if not count:
        return samples
    rate = min(1.0, share * len(samples) / count)
    attributes = samples.attributes
    return Samples(
        sources=samples.sources + [samples.sources[i] for i in rows],
        boxes=np.concatenate([samples.boxes, boxes]),
        category=np.concatenate([samples.category, np.full(count, UNKNOWN, np.int16)]),
        groups={g: np.concatenate([v, np.full(count, UNKNOWN, np.int16)]) for g, v in samples.groups.items()},
        garment=np.concatenate([samples.garment, np.zeros(count, np.float32)]),
        whole=np.concatenate([samples.whole, np.zeros(count, bool)]),
        weight=np.concatenate([samples.weight, np.ones(count, np.float32)]),
        rate=np.concatenate([samples.rate, np.full(count, rate, np.float32)]),
        names=samples.names + [samples.names[i] for i in rows],
        attributes=None if attributes is None else attributes.appended(count),
        category_names=samples.category_names,
        group_names=samples.group_names,
    )


def picture_sizes(paths: Sequence[Path]) -> np.ndarray:
    """(N, 2) float64 width and height from the files' headers, NaN where a file is missing or no picture."""

    def size(path: Path) -> tuple[float, float]:
        try:
            with Image.open(path) as image:
                return float(image.width), float(image.height)
        except (OSError, ValueError):
            return float("nan"), float("nan")

    with ThreadPoolExecutor(_READERS) as pool:
        return np.array(list(pool.map(size, paths)), np.float64).reshape(len(paths), 2)
