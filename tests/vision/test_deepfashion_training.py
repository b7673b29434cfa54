"""From a DeepFashion folder to a bundle in the console: training, a kill in the middle, resuming, exporting."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from smartrec.commands.protocol import print_protocol
from smartrec.engine import Engine
from smartrec.errors import MissingWeightsError, UsageError
from smartrec.evaluate import deepfashion as protocol
from smartrec.importing import import_catalog
from smartrec.settings import ROOT, Settings
from smartrec.vision.backbone import build_backbone, set_trainable
from smartrec.vision.deepfashion import DeepFashionPhotos
from smartrec.vision.fitting import fit_recipe
from smartrec.vision.recipe import Recipe, Stage
from smartrec.vision.train import train
from smartrec.wire import describe_json, dumps
from tests.deepfashion_folder import Truth, write_folder

pytestmark = pytest.mark.slow
PIXELS = 64
LITE = Recipe(
    "efficientnet_lite0", "none", (Stage("small", PIXELS, 4, 12, 1e-3, rendered=9),), batch=16, averaging=0.9, seed=3
)
CHILD = """
import sys
from pathlib import Path
from smartrec.vision.train import train
from tests.vision.test_deepfashion_training import LITE
train([(Path(sys.argv[1]), "deepfashion")], Path(sys.argv[2]), recipe=LITE, resume=True)
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Truth:
    return write_folder(tmp_path_factory.mktemp("deepfashion"), "coarse", 200, 60)


