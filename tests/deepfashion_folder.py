"""Writes a small DeepFashion folder in each of the layouts that were published, with pictures of drawn shapes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from smartrec.labels import DEEPFASHION_CATEGORIES

LAYOUTS = ("coarse", "coarse-new", "fine", "fine-split")
SPLITS = ("train", "val", "test")
SIZE = (72, 96)  # width, height
# Categories drawn here, by number from 1: Blouse, Tee, Jeans, Skirt, Dress.
DRAWN = (3, 18, 26, 33, 41)
FINE = {
    "texture": ("floral", "graphic", "striped", "embroidered", "pleated", "solid", "lattice"),
    "sleeve": ("long_sleeve", "short_sleeve", "sleeveless"),
    "length": ("maxi_length", "mini_length", "no_dress"),
    "neckline": ("crew_neckline", "v_neckline", "square_neckline", "no_neckline"),
    "fabric": ("denim", "chiffon", "cotton", "leather", "faux", "knit"),
    "fit": ("tight", "loose", "conventional"),
}
NAMED = ("striped", "a-line dress", "denim", "maxi", "v neck", "classic")


@dataclass(frozen=True)
class Truth:
    """What was written: boxes are (N, 4) whole pixels, categories count from 1, attributes are 1, -1, 0."""

    root: Path
    names: list[str]
    categories: np.ndarray
    boxes: np.ndarray
    splits: list[str]
    attributes: np.ndarray
    attribute_names: list[str]
    groups: np.ndarray


def write_folder(root: Path, layout: str, count: int = 200, attributes: int = 1000, pictures: bool = True) -> Truth:
    """Writes `count` annotated pictures; one in five is of each drawn category."""
    rng = np.random.default_rng(5)
    numbers = np.array([DRAWN[i % len(DRAWN)] for i in range(count)])
    width, height = SIZE
    x0, y0 = rng.integers(2, width // 3, count), rng.integers(2, height // 3, count)
    x1, y1 = rng.integers(width * 2 // 3, width - 2, count), rng.integers(height * 2 // 3, height - 2, count)
    signs = np.where(rng.random((count, attributes)) < 0.01, 1, np.where(rng.random((count, attributes)) < 0.3, 0, -1))
    names = [*NAMED, *(f"attribute {i}" for i in range(len(NAMED), attributes))]
    groups = np.stack([rng.integers(0, len(values), count) for values in FINE.values()], axis=1)
    truth = Truth(
        root,
        [f"img/{DEEPFASHION_CATEGORIES[n - 1]}_Of_Kind/img_{i:08d}.jpg" for i, n in enumerate(numbers)],
        numbers,
        np.stack([x0, y0, x1, y1], axis=1),
        [SPLITS[0 if i % 10 < 7 else 1 if i % 10 == 7 else 2] for i in range(count)],
        signs,
        names[:attributes],
        groups,
    )
    writers = {"coarse": _coarse, "coarse-new": _coarse_new, "fine": _fine, "fine-split": _fine_split}
    writers[layout](truth)
    if pictures:
        _pictures(truth, root / "Img" if layout.endswith(("new", "split")) else root, rng)
    return truth


def write_list(path: Path, header: str, rows: list[str]) -> None:
    """A list with count and header, as the coarse files have them."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([str(len(rows)), header, *rows]) + "\n")


