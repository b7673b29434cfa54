"""A workspace is one shop: round trip, damage, lazy reading, rewriting while open."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from smartrec import workspace as module
from smartrec.errors import StorageError, TableError, UnknownShopperError, WorkspaceError
from smartrec.workspace import Workspace, create_workspace, write_workspace


def tables(n: int = 4) -> dict[str, Any]:
    """A tiny shop: `n` products, two shoppers, three purchases."""
    ids = [f"{i:04}" for i in range(n)]
    catalog = pd.DataFrame({"product_id": ids, "title": [f"Tee {i}" for i in ids], "category": "Tee", "price": 9.5})
    for name in ("description", "color", "brand", "gender", "attributes", "image"):
        catalog[name] = None
    catalog.loc[0, "image"] = "images/0000.png"
    shoppers = pd.DataFrame({"user_id": ["U2", "U1"], "name": "", "gender": "", "simulated": True})
    transactions = pd.DataFrame(
        {
            "user_id": ["U1", "U1", "U1"],
            "product_id": ["0002", "0001", "gone"],
            "timestamp": pd.to_datetime(["2024-03-01", "2024-01-01", "2024-02-01"]),
            "quantity": [1, 2, 1],
            "price": [9.5, np.nan, 9.5],
        }
    )
    return {"catalog": catalog, "shoppers": shoppers, "transactions": transactions, "kind": "demo", "simulated": True}


@pytest.fixture
def shop(tmp_path: Path) -> Workspace:
    return write_workspace(tmp_path / "shop", images={"0000.png": b"picture"}, **tables())


def test_round_trip(shop: Workspace) -> None:
    assert shop.kind == "demo" and shop.simulated and shop.hash.startswith("sha256:")
    assert shop.catalog.ids.tolist() == ["0000", "0001", "0002", "0003"]
    assert shop.catalog.product(0).description == ""
    assert shop.shoppers["user_id"].tolist() == ["U1", "U2"]
    assert shop.transactions["timestamp"].is_monotonic_increasing
    assert shop.renderings is None and shop.embeddings is None
    path = shop.image_path(shop.catalog.product(0))
    assert path is not None and path.read_bytes() == b"picture"
    assert shop.image_path(shop.catalog.product(1)) is None
    shop.verify()


def test_histories_of_known_new_and_unknown_shoppers(shop: Workspace) -> None:
    assert shop.history("U1").items.tolist() == [1, 2]
    assert shop.history("U1", np.datetime64("2024-02-01")).quantities.tolist() == [2]
    assert len(shop.history("U2")) == 0
    assert len(shop.history("new")) == 0
    with pytest.raises(UnknownShopperError, match="Received: 'nobody'"):
        shop.history("nobody")


def test_embeddings_and_renderings_come_back(tmp_path: Path) -> None:
    vectors = np.arange(8, dtype=np.float64).reshape(4, 2)
    drawn = pd.DataFrame({"product_id": ["0000"], "category": ["Tee"]})
    shop = write_workspace(tmp_path / "shop", embeddings=vectors, renderings=drawn, **tables())
    assert shop.embeddings is not None and shop.embeddings.dtype == np.float32
    np.testing.assert_array_equal(shop.embeddings, vectors)
    assert shop.renderings is not None and shop.renderings["category"].tolist() == ["Tee"]


def test_no_workspace_says_which_command_makes_one(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="python -m smartrec build"):
        Workspace.open(tmp_path / "nothing")


@pytest.mark.parametrize("name", ["products.parquet", "images.sha256"])
def test_damage_is_named_at_opening(shop: Workspace, name: str) -> None:
    content = bytearray((shop.path / name).read_bytes())
    content[len(content) // 2] ^= 1
    (shop.path / name).write_bytes(content)
    with pytest.raises(WorkspaceError, match=name):
        Workspace.open(shop.path)


def test_a_damaged_picture_is_found_by_verify(shop: Workspace) -> None:
    (shop.path / "images" / "0000.png").write_bytes(b"pictured")
    with pytest.raises(WorkspaceError, match=r"0000\.png"):
        Workspace.open(shop.path).verify()


def test_a_rewrite_under_an_open_workspace_never_mixes_two_shops(shop: Workspace) -> None:
    assert len(shop.transactions) == 3
    write_workspace(shop.path, **tables(6))
    with pytest.raises(WorkspaceError, match="open it again"):
        _ = shop.catalog
    assert len(Workspace.open(shop.path).catalog) == 6


def test_a_folder_with_other_things_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("dear")
    with pytest.raises(WorkspaceError, match="new or empty folder"):
        write_workspace(tmp_path, **tables())
    assert (tmp_path / "thesis.txt").read_text() == "dear"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda t: t["catalog"].drop(columns="title"), "no column 'title'"),
        (lambda t: t["catalog"].assign(product_id="0001"), "column 'product_id'"),
        (lambda t: t["catalog"].assign(price="dear"), "wrong type"),
    ],
)
def test_bad_tables_are_refused_and_the_old_shop_stays(shop: Workspace, change: Any, message: str) -> None:
    bad = {**tables(), "catalog": change(tables())}
    with pytest.raises(TableError, match=message):
        write_workspace(shop.path, **bad)
    assert len(Workspace.open(shop.path).catalog) == 4


@pytest.mark.parametrize("name", ["../out.png", "/out.png"])
def test_a_picture_can_not_leave_the_workspace(tmp_path: Path, name: str) -> None:
    with pytest.raises(TableError, match="inside the workspace"), create_workspace(tmp_path / "shop") as draft:
        draft.add_image(name, b"")
    assert not (tmp_path / "shop").exists()


def test_pictures_are_taken_over(shop: Workspace) -> None:
    with create_workspace(shop.path) as draft:
        draft.keep_images(shop)
        draft.write(**tables())
    again = Workspace.open(shop.path)
    again.verify()
    assert (again.path / "images" / "0000.png").read_bytes() == b"picture"


def test_a_full_disk_keeps_the_old_shop(shop: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch, pytest.raises(StorageError, match="disk is full"):
        patch.setattr(module.np, "save", full)
        write_workspace(shop.path, embeddings=np.zeros((6, 2)), **tables(6))
    again = Workspace.open(shop.path)
    again.verify()
    assert len(again.catalog) == 4


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL is POSIX")
def test_a_writer_killed_in_the_middle_keeps_the_old_shop(shop: Workspace) -> None:
    script = f"""
import os
from pathlib import Path
from smartrec.workspace import Workspace, create_workspace
shop = Workspace.open(Path({str(shop.path)!r}))
with create_workspace(shop.path) as draft:
    draft.add_image("0001.png", b"new")
    (draft.folder / "products.parquet").write_bytes(b"half")
    os.kill(os.getpid(), 9)
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=Path(module.__file__).parent.parent, check=False)
    assert done.returncode == -signal.SIGKILL
    again = Workspace.open(shop.path)
    again.verify()
    assert len(again.catalog) == 4
    write_workspace(shop.path, **tables(5))
    left = [p.name for p in shop.path.parent.iterdir() if not p.name.endswith(".lock")]
    assert left == ["shop"]


def test_a_reader_beside_a_writer_always_gets_one_whole_shop(shop: Workspace) -> None:
    done = threading.Event()

    def write() -> None:
        for n in range(5, 25):
            write_workspace(shop.path, **tables(n))
        done.set()

    writer = threading.Thread(target=write)
    writer.start()
    seen = set()
    while not done.is_set():
        opened = Workspace.open(shop.path)
        seen.add(opened.manifest.details["rows"]["products"])
    writer.join()
    assert seen <= set(range(4, 25)) and len(seen) > 1