@pytest.fixture(scope="module")
def bundle(folder: Truth, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bundle whose training was killed after its first checkpoint and then went on."""
    out = tmp_path_factory.mktemp("bundle") / "trained"
    run = out.with_name("trained.run")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TF_CPP_MIN_LOG_LEVEL": "3"}
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(folder.root), str(out)],
        env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip
    try:
        _wait_for_checkpoint(run, child)
    finally:
        os.killpg(child.pid, signal.SIGKILL)
        child.communicate()
    before = len((run / "log.jsonl").read_text().splitlines())
    assert 1 <= before < LITE.stages[0].epochs and not out.exists()
    lines: list[str] = []
    train([(folder.root, "deepfashion")], out, recipe=LITE, resume=True, say=lines.append)
    (run / "resumed.json").write_text(json.dumps({"before": before, "lines": lines}))
    return out


def _wait_for_checkpoint(run: Path, child: subprocess.Popen[bytes]) -> None:
    state = run / "backup-small" / "training_metadata.json"
    until = time.monotonic() + 900
    while not state.is_file() or not state.read_text().strip():
        assert child.poll() is None and time.monotonic() < until, "it must still be training"
        time.sleep(0.05)


def test_a_killed_run_goes_on_after_its_checkpoint(bundle: Path) -> None:
    run = bundle.with_name("trained.run")
    resumed = json.loads((run / "resumed.json").read_text())
    epochs = [json.loads(line)["epoch"] for line in (run / "log.jsonl").read_text().splitlines()]
    later = epochs[resumed["before"] :]
    assert later[0] >= resumed["before"] and later[0] > 1
    assert later == list(range(later[0], LITE.stages[0].epochs + 1))
    assert any("stage small: 64 px" in line and "head" in line for line in resumed["lines"])
    header = (run / "small.csv").read_text().splitlines()[0]
    assert "val_box_rmse" in header and "category_top3" in header
    assert list((run / "tensorboard").rglob("events.*"))
    assert json.loads((run / "small.layers.json").read_text())[-1] == "head"


def test_the_console_s_engine_opens_the_bundle(folder: Truth, bundle: Path, tmp_path: Path) -> None:
    engine = Engine.open(Settings(workspace=tmp_path / "none", bundle=bundle))
    config = engine.detector.config
    assert len(config.categories) == 50 and config.attributes == tuple(folder.attribute_names) and config.groups == {}
    description = engine.describe(folder.root / folder.names[3])
    document = json.loads(dumps(describe_json("a.jpg", description)))
    assert document["category"]["name"] in config.categories
    assert document["labels"]["category"] == document["category"]["name"]
    assert document["labels"]["sleeve"] is None and document["labels"]["color1"]
    assert len(description.finding.heads["attributes"]) == 60
    assert np.isclose(np.linalg.norm(description.finding.embedding), 1.0, atol=1e-4)
    report = json.loads((bundle / "report.json").read_text())
    assert report["figures"]["category_top1"]["n"] == 40 and report["curves"]


def test_the_folder_becomes_a_shop_that_the_bundle_looks_at(folder: Truth, bundle: Path, tmp_path: Path) -> None:
    settings = Settings(workspace=tmp_path / "shop", bundle=bundle)
    report = import_catalog(folder.root, settings, format="deepfashion")
    assert (report.rows_read, report.rows_kept) == (200, 200)
    engine = Engine.open(settings)
    answer = engine.recommend("new", photo=folder.root / folder.names[0], k=5)
    assert len(answer.items) == 5 and all(item.product.image for item in answer.items)


def test_the_protocol_stands_beside_the_published_rows(
    folder: Truth, bundle: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(protocol, "measure_pipeline", lambda samples, say: {"pipeline_ms": 1.0, "forward_ms": 2.0})
    result = protocol.benchmark_deepfashion(bundle, folder.root, print, limit=10)
    measures = {(row["measure"], row["input"], row["k"]) for row in result["rows"]}
    for source in protocol.INPUTS:
        assert {("category accuracy", source, k) for k in (1, 3, 5)} <= measures
        for how in ("texture", "style", protocol.TOGETHER, protocol.WITHIN, protocol.MEAN):
            assert (f"attribute recall, {how}", source, 3) in measures
    assert ("box IoU", "whole picture", None) in measures and ("box RMSE", "whole picture", None) in measures
    assert all(row["value"] is None or 0 <= row["value"] <= 1 for row in result["rows"])
    assert result["pictures"] == 10 and result["limited"]
    capsys.readouterr()
    print_protocol(result)
    printed = capsys.readouterr().out
    assert "82.58" in printed and "96.12" in printed and "63.74" in printed and "FashionNet" in printed


def test_resnet50_moves_its_last_twelve_layers_and_nothing_else(folder: Truth, tmp_path: Path) -> None:
    photos = DeepFashionPhotos.open(folder.root)
    recipe = Recipe(
        "resnet50", "none", (Stage("tuned", PIXELS, 1, 12, 1e-3),), batch=16, averaging=0.0, box_loss="rmse"
    )
    lines: list[str] = []
    train_set, validation = photos.samples("train", limit=32), photos.samples("val", limit=8)
    model, backbone = fit_recipe(recipe, train_set, validation, tmp_path / "run", lines.append, photos.head_sizes())
    moved = ["conv5_block3_1_conv", "conv5_block3_2_conv", "conv5_block3_3_conv"]
    assert [layer.name for layer in backbone.model.layers[-12:] if "conv" in layer.name.split("_")[-1]] == moved
    assert any(", ".join(moved) in line for line in lines)
    assert {"category", "box", "attributes", "garment"} == set(model.output_names)
    for layer, before in zip(backbone.model.layers, _fresh(recipe), strict=True):
        same = [np.array_equal(a, b) for a, b in zip(layer.get_weights(), before, strict=True)]
        assert not any(same) if layer.name in moved else all(same), layer.name
    logged = json.loads((tmp_path / "run" / "log.jsonl").read_text().splitlines()[-1])
    assert {"val_category_top3", "val_category_top5", "val_box_rmse", "val_box_iou", "val_attributes_loss"} <= set(
        logged
    )


def _fresh(recipe: Recipe) -> list[list[np.ndarray]]:
    """Weights of the backbone's layers before training: the same seed draws the same ones."""
    import keras

    keras.utils.set_random_seed(recipe.seed)
    return [layer.get_weights() for layer in build_backbone(recipe.backbone, recipe.weights, PIXELS).model.layers]


def test_twelve_layers_of_the_offline_backbone() -> None:
    moved = set_trainable(build_backbone("efficientnet_lite0", "none", PIXELS), 12)
    assert moved[-1] == "head" and all(not name.endswith("_bn") for name in moved)


def test_weights_that_can_not_be_had_say_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import keras

    def closed(**options: object) -> None:
        raise OSError("URL fetch failure")

    with pytest.raises(MissingWeightsError, match="no file"):
        build_backbone("resnet50", str(tmp_path / "missing.h5"), PIXELS)
    monkeypatch.setattr(keras.applications, "ResNet50", closed)
    with pytest.raises(MissingWeightsError, match=r"--weights FILE.*efficientnet_lite0"):
        build_backbone("resnet50", "imagenet", PIXELS)


def test_deepfashion_is_trained_on_alone(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="train on it alone"):
        train([(tmp_path, "deepfashion"), (tmp_path, "clothing")], tmp_path / "out")
