"""Product cards: picture, title, price, match bar stacked by its terms, reason, why, feedback."""

from __future__ import annotations

from collections.abc import Collection

import streamlit as st

from pages.ui import resources, state
from pages.ui.escape import plain
from pages.ui.palette import TERM_COLORS, TERM_MEANING, color_of
from smartrec.answer import Answer
from smartrec.catalog.schema import Product
from smartrec.recommend.base import Recommendation


def grid(
    answer: Answer,
    *,
    prefix: str = "card",
    feedback: bool = True,
    reasons: bool = True,
    marked: Collection[str] = (),
    mark: str = "new",
) -> None:
    """Draws all cards of an answer; card n stands in a container keyed `<prefix>-<n>`.

    The products `marked` carry the badge `mark`.
    """
    shown = tuple(item.product.product_id for item in answer.items)
    best = max((sum(filter(_positive, item.terms.values())) for item in answer.items), default=0.0) or 1.0
    with st.container(key=f"cards-{prefix}"):
        for item in answer.items:
            with st.container(border=True, key=f"{prefix}-{item.rank}"):
                picture(item.product)
                title(item.product, f"{prefix}-{item.rank}", mark if item.product.product_id in marked else "")
                _figures(item, best)
                if reasons:
                    with st.container(key=f"reason-{prefix}-{item.rank}"):
                        st.caption(plain(item.reason))
                if feedback:
                    _actions(item, shown)


def legend(answer: Answer) -> None:
    """Names the colors of the match bars, only those that occur."""
    present = {name for item in answer.items for name, value in item.terms.items() if abs(value) > 1e-9}
    parts = [
        f'<span title="{TERM_MEANING[name]}"><i style="background:{color}"></i>{name}</span>'
        for name, color in TERM_COLORS.items()
        if name in present
    ]
    st.html(f'<div class="sr-legend">{"".join(parts)}</div>')


def picture(product: Product) -> None:
    """The product's picture, or a place holder of the same shape."""
    path = resources.shop().workspace.image_path(product)
    shown = str(path) if path and path.exists() else str(resources.NO_PICTURE)
    st.image(shown, width="stretch", alt=product.title if path else f"No picture of: {product.title}")


def title(product: Product, key: str, badge: str = "") -> None:
    """The product's title as plain text; a badge, if there is one, stands on the picture above it."""
    if badge:
        with st.container(key=f"mark-{key}", width="content"):
            st.badge(badge, color="orange")
    with st.container(key=f"title-{key}"):
        st.text(product.title)


def price(value: float) -> str:
    """A price with two decimals; a dash where it is not known."""
    return "–" if value != value else f"{value:,.2f}"


def _positive(value: float) -> bool:
    return value > 0


def beyond_limits(item: Recommendation) -> bool:
    """Whether the product breaks a limit that was asked for; then it stands below all that keep it."""
    return item.terms.get("limits", 0.0) < 0.0


def _figures(item: Recommendation, best: float) -> None:
    segments = [
        f'<i style="width:{100 * value / best:.2f}%;background:{color_of(name)}"></i>'
        for name, value in item.terms.items()
        if _positive(value)
    ]
    match = "beyond your limit" if beyond_limits(item) else f"match {item.score:.2f}"
    spoken = ", ".join(f"{name} {value:.2f}" for name, value in item.terms.items() if abs(value) >= 0.005)
    st.html(
        f'<div class="sr-figures"><b>{price(item.product.price)}</b><span>{match}</span></div>'
        f'<div class="sr-bar" role="img" aria-label="Match {item.score:.2f}: {spoken}">{"".join(segments)}</div>'
    )


def _actions(item: Recommendation, shown: tuple[str, ...]) -> None:
    product_id = item.product.product_id
    with st.container(horizontal=True, gap="xsmall", vertical_alignment="center", key=f"actions-{item.rank}"):
        key = f"thumbs-{product_id}"
        verdict = 1 if product_id in st.session_state.liked else 0 if product_id in st.session_state.disliked else None
        st.session_state.setdefault(key, verdict)
        st.feedback("thumbs", key=key, on_change=state.give_feedback, args=(product_id, key, shown))
        with st.popover("Why", type="tertiary", key=f"why-{item.rank}"):
            why(item)


def why(item: Recommendation) -> None:
    """The exact terms of one card, the rank without each signal, the past purchases that are responsible."""
    st.text(f"Rank {item.rank}. {item.reason}")
    rows = []
    silent = [name for name, value in item.terms.items() if value == 0.0]
    for name, value in item.terms.items():
        if name in silent:
            continue
        without = item.rank_without.get(name)
        rows.append(
            f'<tr><td title="{TERM_MEANING.get(name, "")}"><i style="background:{color_of(name)}"></i>{name}</td>'
            f"<td>{value:+.4f}</td><td>{'' if without is None else f'rank {without}'}</td></tr>"
        )
    with st.container(key=f"terms-{item.rank}"):
        st.html(
            '<table class="sr-terms"><thead><tr><th scope="col">term</th><th scope="col">adds</th>'
            f'<th scope="col">without it</th></tr></thead><tbody>{"".join(rows)}'
            f'<tr class="sum"><td>score</td><td>{item.score:.4f}</td><td>rank {item.rank}</td></tr></tbody></table>'
        )
    if silent:
        st.caption(plain(f"Nothing from {', '.join(silent)}."))
    if item.matched:
        st.caption(plain("Shared tags: " + ", ".join(item.matched)))
    _past(item)
    st.page_link(
        resources.PAGES / "catalog.py",
        label="More like this",
        icon=":material/view_cozy:",
        query_params={"product": item.product.product_id},
    )


def _past(item: Recommendation) -> None:
    catalog = resources.shop().catalog
    for position in catalog.positions(item.because_of[:2]):
        past = catalog.product(int(position))
        with st.container(horizontal=True, wrap=False, vertical_alignment="center", gap="small"):
            path = resources.shop().workspace.image_path(past)
            if path:
                st.image(str(path), width=56, alt=past.title)
            st.text(f"Bought before: {past.title}", width="stretch")


def fresh(answer: Answer) -> set[str]:
    """Products that came in through the last thumb, while all else stayed as it was."""
    before = st.session_state.before_feedback
    upload = state.photo()
    if before is None or before[:3] != (state.shopper(), state.words(), upload.digest if upload else ""):
        return set()
    return {item.product.product_id for item in answer.items} - set(before[3])


def what_changed(answer: Answer) -> None:
    """One line on what the thumbs of this session did."""
    liked, disliked = len(st.session_state.liked), len(st.session_state.disliked)
    if not liked and not disliked:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(
            f":material/thumbs_up_down: {liked} liked, {disliked} disliked: {len(fresh(answer))} of the ten are new."
        )
        st.button("Forget thumbs", type="tertiary", icon=":material/undo:", on_click=state.forget_feedback)
