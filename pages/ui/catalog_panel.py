"""Parts of the Catalog page: shelf, map of looks, one product."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import streamlit as st

from pages.ui import cards, notices, projection, resources, shelf
from pages.ui.escape import plain
from smartrec.catalog.schema import Product
from smartrec.errors import SmartRecError, UnknownProductError

_PAGE = 20
_ON_THE_MAP = 1500
_MAP = Path(__file__).with_name("looks_map")
CATALOG = resources.PAGES / "catalog.py"


def filters(*, sorts: bool = True) -> np.ndarray:
    """Draws the filter row; answers with the catalog positions that pass, in the chosen order."""
    table, chosen = resources.shop().catalog.table, shelf.SORTS[0]
    with st.container(key="filters"):
        words = st.text_input(
            "Title, brand or tag", key="shelf-text", icon=":material/search:", persist_state="session"
        )
        kinds = st.multiselect(
            "Category", sorted(table["category"].unique()), key="shelf-category", placeholder="any",
            persist_state="session",
        )  # fmt: skip
        colors = st.multiselect(
            "Color", sorted(c for c in table["color"].unique() if c), key="shelf-color", placeholder="any",
            persist_state="session",
        )  # fmt: skip
        price = _price_slider(table)
        if sorts:
            chosen = st.selectbox("Sort by", shelf.SORTS, key="shelf-sort", persist_state="session")
    passed = shelf.matches(table, shelf.Filter(words or "", tuple(kinds), tuple(colors), price))
    return shelf.order(table, np.flatnonzero(passed), chosen, resources.sold())


def _price_slider(table: pd.DataFrame) -> tuple[float, float] | None:
    prices = table["price"].dropna()
    if prices.empty or prices.min() == prices.max():
        return None
    low, high = float(np.floor(prices.min())), float(np.ceil(prices.max()))
    return st.slider(
        "Price", low, high, (low, high), step=1.0, key="shelf-price", format="%.0f", persist_state="session"
    )


def products(which: np.ndarray) -> None:
    """A grid of products, more on demand."""
    if not len(which):
        notices.empty("filter_alt_off", "No product passes these filters", "Take one of them out.")
        return
    count = st.session_state.setdefault("shelf-count", _PAGE)
    st.caption(f"{len(which):,} products")
    catalog = resources.shop().catalog
    with st.container(key="cards-shelf"):
        for n, position in enumerate(which[:count]):
            tile(catalog.product(int(position)), f"shelf-{n}")
    if count < len(which):
        st.button(f"Show {min(_PAGE, len(which) - count)} more", on_click=_more, width="stretch")


def tile(product: Product, key: str, line: str = "") -> None:
    """A small card: picture, title, price, and a link to the product's own page."""
    with st.container(border=True, key=f"card-{key}"):
        cards.picture(product)
        cards.title(product, key)
        st.html(f'<div class="sr-figures"><b>{cards.price(product.price)}</b><span>{line}</span></div>')
        st.page_link(
            CATALOG, label="Open", icon=":material/open_in_full:", query_params={"product": product.product_id}
        )


def _more() -> None:
    st.session_state["shelf-count"] += _PAGE


def looks(which: np.ndarray) -> None:
    """The map of looks: a hover shows the picture, a click opens the product."""
    with st.spinner("Laying out the map of looks, once for this shop"):
        positions = resources.map_of_looks()
    pictured = which if positions is None else which[~np.isnan(positions[which, 0])]
    if positions is None or not len(pictured):
        notices.empty("scatter_plot", "No map for these products", "The detector has read no pictures of them.")
        return
    pictured = np.sort(pictured[:_ON_THE_MAP])
    st.caption("Products that look alike lie close together. Drag, pinch or scroll; a click opens the product.")
    titles = resources.shop().catalog.table["title"]
    url, columns = resources.atlas(tuple(int(p) for p in pictured))
    component = st.components.v2.component(
        "smartrec_looks_map",
        html=(_MAP / "map.html").read_text(encoding="utf-8"),
        css=(_MAP / "map.css").read_text(encoding="utf-8"),
        js=(_MAP / "map.js").read_text(encoding="utf-8"),
    )
    places = positions[pictured].astype(float).round(4).tolist()
    points = [[x, y, int(p), str(titles.iloc[p])] for (x, y), p in zip(places, pictured, strict=True)]
    result = component(
        key="looks",
        data={"atlas": url, "columns": columns, "tile": list(projection.TILE), "points": points},
        on_picked_change=lambda: None,
        height="content",
    )
    if result.picked is not None:
        product = resources.shop().catalog.product(int(result.picked))
        st.switch_page(CATALOG, query_params={"product": product.product_id})


def product_page(product_id: str) -> None:
    """One product: picture, description, tags, and similar ones."""
    engine = resources.shop()
    st.page_link(CATALOG, label="Back to the catalog", icon=":material/arrow_back:")
    try:
        product = engine.catalog.product(engine.catalog.position(product_id))
        alike = resources.similar(product_id)
    except UnknownProductError as error:
        notices.problem(error)
        return
    except SmartRecError as error:
        notices.problem(error)
        alike = []
    _about(product)
    if alike:
        st.header("Looks like it", anchor=False)
        with st.container(key="cards-similar"):
            for n, (other, likeness) in enumerate(alike):
                tile(engine.catalog.product(engine.catalog.position(other)), f"similar-{n}", f"{likeness:.0%} alike")


def _about(product: Product) -> None:
    picture, text = st.columns([1, 2.4], gap="medium")
    with picture:
        cards.picture(product)
    with text:
        st.header(plain(product.title), anchor=False)
        st.text(product.description)
        known = {"Category": product.category, "Color": product.color, "Brand": product.brand, "For": product.gender}
        with st.container(horizontal=True, gap="medium", key="facts"):
            st.metric("Price", cards.price(product.price), width="content")
            for label, value in known.items():
                if value:
                    st.metric(label, plain(value), width="content")
            st.metric("Sold", str(int(resources.sold().get(product.product_id, 0))), width="content")
        if product.attributes:
            st.markdown(" ".join(f":gray-badge[{plain(tag)}]" for tag in product.attributes))
        st.caption(plain(f"Product {product.product_id}"))
