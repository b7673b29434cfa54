"""Readers that turn a data folder into training samples, and the samples that need no folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from smartrec.errors import TableError
from smartrec.labels import GROUPS
from smartrec.settings import ROOT
from smartrec.vision.samples import Samples, label_columns, make_samples

SPLITS = ROOT / "assets" / "splits"
ANNOTATIONS = ROOT / "assets" / "annotations" / "clothing.csv.gz"
# What a second annotator, who saw neither the first one's answers nor a model's, said of the same photos.
SECOND_ANNOTATIONS = ROOT / "assets" / "annotations" / "clothing_second.csv.gz"
# CCP's region names -> our category; regions that no category fits are used for their box only.
CCP_CATEGORIES = {
    "bag": "Bag", "purse": "Bag", "blazer": "Blazer", "blouse": "Blouse", "bodysuit": "Bodysuit", "boots": "Shoes",
    "cape": "Cape", "cardigan": "Cardigan", "coat": "Coat", "dress": "Dress", "flats": "Shoes", "hat": "Hat",
    "heels": "Shoes", "hoodie": "Hoodie", "jacket": "Jacket", "jeans": "Jeans", "jumper": "Sweater",
    "leggings": "Leggings", "loafers": "Shoes", "pumps": "Shoes", "romper": "Romper", "sandals": "Shoes",
    "scarf": "Scarf", "shirt": "Button-Down", "shoes": "Shoes", "shorts": "Shorts", "skirt": "Skirt",
    "sneakers": "Shoes", "socks": "Socks", "stockings": "Tights", "sweater": "Sweater", "sweatshirt": "Sweater",
    "t-shirt": "Tee", "tights": "Tights", "top": "Top", "vest": "Vest", "wedges": "Shoes",
}  # fmt: skip
CCP_OTHER_GARMENTS = ("pants", "suit", "swimwear")
# Garment regions smaller than this share of the photo are too few pixels for a second look.
CCP_MIN_AREA = 0.012
NEGATIVE_MIN_SIDE = 0.2
# Senders with more photos than this are shown less than in proportion: nine of them took most of the photos.
FREQUENT_SENDER, SENDER_BALANCE = 40, 0.35


def split_names(source: str, split: str) -> frozenset[str]:
    """Sender ids (``clothing``) or photo names (``ccp``) of a committed split: train, val or test."""
    return frozenset((SPLITS / f"{source}_{split}.txt").read_text().split())


def in_split(senders: pd.Series, split: str) -> pd.Series:
    """Which of these senders of clothing photos belong to a split; who is in no list was never seen: test."""
    if split == "test":
        return ~senders.isin(split_names("clothing", "train") | split_names("clothing", "val"))
    return senders.isin(split_names("clothing", split))


def read_clothing_table(folder: Path) -> pd.DataFrame:
    """The annotated rows of a clothing folder, with ``sender_id`` and ``path``.

    ``folder`` is either the project's data folder (``labels.csv``, ``images/*.webp``) or a clone of the public data set
    (``images.csv`` with image and sender_id, ``images/*.jpg``), which is joined with the annotations in assets/.

    Raises:
        TableError: neither layout, or no photo is there.
    """
    own, public = folder / "labels.csv", folder / "images.csv"
    if own.is_file():
        table = pd.read_csv(own, dtype=str, keep_default_na=False)
    elif public.is_file():
        table = pd.read_csv(ANNOTATIONS, dtype=str, keep_default_na=False)
        senders = pd.read_csv(public, dtype=str, keep_default_na=False)[["image", "sender_id"]]
        table = table.merge(senders, on="image")
    else:
        raise TableError(f"Expected labels.csv or images.csv in the clothing folder. Received: {folder}")
    files = {p.stem: p for p in sorted((folder / "images").glob("*")) if p.suffix.lower() in (".webp", ".jpg", ".jpeg")}
    table = table[table["image"].isin(list(files))].reset_index(drop=True)
    if table.empty:
        raise TableError(
            f"Expected annotated photos in {folder / 'images'}. Received: {len(files)} photos, none annotated"
        )
    table["path"] = [files[name] for name in table["image"]]
    return table.astype({side: float for side in ("x0", "y0", "x1", "y1")})


def clothing_samples(folder: Path, split: str) -> Samples:
    """Annotated photos of one garment each, of the senders of one committed split."""
    table = read_clothing_table(folder)
    table = table[in_split(table["sender_id"], split)]
    labels = table[["category", *GROUPS]].to_dict("records")
    boxes = table[["x0", "y0", "x1", "y1"]].to_numpy(np.float32)
    samples = make_samples(list(table["path"]), boxes, labels, names=list(table["image"]))
    samples.second = label_columns(second_annotations(samples.names))
    photos_of_sender = table.groupby("sender_id")["image"].transform("size").to_numpy(float)
    samples.rate = np.minimum(1.0, (FREQUENT_SENDER / photos_of_sender) ** SENDER_BALANCE).astype(np.float32)
    return samples


def second_annotations(names: Sequence[str]) -> list[dict[str, str]]:
    """What the second annotator said of each of these photos; an empty row where nobody looked twice."""
    table = pd.read_csv(SECOND_ANNOTATIONS, dtype=str, keep_default_na=False)
    rows = dict(zip(table["image"], table.drop(columns="image").to_dict("records"), strict=True))
    return [{str(k): v for k, v in rows.get(name, {}).items()} for name in names]


def clothing_senders(folder: Path, names: Sequence[str]) -> list[str]:
    """Who sent each of these photos of a clothing folder."""
    table = read_clothing_table(folder)
    sender = dict(zip(table["image"], table["sender_id"], strict=True))
    return [sender[name] for name in names]


def clothing_backgrounds(folder: Path, split: str) -> Samples:
    """The largest strip beside the box of each photo: floors, beds and walls without a garment."""
    table = read_clothing_table(folder)
    table = table[in_split(table["sender_id"], split)]
    boxes, rows = strips_beside(table[["x0", "y0", "x1", "y1"]].to_numpy())
    paths = [table["path"].iloc[row] for row in rows]
    return make_samples(paths, boxes, [{}] * len(paths), garment=0.0, whole=False, rate=0.5)


def strips_beside(boxes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The thickest of the four strips beside each box that is thick enough to learn from.

    Args:
        boxes: (N, 4) xyxy fractions; NaN where not known.

    Returns:
        (M, 4) strips as xyxy fractions, and (M,) the rows of `boxes` they belong to.
    """
    x0, y0, x1, y1 = np.asarray(boxes, float).T
    zero, one = np.zeros_like(x0), np.ones_like(x0)
    margin = 0.04  # boxes are right to within this share of the photo
    strips = np.stack(
        [
            np.stack([zero, zero, x0 - margin, one], 1),
            np.stack([x1 + margin, zero, one, one], 1),
            np.stack([zero, zero, one, y0 - margin], 1),
            np.stack([zero, y1 + margin, one, one], 1),
        ],
        axis=1,
    )
    thickness = np.nan_to_num(np.minimum(strips[..., 2] - strips[..., 0], strips[..., 3] - strips[..., 1]), nan=-1.0)
    rows = np.flatnonzero(thickness.max(axis=1) >= NEGATIVE_MIN_SIDE)
    return strips[rows, thickness[rows].argmax(axis=1)].astype(np.float32), rows


def ccp_samples(folder: Path, split: str) -> Samples:
    """Garments worn on the street; the largest of each photo is also asked for on the whole photo."""
    table = pd.read_csv(folder / "boxes.csv", dtype={"image": str})
    table = table[table["image"].isin(split_names("ccp", split))]
    table = table[table["label"].isin([*CCP_CATEGORIES, *CCP_OTHER_GARMENTS])]
    main = table.groupby("image")["area"].transform("max") == table["area"]
    kept = (table["area"] >= CCP_MIN_AREA) | main
    table, main = table[kept], main[kept]
    paths = [folder / "images" / f"{name}.webp" for name in table["image"]]
    labels = [{"category": CCP_CATEGORIES.get(label, "")} for label in table["label"]]
    boxes = table[["x0", "y0", "x1", "y1"]].to_numpy(np.float32)
    samples = make_samples(paths, boxes, labels, whole=main.to_numpy(), weight=0.5, names=list(table["image"]))
    samples.rate = np.where(samples.whole, 1.0, 0.3).astype(np.float32)
    return samples


def ccp_backgrounds(folder: Path, split: str, rng: np.random.Generator, tries: int = 12) -> Samples:
    """Regions of street photos in which the masks mark neither garment nor person: walls, streets, trees, cars."""
    import cv2

    paths, boxes = [], []
    for name in sorted(split_names("ccp", split)):
        mask = cv2.imread(str(folder / "masks" / f"{name}.png"), cv2.IMREAD_UNCHANGED)
        if mask is None:
            continue
        height, width = mask.shape[:2]
        side = rng.uniform(0.25, 0.6, tries) * width
        for s in side:
            x, y = rng.uniform(0, width - s), rng.uniform(0, height - s)
            if not mask[int(y) : int(y + s) + 1, int(x) : int(x + s) + 1].any():
                paths.append(folder / "images" / f"{name}.webp")
                boxes.append((x / width, y / height, (x + s) / width, (y + s) / height))
                break
    return make_samples(paths, np.array(boxes, np.float32), [{}] * len(paths), garment=0.0, whole=False)


def rendered_samples(count: int, rng: np.random.Generator, size: int = 288) -> Samples:
    """Drawn garments of every category in home-like scenes, with exact labels."""
    from smartrec.catalog.demo.sample import sample_spec
    from smartrec.catalog.demo.scene import render_scene
    from smartrec.labels import CATEGORIES

    images, boxes, labels = [], [], []
    for i in range(count):
        spec = sample_spec(rng, CATEGORIES[i % len(CATEGORIES)])
        scene = render_scene(spec, rng, (size, size))
        images.append(scene.image)
        boxes.append(np.asarray(scene.box, np.float32) / size)
        labels.append(spec.labels())
    return make_samples(images, np.array(boxes), labels, weight=0.5, names=[f"rendered-{i}" for i in range(count)])


def clutter_samples(count: int, rng: np.random.Generator, size: int = 224) -> Samples:
    """Drawn scenes without any garment."""
    from smartrec.catalog.demo.clutter import render_clutter

    images = [render_clutter(rng, (size, size)) for _ in range(count)]
    boxes = np.tile(np.array([0, 0, 1, 1], np.float32), (count, 1))
    return make_samples(images, boxes, [{}] * count, garment=0.0, whole=False)
