"""Values of a table from outside, column by column: plain text, ids and prices."""

from __future__ import annotations

import re
import unicodedata

import numpy as np
import pandas as pd

MAX_PRICE = 10_000_000.0
_NOTHING = frozenset({"", "nan", "null", "none", "n/a", "na", "-"})
_LONGEST_NOTHING = max(map(len, _NOTHING))
# Characters that do not show, and those that turn the direction of the text around them.
_INVISIBLE = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_SPACE = re.compile(r"[\x00-\x1f\x7f-\x9f\s]+")
# In plain ASCII values that are joined by NUL: control characters, runs of spaces, space at either end.
_DIRTY = re.compile(r"[\x01-\x1f\x7f]|  |\0 | \0|^ | $")
_NO_ID = frozenset({"", "nan", "null", "none"})


def clean_text(column: pd.Series, limit: int) -> pd.Series:
    """Plain text on one line: no control characters, no runs of spaces, at most `limit` characters.

    Markup and formulas stay as the characters that they are: whoever shows a text has to escape it. Words for
    "nothing" ("NaN", "NULL", "n/a", ...) become "".
    """
    codes, known = pd.factorize(column)
    values = [str(value) for value in known]
    joined = "\0".join(values)
    # One look at the whole column is many times faster than one at every value, and most columns are clean.
    if not joined.isascii() or _DIRTY.search(joined):
        values = [_cleaned(value) for value in values]
    values = [value[:limit].rstrip() for value in values]
    texts = np.array(["" if _says_nothing(value) else value for value in values], dtype=object)
    return pd.Series(texts[codes], index=column.index, dtype=object)


def clean_ids(column: pd.Series) -> pd.Series:
    """Ids as they are (leading zeros stay), without surrounding space; "" where there is none."""
    values = (value.strip() for value in column.tolist())
    ids = ["" if len(value) <= _LONGEST_NOTHING and value.casefold() in _NO_ID else value for value in values]
    return pd.Series(ids, index=column.index, dtype=object)


def _cleaned(value: str) -> str:
    visible = _INVISIBLE.sub("", unicodedata.normalize("NFC", value))
    return _SPACE.sub(" ", visible).strip()


def _says_nothing(value: str) -> bool:
    return len(value) <= _LONGEST_NOTHING and value.casefold() in _NOTHING


def parse_prices(column: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """Prices as numbers, whatever the currency sign and the decimal mark ("€ 24,90", "1.234,50", "$1,299").

    Returns:
        (R,) float64 with NaN where there is none, and (R,) bool, where there was text that is no price in
        [0, 10 million].
    """
    codes, known = pd.factorize(column)
    prices, bad = _parse_known(pd.Series(known, dtype=object))
    return prices[codes], bad[codes]


def _parse_known(column: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    text = column.str.strip()
    prices = pd.to_numeric(text, errors="coerce").to_numpy(dtype=np.float64, copy=True)
    given = ~text.str.casefold().isin(_NOTHING).to_numpy()
    rest = np.flatnonzero(given & np.isnan(prices))
    if len(rest):
        prices[rest] = _localized(text.iloc[rest])
    bad = given & ~((prices >= 0.0) & (prices <= MAX_PRICE))
    prices[bad | ~given] = np.nan
    return prices, bad


def _localized(text: pd.Series) -> np.ndarray:
    """(R,) float64: numbers with signs of currency, thousands and decimals of any country; NaN = no number."""
    number = text.str.extract(r"^[^\d+-]*([+-]?\d[\d.,'\s\u00a0\u202f]*)[^\d]*$", expand=False).fillna("")
    number = number.str.replace(r"[\s\u00a0\u202f']", "", regex=True).str.rstrip(".,")
    comma, dot = number.str.rfind(","), number.str.rfind(".")
    thousands_comma = number.str.fullmatch(r"[+-]?\d{1,3}(,\d{3})+")
    thousands_dot = number.str.fullmatch(r"[+-]?\d{1,3}(\.\d{3}){2,}")
    decimal_comma = (comma > dot) & ~thousands_comma
    plain = number.str.replace(",", "", regex=False)
    german = number.str.replace(".", "", regex=False).str.replace(",", ".", regex=False)
    chosen = plain.where(~(decimal_comma | thousands_dot), german)
    return pd.to_numeric(chosen, errors="coerce").to_numpy(dtype=np.float64)
