"""The sliders of the Tuning page, and weight sets: choose, save, compare, export, load."""

from __future__ import annotations

import streamlit as st

from pages.ui import notices, state
from pages.ui.escape import plain
from pages.ui.palette import TERM_MEANING
from smartrec.errors import WeightsError
from smartrec.recommend.base import SIGNALS
from smartrec.recommend.weights import PRESETS, Weights

_RANGE = 3.0


def sets() -> dict[str, Weights]:
    """Presets, then the visitor's own."""
    return {**PRESETS, **st.session_state.saved_weights}


def sliders() -> Weights:
    """One slider for each signal, and the diversity dial; what they say becomes the set in use everywhere."""
    current = state.weights()
    values = {}
    for name in SIGNALS:
        key = f"weight-{name}"
        _follow(key, current.values[name])
        high = max(_RANGE, current.values[name])
        values[name] = st.slider(name, 0.0, high, step=0.05, key=key, help=TERM_MEANING[name], on_change=_moved)
    _follow("weight-diversity", current.diversity)
    dial = st.slider(
        "diversity", 0.0, 1.0, step=0.01, key="weight-diversity", help=TERM_MEANING["diversity"], on_change=_moved
    )
    return Weights(current.name, values, dial)


def _follow(key: str, value: float) -> None:
    """A slider shows the set in use, however that came about."""
    if st.session_state.get(key) != value:
        st.session_state[key] = float(value)


def _moved() -> None:
    values = {name: float(st.session_state[f"weight-{name}"]) for name in SIGNALS}
    state.use_weights(Weights("custom", values, float(st.session_state["weight-diversity"])))


def chooser() -> Weights:
    """Row of sets to start from, and the set to compare with; answers with the latter."""
    known = sets()
    with st.container(horizontal=True, gap="xsmall", key="sets"):
        for name, weights in known.items():
            in_use = _same(weights, state.weights())
            st.button(
                plain(name.replace("-", " ")),
                key=f"use-{name}",
                type="primary" if in_use else "secondary",
                width="stretch",
                on_click=state.use_weights,
                args=(weights,),
            )
    reference = st.selectbox(
        "Compare with",
        list(known),
        key="compare-weights",
        format_func=lambda name: name.replace("-", " "),
        persist_state="session",
    )
    return known[reference]


def _same(one: Weights, other: Weights) -> bool:
    return dict(one.values) == dict(other.values) and one.diversity == other.diversity


def keep() -> None:
    """Save under a name, export, load."""
    with st.expander("Save, export, load", icon=":material/save:"):
        with st.form("save-weights", border=False, clear_on_submit=True):
            name = st.text_input("Name", max_chars=40, placeholder="autumn")
            if st.form_submit_button("Save these weights") and name.strip():
                st.session_state.saved_weights = {
                    **st.session_state.saved_weights, name.strip(): state.weights().changed(name.strip())
                }  # fmt: skip
                st.rerun()
        st.download_button(
            "Export as JSON",
            state.weights().to_json(),
            "smartrec-weights.json",
            "application/json",
            icon=":material/download:",
        )
        loaded = st.file_uploader("Load a set", type="json", key="load-weights")
        if loaded is not None and st.session_state.get("loaded-set") != loaded.file_id:
            try:
                weights = Weights.from_json(loaded.getvalue().decode("utf-8", "replace"))
            except WeightsError as error:
                notices.problem(error)
                return
            st.session_state["loaded-set"] = loaded.file_id
            st.session_state.saved_weights = {**st.session_state.saved_weights, weights.name: weights}
            state.use_weights(weights)
            st.rerun()
