"""Splits by one global date: what happened before it is known, what happened until the next is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from smartrec.errors import TableError
from smartrec.recommend.base import Query
from smartrec.recommend.purchases import Purchases
from smartrec.shoppers.schema import History

TEST_DATES = 6
TEST_SHARE = 0.2
VALIDATION_DATES = 2
# Fewer past products than this are a light shopper's.
HEAVY = 5
SEGMENTS = ("new", "light", "heavy")
FEWEST_PURCHASES = 60


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """One shopper at one date.

    Attributes:
        user: code of the shopper in the purchases.
        query: what the recommender is asked; its history ends before the date.
        wanted: (W,) int64, different products bought in the window that the shopper had not bought before.
        owned: (O,) int64, different products bought before; they are not ranked.
    """

    user: int
    query: Query
    wanted: np.ndarray
    owned: np.ndarray

    @property
    def segment(self) -> str:
        """One of `SEGMENTS`, by the number of different products bought before."""
        return "new" if not len(self.owned) else "light" if len(self.owned) < HEAVY else "heavy"


@dataclass(frozen=True, slots=True, eq=False)
class Window:
    """One date: `past` is everything before `start`; the cases are about [`start`, `end`)."""

    start: np.datetime64
    end: np.datetime64
    past: Purchases
    cases: list[Case]


def rolling_dates(times: np.ndarray, n: int = TEST_DATES, share: float = TEST_SHARE) -> np.ndarray:
    """(n + 1,) datetime64[ns]: the start of every window, and the end of the last.

    The windows hold about equally many purchases, so that every date speaks with the same precision in a shop that
    grows. They cover the last `share` of the purchases. A date is a midnight.

    Args:
        times: (M,) datetime64[ns], never decreasing.
        n: number of windows.
        share: share of the purchases that the windows hold together.

    Raises:
        TableError: there are too few purchases, or too few days, for `n` windows.
    """
    if len(times) < FEWEST_PURCHASES:
        raise TableError(
            f"Expected at least {FEWEST_PURCHASES} purchases to evaluate on. Received: {len(times)}. "
            "Import more with `python -m smartrec import transactions CSV`."
        )
    places = np.round((1.0 - share + share * np.arange(n) / n) * len(times)).astype(np.int64)
    starts = times[places].astype("datetime64[D]")
    end = times[-1].astype("datetime64[D]") + np.timedelta64(1, "D")
    dates = np.concatenate([starts, [end]])
    if len(np.unique(dates)) < n + 1:
        raise TableError(f"Expected purchases of at least {n} different days at the end of the history.")
    return dates.astype("datetime64[ns]")


def validation_dates(times: np.ndarray, first_test: np.datetime64, n: int = VALIDATION_DATES) -> np.ndarray:
    """(n + 1,) datetime64[ns]: windows of the same kind that end where the test begins."""
    before = times[: np.searchsorted(times, first_test, side="left")]
    share = n * TEST_SHARE / TEST_DATES / (1.0 - TEST_SHARE)
    dates = rolling_dates(before, n, share)
    dates[-1] = first_test
    return dates


def windows(purchases: Purchases, dates: Sequence[np.datetime64] | np.ndarray) -> list[Window]:
    """The windows between the dates, each with its cases in order of the shoppers' codes."""
    return [_window(purchases, start, end) for start, end in pairwise(dates)]


def _window(purchases: Purchases, start: np.datetime64, end: np.datetime64) -> Window:
    past = purchases.before(start)
    histories = past.histories()
    cases = []
    for code, bought in sorted(purchases.between(start, end).histories().items()):
        history = histories.get(code) or History.empty(str(purchases.user_ids[code]))
        owned = np.unique(history.items)
        wanted = np.setdiff1d(bought.items, owned)
        if len(wanted):
            cases.append(Case(code, Query(history=history, now=start), wanted, owned))
    return Window(start, end, past, cases)
