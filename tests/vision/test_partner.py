"""A second network in the bundle takes every other view."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from smartrec.artifacts import write_manifest
from smartrec.catalog.demo.sample import sample_spec
from smartrec.catalog.demo.scene import render_scene
from smartrec.errors import UsageError
from smartrec.settings import ROOT
from smartrec.vision.bundle import PARTNER, VERSION, Bundle
from smartrec.vision.detector import Detector
from smartrec.vision.looks import LookNetwork
from smartrec.vision.partner import add_partner, partner_report

SHIPPED = ROOT / "assets" / "model"


@pytest.fixture
def alone(tmp_path: Path) -> Bundle:
    """The shipped network without a partner and without coherence."""
    folder = tmp_path / "alone"
    shutil.copytree(SHIPPED, folder)
    (folder / PARTNER).unlink(missing_ok=True)
    return sealed(folder, replace(Bundle.open(SHIPPED).config, partner="", coherence={}))


def sealed(folder: Path, config) -> Bundle:  # type: ignore[no-untyped-def]
    config.save(folder)
    write_manifest(folder, kind="bundle", version=VERSION, details={})
    return Bundle.open(folder)


def test_two_networks_look_at_one_view_each(alone: Bundle, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(3)
    rgb = render_scene(sample_spec(rng, "Tee"), rng, (300, 400)).image
    joined = sealed(alone.folder, add_partner(alone, alone.config, alone.folder))
    detector, seen = Detector(joined), []
    plain = LookNetwork.__call__

    def watched(network: LookNetwork, views: np.ndarray) -> dict[str, np.ndarray]:
        seen.append((detector._networks.index(network), views.shape[1]))
        return plain(network, views)

    monkeypatch.setattr(LookNetwork, "__call__", watched)
    looks = detector.look(rgb)
    assert [network for network, _ in seen] == [0, 0, 1]
    assert joined.config.partner == alone.config.backbone and joined.hash != alone.hash
    monkeypatch.undo()
    same = Detector(alone).look(rgb)  # a partner that is the network itself changes no head
    np.testing.assert_allclose(looks.heads["category"], same.heads["category"], atol=1e-6)
    np.testing.assert_allclose(looks.refined, same.refined, atol=1e-3)


def test_a_partner_with_other_names_is_refused(alone: Bundle, tmp_path: Path) -> None:
    other = replace(alone.config, categories=alone.config.categories[::-1])
    with pytest.raises(UsageError, match="same categories"):
        add_partner(alone, other, tmp_path)
    assert not (tmp_path / PARTNER).exists()


def test_the_report_says_where_the_partner_comes_from() -> None:
    told = partner_report(Bundle.open(SHIPPED))
    assert told["model"] == Bundle.open(SHIPPED).hash
    assert told["curves"] and told["recipe"]["backbone"] == told["backbone"]
