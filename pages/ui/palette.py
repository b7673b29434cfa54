"""Colors that stand on both themes. Interface colors are in `.streamlit/config.toml`."""

from __future__ import annotations

# Term of a score -> color; middle tones, readable on the light and on the dark background.
TERM_COLORS = {
    "look": "#12876a",
    "category": "#4a78d8",
    "tags": "#9566dc",
    "words": "#d97f1f",
    "history": "#cf4a72",
    "taste": "#b58f14",
    "popularity": "#75838f",
    "diversity": "#a8a29a",
    "limits": "#d0453a",
}
# What each term means, in words for a visitor.
TERM_MEANING = {
    "look": "looks like the photo",
    "category": "same kind of garment",
    "tags": "carries the same tags",
    "words": "fits the words",
    "history": "goes with past purchases",
    "taste": "fits this shopper's taste",
    "popularity": "sells well now",
    "diversity": "adjusted for variety",
    "limits": "breaks a limit that was asked for",
}
ACCENT = "#12876a"
MUTED = "#8b9791"
WARNING = "#d0453a"
# From next to nothing to all: the accent ever less see-through, so that it fades into either background.
SEQUENTIAL = ["rgba(24,160,125,0.14)", "rgba(24,160,125,1)"]


def color_of(term: str) -> str:
    """The color of a term; terms without one of their own share a grey."""
    return TERM_COLORS.get(term, MUTED)
