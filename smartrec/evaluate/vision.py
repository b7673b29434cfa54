"""``benchmark vision``: the detector on senders and street photos that it never saw, beside its simple rivals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from smartrec.errors import BundleError, SmartRecError, TableError
from smartrec.evaluate.vision_rivals import rival_rows
from smartrec.evaluate.vision_speed import DescribeFolder, measure_speed
from smartrec.vision import assess, sources
from smartrec.vision.bundle import Bundle
from smartrec.vision.detector import Detector
from smartrec.vision.finding import as_box
from smartrec.vision.samples import PhotoCache, Samples, concatenate
from smartrec.vision.views import iou

Say = Callable[[str], None]
# What counts as right for each class of the public clothing-dataset-small (ten classes).
TEN_CLASSES = {
    "T-Shirt": "Tee Top Polo Henley Jersey Tank",
    "Longsleeve": "Sweater Tee Top Cardigan Turtleneck Blouse Hoodie Henley Jersey",
    "Pants": "Jeans Chinos Leggings Joggers Sweatpants Capris Jeggings Culottes Tights Gauchos Jodhpurs",
    "Shoes": "Shoes",
    "Shirt": "Button-Down Flannel Blouse Polo",
    "Dress": "Dress Sundress Shirtdress Nightdress Jumpsuit Romper Kaftan Caftan Coverup",
    "Outwear": "Jacket Coat Parka Blazer Bomber Anorak Peacoat Vest Cardigan Hoodie Poncho Cape",
    "Shorts": "Shorts Sweatshorts Cutoffs Trunks Capris",
    "Hat": "Hat",
    "Skirt": "Skirt",
}


def benchmark_vision(bundle: Path, data: Path, say: Say, describe_folder: DescribeFolder) -> dict[str, Any]:
    """Every figure that the data at hand allows.

    Args:
        bundle: folder of the bundle.
        data: a folder with ``clothing`` and ``ccp`` in it, or one of the two itself.
        say: receives lines of progress.
        describe_folder: describes all photos of a folder with this bundle, returns how many of them it could.

    Returns:
        {"figures": name -> {"value", "low", "high", "n"}, "validation": the same on the people who chose temperatures
        and thresholds (no weights), "both_lists": the same on test and validation people together, "rivals": rows,
        "speed": ..., "bundle": ..., "not_measured": [...]}.

    Raises:
        BundleError: no bundle, or its training senders overlap with the test senders.
        TableError: neither kind of photos is there.
    """
    folders = {kind: folder for kind in ("clothing", "ccp") if (folder := _find(data, kind)) is not None}
    if not folders:
        raise TableError(f"Expected a folder with clothing/ or ccp/ photos. Received: {data}")
    opened = Bundle.open(bundle)
    refuse_overlap(opened)
    detector = Detector.open(bundle)
    parts: dict[str, Any] = {"figures": {}}
    rivals: list[dict[str, Any]] = []
    missing = [f"{kind}: no such photos under {data}" for kind in ("clothing", "ccp") if kind not in folders]
    if "clothing" in folders:
        parts = clothing_parts(detector, folders["clothing"], opened, say)
        try:
            rivals = rival_rows(folders["clothing"], say)
        except TableError as error:
            missing.append(f"rivals: {error}")
    if "ccp" in folders:
        parts["figures"] |= ccp_figures(detector, folders["ccp"], say)
    parts["figures"]["garment_auc"] = garment_auc(detector, folders, say)
    try:
        speed = measure_speed(detector, describe_folder, folders, say)
    except SmartRecError as error:
        speed = {}
        missing.append(f"speed: {error}")
    size = sum(entry.bytes for entry in opened.manifest.files.values())
    return {
        "model": detector.hash,
        **parts,
        "rivals": rivals,
        "speed": speed,
        "bundle": {"bytes": size, "megabytes": size / 1e6},
        "not_measured": missing,
    }


def _find(data: Path, kind: str) -> Path | None:
    marker = {"clothing": ("labels.csv", "images.csv"), "ccp": ("boxes.csv",)}[kind]
    for folder in (data / kind, data):
        if any((folder / name).is_file() for name in marker):
            return folder
    return None


def refuse_overlap(bundle: Bundle) -> None:
    """Raises BundleError if senders that the bundle trained or was calibrated on are among the test senders."""
    if "splits" not in bundle.manifest.details:
        raise BundleError(f"Expected a bundle that names its splits. Received: {bundle.folder}")
    test = sources.split_names("clothing", "test")
    for split in ("train", "val"):
        both = test & sources.split_names("clothing", split)
        if both:
            raise BundleError(f"Expected test senders apart from {split} senders. Received both: {sorted(both)[:5]}")


def clothing_parts(detector: Detector, folder: Path, bundle: Bundle, say: Say) -> dict[str, Any]:
    """``figures`` of the test senders, ``validation`` of those who chose thresholds, ``both_lists`` of all of them."""
    test, chose = (
        assess.answer_all(detector, sources.clothing_samples(folder, split), say=say) for split in ("test", "val")
    )
    lists = {"figures": test} | ({"validation": chose, "both_lists": [*test, *chose]} if chose else {})
    return {name: clothing_figures(answers, folder, bundle) for name, answers in lists.items()}


def clothing_figures(answers: Sequence[assess.Answered], folder: Path, bundle: Bundle) -> dict[str, Any]:
    """Figures on photos of one garment each."""
    figures: dict[str, Any] = dict(assess.measure(answers))
    tags = assess.tag_reliability(answers, bundle.config.thresholds)
    figures["tags_precision"] = {"value": tags["precision"], "n": tags["shown"]}
    figures["tags_recall"] = {"value": tags["recall"], "n": tags["annotated"]}
    figures["ten_classes_top1"] = _ten_classes(answers, folder)
    return figures


def _ten_classes(answers: Sequence[assess.Answered], folder: Path) -> dict[str, Any]:
    table = sources.read_clothing_table(folder)
    if "coarse_label" not in table.columns:
        return assess.figure([])
    coarse = dict(zip(table["image"], table["coarse_label"], strict=True))
    rows = [
        a.finding.category in TEN_CLASSES[coarse[a.name]].split() for a in answers if coarse.get(a.name) in TEN_CLASSES
    ]
    return assess.figure(rows)


def ccp_figures(detector: Detector, folder: Path, say: Say) -> dict[str, Any]:
    """Box and mask of the largest garment of street photos of the test split."""
    import cv2

    samples = sources.ccp_samples(folder, "test")
    samples = samples.take(samples.whole)
    classes = (folder / "classes.txt").read_text().split()
    table = pd.read_csv(folder / "boxes.csv", dtype={"image": str})
    cache = PhotoCache(limit=0)
    boxes, masks = [], []
    for row in range(len(samples)):
        rgb = cache(samples.sources[row])
        box = samples.pixels(row, rgb)
        boxes.append(float(iou(np.array(detector.find(rgb, mask=False).box), box)))
        truth = cv2.imread(str(folder / "masks" / f"{samples.names[row]}.png"), cv2.IMREAD_UNCHANGED)
        label = _label_of(table, samples, row)
        mask = detector.find(rgb, box=as_box(box)).mask
        if mask is not None:
            wanted = truth == classes.index(label)
            masks.append(float((mask & wanted).sum() / max((mask | wanted).sum(), 1)))
        if (row + 1) % 50 == 0:
            say(f"street photos {row + 1}/{len(samples)}")
    return {
        "ccp_box_iou": assess.figure(boxes),
        "ccp_box_above_half": assess.figure(np.array(boxes) > 0.5),
        "ccp_mask_iou": assess.figure(masks),
    }


def _label_of(table: pd.DataFrame, samples: Samples, row: int) -> str:
    """CCP's region name of a sample: the row of the table with its photo and box."""
    rows = table[table["image"] == samples.names[row]]
    distance = np.abs(rows[["x0", "y0", "x1", "y1"]].to_numpy() - samples.boxes[row]).sum(axis=1)
    return str(rows["label"].iloc[int(distance.argmin())])


