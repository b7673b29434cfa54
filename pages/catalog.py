"""Catalog: one product by its link; else the shelf, the map of looks, and bring your own."""

import streamlit as st

from pages.ui import bring_your_own, catalog_panel, notices, resources

product_id = st.query_params.get("product", "")
if product_id:
    catalog_panel.product_page(product_id)
elif not len(resources.shop().catalog):
    notices.empty("inventory_2", "This shop is empty", "Bring your own catalog below.")
    bring_your_own.show()
else:
    view = st.segmented_control(
        "View",
        ["Shelf", "Map of looks", "Bring your own"],
        default="Shelf",
        required=True,
        key="catalog-view",
        label_visibility="collapsed",
        persist_state="session",
    )
    if view == "Bring your own":
        bring_your_own.show()
    else:
        found = catalog_panel.filters(sorts=view == "Shelf")
        if view == "Shelf":
            catalog_panel.products(found)
        else:
            catalog_panel.looks(found)
