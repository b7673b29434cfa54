"""What the mask network is trained on: street photos with drawn masks, flat-lays that GrabCut cuts well, drawings."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import pandas as pd

from smartrec.vision.finding import Box
from smartrec.vision.grabcut import grabcut
from smartrec.vision.image import load_photo
from smartrec.vision.mask_crop import crop_window, pixel_window, take_crop
from smartrec.vision.mask_network import INPUT_SIZE, OUTPUT_SIZE
from smartrec.vision.sources import in_split, read_clothing_table, split_names

ROOM = 0.5  # margin of a stored crop: space for shifting, turning and zooming it
STORED_SIZE = 192
CCP_MIN_AREA = 0.01  # of the photo; smaller regions are a few pixels of accessory
# Regions of CCP that are not garments with a cut of their own.
CCP_NOT_WORN = frozenset(
    {"null", "hair", "skin", "glasses", "sunglasses", "accessories", "ring", "bracelet", "earrings"}
)
# What "the largest garment" of a street photo may be: shoes, bags and jewelery are left out.
CCP_GARMENTS = frozenset(
    "blazer blouse bodysuit cape cardigan coat dress hoodie jacket jeans jumper leggings pants romper shirt shorts "
    "skirt suit sweater sweatshirt swimwear t-shirt top vest".split()
)
# A cut is believed where its extent is the drawn box and it neither fills that nor is a scrap of it.
MIN_BOX_IOU, FILL = 0.9, (0.3, 0.93)


@dataclass(frozen=True, slots=True, eq=False)
class MaskSamples:
    """Crops with room around the box.

    Attributes:
        rgb: (N, S, S, 3) uint8.
        mask: (N, S, S) bool.
        weight: (N,) float64, how often a sample is drawn; sums to 1.
    """

    rgb: np.ndarray
    mask: np.ndarray
    weight: np.ndarray


def ccp_table(folder: Path, split: str, largest: bool = False) -> pd.DataFrame:
    """Rows of CCP's boxes.csv of one committed split: worn things, or the largest garment of each photo."""
    table = pd.read_csv(folder / "boxes.csv", dtype={"image": str})
    table = table[table["image"].isin(split_names("ccp", split))]
    if largest:
        table = table[table["label"].isin(CCP_GARMENTS)].sort_values("area", ascending=False, kind="stable")
        return table.drop_duplicates("image").sort_values("image").reset_index(drop=True)
    return table[~table["label"].isin(CCP_NOT_WORN) & (table["area"] >= CCP_MIN_AREA)].reset_index(drop=True)


def read_ccp(folder: Path, image: str, label: str, fractions: tuple[float, ...]) -> tuple[np.ndarray, np.ndarray, Box]:
    """(rgb (H, W, 3) uint8, mask (H, W) bool, box xyxy in pixels) of one region of a CCP photo."""
    rgb = load_photo(folder / "images" / f"{image}.webp").rgb
    names = (folder / "classes.txt").read_text().split()
    mask = cv2.imread(str(folder / "masks" / f"{image}.png"), cv2.IMREAD_GRAYSCALE) == names.index(label)
    return rgb, np.asarray(mask), to_pixels(fractions, rgb)


def to_pixels(fractions: tuple[float, ...], rgb: np.ndarray) -> Box:
    """A box in fractions of the photo -> xyxy in pixels."""
    height, width = rgb.shape[:2]
    x0, y0, x1, y1 = fractions
    return x0 * width, y0 * height, x1 * width, y1 * height


def ccp_samples(folder: Path, split: str) -> MaskSamples:
    """Every worn thing of the split's photos; the larger, the more often it is drawn."""
    table = ccp_table(folder, split)
    triples = [
        read_ccp(folder, row.image, row.label, (row.x0, row.y0, row.x1, row.y1))
        for row in table.itertuples(index=False)
    ]
    return _stored(triples, np.clip(table["area"].to_numpy() / 0.05, 0.25, 1.0))


def clothing_samples(folder: Path, split: str, count: int, rng: np.random.Generator) -> MaskSamples:
    """Up to `count` flat-lays of the split's senders where GrabCut's cut agrees with the annotated box."""
    table = read_clothing_table(folder)
    table = table[in_split(table["sender_id"], split)]
    triples = []
    for row in table.iloc[rng.permutation(len(table))].itertuples(index=False):
        rgb = load_photo(row.path).rgb
        box = to_pixels((row.x0, row.y0, row.x1, row.y1), rgb)
        mask = grabcut(rgb, box)
        if is_believable(mask, box):
            triples.append((rgb, mask, box))
        if len(triples) == count:
            break
    return _stored(triples, np.ones(len(triples)))


def rendered_samples(count: int, rng: np.random.Generator) -> MaskSamples:
    """Drawn garments on cluttered backgrounds, with their exact masks."""
    from smartrec.catalog.demo.sample import sample_spec
    from smartrec.catalog.demo.scene import render_scene

    drawings = (render_scene(sample_spec(rng), rng, (240, 300)) for _ in range(count))
    return _stored([(drawing.image, drawing.mask, drawing.box) for drawing in drawings], np.ones(count))


