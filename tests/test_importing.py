"""A shop from outside, from file to workspace: pictures, tags, histories, and nothing half done."""

from __future__ import annotations

import errno
import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from smartrec import artifacts
from smartrec import workspace as workspace_module
from smartrec.cli import main
from smartrec.errors import BundleError, StorageError, TableError, UsageError, WorkspaceError
from smartrec.importing import import_catalog, import_transactions
from smartrec.settings import ROOT, Settings
from smartrec.workspace import Workspace, write_workspace

CATALOG = (
    "product_id,title,category,price,image\n01,Navy striped tee,Tee,9,a.png\n02,Red gown,gown,80,\n03,Hat,Hat,5,\n"
)
SALES = "user_id,product_id,timestamp\nx,01,2024-01-01\nx,02,2024-02-01\ny,03,2024-03-01\n"


class FakeDetector:
    """Stands for the network: a picture's embedding is its mean color."""

    hash = "sha256:fake"

    @classmethod
    def open(cls, folder: Path) -> FakeDetector:
        return cls()

    def embed(self, pictures: Sequence[np.ndarray], boxes: object = None) -> np.ndarray:
        means = np.stack([picture.reshape(-1, 3).mean(axis=0) for picture in pictures]).astype(np.float32)
        return means / np.linalg.norm(means, axis=1, keepdims=True)


