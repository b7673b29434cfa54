"""Prices, ages and sizes in a query."""

from __future__ import annotations

import math
import re

_SIGN = r"(?:€|\$|£|eur|euros?|usd|dollars?|bucks?|quid|gbp|pounds?|chf|francs?)"
_NUMBER = r"(\d{1,3}(?:[,. ]\d{3})+(?![\d])|\d{1,6}(?:[.,]\d{1,2})?)(?![\d%])"
_ONE = rf"{_SIGN}? ?{_NUMBER} ?{_SIGN}?(?![a-z%/])"
_MAX = (
    r"(?:not? (?:more|higher|greater|costlier) than|not (?:over|above|exceeding)|(?:less|lower|cheaper|smaller) than|"
    r"under|below|beneath|up to|at most|max(?:imum|imal)?\.?(?: of)?|maximally|budget(?: is| of)?:?|within|until|till|"
    r"<=?)"
)
_MIN = (
    r"(?:not? less than|not (?:under|below)|more than|greater than|higher than|over|above|at least|min(?:imum|imal)?\.?"
    r"(?: of)?|starting (?:at|from)|upwards of|from|>=?)"
)
_ABOUT = r"(?:around|about|approx(?:imately)?\.?|roughly|circa|ca\.?|near(?:ly)?|close to|~)"
_PRICE = r"(?:(?:a |the )?(?:price|cost|costs|costing|priced)(?: of| is| at)? ?)?"
# Around a price means this share more or less.
_AROUND = 0.2
_NOT_MONEY = (
    r"years?|yrs?|y/?o|months?|cm|mm|kg|inch(?:es)?|den|denier|%|percent|pieces?|pack|pcs|x\d|buttons?|pockets?"
)
_UNITS = rf"(?: ?(?:{_NOT_MONEY}))"

_RANGE = re.compile(
    rf"{_PRICE}(?:between |from )?{_SIGN}? ?{_NUMBER} ?{_SIGN}? ?(?:-|–|—|to|and|until|till|up to) ?{_SIGN}? ?{_NUMBER}"
    rf"(?!{_UNITS}) ?{_SIGN}?(?![a-z/])"
)
_MIN_MAX = re.compile(rf"{_PRICE}{_MIN} ?{_ONE}(?!{_UNITS})")
_MAX_ONE = re.compile(rf"{_PRICE}{_MAX} ?{_ONE}(?!{_UNITS})")
_OR_LESS = re.compile(rf"{_ONE} (?:or|and) (?:less|under|below|cheaper)|{_ONE} (?:max(?:imum)?|tops|at most)\b")
_OR_MORE = re.compile(rf"{_ONE} (?:or|and) (?:more|over|above|up)\b|{_ONE}\+")
_ABOUT_ONE = re.compile(rf"{_PRICE}{_ABOUT} ?{_ONE}(?!{_UNITS})")
_MONEY = re.compile(rf"(?:for )?(?:{_SIGN} ?{_NUMBER}|{_NUMBER} ?{_SIGN})(?![a-z])")

_AGE = re.compile(
    r"\b(?:ages? |aged )?(\d{1,2})(?: ?(?:-|–|to) ?(\d{1,2}))?[ -]?(years?|yrs?|y/?o|months?)(?:[ -]?olds?)?\b"
    r"|\b(?:ages?|aged) (\d{1,2})(?: ?(?:-|–|to) ?(\d{1,2}))?\b"
)
_CHILD = 13
_SHARE = re.compile(r"\b\d{1,3} ?%(?: of)?")
_SIZE = re.compile(
    r"\b(?:in )?(?:a )?size:? ?(?:uk |us |eu |w)?(?:\d{1,3}(?:[.]\d)?(?: ?(?:-|–|/|to|or) ?\d{1,3})?|x{0,4}[sml]\b"
    r"|small|medium|large|extra (?:small|large))|\b(?:x{1,4}[sl]|[234]xl)\b"
)


def take_price(text: str) -> tuple[str, float | None, float | None]:
    """The folded text without its prices, and the lowest and the highest price asked for, in the shop's currency.

    Of several limits the closest counts ("under 50, under 40"). A lower limit above the upper one ("under 50 over 100")
    leaves no price: it stays in the text, so that it is told as not understood.
    """
    low: float | None = None
    high: float | None = None

    def amount(match: re.Match[str]) -> float:
        return _value(next(group for group in match.groups() if group))

    text, both = _take(text, _RANGE)
    if both:
        first, second = (_value(group) for group in both.groups())
        low, high = min(first, second), max(first, second)
    for pattern in (_MAX_ONE, _OR_LESS):
        limits = [amount(match) for match in pattern.finditer(text)]
        if limits and (low is None or min(limits) >= low):
            high = min(*limits, math.inf if high is None else high)
            text = pattern.sub(" ; ", text)
    for pattern in (_MIN_MAX, _OR_MORE):
        limits = [amount(match) for match in pattern.finditer(text)]
        if limits and (high is None or max(limits) <= high):
            low = max(*limits, -math.inf if low is None else low)
            text = pattern.sub(" ; ", text)
    text, match = _take(text, _ABOUT_ONE)
    if match and low is None and high is None:
        low, high = amount(match) * (1 - _AROUND), amount(match) * (1 + _AROUND)
    text, match = _take(text, _MONEY)
    if match and low is None and high is None:
        high = amount(match)
    return text, low, high


def take_age(text: str) -> tuple[str, str]:
    """The folded text without ages, and "kids" if one is a child's."""
    gender = ""
    for match in _AGE.finditer(text):
        years = [int(group) for group in (match[1], match[2], match[4], match[5]) if group]
        if (match[3] or "").startswith("month") or min(years) < _CHILD:
            gender = "kids"
    return _AGE.sub(" ; ", text), gender


def take_sizes(text: str) -> tuple[str, tuple[str, ...]]:
    """The folded text without sizes and shares ("100% wool"), and the sizes: no product says which it comes in."""
    text = _SHARE.sub(" ", text)
    sizes = tuple(match[0].strip() for match in _SIZE.finditer(text))
    return _SIZE.sub(" ; ", text), sizes


def _take(text: str, pattern: re.Pattern[str]) -> tuple[str, re.Match[str] | None]:
    match = pattern.search(text)
    return (f"{text[: match.start()]} ; {text[match.end() :]}", match) if match else (text, None)


def _value(number: str) -> float:
    if re.fullmatch(r"\d{1,3}(?:[,. ]\d{3})+", number):
        return float(re.sub(r"[,. ]", "", number))
    return float(number.replace(",", "."))
