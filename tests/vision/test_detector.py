"""The shipped bundle on drawn home photos: contract, geometry, and what a damaged bundle says."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from smartrec.catalog.demo.clutter import render_clutter
from smartrec.catalog.demo.sample import sample_spec
from smartrec.catalog.demo.scene import render_scene
from smartrec.errors import BundleError
from smartrec.labels import CATEGORIES, GROUPS
from smartrec.settings import ROOT
from smartrec.vision.bundle import NETWORK, Bundle
from smartrec.vision.detector import Detector
from smartrec.vision.views import iou

SHIPPED = ROOT / "assets" / "model"


@pytest.fixture(scope="module")
def detector() -> Detector:
    return Detector.open(SHIPPED)


@pytest.fixture(scope="module")
def scenes() -> list:
    rng = np.random.default_rng(11)
    names = ("Tee", "Jeans", "Dress", "Hoodie", "Skirt", "Button-Down", "Shorts", "Jacket")
    return [render_scene(sample_spec(rng, name), rng, (300, 400)) for name in names]


def test_finds_most_drawn_garments(detector: Detector, scenes: list) -> None:
    overlaps = [iou(np.array(detector.find(s.image).box), np.array(s.box, float)) for s in scenes]
    assert np.mean(overlaps) > 0.7
    assert sum(detector.find(s.image).garment_found for s in scenes) >= 7


def test_finding_keeps_its_contract(detector: Detector, scenes: list) -> None:
    finding = detector.find(scenes[0].image)
    assert finding.size == (300, 400)
    assert set(finding.heads["category"]) == set(CATEGORIES)
    for group, values in GROUPS.items():
        assert set(finding.heads[group]) == set(values)
        assert sum(finding.heads[group].values()) == pytest.approx(1, abs=1e-3)
        assert finding.labels[group] in values
    assert finding.mask is not None
    assert finding.mask.shape == (400, 300)
    assert np.linalg.norm(finding.embedding) == pytest.approx(1, abs=1e-5)
    assert finding.model == Bundle.open(SHIPPED).hash
    assert 0 <= finding.box_score <= 1


def test_a_glance_is_the_finding_without_its_mask(
    detector: Detector, scenes: list, monkeypatch: pytest.MonkeyPatch
) -> None:
    findings = [detector.find(s.image, mask=False) for s in scenes[:3]]

    def none(*args: object) -> None:
        raise AssertionError("a frame of a running picture has no time for a mask")

    monkeypatch.setattr(detector._segmenter, "segment", none)
    for scene, finding in zip(scenes, findings, strict=False):
        glance = detector.glance(scene.image)
        assert glance.box == pytest.approx(finding.box)
        assert (glance.garment_found, glance.category) == (finding.garment_found, finding.category)
        assert glance.score == pytest.approx(finding.heads["category"][finding.category])


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(1, 300), st.integers(1, 300), st.integers(0, 1000))
def test_any_picture_gives_a_box_inside_it(detector: Detector, width: int, height: int, seed: int) -> None:
    rgb = np.random.default_rng(seed).integers(0, 256, (height, width, 3), dtype=np.uint8)
    x0, y0, x1, y1 = detector.find(rgb).box
    assert 0 <= x0 < x1 <= width
    assert 0 <= y0 < y1 <= height


def test_flipping_the_photo_flips_the_box(detector: Detector, scenes: list) -> None:
    overlaps = []
    for scene in scenes:
        x0, y0, x1, y1 = detector.find(np.ascontiguousarray(scene.image[:, ::-1])).box
        back = np.array([300 - x1, y0, 300 - x0, y1])
        overlaps.append(iou(back, np.array(detector.find(scene.image).box)))
    assert np.mean(overlaps) > 0.85


def test_own_box_is_kept_and_steers_the_second_look(detector: Detector, scenes: list) -> None:
    tee, jeans = scenes[0].image, scenes[1].image
    both = np.concatenate([tee, jeans], axis=1)
    left = tuple(map(float, scenes[0].box))
    right = tuple(float(v) for v in np.array(scenes[1].box, float) + [300, 0, 300, 0])
    assert detector.find(both, box=left).box == left
    assert detector.find(both, box=left).category != detector.find(both, box=right).category


def test_scenes_without_a_garment_score_lower(detector: Detector, scenes: list) -> None:
    rng = np.random.default_rng(5)
    without = [detector.find(render_clutter(rng, (300, 400))).garment for _ in range(8)]
    assert np.median(without) < np.median([detector.find(s.image).garment for s in scenes])


def test_no_garment_means_no_colors(detector: Detector) -> None:
    finding = detector.find(np.full((200, 200, 3), 200, np.uint8))
    assert not finding.garment_found
    assert finding.colors == ()
    assert finding.labels["category"] in CATEGORIES


def test_missing_bundle_names_the_command(tmp_path: Path) -> None:
    with pytest.raises(BundleError, match="smartrec train"):
        Detector.open(tmp_path / "nothing")


def test_damaged_bundle_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(SHIPPED, folder)
    network = folder / NETWORK
    content = bytearray(network.read_bytes())
    content[len(content) // 2] ^= 255
    network.write_bytes(bytes(content))
    with pytest.raises(BundleError, match=NETWORK):
        Detector.open(folder)


def test_bundle_of_another_version_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(SHIPPED, folder)
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["version"] = 999
    (folder / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(BundleError, match="version"):
        Detector.open(folder)