@pytest.fixture
def fake_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "smartrec.vision.detector", SimpleNamespace(Detector=FakeDetector))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(workspace=tmp_path / "shop", bundle=tmp_path / "no-bundle")


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A folder with `catalog.csv` (its picture is missing) and `sales.csv`."""
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "catalog.csv").write_text(CATALOG)
    (folder / "sales.csv").write_text(SALES)
    return folder


def png(color: tuple[int, int, int], size: tuple[int, int] = (30, 40)) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", size, color).save(buffer, "PNG")
    return buffer.getvalue()


def test_a_catalog_without_pictures_needs_no_model(files: Path, settings: Settings) -> None:
    report = import_catalog(files / "catalog.csv", settings)
    shop = Workspace.open(settings.workspace)
    assert shop.kind == "imported" and not shop.simulated
    assert shop.catalog.ids.tolist() == ["01", "02", "03"]
    assert shop.embeddings is None and len(shop.transactions) == 0
    assert {"navy", "striped"} <= set(shop.catalog.tags[0])
    assert report.mended["picture not found, kept without one"].lines == [2]
    assert shop.manifest.details["imports"]["catalog"]["rows_kept"] == 3


def test_transactions_keep_the_catalog_and_replace_the_histories(files: Path, settings: Settings) -> None:
    import_catalog(files / "catalog.csv", settings)
    import_transactions(files / "sales.csv", settings)
    shop = Workspace.open(settings.workspace)
    assert shop.shoppers["user_id"].tolist() == ["x", "y"] and not shop.shoppers["simulated"].any()
    assert shop.history("x").items.tolist() == [0, 1]
    (files / "sales.csv").write_text("user_id,product_id,timestamp\nz,03,2024-05-01\n")
    import_transactions(files / "sales.csv", settings)
    assert Workspace.open(settings.workspace).shoppers["user_id"].tolist() == ["z"]
    assert len(Workspace.open(settings.workspace).catalog) == 3


def test_a_new_catalog_keeps_the_histories_of_products_that_stay(files: Path, settings: Settings) -> None:
    import_catalog(files / "catalog.csv", settings)
    import_transactions(files / "sales.csv", settings)
    (files / "catalog.csv").write_text("product_id,title,category\n01,Tee,Tee\n04,New,Tee\n")
    report = import_catalog(files / "catalog.csv", settings)
    assert Workspace.open(settings.workspace).transactions["product_id"].tolist() == ["01"]
    assert any("1 of 3 transactions kept" in note for note in report.notes)


def test_simulated_shoppers_do_not_stay_with_real_products(files: Path, settings: Settings) -> None:
    frame = pd.read_csv(files / "catalog.csv", dtype=str).assign(price=1.0, image="")
    for name in ("description", "color", "brand", "gender", "attributes"):
        frame[name] = ""
    people = pd.DataFrame({"user_id": ["U0001"], "name": "", "gender": "", "simulated": True})
    bought = pd.DataFrame({"user_id": ["U0001"], "product_id": ["01"], "timestamp": [pd.Timestamp("2024-01-01")]})
    bought = bought.assign(quantity=1, price=1.0)
    write_workspace(
        settings.workspace, catalog=frame, shoppers=people, transactions=bought, kind="demo", simulated=True
    )
    report = import_catalog(files / "catalog.csv", settings)
    assert len(Workspace.open(settings.workspace).shoppers) == 0
    assert "The simulated shoppers of the demo shop are gone" in report.notes


@pytest.mark.usefixtures("fake_model")
def test_pictures_are_copied_reduced_and_looked_at(tmp_path: Path, settings: Settings) -> None:
    pictures = tmp_path / "pictures"
    (pictures / "deep").mkdir(parents=True)
    (pictures / "deep" / "a.png").write_bytes(png((250, 0, 0), (1600, 800)))
    (pictures / "2.png").write_bytes(png((0, 250, 0)))
    (pictures / "broken.jpg").write_bytes(b"\xff\xd8 no picture")
    (tmp_path / "secret.png").write_bytes(png((0, 0, 250)))
    names = ["deep/a.png", "", "broken.jpg", "../secret.png", "https://example.org/a.png", "/etc/passwd", "none.png"]
    rows = "".join(f"{i},Tee {i},Tee,{name}\n" for i, name in enumerate(names, start=1))
    (tmp_path / "catalog.csv").write_text("product_id,title,category,image\n" + rows)
    report = import_catalog(tmp_path / "catalog.csv", settings, images=pictures)
    shop = Workspace.open(settings.workspace)
    shop.verify()
    paths = [shop.image_path(shop.catalog.product(i)) for i in range(len(names))]
    assert [path is not None for path in paths] == [True, True, False, False, False, False, False]
    assert paths[0] is not None and Image.open(paths[0]).size == (640, 320)
    assert shop.embeddings is not None
    np.testing.assert_allclose(shop.embeddings[:2], [[1, 0, 0], [0, 1, 0]], atol=0.03)
    assert not shop.embeddings[2:].any()
    assert shop.manifest.details["model"] == "sha256:fake"
    assert {what: reason.lines for what, reason in report.mended.items()} == {
        "picture outside the folder of pictures, kept without one": [5, 7],
        "picture on the internet, which is never fetched, kept without one": [6],
        "picture not found, kept without one": [8],
        "picture not readable, kept without one": [4],
    }


@pytest.mark.usefixtures("fake_model")
def test_transactions_keep_pictures_and_embeddings(files: Path, settings: Settings) -> None:
    (files / "a.png").write_bytes(png((9, 9, 9)))
    import_catalog(files / "catalog.csv", settings)
    import_transactions(files / "sales.csv", settings)
    shop = Workspace.open(settings.workspace)
    shop.verify()
    assert shop.embeddings is not None and shop.embeddings.shape == (3, 3)
    path = shop.image_path(shop.catalog.product(0))
    assert path is not None and path.exists()
    assert set(shop.manifest.details["imports"]) == {"catalog", "transactions"}


def test_pictures_without_a_model_are_an_error_that_changes_nothing(files: Path, settings: Settings) -> None:
    import_catalog(files / "catalog.csv", settings)
    (files / "a.png").write_bytes(png((9, 9, 9)))
    before = Workspace.open(settings.workspace).hash
    with pytest.raises(BundleError):
        import_catalog(files / "catalog.csv", settings)
    assert Workspace.open(settings.workspace).hash == before


def test_what_can_not_be_imported_changes_nothing(files: Path, settings: Settings) -> None:
    import_catalog(files / "catalog.csv", settings)
    before = Workspace.open(settings.workspace).hash
    (files / "bad.csv").write_text("a,b\n1,2\n")
    with pytest.raises(TableError):
        import_catalog(files / "bad.csv", settings)
    with pytest.raises(TableError):
        import_transactions(files / "bad.csv", settings)
    with pytest.raises(TableError, match="a folder"):
        import_catalog(files, settings)
    with pytest.raises(UsageError, match="Received: 'xml'"):
        import_catalog(files / "catalog.csv", settings, format="xml")
    with pytest.raises(UsageError, match="CSV files only"):
        import_catalog(files, settings, format="clothing", mapping={"title": "x"})
    assert Workspace.open(settings.workspace).hash == before


def test_transactions_need_a_workspace(files: Path, settings: Settings) -> None:
    with pytest.raises(WorkspaceError, match="import catalog"):
        import_transactions(files / "sales.csv", settings)
    assert not settings.workspace.exists()


def test_a_damaged_workspace_can_be_replaced(files: Path, settings: Settings) -> None:
    import_catalog(files / "catalog.csv", settings)
    (settings.workspace / "products.parquet").write_bytes(b"rubbish")
    report = import_catalog(files / "catalog.csv", settings)
    assert any("damaged" in note for note in report.notes)
    Workspace.open(settings.workspace).verify()


def test_a_full_disk_in_the_middle_changes_nothing(
    files: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_catalog(files / "catalog.csv", settings)
    before = Workspace.open(settings.workspace).hash
    written = pd.DataFrame.to_parquet

    def fill(frame: pd.DataFrame, path: Path, **options: object) -> None:
        if Path(path).name == "transactions.parquet":
            raise OSError(errno.ENOSPC, "No space left on device")
        written(frame, path, **options)

    with monkeypatch.context() as patch, pytest.raises(StorageError, match="disk is full"):
        patch.setattr(pd.DataFrame, "to_parquet", fill)
        import_transactions(files / "sales.csv", settings)
    shop = Workspace.open(settings.workspace)
    shop.verify()
    assert shop.hash == before


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL is POSIX")
def test_an_import_killed_in_the_middle_changes_nothing(files: Path, settings: Settings) -> None:
    import_catalog(files / "catalog.csv", settings)
    before = Workspace.open(settings.workspace).hash
    script = f"""
