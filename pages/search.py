"""Search: a photo, the camera or words in; what was found and ten cards out."""

import streamlit as st

from pages.ui import cards, finding, notices, resources, state, ways_in, words_panel
from smartrec.errors import SmartRecError

if st.session_state.stale:
    notices.note("link_off", " ".join(st.session_state.stale))
ways_in.show()
state.write_link()

photo, description = state.photo(), None
if photo is None:
    left, right = None, st.container()
else:
    left, right = st.columns([1, 2.7], gap="medium")

if photo is not None:
    with left:
        try:
            with st.spinner("Looking at the photo", show_time=False):
                description = resources.describe(photo, state.box(photo.digest))
            finding.show(photo, description)
        except SmartRecError as error:
            notices.problem(error)

with right:
    try:
        with st.spinner("Ranking the shop", show_time=False):
            answer = resources.recommend(state.ask(), description)
        words_panel.head(answer)
        cards.what_changed(answer)
        if answer.items:
            cards.grid(answer, marked=cards.fresh(answer))
            words_panel.eleventh(answer)
        else:
            notices.empty("search_off", "Nothing fits", "Take a word or a price limit out, or show a photo.")
    except SmartRecError as error:
        notices.problem(error)
