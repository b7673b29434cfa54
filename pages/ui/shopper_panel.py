"""Parts of the Shopper page."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pages.ui import cards, charts, notices, resources, shopper_facts, state, words_panel
from pages.ui.ask import Ask
from pages.ui.escape import plain
from smartrec.answer import Answer
from smartrec.errors import SmartRecError
from smartrec.settings import NEW_SHOPPER

_RECENT = 10


def who(user: str) -> None:
    """Name, that the person is simulated, and five figures."""
    workspace = resources.shop().workspace
    row = workspace.shoppers.loc[workspace.shoppers["user_id"] == user]
    name = str(row["name"].iloc[0]) if len(row) else ""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.header(plain(name or user) if len(row) else "Someone new", anchor=False, width="content")
        if workspace.simulated and len(row):
            st.badge("simulated person", icon=":material/theater_comedy:", color="orange")
    facts = shopper_facts.summary(_bought(user))
    if not facts.purchases:
        return
    with st.container(key="figures", horizontal=True, gap="medium"):
        for label, value in (
            ("Purchases", str(facts.purchases)),
            ("Spent", cards.price(facts.spent)),
            ("Shopper since", facts.first),
            ("Last purchase", facts.last),
            ("Most bought brand", facts.brand),
        ):
            st.metric(label, plain(value) or "–", width="content")


def history(user: str) -> None:
    """The last purchases as pictures, all of them on a time line."""
    bought = _bought(user).sort_values("timestamp")
    st.header("Purchases", anchor=False)
    times = resources.purchases()["timestamp"]
    st.plotly_chart(
        charts.timeline(bought, (times.min(), times.max())),
        key="timeline",
        config={"displayModeBar": False},
        alt="Purchases by time and price",
    )
    catalog = resources.shop().catalog
    recent = bought["product_id"].iloc[::-1].drop_duplicates().head(_RECENT)
    with st.container(key="strip-recent"):
        for n, position in enumerate(catalog.positions(recent)):
            with st.container(key=f"recent-{n}", gap="xsmall"):
                cards.picture(catalog.product(int(position)))
                st.text(catalog.product(int(position)).title)


def taste(user: str) -> None:
    """Categories, colors and prices against everyone's."""
    everyone, bought = resources.purchases(), _bought(user)
    st.header("Taste, against everyone’s", anchor=False)
    for column, (label, field) in zip(
        st.columns(3, gap="medium"), (("Categories", "category"), ("Colors", "color"), ("Prices", "")), strict=True
    ):
        with column:
            st.markdown(f"### {label}")
            figure = (
                charts.taste(shopper_facts.shares(bought, everyone, field))
                if field
                else charts.prices(bought, everyone)
            )
            st.plotly_chart(
                figure,
                key=f"taste-{label}",
                config={"displayModeBar": False},
                alt=f"{label} of this shopper and of everyone",
            )


def neighbors(user: str) -> None:
    """The shoppers who buy most alike; a click goes to one."""
    found = shopper_facts.nearest(resources.purchases(), user)
    st.header("Nearest shoppers", anchor=False)
    with st.container(key="nearest"):
        for other, likeness, shared in found:
            with st.container(border=True, key=f"near-{other}", gap=None):
                name = plain(resources.shopper_name(other))
                st.button(name, key=f"go-{other}", type="tertiary", on_click=_go, args=(other,))
                st.caption(plain(f"{other} · {likeness:.0%} alike"))
                st.caption(plain(f"Both buy {shared}"))


def next_ten(user: str) -> None:
    """Ten cards without any query."""
    st.header("Likely next, without any query", anchor=False)
    try:
        answer = resources.recommend(Ask(user, weights=st.session_state.weights), None)
    except SmartRecError as error:
        notices.problem(error)
        return
    cards.legend(answer)
    cards.grid(answer, feedback=False)


def side_by_side(user: str) -> None:
    """Two shoppers, one photo: what personalization does."""
    st.header("Two shoppers, one photo", anchor=False)
    labels, examples = resources.shopper_labels(), resources.examples()
    current = state.photo()
    names = [*(["your photo"] if current else []), *examples]
    if not names:
        notices.empty("add_photo_alternate", "No photo to compare by", "Show a photo on Search first.")
        return
    with st.container(key="compare"):
        shown = st.empty()
        name = st.selectbox("Photo", names, key="compare-photo", format_func=lambda text: text.replace("-", " "))
        # Who has bought most comes first: the more is known, the more personal the ten are.
        counts = resources.bought_counts()
        others = sorted((other for other in labels if other != user), key=lambda other: -int(counts.get(other, 0)))
        other = st.selectbox("The other shopper", others, format_func=labels.__getitem__, key="compare-shopper")
        words_panel.presets()
    photo = current if name == "your photo" and current else resources.example(name)
    try:
        with st.spinner("Looking at the photo"):
            shown.image(resources.photo_url(photo), width="stretch", alt="The photo that both shoppers show")
            description = resources.describe(photo, state.box(photo.digest))
        answers = [
            resources.recommend(Ask(who_, photo.digest, weights=st.session_state.weights), description)
            for who_ in (user, other)
        ]
    except SmartRecError as error:
        notices.problem(error)
        return
    _compared(answers)


def _compared(answers: list[Answer]) -> None:
    labels = resources.shopper_labels()
    mine, others = ({item.product.product_id for item in answer.items} for answer in answers)
    st.caption(
        f"{len(mine & others)} of ten are the same; the others are marked. Photo and weights are the same for both; "
        "“My style” gives the person more weight."
    )
    for side, answer, elsewhere in zip(st.columns(2, gap="medium"), answers, (others, mine), strict=True):
        with side:
            st.markdown(f"### {plain(labels.get(answer.user, answer.user))}")
            own = {item.product.product_id for item in answer.items} - elsewhere
            cards.grid(
                answer, prefix=f"side-{answer.user}", feedback=False, reasons=False, marked=own, mark="only here"
            )


def newcomer() -> None:
    """What the page says of someone without history."""
    notices.empty(
        "person_add",
        "Nothing is known of this shopper yet",
        "What sells now comes first; every photo, word and thumb helps.",
    )
    next_ten(NEW_SHOPPER)


def known(user: str) -> bool:
    """Whether anything of the catalog was bought by this shopper."""
    return not _bought(user).empty


def _bought(user: str) -> pd.DataFrame:
    everyone = resources.purchases()
    return everyone[everyone["user_id"] == user]


def _go(user: str) -> None:
    st.session_state.shopper = user
