"""Milliseconds by stage, for the timings that every answer carries."""

from __future__ import annotations

import time


class Stopwatch:
    """Started when it is made; `lap` ends one stage and begins the next."""

    def __init__(self) -> None:
        self._started = self._last = time.perf_counter()
        self._laps: dict[str, float] = {}

    def lap(self, stage: str) -> None:
        """What happened since the last lap was this stage."""
        now = time.perf_counter()
        self._laps[stage] = 1e3 * (now - self._last)
        self._last = now

    def timings_ms(self) -> dict[str, float]:
        """Milliseconds by stage, and "total" up to now."""
        return {**self._laps, "total": 1e3 * (time.perf_counter() - self._started)}
