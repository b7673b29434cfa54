"""Parts of the Tuning page: metrics of held-out purchases that follow the sliders, rivals, ablations, cards."""

from __future__ import annotations

from collections.abc import Mapping

import plotly.graph_objects as go
import streamlit as st

from pages.ui import cards, notices, resources, state, tuning_charts, weight_panel
from pages.ui.escape import plain
from smartrec.errors import SmartRecError
from smartrec.evaluate.whatif import HeldOut
from smartrec.recommend.weights import Weights

_TASKS = {"history": "From history", "query": "From a few words"}
_METRICS = {
    "ndcg@10": ("NDCG@10", "How high the products stand that were bought next"),
    "hr@10": ("Hit rate@10", "Share of shoppers who find one of them among ten"),
    "recall@10": ("Recall@10", "Share of what was bought next that is among ten"),
    "mrr@10": ("MRR@10", "One over the rank of the first of them"),
    "diversity@10": ("Diversity", "How unlike the ten are to each other"),
    "coverage@10": ("Coverage", "Share of the shop that is shown to anyone"),
}


@st.fragment
def show() -> None:
    """The whole page as one fragment, so that a slider redraws nothing else."""
    try:
        with st.spinner("Holding out purchases and scoring all signals, once for this shop"):
            held_out = resources.held_out()
    except SmartRecError as error:
        notices.problem(error)
        return
    metrics = st.container(key="metrics")  # above both columns: on a phone it stays in sight while a slider is moved
    left, right = st.columns([1, 2.6], gap="large")
    with left:
        task = st.segmented_control(
            "Task", list(_TASKS), default="history", required=True, format_func=_TASKS.__getitem__, key="task",
            persist_state="session", label_visibility="collapsed",
        )  # fmt: skip
        reference = weight_panel.chooser()
        weights = weight_panel.sliders()
        weight_panel.keep()
    with metrics:
        _metrics(held_out[task], weights, reference)
    with right:
        _measured_on(held_out[task], reference)
        _rivals(held_out[task], weights)
        _parts(held_out[task], task, weights)
    _cards(weights)


def _metrics(cases: HeldOut, weights: Weights, reference: Weights) -> None:
    now, before = resources.figures(cases, weights), resources.figures(cases, reference)
    with st.container(key="metric-tiles"):
        for name, (label, meaning) in _METRICS.items():
            _tile(label, meaning, name, now[name], now[name]["value"] - before[name]["value"])


def _measured_on(cases: HeldOut, reference: Weights) -> None:
    simulated = " Purchases are simulated." if resources.shop().workspace.simulated else ""
    st.caption(
        plain(
            f"{len(cases.users)} held-out cases, each ranked by what was known before it; 95 % intervals over "
            f"shoppers. Small figures are changes against {reference.name.replace('-', ' ')}.{simulated}"
        )
    )


def _tile(label: str, meaning: str, name: str, value: Mapping[str, float], change: float) -> None:
    with st.container(border=True, key=f"metric-{name.split('@')[0]}", gap=None):
        color, arrow = ("normal", "auto") if abs(change) >= 5e-5 else ("off", "off")
        st.metric(label, f"{value['value']:.4f}", f"{change:+.4f}", help=meaning, delta_color=color, delta_arrow=arrow)
        st.caption(f"{value['low']:.3f} to {value['high']:.3f}" if value["high"] > value["low"] else "no interval")


def _rivals(cases: HeldOut, weights: Weights) -> None:
    if not cases.baselines:
        return
    rows = resources.against(cases, weights)
    st.markdown("### Against the baselines")
    st.caption("Here at their first settings; `python -m smartrec evaluate` tunes each of them with the same budget.")
    st.markdown(_verdict([(name, gap) for name, gap in rows if gap["value"] < 0]))
    _chart(tuning_charts.against(rows), "against", "Difference to every baseline with its interval")


def _verdict(winners: list[tuple[str, Mapping[str, float]]]) -> str:
    if not winners:
        return ":green[No baseline does better than these weights.]"
    names = ", ".join(name for name, _ in winners)
    open_ = " It may be chance: the interval reaches beyond zero." if all(gap["high"] > 0 for _, gap in winners) else ""
    return f":red[**{plain(names)}** {'does' if len(winners) == 1 else 'do'} better than these weights.]{open_}"


def _parts(cases: HeldOut, task: str, weights: Weights) -> None:
    one, two = st.columns(2, gap="medium")
    with one:
        st.markdown("### What each signal is worth")
        lost = resources.ablated(cases, weights)
        silent = [name for name, value in lost.items() if value == 0.0]
        heard = {name: value for name, value in lost.items() if name not in silent}
        _chart(tuning_charts.ablations(heard or lost), f"ablations-{task}", "Loss without each signal")
        if heard and silent:
            st.caption(plain(f"Nothing is lost without {', '.join(silent)}."))
    with two:
        st.markdown("### Accuracy against variety")
        if st.toggle("Draw the curve", key="draw-tradeoff"):
            with st.spinner("Turning the dial"):
                points = resources.tradeoff(cases, weights)
            _chart(
                tuning_charts.tradeoff(points, resources.figures(cases, weights)),
                f"tradeoff-{task}",
                "Accuracy by diversity",
            )
        else:
            st.caption("Seven turns of the diversity dial under these weights; takes a second or two.")


def _cards(weights: Weights) -> None:
    words = state.words()
    st.header(
        f"The ten of {plain(resources.shopper_name(state.shopper()))}" + (f" for “{plain(words)}”" if words else ""),
        anchor=False,
    )
    try:
        answer = resources.recommend(state.ask_without_photo(), None)
    except SmartRecError as error:
        notices.problem(error)
        return
    cards.legend(answer)
    cards.grid(answer, feedback=False)


def _chart(figure: go.Figure, key: str, alt: str) -> None:
    st.plotly_chart(figure, key=key, config={"displayModeBar": False}, alt=alt)
