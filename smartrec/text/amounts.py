"""Prices, ages and sizes in a query."""

from __future__ import annotations

import math
import re

_SIGN = r"(?:€|\$|£|eur|euros?|usd|dollars?|bucks?|quid|gbp|pounds?|chf|francs?)"
_NUMBER = r"(\d{1,3}(?:[,. ]\d{3})+(?:[.,]\d{2})?(?![\d])|\d{1,6}(?:[.,]\d{1,2})?k?)(?![\d%])"
_ONE = rf"{_SIGN}? ?{_NUMBER} ?{_SIGN}?(?![a-z%/])"
_MAX = (
    r"(?<!\bno )(?<!\bnot )(?:not? (?:more|higher|greater|costlier) than|not (?:over|above|exceeding)|"
    r"(?:less|lower|cheaper|smaller) than|under|below|beneath|up to|at most|max(?:imum|imal)?\.?(?: of)?|maximally|"
    r"budget(?: is| of)?:?|within|until|till|sub[ -]|<=?)"
)
_MIN = (
    r"(?:not? less than|not (?:under|below)|more than|greater than|higher than|over|above|at least|min(?:imum|imal)?\.?"
    r"(?: of)?|starting (?:at|from)|upwards of|from|>=?)"
)
_ABOUT = r"(?:around|about|approx(?:imately)?\.?|roughly|circa|ca\.?|near(?:ly)?|close to|~)"
_PRICE = r"(?:(?:a |the )?(?:price|cost|costs|costing|priced)(?: of| is| at|:)? ?)?"
# Around a price means this share more or less.
_AROUND = 0.2
_NOT_MONEY = (
    r"years?|yrs?|y/?o|months?|weeks?|days?|hours?|degrees?|cm|mm|kg|inch(?:es)?|den|denier|gsm|%|percent|pieces?|pairs?|"
    r"pack|pcs|x\d|buttons?|pockets?|zips?|straps?|sleeves?|layers?|stripes?|colou?rs?|sizes?|people|persons?|guests?"
)
_UNITS = rf"(?: ?(?:{_NOT_MONEY}))"

_RANGE = re.compile(
    rf"{_PRICE}(?:between |from )?{_SIGN}? ?{_NUMBER} ?{_SIGN}? ?(?:-|–|—|to|and|until|till|up to) ?{_SIGN}? ?{_NUMBER}"
    rf"(?!{_UNITS}) ?{_SIGN}?(?![a-z/])"
)
_MIN_MAX = re.compile(rf"{_PRICE}{_MIN} ?{_ONE}(?!{_UNITS})")
_MAX_ONE = re.compile(rf"{_PRICE}{_MAX} ?{_ONE}(?!{_UNITS})")
_OR_LESS = re.compile(
    rf"{_ONE} (?:or|and) (?:less|under|below|cheaper)|{_ONE} (?:max(?:imum)?|tops|at most|budget|limit)\b"
)
_OR_MORE = re.compile(rf"{_ONE} (?:or|and) (?:more|over|above|up)\b|{_ONE}\+(?: ?{_SIGN}(?![a-z]))?")
_ABOUT_ONE = re.compile(rf"{_PRICE}{_ABOUT} ?{_ONE}(?!{_UNITS})")
_ISH = re.compile(rf"{_PRICE}(?:{_ABOUT} )?{_SIGN}? ?{_NUMBER} ?{_SIGN}? ?-?ish\b(?: ?{_SIGN}(?![a-z]))?")
# "a dress for 50" tells a price only where nothing is counted or dated by it, and no child's age can be meant.
_FOR = re.compile(rf"\b(?:for|pay|spend(?:ing)?) {_ONE}(?= *(?:$|[,;.!?)]|or\b|and\b|in\b|with\b|please\b))")
_LEAST_FOR = 18
_MONEY = re.compile(rf"(?:for )?(?:{_SIGN} ?{_NUMBER}|{_NUMBER} ?{_SIGN})(?![a-z])")

