"""How far a long step is, on standard error: one line that rewrites itself, or lines now and then in a log."""

from __future__ import annotations

import sys
import time
from types import TracebackType

LOG_EVERY_SECONDS = 5.0


class ProgressLine:
    """Call it with a share in [0, 1] and the name of the stage; use it as a context manager."""

    def __init__(self) -> None:
        self._live = sys.stderr.isatty()
        self._started = time.monotonic()
        self._shown = -LOG_EVERY_SECONDS
        self._stage = ""

    def __enter__(self) -> ProgressLine:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._live and self._stage:
            print(file=sys.stderr)

    def __call__(self, share: float, stage: str) -> None:
        """Shows that `share` of the whole is done and that `stage` is running."""
        seconds = time.monotonic() - self._started
        text = f"{100 * min(max(share, 0.0), 1.0):3.0f} %  {stage}  ({seconds:.0f} s)"
        if self._live:
            print(f"\r\x1b[2K{text}", end="", file=sys.stderr, flush=True)
        elif stage != self._stage or seconds - self._shown >= LOG_EVERY_SECONDS or share >= 1.0:
            print(text, file=sys.stderr, flush=True)
            self._shown = seconds
        self._stage = stage
