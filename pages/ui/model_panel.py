"""Parts of the Model page; all figures come from the bundle's own report or are measured on the spot."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from pages.ui import latency, model_charts, notices, resources
from pages.ui.escape import plain
from smartrec.errors import SmartRecError

Report = Mapping[str, Any]
_HEADLINES = (
    ("category_top1", "Category right"),
    ("category_top3", "In its first three"),
    ("category_top5", "In its first five"),
    ("box_iou", "Box overlap (IoU)"),
    ("color1_top2", "Color in its first two"),
    ("pattern", "Pattern right"),
)
_GROUPS = {"color1": "main color", "color2": "second color"} | {
    name: name for name in ("pattern", "sleeve", "neck", "length", "closure", "fabric", "fit")
}


def headlines(report: Report) -> None:
    """The main figures with their intervals, on what they were measured."""
    figures = report.get("figures", {})
    with st.container(key="model-figures", horizontal=True, gap="medium"):
        for key, label in _HEADLINES:
            if _known(figures, key):
                st.metric(label, _share(figures[key]["value"]), width="content", help=_interval(figures[key]))
    number = figures.get("category_top1", {}).get("n")
    split = report.get("split", "test split")
    st.caption(
        plain(f"Measured on {number} real photos it was not trained on: {split}. The ? gives the 95 % interval.")
    )
    if _known(figures, "category_top1_either"):
        either, agreement = (figures[key]["value"] for key in ("category_top1_either", "agreement_category"))
        st.caption(
            f"Two annotators, the second a vision-language model, looked at each photo and name the same category for "
            f"{agreement:.0%}. The detector says what one of the two said for {either:.0%}; the figures above count "
            "the first one only."
        )


def curves(report: Report) -> None:
    """Training curves, of the second network too where the bundle has one."""
    rows = report.get("curves", [])
    if not rows:
        notices.empty("show_chart", "No training curves", "This bundle was written without its training log.")
        return
    _curves(rows, "curves")
    partner = report.get("partner")
    if partner and partner.get("curves"):
        with st.expander(plain(f"The second network, {_backbone(partner)}")):
            _curves(partner["curves"], "partner-curves")


def _curves(rows: list[Mapping[str, Any]], key: str) -> None:
    left, right = st.columns(2, gap="medium")
    with left:
        st.markdown("### On photos kept aside, by epoch")
        _chart(model_charts.curves(rows), key, "Validation accuracy and box overlap by epoch")
        st.caption("At a dotted line the next stage of training begins, with its name.")
    with right:
        st.markdown("### Loss")
        _chart(model_charts.losses(rows), f"{key}-losses", "Training and validation loss by epoch")


def trust(report: Report) -> None:
    """Whether its confidence means something, and whether its boxes fit."""
    left, right = st.columns(2, gap="medium")
    with left:
        st.markdown("### Does it keep its word?")
        error = report.get("figures", {}).get("category_ece", {}).get("value")
        _chart(model_charts.reliability(report.get("reliability", [])), "reliability", "Accuracy by stated confidence")
        if error is not None:
            st.caption(f"Expected calibration error {error:.3f}; a larger dot stands for more photos.")
    with right:
        st.markdown("### Do the boxes fit?")
        histogram = report.get("iou_histogram", {})
        _chart(
            model_charts.iou_histogram(histogram.get("edges", [0, 1]), histogram.get("counts", [0])),
            "iou",
            "Box overlap",
        )


def confusion(report: Report) -> None:
    """What it takes for what."""
    table = report.get("confusion")
    if table:
        st.markdown("### What it takes for what")
        st.caption("A row is what the annotator said, a column what the detector answered; on the diagonal both agree.")
        _chart(model_charts.confusion(table["names"], table["counts"]), "confusion", "Confusion of categories")


def attributes(report: Report) -> None:
    """Attribute heads, and how far the shown tags can be trusted."""
    figures = report.get("figures", {})
    st.markdown("### Attributes it has right")
    with st.container(horizontal=True, gap="medium", key="attributes"):
        for group, name in _GROUPS.items():
            if _known(figures, group):
                st.metric(name, _share(figures[group]["value"]), width="content", help=_interval(figures[group]))
    tags = report.get("tags", {})
    if tags.get("values"):
        st.markdown("### How far a shown tag can be trusted")
        if tags.get("precision") is not None:
            st.caption(f"{tags['precision']:.0%} of the tags shown are right; {tags['recall']:.0%} of all are shown.")
        _chart(model_charts.tags(tags["values"]), "tags", "Precision and recall of the tags shown most")


def mistakes(report: Report) -> None:
    """The most confident mistakes, as pictures where the photos are on this computer."""
    rows = report.get("mistakes", [])[:12]
    if not rows:
        return
    st.markdown("### Its most confident mistakes")
    folder = _photos()
    if folder is None:
        st.caption(
            "The test photos are not part of this project; with SMARTREC_DATA set to their folder they are shown."
        )
        table = [
            {
                "annotated": r["truth"],
                "answered": r["answer"],
                "confidence": r["confidence"],
                "box IoU": r["iou"],
                "photo": r["photo"],
            }
            for r in rows
        ]
        st.dataframe(
            table,
            hide_index=True,
            column_config={c: st.column_config.NumberColumn(format="percent") for c in ("confidence", "box IoU")},
        )
        return
    with st.container(key="strip-mistakes"):
        for n, row in enumerate(rows):
            found = next(folder.glob(f"{Path(str(row['photo'])).stem}.*"), None)
            with st.container(key=f"mistake-{n}", gap="xsmall"):
                st.image(
                    str(found or resources.NO_PICTURE),
                    width="stretch",
                    alt=f"A {row['truth']} taken for a {row['answer']}",
                )
                st.text(f"{row['truth']}, said {row['answer']} {row['confidence']:.0%}")


def speed() -> None:
    """Latency by stage, measured on this machine when asked for."""
    st.markdown("### Speed on this machine")
    example = resources.example(next(iter(resources.examples())))
    if st.button("Measure now", icon=":material/speed:", key="measure"):
        try:
            with st.spinner("Describing one photo thirty times"):
                st.session_state["latency"] = latency.measure(resources.shop(), example.data)
        except SmartRecError as error:
            notices.problem(error)
    stages = st.session_state.get("latency")
    if stages:
        _chart(model_charts.latency(stages), "latency", "Milliseconds by stage")
        total = stages["total"]
        st.caption(f"One photo, decoding to tags: p50 {total['p50']:.0f} ms, p95 {total['p95']:.0f} ms.")
    else:
        st.caption("Thirty runs over an example photo; takes a few seconds.")


def origin(report: Report) -> None:
    """Hash, date, training data and attribution of the bundle."""
    st.markdown("### Where it comes from")
    lines = {
        "Model": report.get("model", ""),
        "Networks": " and ".join(_backbone(part) for part in (report.get("recipe"), report.get("partner")) if part),
        "Trained": str(report.get("date", "")).replace("T", " ")[:16],
        "Data": ", ".join(report.get("data", [])),
        "Training took": f"{report['seconds'] / 60:.0f} minutes" if report.get("seconds") else "",
        "Attribution": resources.attribution(),
    }
    for name, value in lines.items():
        if value:
            st.markdown(f"**{name}** {plain(str(value))}")


def _backbone(part: Report) -> str:
    """``efficientnet_lite0`` as its authors write it."""
    return str(part["backbone"]).replace("efficientnet_lite", "EfficientNet-Lite").replace("resnet", "ResNet")


def _known(figures: Report, key: str) -> bool:
    return figures.get(key, {}).get("value") is not None


def _share(value: float) -> str:
    return f"{value:.1%}"


def _interval(figure: Mapping[str, float]) -> str:
    return f"95 % interval {_share(figure['low'])} to {_share(figure['high'])}, {figure['n']} photos"


def _chart(figure: go.Figure, key: str, alt: str) -> None:
    st.plotly_chart(figure, key=key, config={"displayModeBar": False}, alt=alt)


def _photos() -> Path | None:
    named = os.environ.get("SMARTREC_DATA")
    folder = Path(named) / "clothing" / "images" if named else None
    return folder if folder and folder.is_dir() else None