_AGE = re.compile(
    r"\b(?:ages? |aged )?(\d{1,2})(?: ?(?:-|–|to) ?(\d{1,2}))?[ -]?(years?|yrs?|y/?o|months?)(?:[ -]?olds?)?\b"
    r"|\b(?:ages?|aged) (\d{1,2})(?: ?(?:-|–|to) ?(\d{1,2}))?\b"
)
_DECADE = r"(?:[2-9]0'?s|twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)"
# "women over 50" are told by their age; "women's dresses over 50" by their price.
_GROWN = re.compile(
    r"\b(?:(?:in|into) (?:her|his|my|our|their|your) (?:early |mid |late |mid-)?|over (?:the |her )?)"
    rf"{_DECADE}(?![a-z])"
    r"|\b(?P<who>(?:wo)?m[ae]n|ladies|lady|people|adults?|moms?|gentlem[ae]n) over (?:[4-7][05]|80)"
    rf"(?! ?[\d.,]*[\d€$£k]| ?{_SIGN}\b)(?![a-z])"
)
_CHILD = 13
_SHARE = re.compile(r"\b\d{1,3} ?%(?: of\b)?")
_SIZE = re.compile(
    r"\b(?:in )?(?:a )?(?:size|sz)\b:? ?(?:uk |us |eu |w)?"
    r"(?:\d{1,3}(?:[.]\d)?(?: ?(?:-|–|/|to|or) ?\d{1,3})?|x{0,4}[sml]\b|small|medium|large|extra (?:small|large))"
    r"|\b(?:x{1,4}[sl]|[234]xl|extra (?:small|large))\b"
    r"|\b(?:multi)?(?:set|pack|bundle)s? of (?:\d+|two|three|four|five|six)\b|\b\d+[ -]?packs?\b"
    r"|\b\d{1,3}(?:[.]5)? ?(?:inch(?:es)? |in )?(?:waist|leg|inseam|collar|chest|hips?|den|denier)\b"
    r"|\bw ?\d{2}(?: ?[/x,-]? ?l ?\d{2})?\b|\b\d{2} ?[/x] ?\d{2}\b|\b(?:uk|us|eu) \d{1,2}\b"
)


def take_price(text: str) -> tuple[str, float | None, float | None]:
    """The folded text without its prices, and the lowest and the highest price asked for, in the shop's currency.

    Of several limits the closest counts ("under 50, under 40"). A lower limit above the upper one ("under 50 over 100")
    leaves no price: it stays in the text, so that it is told as not understood.
    """
    low: float | None = None
    high: float | None = None
    text, both = _take(text, _RANGE)
    if both:
        first, second = (_value(group) for group in both.groups())
        low, high = min(first, second), max(first, second)
    for pattern in (_MAX_ONE, _OR_LESS):
        limits = [_amount(match) for match in pattern.finditer(text)]
        if limits and (low is None or min(limits) >= low):
            high = min(*limits, math.inf if high is None else high)
            text = pattern.sub(" ; ", text)
    for pattern in (_MIN_MAX, _OR_MORE):
        limits = [_amount(match) for match in pattern.finditer(text)]
        if limits and (high is None or max(limits) <= high):
            low = max(*limits, -math.inf if low is None else low)
            text = pattern.sub(" ; ", text)
    for pattern in (_ISH, _ABOUT_ONE):
        text, match = _take(text, pattern)
        if match and low is None and high is None:
            low, high = _amount(match) * (1 - _AROUND), _amount(match) * (1 + _AROUND)
    text, match = _take(text, _MONEY)
    if match is None and (for_one := _FOR.search(text)) and _amount(for_one) >= _LEAST_FOR:
        text, match = _take(text, _FOR)
    if match and low is None and high is None:
        high = _amount(match)
    return text, low, high


def take_age(text: str) -> tuple[str, str, tuple[str, ...]]:
    """The folded text without ages, "kids" if one is a child's, and the ages of others: no product is made for one."""
    gender = ""
    grown = []
    for match in _AGE.finditer(text):
        years = [int(group) for group in (match[1], match[2], match[4], match[5]) if group]
        if (match[3] or "").startswith("month") or min(years) < _CHILD:
            gender = "kids"
        else:
            grown.append(match[0].strip())
    text = _AGE.sub(" ; ", text)
    for match in _GROWN.finditer(text):
        grown.append(match[0].removeprefix(f"{match['who']} "))
    return _GROWN.sub(lambda match: f" {match['who'] or ''} ; ", text), gender, tuple(grown)


def take_sizes(text: str) -> tuple[str, tuple[str, ...]]:
    """The folded text without sizes and shares ("100% wool"), and the sizes: no product says which it comes in."""
    text = _SHARE.sub(" ", text)
    sizes = tuple(match[0].strip() for match in _SIZE.finditer(text))
    return _SIZE.sub(" ; ", text), sizes


def _take(text: str, pattern: re.Pattern[str]) -> tuple[str, re.Match[str] | None]:
    match = pattern.search(text)
    return (f"{text[: match.start()]} ; {text[match.end() :]}", match) if match else (text, None)


def _amount(match: re.Match[str]) -> float:
    return _value(next(group for group in match.groups() if group))


def _value(number: str) -> float:
    if number.endswith("k"):
        return 1000 * _value(number[:-1])
    if large := re.fullmatch(r"(\d{1,3}(?:[,. ]\d{3})+)(?:[.,](\d{2}))?", number):
        return float(re.sub(r"[,. ]", "", large[1]) + f".{large[2] or 0}")
    return float(number.replace(",", "."))
