"""Charts of shoppers and catalog as Plotly figures; nothing here knows Streamlit."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from pages.ui.palette import ACCENT, MUTED, TERM_COLORS

_COLORS = list(TERM_COLORS.values())[:7]


def base(height: int, **layout: object) -> go.Figure:
    """An empty figure with the margins, grid and hover that all charts share."""
    figure = go.Figure()
    figure.update_layout(
        height=height,
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        hoverlabel={"align": "left"},
        legend={"orientation": "h", "yanchor": "bottom", "y": 1.0, "x": 0},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        **layout,
    )
    figure.update_xaxes(zeroline=False, automargin=True, fixedrange=True)
    figure.update_yaxes(zeroline=False, automargin=True, fixedrange=True)
    return figure


def timeline(bought: pd.DataFrame, span: tuple[pd.Timestamp, pd.Timestamp]) -> go.Figure:
    """Purchases in the time that the shop has sold, `span`: time, price, one color for each frequent category."""
    figure = base(260)
    margin = max((span[1] - span[0]) * 0.02, pd.Timedelta(days=1))
    top = list(bought["category"].value_counts().index)
    for i, category in enumerate(top):
        rows = bought[bought["category"] == category]
        figure.add_scatter(
            x=rows["timestamp"],
            y=rows["price"].fillna(rows["list_price"]),
            mode="markers",
            name=category if i < 6 else "others",
            legendgroup=category if i < 6 else "others",
            showlegend=i <= 6,
            marker={"size": 11, "color": _COLORS[min(i, 6)], "line": {"width": 1, "color": "rgba(255,255,255,.7)"}},
            customdata=rows[["title"]].map(_wrapped),
            hovertemplate="%{customdata[0]}<br>%{x|%d %b %Y} · %{y:.2f}<extra></extra>",
        )
    figure.update_xaxes(range=[span[0] - margin, span[1] + margin])
    figure.update_yaxes(title="price", rangemode="tozero")
    return figure


def taste(shares: pd.DataFrame) -> go.Figure:
    """Shares of one shopper beside everyone's; `shares` as from `shopper_facts.shares`."""
    figure = base(80 + 28 * max(3, len(shares)), bargap=0.35, barmode="overlay")
    names = [str(name) for name in shares.index][::-1]
    figure.add_bar(
        y=names, x=shares["shopper"][::-1], orientation="h", name="this shopper", marker_color=ACCENT,
        hovertemplate="%{y}: %{x:.0%}<extra>this shopper</extra>",
    )  # fmt: skip
    figure.add_scatter(
        y=names, x=shares["everyone"][::-1], mode="markers", name="everyone",
        marker={"symbol": "line-ns", "size": 16, "line": {"width": 3, "color": "#d97f1f"}},
        hovertemplate="%{y}: %{x:.0%}<extra>everyone</extra>",
    )  # fmt: skip
    figure.update_xaxes(tickformat=".0%", rangemode="tozero")
    return figure


def prices(bought: pd.DataFrame, everyone: pd.DataFrame) -> go.Figure:
    """How prices paid spread: one shopper's purchases over everyone's."""
    own, overall = (frame["list_price"].dropna().to_numpy() for frame in (bought, everyone))
    figure = base(240, barmode="overlay", bargap=0.06)
    if not len(overall):
        return figure
    edges = np.linspace(0, float(np.quantile(overall, 0.99)) or 1.0, 19)
    middles = (edges[:-1] + edges[1:]) / 2
    for values, name, color in ((overall, "everyone", MUTED), (own, "this shopper", ACCENT)):
        counts = np.histogram(np.clip(values, edges[0], edges[-1]), edges)[0]
        figure.add_bar(
            x=middles, y=counts / max(1, counts.sum()), name=name, marker_color=color, opacity=0.6,
            hovertemplate="around %{x:.0f}: %{y:.0%}<extra>" + name + "</extra>",
        )  # fmt: skip
    figure.update_yaxes(tickformat=".0%")
    figure.update_xaxes(title="price")
    return figure


def _wrapped(text: object) -> str:
    """Text from outside for a hover label: without Plotly's own HTML, cut to a line."""
    clean = str(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return clean if len(clean) <= 70 else clean[:67] + "…"
