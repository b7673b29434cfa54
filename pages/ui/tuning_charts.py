"""Charts of the Tuning page as Plotly figures; nothing here knows Streamlit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import plotly.graph_objects as go

from pages.ui.charts import base
from pages.ui.palette import ACCENT, MUTED, WARNING, color_of

Interval = Mapping[str, float]


def against(rows: Sequence[tuple[str, Interval]]) -> go.Figure:
    """Paired difference to every baseline with its interval; red where the baseline wins, grey where it is open."""
    figure = base(60 + 26 * max(3, len(rows)))
    names = [name for name, _ in rows][::-1]
    gaps = [gap for _, gap in rows][::-1]
    colors = [WARNING if g["value"] < 0 else MUTED if g["low"] <= 0 else ACCENT for g in gaps]
    figure.add_scatter(
        x=[g["value"] for g in gaps],
        y=names,
        mode="markers",
        marker={"size": 11, "color": colors},
        error_x={
            "type": "data",
            "array": [g["high"] - g["value"] for g in gaps],
            "arrayminus": [g["value"] - g["low"] for g in gaps],
            "color": MUTED,
            "thickness": 1.5,
            "width": 0,
        },
        hovertemplate="%{y}: %{x:+.4f}<extra></extra>",
    )
    figure.add_vline(x=0, line={"width": 1, "color": MUTED})
    figure.update_xaxes(title="NDCG@10 gained over the baseline")
    return figure


def ablations(lost: Mapping[str, float]) -> go.Figure:
    """NDCG@10 that is lost without each signal; a bar to the left: better without it."""
    names = sorted(lost, key=lambda name: lost[name])
    figure = base(60 + 30 * max(3, len(names)))
    figure.add_bar(
        x=[lost[name] for name in names],
        y=names,
        orientation="h",
        marker_color=[color_of(name) for name in names],
        hovertemplate="without %{y}: %{x:.4f} lost<extra></extra>",
    )
    figure.add_vline(x=0, line={"width": 1, "color": MUTED})
    figure.update_xaxes(title="NDCG@10 lost without it")
    return figure


def tradeoff(points: Sequence[Mapping[str, Interval]], now: Mapping[str, Interval]) -> go.Figure:
    """Accuracy against diversity along the dial; the star is where the dial stands."""
    figure = base(320)
    figure.add_scatter(
        x=[p["diversity@10"]["value"] for p in points],
        y=[p["ndcg@10"]["value"] for p in points],
        mode="lines+markers+text",
        text=[f"{p['dial']['value']:g}" for p in points],
        textposition="top center",
        cliponaxis=False,
        line={"color": ACCENT},
        marker={"size": 8},
        name="dial",
        hovertemplate="dial %{text}: NDCG %{y:.4f}, diversity %{x:.3f}<extra></extra>",
    )
    figure.add_scatter(
        x=[now["diversity@10"]["value"]],
        y=[now["ndcg@10"]["value"]],
        mode="markers",
        name="now",
        marker={"symbol": "star", "size": 16, "color": color_of("words")},
        hovertemplate="now: NDCG %{y:.4f}, diversity %{x:.3f}<extra></extra>",
    )
    figure.update_xaxes(title="diversity of a list")
    figure.update_yaxes(title="NDCG@10", nticks=5)
    figure.update_layout(margin={"t": 24}, legend={"y": 1.06})
    return figure
