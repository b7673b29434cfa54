"""Benchmark results for a person: every figure a line, whatever the shape of the result."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

BOUNDS = ("value", "low", "high")


def print_figures(title: str, result: Mapping[str, Any]) -> None:
    """One table: name, value, interval, and what else stands beside the value."""
    table = Table(title=f"benchmark {title}", title_justify="left")
    for name in ("figure", "value", "95 % interval", "beside it"):
        table.add_column(name, overflow="fold")
    for name, value, interval, rest in _lines(result):
        table.add_row(escape(name), value, interval, escape(rest))
    Console().print(table)


def _lines(result: Any, path: str = "") -> Iterator[tuple[str, str, str, str]]:
    if isinstance(result, Mapping) and "value" in result:
        yield _figure(path, result)
    elif isinstance(result, Mapping):
        for name, part in result.items():
            yield from _lines(part, f"{path} {name}".strip())
    elif isinstance(result, Sequence) and not isinstance(result, str):
        for i, part in enumerate(result):
            yield from _lines(part, path if isinstance(part, Mapping) else f"{path} {i + 1}".strip())
    else:
        yield path, _text(result), "", ""


def _figure(path: str, figure: Mapping[str, Any]) -> tuple[str, str, str, str]:
    texts = [str(part) for part in figure.values() if isinstance(part, str)]
    interval = f"{_text(figure['low'])} to {_text(figure['high'])}" if figure.get("low") is not None else ""
    rest = {name: part for name, part in figure.items() if name not in BOUNDS and not isinstance(part, str)}
    beside = ", ".join(f"{name} {_text(part)}" for name, part in rest.items() if part is not None)
    return " ".join([path, *texts]).strip(), _text(figure["value"]), interval, beside


def _text(value: Any) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)
