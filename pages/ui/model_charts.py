"""Charts of the Model page as Plotly figures; nothing here knows Streamlit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from pages.ui.charts import base
from pages.ui.palette import ACCENT, MUTED, SEQUENTIAL, TERM_COLORS, WARNING

Rows = Sequence[Mapping[str, Any]]
_CURVES = (
    ("val_category_top1", "category top-1", ACCENT),
    ("val_category_top3", "category top-3", TERM_COLORS["category"]),
    ("val_box_iou", "box IoU", TERM_COLORS["words"]),
)


def curves(rows: Rows) -> go.Figure:
    """Validation figures by epoch over all stages; a dotted line where a new stage begins."""
    figure = base(300)
    epochs = list(range(1, len(rows) + 1))
    for key, name, color in _CURVES:
        figure.add_scatter(
            x=epochs, y=[row.get(key) for row in rows], name=name, mode="lines", line={"color": color, "width": 2.5},
            hovertemplate="epoch %{x}: %{y:.3f}<extra>" + name + "</extra>",
        )  # fmt: skip
    for before, (x, row) in zip(rows, list(zip(epochs, rows, strict=True))[1:], strict=False):
        if before.get("stage") != row.get("stage"):
            figure.add_vline(x=x - 0.5, line={"dash": "dot", "width": 1, "color": MUTED})
            figure.add_annotation(
                x=x, y=0.02, yref="paper", text=str(row.get("stage")), showarrow=False, xanchor="left"
            )
    figure.update_yaxes(range=[0, 1])
    figure.update_xaxes(title="epoch")
    return figure


def losses(rows: Rows) -> go.Figure:
    """Training and validation loss by epoch."""
    figure = base(300)
    epochs = list(range(1, len(rows) + 1))
    for key, name, color in (("loss", "training", MUTED), ("val_loss", "validation", ACCENT)):
        figure.add_scatter(
            x=epochs, y=[row.get(key) for row in rows], name=name, mode="lines", line={"color": color, "width": 2.5},
            hovertemplate="epoch %{x}: %{y:.3f}<extra>" + name + "</extra>",
        )  # fmt: skip
    figure.update_xaxes(title="epoch")
    figure.update_yaxes(rangemode="tozero")
    return figure


def confusion(names: Sequence[str], counts: Sequence[Sequence[int]]) -> go.Figure:
    """Truth by answer as shares of each row; rows with more photos come first."""
    table = np.asarray(counts, float)
    order = np.argsort(-table.sum(axis=1), kind="stable")
    order = order[table.sum(axis=1)[order] > 0]
    table, labels = table[np.ix_(order, order)], [names[i] for i in order]
    shares = table / np.maximum(table.sum(axis=1, keepdims=True), 1)
    shares[table == 0] = np.nan  # nothing is drawn there, on the light and on the dark ground
    figure = base(max(420, 17 * len(labels) + 120))
    figure.add_heatmap(
        z=shares, x=labels, y=labels, customdata=table, zmin=0, zmax=1, xgap=1, ygap=1, showscale=False,
        colorscale=[[i / (len(SEQUENTIAL) - 1), color] for i, color in enumerate(SEQUENTIAL)],
        hovertemplate="%{y} answered as %{x}: %{z:.0%} (%{customdata:.0f} photos)<extra></extra>",
    )  # fmt: skip
    figure.update_yaxes(autorange="reversed", title="annotated", tickfont={"size": 10}, dtick=1)
    figure.update_xaxes(title="answered", tickangle=-60, tickfont={"size": 10})  # as many names as there is room for
    return figure


def reliability(rows: Rows) -> go.Figure:
    """Accuracy by stated confidence; on the diagonal the detector keeps its word."""
    figure = base(300)
    figure.add_scatter(
        x=[0, 1], y=[0, 1], mode="lines", name="ideal", line={"dash": "dot", "color": MUTED}, hoverinfo="skip"
    )
    most = max((row["n"] for row in rows), default=1)
    figure.add_scatter(
        x=[row["confidence"] for row in rows],
        y=[row["accuracy"] for row in rows],
        mode="lines+markers",
        name="measured",
        marker={"size": [7 + 16 * (row["n"] / most) ** 0.5 for row in rows], "color": ACCENT},
        line={"color": ACCENT},
        customdata=[row["n"] for row in rows],
        hovertemplate="said %{x:.0%}, right %{y:.0%} (%{customdata} photos)<extra></extra>",
    )
    figure.update_xaxes(title="confidence", tickformat=".0%", range=[0, 1.03])
    figure.update_yaxes(title="right", tickformat=".0%", range=[0, 1.03])
    return figure


def iou_histogram(edges: Sequence[float], counts: Sequence[int]) -> go.Figure:
    """How well boxes fit; 0.5 is the usual line between found and missed."""
    figure = base(300, bargap=0.06)
    middles = (np.asarray(edges[:-1]) + np.asarray(edges[1:])) / 2
    colors = [WARNING if middle < 0.5 else ACCENT for middle in middles]
    figure.add_bar(
        x=middles, y=list(counts), marker_color=colors, hovertemplate="IoU %{x:.2f}: %{y} photos<extra></extra>"
    )
    figure.update_xaxes(title="overlap with the annotated box (IoU)", range=[0, 1])
    figure.update_yaxes(title="photos")
    return figure


def tags(rows: Rows, k: int = 30) -> go.Figure:
    """Precision and recall of the values that are shown most."""
    top = sorted((row for row in rows if row["shown"]), key=lambda row: -row["shown"])[:k][::-1]
    names = [f"{row['group']} {row['value']}" for row in top]
    figure = base(max(300, 20 * len(top) + 60))
    for key, name, color in (("recall", "recall", TERM_COLORS["words"]), ("precision", "precision", ACCENT)):
        figure.add_scatter(
            x=[row[key] for row in top], y=names, mode="markers", name=name, marker={"size": 10, "color": color},
            customdata=[row["shown"] for row in top],
            hovertemplate="%{y}: " + name + " %{x:.0%}, shown %{customdata} times<extra></extra>",
        )  # fmt: skip
    figure.update_xaxes(tickformat=".0%", range=[0, 1.03])
    return figure


def latency(stages: Mapping[str, Mapping[str, float]]) -> go.Figure:
    """p50 as a bar and p95 as a mark, in milliseconds, by stage."""
    names = list(stages)[::-1]
    figure = base(60 + 34 * len(names))
    figure.add_bar(
        y=names, x=[stages[n]["p50"] for n in names], orientation="h", name="p50", marker_color=ACCENT,
        hovertemplate="%{y}: p50 %{x:.1f} ms<extra></extra>",
    )  # fmt: skip
    figure.add_scatter(
        y=names, x=[stages[n]["p95"] for n in names], mode="markers", name="p95",
        marker={"symbol": "line-ns", "size": 16, "line": {"width": 3, "color": TERM_COLORS["words"]}},
        hovertemplate="%{y}: p95 %{x:.1f} ms<extra></extra>",
    )  # fmt: skip
    figure.update_xaxes(title="milliseconds", rangemode="tozero")
    return figure
