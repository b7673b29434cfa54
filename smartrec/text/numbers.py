"""Numbers written as words, where they are amounts: after "under", before "euros", in an age.

Elsewhere they are left: "one shoulder", "two-piece" and "three-quarter sleeve" are names, "fifties" is a decade.
"""

from __future__ import annotations

import re

_ONES = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_LARGE = {"hundred": 100, "thousand": 1000, "grand": 1000}
WORDS = frozenset((*_ONES, *_TENS, *_LARGE))
# Words that are an amount of money by themselves.
_NOTES = {"fiver": "5", "tenner": "10"}

_ONE = "|".join(_ONES)
_SMALL = rf"(?:(?:{'|'.join(_TENS)})(?:[ -](?:{_ONE})\b)?|{_ONE})"
# "a hundred and two hundred" is two numbers: what is followed by a larger unit is not the end of this one.
_END = rf"{_SMALL}\b(?! (?:hundred|thousand|grand)\b)"
# How many hundreds or thousands, in words or figures: "two hundred", "2 hundred", "2.5 thousand".
_COUNT = rf"(?:{_SMALL}|(?<![\d.,])\d{{1,3}}(?:[.,]\d{{1,2}})?)"
_HUNDREDS = rf"(?:(?:(?:an?|{_COUNT}) )?hundred(?:(?: and)? {_END})?)"
_SPOKEN = (
    rf"(?:(?:an?|{_COUNT}|{_HUNDREDS}) (?:thousand|grand)(?:(?: and)? (?:{_HUNDREDS}|{_END}))?|{_HUNDREDS}|{_SMALL})\b"
)
_ANY = rf"(?:{_SPOKEN}|\d+(?:[.,]\d+)?\b)"
_SPOKEN_NUMBER = re.compile(rf"\b{_SPOKEN}")
# Of what is counted by ones nothing is bought by price: "at least one pocket", "over one shoulder".
_COUNTED = re.compile(r"\b(?:an? )?(?:one|two|three|four)\b(?! ?(?:hundred|thousand|grand))")
_SIGN = r"(?:eur|euros?|usd|dollars?|bucks?|quid|gbp|pounds?|chf|francs?|€|\$|£)"
_YEARS = r"(?:years?|yrs?|months?)(?:[ -]old)?\b"
_BEFORE = (
    r"(?:under|below|beneath|less than|lower than|cheaper than|not? more than|not? (?:over|above|exceeding)|"
    r"more than|up to|at most|at least|max(?:imum)?|min(?:imum)?|over|above|within|until|till|budget(?: is| of)?|"
    r"around|about|approx(?:imately)?|roughly|circa|near(?:ly)?|close to|starting (?:at|from)|upwards of|from|between|"
    r"sub|priced?(?: at)?|costs?|costing|pay|spend|for|aged?)"
)
_AFTER = rf"(?: ?{_SIGN}(?![a-z])|[ -]{_YEARS}| max(?:imum)?\b| tops\b| or (?:less|more|under|over|cheaper)\b)"
_JOIN = r"(?:-|–|—|to|and|or|until|till|up to)"
_SHARED_UNIT = re.compile(rf"\b({_COUNT})( ?{_JOIN} ?)({_COUNT}) ({'|'.join(_LARGE)})\b")
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b{_ANY}(?: ?{_SIGN})? ?{_JOIN} ?{_ANY}(?={_AFTER})",
        rf"\b{_SPOKEN}(?={_AFTER})",
        rf"\b{_BEFORE} {_ANY}(?: ?{_SIGN})? ?{_JOIN} ?{_ANY}",
        rf"\b{_BEFORE} {_SPOKEN}",
    )
)
_MAY_HOLD = re.compile(rf"\b(?:{'|'.join(WORDS)}|(?:{'|'.join(_NOTES)})s?)\b")


def spell_amounts(text: str) -> str:
    """The folded text with the numbers of its prices and ages in digits ("under twenty five" -> "under 25")."""
    if not _MAY_HOLD.search(text):
        return text
    for word, digits in _NOTES.items():
        text = re.sub(rf"\b(?:an? )?{word}s?\b", f"{digits} pounds", text)
    text = _SHARED_UNIT.sub(_unit_for_both, text)
    for i, pattern in enumerate(_PATTERNS):
        # Where nothing but a word before it says that a number is an amount, a small count is none.
        text = pattern.sub(_digits if i < 2 else _digits_of_prices, text)
    return text


def _unit_for_both(match: re.Match[str]) -> str:
    """Turns "one to two hundred" into "one hundred to two hundred", and leaves "fifty to two hundred"."""
    first, joint, second, unit = match.groups()
    return f"{first} {unit}{joint}{second} {unit}" if value(first) < value(second) else match[0]


def _digits(match: re.Match[str]) -> str:
    return _SPOKEN_NUMBER.sub(lambda number: str(value(number[0])), match[0])


def _digits_of_prices(match: re.Match[str]) -> str:
    return match[0] if _COUNTED.search(match[0]) else _digits(match)


def value(spoken: str) -> int:
    """The number that the words mean: "two hundred and fifty" -> 250. Expects one number, in words or in figures."""
    total = part = 0.0
    for word in spoken.replace("-", " ").split():
        if word in _LARGE:
            part = (part or 1) * _LARGE[word]
            if _LARGE[word] >= 1000:
                total, part = total + part, 0.0
        else:
            part += _ONES.get(word) or _TENS.get(word) or _figures(word)
    return round(total + part)


def _figures(word: str) -> float:
    return float(word.replace(",", ".")) if word[0].isdigit() else 0.0
