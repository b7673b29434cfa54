"""DeepFashion's protocol for a person: our rows beside the published ones, then everything else that was measured."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from smartrec.evaluate.deepfashion import INPUTS, MEAN, TOGETHER, WITHIN

COLUMNS = (
    ("category accuracy", 1, "category top-1"),
    ("category accuracy", 3, "top-3"),
    ("category accuracy", 5, "top-5"),
    ("attribute recall", 3, "attributes top-3"),
    ("attribute recall", 5, "top-5"),
)


def print_protocol(result: Mapping[str, Any]) -> None:
    """Three tables: beside the published rows, attributes by type, box; shares in percent."""
    console = Console()
    some = ", a random part of them" if result["limited"] else ""
    console.print(f"{result['protocol']}, {result['layout']} layout: {result['pictures']:,} pictures{some}")
    console.print(_beside(result))
    console.print(_by_type(result["rows"]))
    for row in result["rows"]:
        if row["measure"].startswith("box"):
            interval = f" ({row['low']:.4f} to {row['high']:.4f})"
            console.print(f"{row['measure']}, {row['input']}: {row['value']:.4f}{interval}, {row['n']:,} pictures")
    speed = result["pipeline"]
    console.print(
        f"Reading and augmenting {speed['pipeline_ms']:.2f} ms a picture; "
        f"forward pass of the offline backbone {speed['forward_ms']:.2f} ms"
    )
    for line in result["not_measured"]:
        console.print(f"Not measured: {escape(line)}")


def _beside(result: Mapping[str, Any]) -> Table:
    table = Table(title="In percent, beside what was published for the coarse layout")
    table.add_column("method", overflow="fold")
    for _, _, name in COLUMNS:
        table.add_column(name, justify="right")
    for source in INPUTS:
        for how in (TOGETHER, WITHIN, MEAN):
            values = [_value(result["rows"], measure, source, k, how) for measure, k, _ in COLUMNS]
            table.add_row(escape(f"this bundle, {source}, {how}"), *values)
    for row in result["published"]:
        category, attributes = row["category"], row["attributes"]
        cells = [category.get("top1"), category["top3"], category["top5"], attributes["top3"], attributes["top5"]]
        table.add_row(escape(f"{row['method']} ({row['source']})"), *("" if c is None else f"{c:.2f}" for c in cells))
    return table


def _value(rows: list[Mapping[str, Any]], measure: str, source: str, k: int, how: str) -> str:
    wanted = f"{measure}, {how}" if measure == "attribute recall" else measure
    return next((_percent(r["value"]) for r in rows if (r["measure"], r["input"], r["k"]) == (wanted, source, k)), "")


def _by_type(rows: list[Mapping[str, Any]]) -> Table:
    table = Table(title="Every row, in percent, with 95 % intervals over pictures")
    for name in ("measure", "input", "k", "value", "interval", "n"):
        table.add_column(name, overflow="fold")
    for row in rows:
        if row["k"] is not None:
            interval = "" if row["low"] is None else f"{_percent(row['low'])} to {_percent(row['high'])}"
            cells = [escape(row["measure"]), row["input"], str(row["k"]), _percent(row["value"]), interval]
            table.add_row(*cells, f"{row['n']:,}")
    return table


def _percent(value: float | None) -> str:
    return "" if value is None else f"{100 * value:.2f}"
