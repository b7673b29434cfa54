"""From a folder of annotated photos to a bundle: splits by person, stages, calibration, report."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import cv2
import numpy as np
import pandas as pd
import pytest

from smartrec.catalog.demo.sample import sample_spec
from smartrec.catalog.demo.scene import render_scene
from smartrec.errors import BundleError, UsageError
from smartrec.labels import LABEL_FIELDS
from smartrec.vision.backbone import build_backbone
from smartrec.vision.bundle import NETWORK, PARTNER, REPORT, Bundle
from smartrec.vision.detector import Detector
from smartrec.vision.fitting import average_weights
from smartrec.vision.network import build_network
from smartrec.vision.recipe import Recipe, Stage
from smartrec.vision.sources import clothing_samples, split_names
from smartrec.vision.train import train

pytestmark = pytest.mark.slow
PIXELS = 64
RECIPE = Recipe(
    "efficientnet_lite0",
    "none",
    (
        Stage("frozen", PIXELS, 1, 0, 1e-3),
        Stage("varied", PIXELS, 2, 12, 1e-3, rendered=4, clutter=2, mixing=0.5, backdrops=0.5, drop=0.1),
    ),
    batch=8,
    averaging=0.9,
    soup=("frozen", "varied"),
)
PHOTOS = {"train": 32, "val": 12, "test": 10}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Drawn garments under names of senders of the three committed splits, as the annotated photos lie on disk."""
    root = tmp_path_factory.mktemp("clothing")
    (root / "images").mkdir()
    rng = np.random.default_rng(1)
    rows = []
    for split, count in PHOTOS.items():
        senders = sorted(split_names("clothing", split))[:3]
        for i in range(count):
            spec = sample_spec(rng, ("Tee", "Jeans", "Dress", "Hoodie")[i % 4])
            scene = render_scene(spec, rng, (160, 200))
            name, (x0, y0, x1, y1) = f"{split}-{i}", scene.box
            cv2.imwrite(str(root / "images" / f"{name}.webp"), scene.image[..., ::-1])
            labels = {field: spec.labels()[field] for field in LABEL_FIELDS}
            sides = {"x0": x0 / 160, "y0": y0 / 200, "x1": x1 / 160, "y1": y1 / 200}
            rows.append({"image": name, "sender_id": senders[i % 3], **sides, **labels})
    pd.DataFrame(rows).to_csv(root / "labels.csv", index=False)
    return root


@pytest.fixture(scope="module")
def lines() -> list[str]:
    return []


@pytest.fixture(scope="module")
def bundle(folder: Path, lines: list[str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("bundle") / "trained"
    train([(folder, "clothing")], out, recipe=RECIPE, say=lines.append)
    return out


def test_the_bundle_opens_and_sees(bundle: Path, folder: Path) -> None:
    detector = Detector.open(bundle)
    sample = clothing_samples(folder, "test")
    finding = detector.find(cv2.imread(str(sample.sources[0]))[..., ::-1].copy())
    assert finding.model == Bundle.open(bundle).hash
    assert abs(sum(finding.heads["category"].values()) - 1) < 1e-3


def test_the_report_counts_test_people_only_and_keeps_every_epoch(bundle: Path) -> None:
    report = json.loads((bundle / "report.json").read_text())
    assert report["figures"]["category_top1"]["n"] == PHOTOS["test"]
    epochs = [("frozen", 1), ("varied", 1), ("varied", 2)]
    assert [(row["stage"], row["epoch"]) for row in report["curves"]] == epochs
    assert report["recipe"]["stages"][1]["backdrops"] == 0.5 and report["data"] == ["clothing"]
    assert all(row["photo"].startswith("test-") for row in report["mistakes"])


def test_stages_move_what_the_recipe_says(bundle: Path, lines: list[str]) -> None:
    run = bundle.with_name("trained.run")
    assert json.loads((run / "frozen.layers.json").read_text()) == []
    moved = json.loads((run / "varied.layers.json").read_text())
    assert moved[-1] == "head" and 0 < len(moved) <= 12
    assert any("garments cut out" in line for line in lines)


def test_the_network_is_the_mean_of_the_stages_in_the_soup(bundle: Path) -> None:
    run = bundle.with_name("trained.run")
    model = build_network(build_backbone("efficientnet_lite0", "none", PIXELS))
    kernels = []
    for stage in ("frozen", "varied"):
        model.load_weights(run / f"{stage}.weights.h5")
        kernels.append(model.get_layer("category").get_weights()[0])
    average_weights(model, [run / "frozen.weights.h5", run / "varied.weights.h5"])
    np.testing.assert_allclose(model.get_layer("category").get_weights()[0], sum(kernels) / 2, atol=1e-6)
    assert not np.allclose(*kernels)


def test_a_partner_joins_with_its_network_and_its_origin(bundle: Path, folder: Path, tmp_path: Path) -> None:
    shutil.copytree(bundle.with_name("trained.run"), tmp_path / "joined.run")
    train([(folder, "clothing")], tmp_path / "joined", recipe=RECIPE, resume=True, say=lambda _: None, partner=bundle)
    joined = Bundle.open(tmp_path / "joined")
    assert joined.config.partner == "efficientnet_lite0"
    assert (joined.folder / PARTNER).read_bytes() == (bundle / NETWORK).read_bytes()
    report = json.loads((joined.folder / REPORT).read_text())
    assert report["partner"]["model"] == Bundle.open(bundle).hash


def test_formats_that_do_not_go_together_are_refused(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="clothing folder"):
        train([(folder, "ccp")], tmp_path / "out")
    with pytest.raises(UsageError, match="alone"):
        train([(folder, "clothing"), (folder, "deepfashion")], tmp_path / "out")
    with pytest.raises(BundleError, match="No model bundle"):
        train([(folder, "clothing")], tmp_path / "out", partner=tmp_path / "none")
    assert not (tmp_path / "out").exists()
