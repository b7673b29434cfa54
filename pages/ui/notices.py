"""Designed states: what a visitor sees where there is nothing to see yet, or where something went wrong."""

from __future__ import annotations

import streamlit as st

from pages.ui.escape import plain
from smartrec.errors import BundleError, ImageError, SmartRecError, WorkspaceError

_HEADINGS: dict[type[SmartRecError], tuple[str, str]] = {
    WorkspaceError: ("storefront", "There is no shop here yet"),
    BundleError: ("model_training", "The detector is not ready"),
    ImageError: ("broken_image", "This picture can not be used"),
}


def problem(error: SmartRecError) -> None:
    """Shows an error of the package: a heading, its text, and ready to be copied each command that its text names."""
    icon, heading = next(
        (found for kind, found in _HEADINGS.items() if isinstance(error, kind)), ("error", "That did not work")
    )
    with st.container(border=True, key=f"problem-{icon}"):
        st.markdown(f"### :material/{icon}: {heading}")
        said = ""
        for part in str(error).split("`"):
            if part.startswith("python -m"):
                _say(said)
                st.code(part, language="bash", wrap_lines=True)
                said = ""
            else:
                said += part
        _say(said)


def _say(text: str) -> None:
    text = text.strip(" ,.;")
    if text:
        st.text(text[0].upper() + text[1:])


def empty(icon: str, heading: str, text: str) -> None:
    """Shows a quiet place holder. `heading` and `text` may hold text from outside."""
    with st.container(border=True, horizontal_alignment="center", key=f"empty-{icon}"):
        st.markdown(f"### :material/{icon}: {plain(heading)}", text_alignment="center")
        st.caption(plain(text), text_alignment="center")


def note(icon: str, text: str) -> None:
    """Shows one line beside the matter it is about. `text` may hold text from outside."""
    st.caption(f":material/{icon}: {plain(text)}")