def _coarse(truth: Truth, folder: str = "Anno") -> None:
    anno = truth.root / folder
    write_list(anno / "list_category_cloth.txt", "category_name  category_type", _categories("{:<20}{}"))
    rows = [f"{name:<70}{kind}" for name, kind in zip(truth.attribute_names, _types(truth), strict=True)]
    write_list(anno / "list_attr_cloth.txt", "attribute_name  attribute_type", rows)

    def rows_of(values: list[str]) -> list[str]:
        return [f"{name:<70}{value}" for name, value in zip(truth.names, values, strict=True)]

    write_list(
        anno / "list_category_img.txt", "image_name  category_label", rows_of([str(c) for c in truth.categories])
    )
    signs = [" ".join(f"{v:>2}" for v in row) for row in truth.attributes.tolist()]
    write_list(anno / "list_attr_img.txt", "image_name  attribute_labels", rows_of(signs))
    boxes = [" ".join(f"{v:03d}" for v in row) for row in truth.boxes.tolist()]
    write_list(anno / "list_bbox.txt", "image_name  x_1  y_1  x_2  y_2", rows_of(boxes))
    kinds = [1 if c <= 20 else 2 if c <= 36 else 3 for c in truth.categories]
    points = [f"{k} 1 " + " ".join(f"0 {10 + i:03d} 020" for i in range({1: 6, 2: 4, 3: 8}[k])) for k in kinds]
    write_list(
        anno / "list_landmarks.txt", "image_name  clothes_type  variation_type  landmark_visibility_1", rows_of(points)
    )
    write_list(truth.root / "Eval" / "list_eval_partition.txt", "image_name  evaluation_status", rows_of(truth.splits))


def _coarse_new(truth: Truth) -> None:
    """Newer release: other folders; the list of categories has tabs and no count line."""
    _coarse(truth, "Anno_coarse")
    path = truth.root / "Anno_coarse" / "list_category_cloth.txt"
    path.write_text("\n".join(["category_name \tcategory_type", *_categories("{} \t{}")]) + "\n")


def _fine(truth: Truth, names: str = "Anno_fine", spelling: str = "landmarks") -> None:
    anno = truth.root / "Anno_fine"
    values = [(value, i + 1) for i, own in enumerate(FINE.values()) for value in own]
    write_list(anno / "list_attr_cloth.txt", "attribute_name attribute_type", [f"{v:<21}{k}" for v, k in values])
    write_list(anno / "list_category_cloth.txt", "category_name  category_type", _categories("{:<20}{}"))
    (truth.root / names).mkdir(exist_ok=True)
    for split in SPLITS:
        rows = [i for i, own in enumerate(truth.splits) if own == split]
        parts = {
            "cate": [str(truth.categories[i]) for i in rows],
            "attr": [" ".join(map(str, truth.groups[i])) for i in rows],
            "bbox": [" ".join(f"{v:03d}" for v in truth.boxes[i]) for i in rows],
            spelling: [" ".join(["010 020"] * 6 + ["0 0"] * 2) for _ in rows],
        }
        (truth.root / names / f"{split}.txt").write_text("".join(f"{truth.names[i]}\n" for i in rows))
        for part, lines in parts.items():
            (anno / f"{split}_{part}.txt").write_text("".join(f"{line}\n" for line in lines))


def _fine_split(truth: Truth) -> None:
    """Names of the splits in a folder of their own, and landmarks under the other spelling."""
    _fine(truth, "split", "landmards")


def _categories(form: str) -> list[str]:
    return [form.format(name, 1 if i < 20 else 2 if i < 36 else 3) for i, name in enumerate(DEEPFASHION_CATEGORIES)]


def _types(truth: Truth) -> list[int]:
    return [1, 3, 2, 3, 4, 5, *(1 + i % 5 for i in range(len(truth.attribute_names) - len(NAMED)))][
        : len(truth.attribute_names)
    ]


def _pictures(truth: Truth, base: Path, rng: np.random.Generator) -> None:
    """A shape of the category's color in its box, on a noisy ground."""
    colors = {3: (220, 60, 60), 18: (60, 180, 60), 26: (60, 80, 220), 33: (200, 180, 40), 41: (180, 60, 200)}
    ground = rng.integers(90, 150, (SIZE[1], SIZE[0], 3), np.uint8)
    for name, number, (x0, y0, x1, y1) in zip(truth.names, truth.categories, truth.boxes.tolist(), strict=True):
        image = ground.copy()
        cv2.rectangle(image, (x0, y0), (x1 - 1, y1 - 1), colors[int(number)][::-1], -1)
        path = base / name
        path.parent.mkdir(parents=True, exist_ok=True)
        cv2.imwrite(str(path), image)
