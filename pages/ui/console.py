"""The frame around every page: look, navigation, the shopper picker."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from pages.ui import notices, resources, state
from smartrec.errors import SmartRecError
from smartrec.settings import ROOT

_STYLE = Path(__file__).with_name("style.css")
_ICONS = ROOT / "assets" / "icons"

# File, title in the navigation, icon, heading, one line that explains the page.
_PAGES = (
    ("search", "Search", "search", "Show it, or say it", "A photo or words in, ten for this shopper out."),
    ("shopper", "Shopper", "person", "The shopper", "Bought, liked, and likely to come next."),
    ("catalog", "Catalog", "checkroom", "The catalog", "Browse by filter or look, or bring your own."),
    ("tuning", "Tuning", "tune", "Tuning", "Move a weight, and held-out metrics follow."),
    ("model", "Model", "model_training", "The model", "What the detector can do, and what it can not."),
)  # fmt: skip

# Pages that say something even where the shop is empty.
_WITHOUT_PRODUCTS = ("catalog", "model")


def show() -> None:
    """Draws the frame and runs the page that the address names."""
    st.set_page_config(page_title="SmartRec", page_icon=str(_ICONS / "smartrec.svg"), layout="wide")
    st.html(_STYLE)
    st.logo(str(_ICONS / "wordmark.svg"), size="large", icon_image=str(_ICONS / "wordmark.svg"))
    pages = {
        st.Page(
            ROOT / "pages" / f"{name}.py",
            title=title,
            icon=f":material/{icon}:",
            url_path="" if name == "search" else name,
            default=name == "search",
        ): (heading, line)
        for name, title, icon, heading, line in _PAGES
    }
    chosen = st.navigation(list(pages), position="top")
    try:
        state.begin()
    except SmartRecError as error:
        _heading(*pages[chosen])
        notices.problem(error)
        return
    about, picker = st.columns([3, 1.15], vertical_alignment="bottom", gap="medium")
    with about:
        _heading(*pages[chosen])
    with picker:
        _shopper_picker()
    if len(resources.shop().catalog) or chosen.url_path in _WITHOUT_PRODUCTS:
        chosen.run()
    else:
        notices.empty("inventory_2", "This shop is empty", "Bring your own products on the Catalog page.")
    _footer()


def _heading(heading: str, line: str) -> None:
    st.title(heading, anchor=False)
    st.markdown(line)


def _shopper_picker() -> None:
    labels = resources.shopper_labels()
    simulated = resources.shop().workspace.simulated
    st.selectbox(
        "Shopper (simulated person)" if simulated else "Shopper",
        list(labels),
        format_func=labels.__getitem__,
        key="shopper",
        help="Everything on every page is for this shopper. “new” is someone without history.",
    )


def _footer() -> None:
    workspace = resources.shop().workspace
    parts = []
    if workspace.kind == "demo":
        parts.append("Demo shop: the products are drawn by SmartRec, no photo of a real article.")
    if workspace.simulated:
        parts.append("Shoppers and purchases are simulated.")
    parts.append("Photos stay on this computer.")
    st.space("small")
    st.caption("  ".join(parts))


if __name__ == "__main__":
    show()
