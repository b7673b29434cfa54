"""Everything the console keeps between reruns; the only module that uses Streamlit's caches."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import astuple, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from pages.ui import overlay, projection
from pages.ui.ask import Ask, Upload, upload
from smartrec import artifacts
from smartrec.answer import Answer, Description
from smartrec.engine import Engine
from smartrec.errors import BundleError
from smartrec.evaluate.whatif import Figures, HeldOut, hold_out
from smartrec.recommend.fit import Fitter
from smartrec.recommend.weights import Weights
from smartrec.recommend.weights import parse as parse_weights
from smartrec.settings import NEW_SHOPPER, ROOT, Settings
from smartrec.vision.finding import Box
from smartrec.vision.image import load_photo

PAGES = ROOT / "pages"
EXAMPLES = ROOT / "assets" / "examples"
IMPORTED = ROOT / "var" / "imported"
NO_PICTURE = ROOT / "assets" / "icons" / "no-picture.svg"


def settings_for(workspace: Path) -> Settings:
    """The settings with another workspace."""
    return replace(Settings(), workspace=workspace)


def shop() -> Engine:
    """The engine of the shop in use: the visitor's own import, or the workspace of the settings.

    Opened anew after the workspace was rebuilt. Raises WorkspaceError.
    """
    own = st.session_state.get("imported-shop") if get_script_run_ctx(suppress_warning=True) else None
    workspace = Path(own) if own else Settings().workspace
    manifest = workspace / "manifest.json"
    return _open(str(workspace), manifest.stat().st_mtime_ns if manifest.exists() else 0)


@st.cache_resource(max_entries=4, show_spinner=False)
def _open(workspace: str, written: int) -> Engine:
    engine = Engine.open(settings_for(Path(workspace)))
    _ = engine.workspace, engine.catalog
    return engine


def warm_up() -> None:
    """Reads the shop, the ranker and the detector, by asking once. Raises SmartRecError."""
    engine = shop()
    if len(engine.catalog):
        engine.recommend("new")
        engine.describe(np.full((96, 96, 3), 235, np.uint8))


def describe(photo: Upload, box: Box | None) -> Description:
    """What the detector says of a photo, inside `box` if one was drawn. Raises ImageError, BundleError."""
    return _describe(shop(), photo.digest, box, photo)


@st.cache_resource(max_entries=48, show_spinner=False, hash_funcs={Engine: id})
def _describe(engine: Engine, digest: str, box: Box | None, _photo: Upload) -> Description:
    return engine.describe(_photo.data, box=box)


def recommend(ask: Ask, description: Description | None, k: int = 10) -> Answer:
    """Ten cards; the same ask is answered from cache. Raises SmartRecError."""
    return _recommend(shop(), astuple(ask), k, ask, description)


@st.cache_resource(max_entries=256, show_spinner=False, hash_funcs={Engine: id})
def _recommend(engine: Engine, key: tuple[Any, ...], k: int, _ask: Ask, _description: Description | None) -> Answer:
    return engine.recommend(
        _ask.user,
        description=_description,
        words=_ask.words,
        weights=parse_weights(_ask.weights),
        k=k,
        liked=_ask.liked,
        disliked=_ask.disliked,
        added_tags=_ask.added,
        removed_tags=_ask.removed,
        unsaid=_ask.unsaid,
    )


@st.cache_resource(max_entries=48, show_spinner=False)
def _photo_url(digest: str, _photo: Upload) -> str:
    return overlay.photo_url(load_photo(_photo.data).rgb)


def photo_url(photo: Upload) -> str:
    """A data URL of an upright, small copy of a photo. Raises ImageError."""
    return _photo_url(photo.digest, photo)


@st.cache_resource(max_entries=48, show_spinner=False)
def _mask_url(key: tuple[str, Box | None], _mask: np.ndarray) -> str:
    return overlay.mask_url(_mask)


def mask_url(photo: Upload, box: Box | None, mask: np.ndarray) -> str:
    """A data URL of the mask that was found in a photo inside `box`. `mask`: (H, W) bool."""
    return _mask_url((photo.digest, box), mask)


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs={Engine: id})
def _similar(engine: Engine, product_id: str, k: int) -> list[tuple[str, float]]:
    return list(engine.similar(product_id, k=k))


def similar(product_id: str, k: int = 10) -> list[tuple[str, float]]:
    """Ids of the products most like one, with their similarity. Raises UnknownProductError."""
    return _similar(shop(), product_id, k)


@st.cache_resource(max_entries=2, show_spinner=False, hash_funcs={Engine: id})
def _bought_counts(engine: Engine) -> pd.Series:
    return engine.workspace.transactions.groupby("user_id")["quantity"].sum()


def bought_counts() -> pd.Series:
    """Shopper id -> pieces bought; who bought nothing is left out."""
    return _bought_counts(shop())


@st.cache_resource(max_entries=2, show_spinner=False, hash_funcs={Engine: id})
def _shopper_labels(engine: Engine) -> dict[str, str]:
    workspace, counts = engine.workspace, _bought_counts(engine)
    labels = {}
    for user, name in zip(workspace.shoppers["user_id"], workspace.shoppers["name"], strict=True):
        labels[str(user)] = " · ".join(part for part in (str(user), str(name), f"{counts.get(user, 0)} bought") if part)
    return labels | {"new": "new · someone without history"}


@st.cache_resource(max_entries=2, show_spinner=False, hash_funcs={Engine: id})
def _tag_names(engine: Engine) -> list[str]:
    return sorted(tag.name for tag in engine.vocabulary.tags)


def tag_names() -> list[str]:
    """All names of the vocabulary, in order."""
    return _tag_names(shop())


def shopper_labels() -> dict[str, str]:
    """Shopper id -> what the picker shows, in the picker's order; the label begins with the id."""
    return _shopper_labels(shop())


