"""The line above the cards: what was understood, how it is weighed; and below them why the eleventh lost."""

from __future__ import annotations

import streamlit as st

from pages.ui import cards, notices, resources, word_chips
from pages.ui.escape import plain
from smartrec.answer import Answer
from smartrec.recommend.weights import PRESETS
from smartrec.settings import NEW_SHOPPER

_PRESET_NAMES = {"balanced": "Balanced", "photo-first": "Photo first", "my-style": "My style", "discover": "Discover"}


def head(answer: Answer) -> None:
    """Heading, weight presets, legend, and what was understood of the words."""
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", key="results"):
        st.header(_heading(answer), anchor=False, width="content")
        presets()
    if answer.query.parsed is not None and answer.words:
        word_chips.show(answer.words)
    _beyond(answer)
    cards.legend(answer)


def _heading(answer: Answer) -> str:
    who = plain(resources.shopper_name(answer.user))
    if answer.query.asks:
        count = "Ten" if len(answer.items) == 10 else str(len(answer.items))
        return f"{count} for {who}"
    return f"Next for {who}, from history alone" if answer.user != NEW_SHOPPER else "Popular now"


def presets() -> None:
    """The row of weight sets; the one chosen is in use everywhere in the console."""
    current = st.session_state.weights
    names = {name: _PRESET_NAMES.get(name, name) for name in PRESETS}
    if current not in names:
        names[current] = "Yours, from Tuning"
    st.session_state["preset"] = current
    st.segmented_control(
        "Weights",
        list(names),
        format_func=names.__getitem__,
        key="preset",
        required=True,
        label_visibility="collapsed",
        on_change=_use_preset,
    )


def _beyond(answer: Answer) -> None:
    beyond = sum(map(cards.beyond_limits, answer.items))
    if beyond and beyond == len(answer.items):
        notices.note("price_check", "Nothing in the shop keeps to your limits; these come closest in all else.")
    elif beyond:
        notices.note("price_check", f"{len(answer.items) - beyond} keep to your limits; the others stand below them.")


def _use_preset() -> None:
    st.session_state.weights = st.session_state.preset


def eleventh(answer: Answer) -> None:
    """Why the product that just missed the list lost."""
    lost, last = answer.eleventh, answer.items[-1]
    if lost is None:
        return
    with st.expander("Why not the eleventh?"):
        gaps = {name: last.terms.get(name, 0.0) - lost.terms.get(name, 0.0) for name in {**last.terms, **lost.terms}}
        most = max(gaps, key=lambda name: gaps[name])
        st.text(f"{lost.product.title} scores {lost.score:.4f}, {last.score - lost.score:.4f} less than the tenth.")
        st.caption(f"It loses most on {most}: {gaps[most]:.4f} less. Its own terms:")
        cards.why(lost)