def garment_auc(detector: Detector, folders: dict[str, Path], say: Say) -> dict[str, Any]:
    """AUC of the garment score: held-out garments against photos of held-out places without any."""
    from sklearn.datasets import load_sample_images
    from sklearn.metrics import roc_auc_score

    rng = np.random.default_rng(7)
    natural = list(load_sample_images().images)
    if "ccp" in folders:
        natural += _regions(sources.ccp_backgrounds(folders["ccp"], "test", rng))
    garments: list[np.ndarray] = []
    cache = PhotoCache(limit=0)
    for kind, folder in folders.items():
        samples = getattr(sources, f"{kind}_samples")(folder, "test")
        samples = samples.take(samples.whole)
        garments += [cache(source) for source in concatenate([samples]).sources[:200]]
    say(f"garment or not: {len(garments)} photos with, {len(natural)} without")
    scores = [detector.find(rgb, mask=False).garment for rgb in (*garments, *natural)]
    truth = [1] * len(garments) + [0] * len(natural)
    return {"value": float(roc_auc_score(truth, scores)), "n": len(truth), "without": len(natural)}


def _regions(samples: Samples) -> list[np.ndarray]:
    cache = PhotoCache(limit=0)
    out = []
    for row in range(len(samples)):
        rgb = cache(samples.sources[row])
        x0, y0, x1, y1 = samples.pixels(row, rgb).astype(int)
        out.append(np.ascontiguousarray(rgb[y0:y1, x0:x1]))
    return out
