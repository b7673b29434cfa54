"""Answers for a person in a terminal, from the same dictionaries as the JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from smartrec.text.understood import KINDS, Chip

METRICS = ("ndcg@10", "hr@10", "recall@10", "mrr@10", "coverage@10", "diversity@10")


def print_description(document: Mapping[str, Any]) -> None:
    """One described photo."""
    console = Console()
    category = document["category"]
    top = ", ".join(f"{c['name']} {c['score']:.0%}" for c in category["top"])
    console.print(f"[bold]{escape(document['photo'])}[/bold]  {document['size'][0]} x {document['size'][1]}")
    if not document["garment_found"]:
        console.print(f"  I can see no garment here (probability {document['garment']:.0%}). Best guess: {top}")
        return
    table = Table(show_header=False, box=None, padding=(0, 2))
    table.add_row("category", top)
    table.add_row(
        "box", ", ".join(f"{side:.0f}" for side in document["box"]) + f"  (score {document['box_score']:.0%})"
    )
    if document["mask"]:
        table.add_row("mask", f"{document['mask']['area']:.0%} of the photo")
    table.add_row("colors", ", ".join(f"{c['name']} {c['share']:.0%}" for c in document["colors"]))
    for source, title in (("seen", "seen"), ("color", "measured"), ("neighbor", "often goes with")):
        tags = [f"{t['name']} {t['score']:.0%}" for t in document["attributes"] if t["source"] == source]
        if tags:
            table.add_row(title, ", ".join(map(escape, tags)))
    table.add_row("time", f"{document['timings_ms']['total']:.0f} ms")
    console.print(table)


def print_answer(document: Mapping[str, Any], understood: Sequence[Chip] | None, *, simulated: bool) -> None:
    """Ten cards, below what was understood of the words (None without words)."""
    console = Console()
    query = document["query"]
    if query["finding"]:
        print_description(query["finding"])
    if understood is not None:
        _print_words(console, understood)
    who = "simulated shopper" if simulated and document["user"] != "new" else "shopper"
    table = Table(title=f"For {who} {escape(document['user'])}", title_justify="left")
    for name, justify in (("#", "right"), ("product", "left"), ("price", "right"), ("score", "right"), ("why", "left")):
        table.add_column(name, justify="right" if justify == "right" else "left", overflow="fold")
    for item in document["items"]:
        price = "" if item["price"] is None else f"{item['price']:.2f}"
        name = f"{escape(item['title'])}\n[dim]{escape(item['product_id'])}[/dim]"
        table.add_row(str(item["rank"]), name, price, f"{item['score']:.3f}", escape(item["reason"]))
    console.print(table)


def _print_words(console: Console, understood: Sequence[Chip]) -> None:
    texts = {kind: [chip.text for chip in understood if chip.kind == kind] for kind in KINDS}
    missing, unknown = texts.pop("missing"), texts.pop("unknown")
    console.print("Understood: " + (escape(", ".join(chain(*texts.values()))) or "no known attribute"))
    if missing:
        console.print("Said by no product here: " + escape(", ".join(missing)))
    if unknown:
        console.print("Not understood: " + escape(", ".join(unknown)))


def print_evaluation(result: Mapping[str, Any]) -> None:
    """Test rows of all shoppers, best first, and the paired differences."""
    console = Console()
    _print_rows(console, result["rows"], "")
    _print_pairs(console, result["paired"], "")
    pictures = result.get("pictures", {})
    if "left_out" in pictures:
        console.print(f"Queries with fresh pictures are left out. {escape(pictures['left_out'])}")
    elif pictures:
        _print_rows(console, pictures["rows"], " with a fresh drawing")
        _print_pairs(console, pictures["paired"], " with a fresh drawing")
    console.print(f"Dates: {', '.join(result['dates'])}; {result['seconds']:.0f} s")


def _print_rows(console: Console, rows: Sequence[Mapping[str, Any]], how: str) -> None:
    for task in dict.fromkeys(row["task"] for row in rows):
        shown = [r for r in rows if (r["task"], r["split"], r["segment"]) == (task, "test", "all")]
        table = Table(title=f"{task}{how}: test, all shoppers", title_justify="left")
        for name in ("model", "kind", "users", *METRICS):
            table.add_column(name, justify="left" if name in ("model", "kind") else "right")
        for row in sorted(shown, key=lambda r: -r["ndcg@10"]["value"]):
            figures = [f"{row[name]['value']:.4f}" for name in METRICS]
            table.add_row(escape(row["model"]), row["kind"], str(row["n_users"]), *figures)
        console.print(table)


def _print_pairs(console: Console, pairs: Sequence[Mapping[str, Any]], how: str) -> None:
    for pair in pairs:
        difference = pair["ndcg@10"]
        bounds = f"{difference['low']:+.4f} to {difference['high']:+.4f}"
        kind = "" if pair["segment"] == "all" else f", {pair['segment']} shoppers"
        name = f"{pair['task']}{how}{kind}: hybrid minus {pair['hybrid_minus']}"
        console.print(f"{name}: {difference['value']:+.4f} ({bounds})")
