"""What was understood of the words, as chips: a click takes one back, another click says it again."""

from __future__ import annotations

import hashlib

import streamlit as st

from pages.ui import resources, state
from pages.ui.escape import plain
from smartrec.text.understood import Chip, chips

_ICONS = {
    "wanted": "",
    "not": ":material/block: ",
    "person": ":material/person: ",
    "price": ":material/sell: ",
    "photo": ":material/image: ",
    "corrected": ":material/spellcheck: ",
    "missing": "",
}


def show(words: str) -> None:
    """The chips of the words; those that no product says, and what was not understood, stand by themselves."""
    unsaid = state.unsaid()
    # A correction taken back changes what else there is to take back.
    corrections = tuple(chip for chip in unsaid if chip.kind == "corrected")
    found = (*chips(resources.shop().parse(words, corrections)), *corrections)
    understood = [chip for chip in found if chip.kind not in ("missing", "unknown")]
    missing = [chip for chip in found if chip.kind == "missing"]
    with st.container(key="words-understood", gap="xsmall"):
        _pills("Understood", understood, unsaid, words)
        _pills("Said by no product here", missing, unsaid, words)
        unknown = [f":gray-badge[{plain(chip.text)}]" for chip in found if chip.kind == "unknown"]
        if unknown:
            st.markdown(f"Not understood: {' '.join(unknown)}")


def _pills(name: str, shown: list[Chip], unsaid: tuple[Chip, ...], words: str) -> None:
    if not shown:
        return
    key = "said-" + hashlib.sha256(repr((words, shown)).encode()).hexdigest()[:16]
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"{name}:", width="content")
        st.pills(
            f"{name}: a click takes one back, another click says it again",
            shown,
            selection_mode="multi",
            default=[chip for chip in shown if chip not in unsaid],
            format_func=lambda chip: _ICONS[chip.kind] + plain(chip.text),
            key=key,
            on_change=_keep,
            args=(key, words, tuple(shown)),
            label_visibility="collapsed",
            wrap=True,
        )


def _keep(key: str, words: str, shown: tuple[Chip, ...]) -> None:
    said = st.session_state[key] or ()
    before = (chip for chip in state.unsaid() if chip not in shown)
    state.unsay(words, (*before, *(chip for chip in shown if chip not in said)))