def is_believable(mask: np.ndarray, box: Box) -> bool:
    """Whether the extent of a cut is the box, and its area that of a garment."""
    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    if not len(rows):
        return False
    x0, y0, x1, y1 = columns[0], rows[0], columns[-1] + 1, rows[-1] + 1
    common = max(0, min(x1, box[2]) - max(x0, box[0])) * max(0, min(y1, box[3]) - max(y0, box[1]))
    area = (box[2] - box[0]) * (box[3] - box[1])
    iou = common / ((x1 - x0) * (y1 - y0) + area - common)
    return bool(iou > MIN_BOX_IOU and FILL[0] < mask.sum() / area < FILL[1])


def _stored(triples: list[tuple[np.ndarray, np.ndarray, Box]], weight: np.ndarray) -> MaskSamples:
    windows = [pixel_window(box, ROOM) for _, _, box in triples]
    rgb = [take_crop(rgb, w, STORED_SIZE) for (rgb, _, _), w in zip(triples, windows, strict=True)]
    mask = [_mask_crop(mask, w) for (_, mask, _), w in zip(triples, windows, strict=True)]
    return MaskSamples(np.stack(rgb), np.stack(mask), weight / weight.sum())


def _mask_crop(mask: np.ndarray, window: tuple[int, int, int, int]) -> np.ndarray:
    return take_crop(mask.astype(np.uint8) * 255, window, STORED_SIZE) > 127


def mixed(parts: list[tuple[MaskSamples, float]]) -> MaskSamples:
    """One table of several sources, each drawn with its share."""
    total = sum(share for _, share in parts)
    return MaskSamples(
        np.concatenate([samples.rgb for samples, _ in parts]),
        np.concatenate([samples.mask for samples, _ in parts]),
        np.concatenate([samples.weight * share / total for samples, share in parts]),
    )


def draw_batch(samples: MaskSamples, size: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Augmented (crops (B, 128, 128, 3) float32 as the network takes them, masks (B, 64, 64, 1) float32 in [0, 1])."""
    pairs = [_augmented(samples, i, rng) for i in rng.choice(len(samples.weight), size, p=samples.weight)]
    return np.stack([rgb for rgb, _ in pairs]), np.stack([mask for _, mask in pairs])


def centred(samples: MaskSamples) -> tuple[np.ndarray, np.ndarray]:
    """All crops as `segment` takes them: (N, 128, 128, 3) float32 and (N, 64, 64, 1) bool."""
    turn = _warp_to_crop(np.array([0.25, 0.25, 0.75, 0.75]) * STORED_SIZE)
    side = INPUT_SIZE, INPUT_SIZE
    rgb = np.stack([cv2.warpAffine(x, turn, side, borderMode=cv2.BORDER_REPLICATE) for x in samples.rgb])
    masks = [cv2.warpAffine(m.astype(np.float32), turn, side) for m in samples.mask]
    small = np.stack([cv2.resize(m, (OUTPUT_SIZE, OUTPUT_SIZE), interpolation=cv2.INTER_AREA) for m in masks])
    return (rgb.astype(np.float32) - 127) / 128, (small > 0.5)[..., None]


def _augmented(samples: MaskSamples, index: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    turn = _random_warp(rng)
    side = INPUT_SIZE, INPUT_SIZE
    rgb = cv2.warpAffine(samples.rgb[index], turn, side, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    mask = cv2.warpAffine(samples.mask[index].astype(np.float32), turn, side, flags=cv2.INTER_LINEAR)
    small = cv2.resize(mask, (OUTPUT_SIZE, OUTPUT_SIZE), interpolation=cv2.INTER_AREA)
    x = rgb.astype(np.float32)
    if rng.random() < 0.1:
        x = np.repeat(x.mean(axis=2, keepdims=True), 3, axis=2)
    x = (x - 127) * rng.uniform(0.7, 1.25) + rng.normal(0, 14) + rng.normal(0, 8, 3).astype(np.float32)
    if rng.random() < 0.2:
        x = np.asarray(cv2.GaussianBlur(x, (0, 0), rng.uniform(0.5, 1.5)), np.float32)
    return np.clip(x, -127, 128).astype(np.float32) / 128, small[:, :, None]


def _random_warp(rng: np.random.Generator) -> np.ndarray:
    """(2, 3) affine map from a stored crop to the network's crop: flip, jittered box, small turn."""
    low, high = 0.25 * STORED_SIZE, 0.75 * STORED_SIZE  # the box within the stored crop, by ROOM
    edges = np.array([low, low, high, high]) + rng.normal(0, 0.03, 4).clip(-0.08, 0.08) * (high - low)
    centre = (edges[0] + edges[2]) / 2, (edges[1] + edges[3]) / 2
    turn = np.vstack([cv2.getRotationMatrix2D(centre, rng.normal(0, 4), 1.0), [0, 0, 1]])
    flip = np.array([[-1, 0, INPUT_SIZE - 1], [0, 1, 0], [0, 0, 1]]) if rng.random() < 0.5 else np.eye(3)
    return (flip @ np.vstack([_warp_to_crop(edges), [0, 0, 1]]) @ turn)[:2]


def _warp_to_crop(edges: np.ndarray) -> np.ndarray:
    """(2, 3) map from a stored crop to the network's, for a box (xyxy) in the stored crop."""
    x0, y0, x1, y1 = crop_window(tuple(edges))
    fx, fy = INPUT_SIZE / (x1 - x0), INPUT_SIZE / (y1 - y0)
    # Pixel centres, not corners, are what OpenCV maps.
    return np.array([[fx, 0, fx * (0.5 - x0) - 0.5], [0, fy, fy * (0.5 - y0) - 0.5]])
