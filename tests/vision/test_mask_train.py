"""Training of the mask network, in miniature: a folder in CCP's layout becomes a network that `Segmenter` runs."""

from __future__ import annotations

import functools
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from smartrec.catalog.demo.sample import sample_spec
from smartrec.catalog.demo.scene import render_scene
from smartrec.vision import mask_samples, mask_train
from smartrec.vision.mask import Segmenter
from smartrec.vision.sources import split_names


@pytest.fixture(scope="module")
def ccp(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six drawn street photos, named as photos of the committed splits, each with a dress and a bag."""
    folder = tmp_path_factory.mktemp("ccp")
    (folder / "images").mkdir()
    (folder / "masks").mkdir()
    (folder / "classes.txt").write_text("null\nbag\ndress\n")
    rows = ["image,label,x0,y0,x1,y1,area"]
    rng = np.random.default_rng(0)
    for name in [*sorted(split_names("ccp", "train"))[:4], *sorted(split_names("ccp", "val"))[:2]]:
        drawing = render_scene(sample_spec(rng, "Dress"), rng, size=(160, 200))
        Image.fromarray(drawing.image).save(folder / "images" / f"{name}.webp", lossless=True)
        index = drawing.mask.astype(np.uint8) * 2
        index[:20, :20] = 1
        Image.fromarray(index).save(folder / "masks" / f"{name}.png")
        x0, y0, x1, y1 = (side / size for side, size in zip(drawing.box, (160, 200) * 2, strict=True))
        rows += [f"{name},bag,0,0,0.125,0.1,0.0125", f"{name},dress,{x0},{y0},{x1},{y1},{drawing.mask.mean()}"]
    (folder / "boxes.csv").write_text("\n".join(rows))
    return folder


def test_tables_of_a_split(ccp: Path) -> None:
    assert len(mask_samples.ccp_table(ccp, "train")) == 8
    largest = mask_samples.ccp_table(ccp, "val", largest=True)
    assert list(largest["label"]) == ["dress", "dress"]


def test_samples_keep_the_box_in_the_middle(ccp: Path) -> None:
    samples = mask_samples.ccp_samples(ccp, "train")
    assert samples.rgb.shape == (8, 192, 192, 3) and samples.weight.sum() == pytest.approx(1)
    dress = samples.mask[1]
    rows, columns = np.flatnonzero(dress.any(1)), np.flatnonzero(dress.any(0))
    edges = np.array([rows[0], columns[0], 192 - rows[-1], 192 - columns[-1]])
    assert np.abs(edges - 48).max() <= 5


def test_batches_move_picture_and_mask_together(ccp: Path) -> None:
    samples = mask_samples.ccp_samples(ccp, "train")
    painted = mask_samples.MaskSamples(
        np.where(samples.mask[..., None], 220, 30).astype(np.uint8).repeat(3, axis=3), samples.mask, samples.weight
    )
    x, y = mask_samples.draw_batch(painted, 16, np.random.default_rng(0))
    assert x.shape == (16, 128, 128, 3) and y.shape == (16, 64, 64, 1)
    for picture, mask in zip(x.mean(axis=3)[:, ::2, ::2], y[..., 0], strict=True):
        assert np.corrcoef(picture.ravel(), mask.ravel())[0, 1] > 0.85


def test_cuts_that_miss_the_box_are_not_believed() -> None:
    mask = np.zeros((100, 100), bool)
    mask[20:80, 30:70] = True
    mask[20:50, 30:40] = False
    assert mask_samples.is_believable(mask, (30, 20, 70, 80))
    assert not mask_samples.is_believable(mask, (10, 20, 70, 80))
    assert not mask_samples.is_believable(np.zeros((100, 100), bool), (30, 20, 70, 80))


def test_both_stages_and_the_export(ccp: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("tensorflow")
    pytest.importorskip("tf2onnx")
    without = functools.partial(mask_train.build_encoder, weights=None)
    monkeypatch.setattr(mask_train, "build_encoder", without)
    recipe = mask_train.MaskRecipe(crops=4, epochs=1, steps=1, batch=4, renders=2)
    lines: list[str] = []
    report = mask_train.train_mask(ccp, tmp_path, recipe=recipe, progress=lines.append)
    assert 0 <= report["val_iou"] <= 1 and report["crops"] == 10 and lines
    assert (tmp_path / "mask_report.json").is_file()
    assert (tmp_path / "mask.onnx").stat().st_size < 1_000_000
    mask = Segmenter.open(tmp_path).segment(np.zeros((50, 40, 3), np.uint8), (5, 5, 30, 40))
    assert mask.shape == (50, 40)
