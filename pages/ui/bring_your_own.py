"""Bring your own shop: a catalog from a table and pictures, with a report of what was skipped, and undo."""

from __future__ import annotations

import streamlit as st


def show() -> None:
    """Draws the import panel."""
    st.header("Bring your own", anchor=False)
