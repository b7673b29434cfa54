"""The finding panel: the photo with box and mask, the category, the colors, the tags."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path

import streamlit as st

from pages.ui import notices, overlay, resources, state
from pages.ui.ask import Upload
from pages.ui.escape import plain
from smartrec.answer import Description
from smartrec.vision.finding import Box, Finding

_EDITOR = Path(__file__).with_name("box_editor")
_TAGS_IN_BRIEF = 2
_SOURCES = {
    "seen": ("visibility", "seen in the photo"),
    "color": ("palette", "measured color"),
    "neighbor": ("group_work", "carried by similar products"),
}


def show(photo: Upload, description: Description) -> None:
    """Draws the panel; moving the box, removing and adding tags rerun the page.

    On a phone all but the photo is folded to one line, so that the cards are near; a switch opens it.
    """
    finding = description.finding
    with st.container(key="finding", gap="small"):
        _photo_with_box(photo, finding)
        if not finding.garment_found:
            notices.empty(
                "search_off",
                "No garment found",
                "Is the garment in the middle, and is there enough light? You can also draw the box yourself.",
            )
            return
        with st.container(key="finding-brief", gap="xsmall"):
            _swatches(finding, [tag.name for tag in description.tags[:_TAGS_IN_BRIEF]])
            opened = st.toggle("All guesses, colors and tags", key="finding-opened")
        with st.container(key="details-opened" if opened else "details-folded", gap="small"):
            _category(finding)
            _colors(finding)
            _tags(photo, description)
            took = description.timings_ms.get("total")
            if took:
                st.caption(f"Box {finding.box_score:.0%} sure · looked for {took:.0f} ms")


def _photo_with_box(photo: Upload, finding: Finding) -> None:
    drawn, mask = state.box(photo.digest), finding.mask
    editor = st.components.v2.component(
        "smartrec_box_editor",
        html=(_EDITOR / "editor.html").read_text(encoding="utf-8"),
        css=(_EDITOR / "editor.css").read_text(encoding="utf-8"),
        js=(_EDITOR / "editor.js").read_text(encoding="utf-8"),
    )
    key = f"box-{photo.digest}"
    editor(
        key=key,
        data={
            "photo": resources.photo_url(photo),
            "mask": resources.mask_url(photo, drawn, mask) if mask is not None and finding.garment_found else None,
            "box": overlay.to_fractions(drawn or finding.box, finding.size),
            "name": _name(finding),
            "alt": f"The photo, with a box: {_name(finding)}",
            "ratio": finding.size[0] / finding.size[1],
            "edited": drawn is not None,
        },
        default={"box": None},
        on_box_change=lambda: _keep_box(key, photo.digest, finding.size),
        height="content",
    )


def _name(finding: Finding) -> str:
    return f"{finding.category} {finding.heads['category'][finding.category]:.0%}" if finding.garment_found else "?"


def _keep_box(key: str, digest: str, size: tuple[int, int]) -> None:
    fractions = st.session_state[key].get("box")
    box: Box | None = overlay.to_pixels(fractions, size) if fractions else None
    st.session_state.boxes = {**st.session_state.boxes, digest: box}


def _category(finding: Finding) -> None:
    st.markdown("### What it is")
    rows = []
    for name, score in finding.top_categories(5):
        rows.append(
            f'<span>{escape(name)}</span><div aria-hidden="true"><i style="width:{score * 100:.1f}%"></i></div>'
            f"<span>{score:.0%}</span>"
        )
    st.html(f'<div class="sr-odds">{"".join(rows)}</div>')


def _colors(finding: Finding) -> None:
    if finding.colors:
        st.markdown("### Colors")
        _swatches(finding)


def _swatches(finding: Finding, tags: Sequence[str] = ()) -> None:
    swatches = [
        f'<span><i style="background:rgb({",".join(str(int(c)) for c in color.rgb)})"></i>'
        f"{escape(color.name)} {color.share:.0%}</span>"
        for color in finding.colors
    ]
    names = [f"<span>{escape(name)}</span>" for name in tags]
    st.html(f'<div class="sr-swatches">{"".join([*swatches, *names])}</div>')


def _tags(photo: Upload, description: Description) -> None:
    st.markdown("### Tags")
    scored = {tag.name: tag for tag in description.tags}
    added, removed = state.tags_of(photo.digest)
    names = [*scored, *(name for name in added if name not in scored)]
    if names:
        key = f"tags-{photo.digest}"
        st.pills(
            "Tags of the photo: a click takes one out",
            names,
            selection_mode="multi",
            default=[name for name in names if name not in removed],
            format_func=lambda name: _chip(scored, name),
            key=key,
            on_change=_keep_removed,
            args=(key, photo.digest, tuple(names)),
            label_visibility="collapsed",
        )
        st.caption(" ".join(f":material/{icon}: {text}." for icon, text in _SOURCES.values()) + " Click to take out.")
    _add_tag(photo, names)


def _chip(scored: dict, name: str) -> str:
    tag = scored.get(name)
    if tag is None:
        return f":material/add: {plain(name)}"
    icon, _ = _SOURCES.get(tag.source, ("sell", ""))
    return f":material/{icon}: {plain(name)} {tag.score:.0%}"


def _keep_removed(key: str, digest: str, names: tuple[str, ...]) -> None:
    kept = set(st.session_state[key] or ())
    added, _ = state.tags_of(digest)
    st.session_state.removed = {**st.session_state.removed, digest: tuple(n for n in names if n not in kept)}
    st.session_state.added = {**st.session_state.added, digest: tuple(n for n in added if n in kept)}


def _add_tag(photo: Upload, shown: list[str]) -> None:
    key = f"add-{photo.digest}"
    names = resources.tag_names()
    st.selectbox(
        "Add a tag",
        [name for name in names if name not in shown],
        index=None,
        placeholder=f"Add one of {len(names)} tags",
        key=key,
        on_change=_keep_added,
        args=(key, photo.digest),
        label_visibility="collapsed",
    )


def _keep_added(key: str, digest: str) -> None:
    chosen = st.session_state.get(key)
    if chosen:
        added, removed = state.tags_of(digest)
        st.session_state.added = {**st.session_state.added, digest: (*added, chosen)}
        st.session_state.removed = {**st.session_state.removed, digest: tuple(n for n in removed if n != chosen)}
        st.session_state[key] = None
        st.session_state.pop(f"tags-{digest}", None)
