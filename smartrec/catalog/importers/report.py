"""What an import did with every row: kept, mended or skipped, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

FIRST_LINES = 5


@dataclass(slots=True)
class Reason:
    """How many rows something happened to, and the first lines of the file (1 = its first line) that it happened to."""

    rows: int = 0
    lines: list[int] = field(default_factory=list)


@dataclass(slots=True)
class ImportReport:
    """The account of one import: `rows_read` = `rows_kept` + all skipped rows.

    Attributes:
        source: name of the file or folder.
        rows_read: data rows found, the header and blank lines not counted.
        rows_kept: rows that are in the workspace now.
        skipped: reason -> rows that were left out.
        mended: what was done -> rows that were kept with one value changed or left empty.
        left_out_columns: columns of the file that were not used.
        notes: other things worth knowing, such as the encoding that was found.
        seconds: how long it took.
    """

    source: str
    rows_read: int = 0
    rows_kept: int = 0
    skipped: dict[str, Reason] = field(default_factory=dict)
    mended: dict[str, Reason] = field(default_factory=dict)
    left_out_columns: tuple[str, ...] = ()
    notes: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def skip(self, reason: str, lines: Sequence[int] | np.ndarray) -> None:
        """Counts rows that were left out, by their lines in the file; 0 = it has no line."""
        _count(self.skipped, reason, lines)

    def mend(self, what: str, lines: Sequence[int] | np.ndarray) -> None:
        """Counts rows that were kept, but not as they came."""
        _count(self.mended, what, lines)

    def as_json(self) -> dict[str, Any]:
        """JSON values, for the command line and the API."""
        return {
            "source": self.source,
            "rows_read": self.rows_read,
            "rows_kept": self.rows_kept,
            "skipped": [{"reason": r, "rows": n.rows, "first_lines": n.lines} for r, n in self.skipped.items()],
            "mended": [{"what": r, "rows": n.rows, "first_lines": n.lines} for r, n in self.mended.items()],
            "left_out_columns": list(self.left_out_columns),
            "notes": list(self.notes),
            "seconds": self.seconds,
        }

    def as_text(self) -> list[str]:
        """Lines for a person."""
        text = [f"{self.source}: {self.rows_kept:,} of {self.rows_read:,} rows kept"]
        for verb, reasons in (("Skipped", self.skipped), ("Mended", self.mended)):
            for name, reason in reasons.items():
                more = ", …" if reason.rows > len(reason.lines) else ""
                where = f" (line {', '.join(map(str, reason.lines))}{more})" if reason.lines else ""
                text.append(f"{verb} {reason.rows:,}: {name}{where}")
        if self.left_out_columns:
            text.append(f"Columns not used: {', '.join(self.left_out_columns)}")
        return [*text, *self.notes]


def _count(reasons: dict[str, Reason], name: str, lines: Sequence[int] | np.ndarray) -> None:
    if len(lines):
        reason = reasons.setdefault(name, Reason())
        reason.rows += len(lines)
        first = [int(line) for line in lines[: FIRST_LINES - len(reason.lines)] if line > 0]
        reason.lines += first
