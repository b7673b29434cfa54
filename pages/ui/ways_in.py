"""The three ways into a search: a photo, the camera, words; and examples for a visitor with nothing at hand."""

from __future__ import annotations

import streamlit as st

from pages.ui import resources, state
from smartrec.vision.image import EXTENSIONS

_QUERIES = ("red striped long sleeve tee", "black leather jacket under 150", "floral summer dress", "navy chinos, slim")
_WITH_A_PHOTO = ("but in navy", "but striped", "under 40", "no buttons")
_SHOWN_EXAMPLES = 6


def show() -> None:
    """Draws the ways in; whatever the visitor does is kept in the session and reruns the page."""
    picture, say = st.columns([1, 1.25], gap="medium")
    with picture:
        _camera_and_upload()
    with say:
        _words()
        _queries()
    if state.photo() is None and not (st.session_state["camera-on"] or st.session_state["live-on"]):
        _examples()


def _camera_and_upload() -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        on = st.toggle("Camera", key="camera-on")
        live = st.toggle("Live", key="live-on")
        if state.photo_can_be_dropped():
            st.button("Drop the photo", icon=":material/close:", type="tertiary", on_click=state.drop_photo)
    if on:
        st.camera_input(
            "Take a picture of a garment",
            key="camera",
            on_change=state.take_widget,
            args=("camera",),
            label_visibility="collapsed",
        )
    if live:
        from pages.ui import live as live_video  # brings in the video stack, which most visits do not need

        live_video.show()
    st.file_uploader(
        "Photo of a garment",
        type=[extension.lstrip(".") for extension in EXTENSIONS],
        key="photo",
        on_change=state.take_widget,
        args=("photo",),
        label_visibility="collapsed",
    )


def _words() -> None:
    st.text_input(
        "Words",
        key="words",
        icon=":material/search:",
        placeholder="red striped long sleeve tee, under 40, no logo",
        max_chars=500,
        label_visibility="collapsed",
        persist_state="session",
    )


def _queries() -> None:
    with st.container(horizontal=True, wrap=False, gap="xsmall", key="queries"):
        for query in _QUERIES if state.photo() is None else _WITH_A_PHOTO:
            st.button(query, key=f"query-{query}", type="secondary", on_click=_use_query, args=(query,))


def _examples() -> None:
    with st.container(key="examples"):
        for name in list(resources.examples())[:_SHOWN_EXAMPLES]:
            label = name.replace("-", " ")
            with st.container(key=f"example-{name}", horizontal=True, vertical_alignment="center", gap="xsmall"):
                st.image(resources.examples()[name], width=56, alt=f"Example photo: {label}")
                st.button(
                    label.capitalize(), key=f"try-{name}", type="tertiary", on_click=state.use_example, args=(name,)
                )


def _use_query(query: str) -> None:
    st.session_state.words = query