def shopper_name(user: str) -> str:
    """A shopper's name, or the id where no name is known."""
    people = shop().workspace.shoppers
    names = people.loc[people["user_id"] == user, "name"]
    return str(names.iloc[0]) if len(names) and names.iloc[0] else "a new shopper" if user == NEW_SHOPPER else user


@st.cache_resource(max_entries=2, show_spinner=False, hash_funcs={Engine: id})
def _purchases(engine: Engine) -> pd.DataFrame:
    columns = ["product_id", "title", "category", "color", "price", "brand"]
    products = engine.catalog.table[columns].rename(columns={"price": "list_price"})
    return engine.workspace.transactions.merge(products, on="product_id", how="inner")


def purchases() -> pd.DataFrame:
    """All transactions with what was bought: title, category, color, list_price, brand."""
    return _purchases(shop())


@st.cache_resource(max_entries=2, show_spinner=False, hash_funcs={Engine: id})
def _sold(engine: Engine) -> pd.Series:
    return engine.workspace.transactions.groupby("product_id")["quantity"].sum()


def sold() -> pd.Series:
    """Product id -> pieces sold; products without sales are left out."""
    return _sold(shop())


@st.cache_resource(max_entries=2, show_spinner=False, hash_funcs={Engine: id})
def _map_of_looks(engine: Engine) -> np.ndarray | None:
    embeddings = engine.workspace.embeddings
    if embeddings is None:
        return None
    kept = engine.workspace.cache_path("map-of-looks.npy")
    if kept.exists():
        return np.load(kept, allow_pickle=False)
    plane = projection.project(np.asarray(embeddings))
    buffer = io.BytesIO()
    np.save(buffer, plane, allow_pickle=False)
    kept.parent.mkdir(parents=True, exist_ok=True)
    artifacts.atomic_write(kept, buffer.getvalue())
    return plane


def map_of_looks() -> np.ndarray | None:
    """(N, 2) float32 positions of all products on the map of looks; None if the shop has no pictures."""
    return _map_of_looks(shop())


@st.cache_resource(max_entries=6, show_spinner="Gathering the pictures", hash_funcs={Engine: id})
def _atlas(engine: Engine, positions: tuple[int, ...]) -> tuple[str, int]:
    return projection.atlas([engine.workspace.image_path(engine.catalog.product(p)) or NO_PICTURE for p in positions])


def atlas(positions: tuple[int, ...]) -> tuple[str, int]:
    """Small pictures of the products at these catalog positions: (data URL, tiles in a row)."""
    return _atlas(shop(), positions)


@st.cache_resource(max_entries=2, show_spinner=False, hash_funcs={Engine: id})
def _held_out(engine: Engine) -> dict[str, HeldOut]:
    fitter = Fitter(
        engine.catalog,
        embeddings=engine.workspace.embeddings,
        text_index=engine.text_index,
        tag_groups={tag.name: tag.group for tag in engine.vocabulary.tags},
    )
    return hold_out(engine.catalog, engine.workspace.transactions, fitter)


def held_out() -> dict[str, HeldOut]:
    """Task -> held-out cases with all their signals. Raises TableError where there are too few purchases."""
    return _held_out(shop())


def _key(weights: Weights) -> tuple[float, ...]:
    return (*weights.values.values(), weights.diversity)


@st.cache_resource(max_entries=512, show_spinner=False, hash_funcs={HeldOut: id})
def _measured(cases: HeldOut, what: str, key: tuple[float, ...], _weights: Weights) -> Any:
    return getattr(cases, what)(_weights)


def figures(cases: HeldOut, weights: Weights) -> Figures:
    """Metric -> value with interval."""
    return _measured(cases, "figures", _key(weights), weights)


def against(cases: HeldOut, weights: Weights) -> list[tuple[str, Mapping[str, float]]]:
    """(baseline, paired difference with interval), strongest baseline first."""
    return _measured(cases, "against", _key(weights), weights)


def ablated(cases: HeldOut, weights: Weights) -> dict[str, float]:
    """Signal -> NDCG@10 that is lost without it."""
    return _measured(cases, "ablated", _key(weights), weights)


def tradeoff(cases: HeldOut, weights: Weights) -> list[Figures]:
    """Figures along the diversity dial."""
    return _measured(cases, "tradeoff", (*_key(weights)[:-1], -1.0), weights)


@st.cache_resource(max_entries=8, show_spinner=False)
def _read_json(path: str, written: int) -> dict[str, Any]:
    return json.loads(Path(path).read_text(encoding="utf-8"))


def _bundle_json(name: str) -> dict[str, Any]:
    path = Settings().bundle / name
    if not path.exists():
        raise BundleError(
            f"Expected the model bundle's {name}. Make one with `python -m smartrec train --help`. Received: no {path}"
        )
    return _read_json(str(path), path.stat().st_mtime_ns)


def report() -> dict[str, Any]:
    """The validation report of the model bundle. Raises BundleError."""
    return _bundle_json("report.json")


def attribution() -> str:
    """Whose photos and weights the bundle was made from, "" if it does not say. Raises BundleError."""
    return str(_bundle_json("manifest.json").get("attribution", ""))


@st.cache_resource(max_entries=1, show_spinner=False)
def examples() -> dict[str, str]:
    """Name -> path of the example photos, made by the project's renderer; in name order."""
    return {path.stem: str(path) for path in sorted(EXAMPLES.glob("*.jpg"))}


def example(name: str) -> Upload:
    """An example photo by its name."""
    return upload(name, Path(examples()[name]).read_bytes())
