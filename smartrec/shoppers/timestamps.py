"""Times of a table from outside, of many forms, as naive UTC."""

from __future__ import annotations

import numpy as np
import pandas as pd

# Years after those that nanoseconds can tell; a time of that kind is still a time, and in the future.
_BEYOND = r"(?:226[2-9]|22[7-9]\d|2[3-9]\d\d|[3-9]\d{3})-[01]\d-[0-3]\d(?!\d)"
_LATEST = np.datetime64("2262-01-01T00:00:00", "ns")
_UNIX = {r"\d{9,10}(?:\.\d+)?": "s", r"\d{12,13}(?:\.\d+)?": "ms"}


def parse_times(column: pd.Series) -> tuple[np.ndarray, str]:
    """Dates and date-times: ISO 8601 with or without zone, Unix seconds or milliseconds, 31.12.2024, 12/31/2024.

    A time without zone is taken as UTC, a date as its first moment. In dates that begin with day or month the
    whole column decides which it is; month first if nothing does.

    Returns:
        (R,) datetime64[ns] naive UTC, NaT where nothing could be read, and what was assumed ("" if nothing).
    """
    codes, known = pd.factorize(column)
    times, note = _parse_known(pd.Series(known, dtype=object))
    return times[codes], note


def _parse_known(column: pd.Series) -> tuple[np.ndarray, str]:
    text = column.str.strip()
    times = np.full(len(text), np.datetime64("NaT"), dtype="datetime64[ns]")
    for pattern, unit in _UNIX.items():
        unix = text.str.fullmatch(pattern).to_numpy(dtype=bool)
        if unix.any():
            times[unix] = pd.to_datetime(text[unix].astype(float), unit=unit, errors="coerce").to_numpy()
    rest = np.isnat(times)
    times[rest] = _naive(pd.to_datetime(text[rest], format="ISO8601", utc=True, errors="coerce"))
    times[np.isnat(times) & text.str.match(_BEYOND).to_numpy(dtype=bool)] = _LATEST
    rest = np.isnat(times) & (text != "").to_numpy()
    if not rest.any():
        return times, ""
    times[rest], note = _day_or_month_first(text[rest])
    return times, note


def _naive(times: pd.Series) -> np.ndarray:
    return times.dt.tz_convert("UTC").dt.tz_localize(None).to_numpy(dtype="datetime64[ns]")


def _day_or_month_first(text: pd.Series) -> tuple[np.ndarray, str]:
    """Times such as 31.12.2024 18:30 or 12/31/2024; and which of the two the column turned out to be."""
    parts = text.str.extract(r"^(\d{1,2})[./-](\d{1,2})[./-]\d{4}(?!\d)").astype(float)
    if parts.notna().all(axis=1).sum() == 0:
        return np.full(len(text), np.datetime64("NaT"), dtype="datetime64[ns]"), ""
    dotted = text.str.contains(r"^\d{1,2}\.\d{1,2}\.").any()
    day_first = bool((parts[0] > 12).any() or (dotted and not (parts[1] > 12).any()))
    one_form = text.str.replace(r"^(\d{1,2})[./-](\d{1,2})[./-](\d{4})", _iso(day_first), regex=True)
    # One-digit days and months get their zero.
    one_form = one_form.str.replace(r"(?<=-)(\d)(?=-|\D|$)", r"0\1", regex=True)
    times = _naive(pd.to_datetime(one_form, format="ISO8601", utc=True, errors="coerce"))
    return times, f"Times such as {text.iloc[0]!r} were read as {'day/month' if day_first else 'month/day'}/year"


def _iso(day_first: bool) -> str:
    return r"\3-\2-\1" if day_first else r"\3-\1-\2"