import os
from pathlib import Path
from smartrec import artifacts
from smartrec.importing import import_transactions
from smartrec.settings import Settings
artifacts.fsync_tree = lambda folder: os.kill(os.getpid(), 9)
import_transactions(Path({str(files / "sales.csv")!r}), Settings(workspace=Path({str(settings.workspace)!r})))
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False)
    assert done.returncode == -signal.SIGKILL
    shop = Workspace.open(settings.workspace)
    shop.verify()
    assert shop.hash == before
    import_transactions(files / "sales.csv", settings)
    assert len(Workspace.open(settings.workspace).transactions) == 3


def test_two_imports_at_once_do_not_mix(files: Path, settings: Settings) -> None:
    import_catalog(files / "catalog.csv", settings)
    with artifacts.atomic_directory(settings.workspace) as building:
        with pytest.raises(StorageError, match="Another SmartRec process"):
            import_transactions(files / "sales.csv", settings)
        write = workspace_module.Draft(building).write
        shop = Workspace.open(settings.workspace)
        write(
            catalog=shop.catalog.table.head(1),
            shoppers=shop.shoppers,
            transactions=shop.transactions,
            kind="imported",
            simulated=False,
        )
    assert len(Workspace.open(settings.workspace).catalog) == 1


def test_attribute_words_that_mean_nothing_here_are_told(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "c.csv").write_text("product_id,title,category,attributes\n1,Tee,Tee,striped|zzgrmpf\n")
    report = import_catalog(tmp_path / "c.csv", settings)
    assert "striped" in Workspace.open(settings.workspace).catalog.tags[0]
    assert any("'zzgrmpf'" in note for note in report.notes)


def test_the_command_line(files: Path, settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    shop = ["--workspace", str(settings.workspace)]
    assert main(["import", "catalog", str(files / "catalog.csv"), *shop, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["rows_kept"] == 3
    (files / "sales.csv").write_text("who,product_id,timestamp\nx,01,2024-01-01\n,01,2024-01-01\n")
    sales = ["import", "transactions", str(files / "sales.csv"), *shop]
    assert main(sales) == 1
    assert "--map user_id=COLUMN" in capsys.readouterr().err
    assert main([*sales, "--map", "user_id=who"]) == 0
    assert "Skipped 1: no user_id (line 3)" in capsys.readouterr().out
    assert main([*sales, "--map", "nobody=who"]) == 2
    assert main(["import", "catalog", str(files / "catalog.csv"), *shop, "--format", "xml"]) == 2


@pytest.mark.photos
def test_real_rentals_come_in_whole(real_photos: Path, settings: Settings) -> None:
    rentals = real_photos / "rentals"
    if not rentals.is_dir():
        pytest.skip("needs the rentals beside the photos")
    catalog = import_catalog(rentals / "products.csv", settings)
    histories = import_transactions(rentals / "transactions.csv.gz", settings)
    assert catalog.rows_kept == catalog.rows_read > 5000
    assert histories.rows_kept == histories.rows_read > 90_000
    assert len(Workspace.open(settings.workspace).histories) == histories.rows_kept
