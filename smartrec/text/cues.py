"""Function words of a query: what rules out, compares, joins, or says nothing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from smartrec.attributes import normalize
from smartrec.settings import ROOT

FOLDER = ROOT / "assets" / "vocabulary"

# Words by what they do in a query; one line each: name, words.
_LINES = (FOLDER / "cues.tsv").read_text(encoding="utf-8").splitlines()
_BY_ROLE = {role: frozenset(words.split()) for role, _, words in (line.partition("\t") for line in _LINES)}

NEGATIONS = _BY_ROLE["negations"]
OR = frozenset(("or", "nor", "and/or"))
AND = frozenset(("and", "plus", "und"))
BREAKS = _BY_ROLE["breaks"]
# Between a negation and what it rules out these may stand.
SKIPPED = _BY_ROLE["skipped"]
# Words that say whom a garment is for -> "women", "men" or "kids".
GENDERS = {word: gender for gender in ("women", "men", "kids") for word in _BY_ROLE[gender]}
# Of these some name a cut as well ("mom jeans"): a person only after "my" or "for".
CUTS = _BY_ROLE["cuts"]
BEFORE_PEOPLE = _BY_ROLE["before_people"]
AMOUNTS = _BY_ROLE["amounts"]
COMPARATIVES = {
    "longer": "long", "shorter": "short", "tighter": "tight", "looser": "loose", "darker": "dark", "lighter": "light",
    "brighter": "bright", "warmer": "warm", "cooler": "cool", "slimmer": "slim", "softer": "soft", "wider": "wide",
    "thicker": "thick", "thinner": "thin", "bigger": "loose", "dressier": "dressy", "fancier": "dressy",
    "simpler": "plain", "plainer": "plain", "higher": "high", "lower": "low",
}  # fmt: skip

_PHRASES = (
    (r"\b(?:no|not) (?:longer|shorter) than(?: the)?\b", " to the "),
    # "Lower" and "higher" than something are prices.
    (rf"\b(?:{'|'.join(sorted({*COMPARATIVES} - {'lower', 'higher'}))}) than(?= [a-z])", " without "),
    (r"\b(?:i )?(?:do ?n[o']?t|do not|would not|wouldn'?t) (?:want|like|need|wear)\b", " without "),
    (
        r"\b(?:do(?:es)?|did|should|must|may|can|will|would)(?: not|n'?t) (?:have|be|come with|include|show)\b",
        " without ",
    ),
    (r"\b(?:has|have)(?: not|n'?t)\b", " without "),
    (r"\bminus\b|\black(?:ing|s)?\b|\bnot having\b|\b(?:has|have|with) no\b", " without "),
    (
        r"\b(?:anything|everything|all|any (?:colou?r|pattern|print|fabric|style|length|shape|fit)) (?:but|except)\b"
        r"|\b(?:other|rather) than\b|\bapart from\b",
        " without ",
    ),
    (r"\bw/o\b|\b(?:instead|in place) of\b|\brather not\b|\bfree (?:of|from)\b|\bleave out\b", " without "),
    (r"\bnothing (?:with|in)\b|\bno more\b(?= (?!than)[a-z])|\bno longer\b", " without "),
    (r"\bnot (?:only|not)\b", " "),
    (r"\b((?:[^\W_]++ )?[^\W_]++),? no,? (?:thanks|thank you|thx)\b", r" without \1 ; "),
)
_NEGATION_PHRASES = tuple((re.compile(pattern), words) for pattern, words in _PHRASES)
_FREE = re.compile(r"\b([^\W\d_]{3,})[- ]free\b(?! of| from)")
_WHAT = "(?: (?:one|colou?r|pattern|fabric|shape|fit|look|thing|style|cut|model|photo|picture|image))?"
_COMPARED = (
    r"(?:(?:something |one |exactly |just |more )?(?:like|as|similar to|same as) "
    rf"(?:this|that|these|it|(?:the|my) (?:photo|picture|image|one)){_WHAT}",
    rf"the same{_WHAT}",
    rf"same{_WHAT}(?= but| in| with|,|$)",
    rf"similar{_WHAT}(?: to)?",
    rf"(?:this|that){_WHAT}(?=,? but| in |,? only|,? just)",
    rf"than (?:this|that|these|it|(?:the|my) (?:photo|picture|image|one)){_WHAT}",
    r"more like)",
)
_JOIN = r"(?:go(?:es|ing)?|wear|worn|pairs?|match(?:es)?|combined?|team(?:ed)?|styled?)(?: well| nicely| great)?"
# What a garment is to be worn with is there already: it is not asked for.
_COMPANY = re.compile(
    rf"\b(?:(?:to|that|which|will|would|can) )?(?:be )?(?:{_JOIN} (?:with|over|under(?:neath)?)|"
    r"(?:to match|that match(?:es)?|matching|to complement)(?= (?:my|the|an?|his|her|this|that|these|those)\b))"
    r" (?P<what>(?:(?! (?:for|but|not|no|without|please)\b)[^,.;:!?()|\n])+)"
)
_ONLY_THIS = re.compile(r"\b(?:this|that|these|it|them|one|the|my|photo|picture|image|outfit)\b")
_RELATIVE = re.compile(rf"\b{'|'.join(_COMPARED)}\b")
# "knee-length or longer" compares with no photo.
_MORE_OR_LESS = re.compile(rf"(?<!\bor )\b(?:{'|'.join(COMPARATIVES)})\b")
_GARMENTS = {
    "👗": "dress", "👚": "blouse", "👕": "tee", "👖": "jeans", "🧥": "coat", "🧣": "scarf", "🎩": "hat",
    "👒": "sun hat", "🧢": "cap", "👟": "sneakers", "👞": "shoes", "👠": "heels", "👡": "sandals", "👢": "boots",
    "🥾": "boots", "🥿": "flats", "👜": "handbag", "👛": "bag", "🎒": "backpack", "🧦": "socks", "🩳": "shorts",
    "👙": "bikini", "🩱": "swimsuit", "👘": "kimono", "🥻": "saree", "🩲": "briefs", "🩴": "flip flops", "🦺": "vest",
    "👔": "shirt", "🧤": "gloves", "👝": "clutch",
}  # fmt: skip
_WORDS = {
    "🔴": "red", "🟠": "orange", "🟡": "yellow", "🟢": "green",
    "🔵": "blue", "🟣": "purple", "🟤": "brown", "⚫": "black", "⚪": "white", "🧡": "orange", "💛": "yellow",
    "💚": "green", "💙": "blue", "🩵": "light blue", "💜": "purple", "🤎": "brown", "🖤": "black", "🤍": "white",
    "🩶": "grey", "🩷": "pink", "🌈": "rainbow", "🌸": "floral", "🌺": "floral", "🌻": "sunflower print",
    "🌴": "palm print", "🐆": "leopard print", "🦓": "zebra print", "🎄": "christmas", "🎃": "halloween",
    "🏖": "beach", "🎿": "ski", "🏃": "running", "🧘": "yoga", "👰": "bridal", "💶": "euros", "💵": "dollars",
}  # fmt: skip
_TWO_PIECE = re.compile(r"\b2(?=[ -]?(?:piece|pc|tone)[sd]?\b)")
_AND = re.compile(r"(?<=[^\W\d_]{2}) ?& ?(?=[^\W\d_]{2})")  # "h&m" is a name
_SIGNS = frozenset(("So", "Sk"))  # categories of drawn signs
_SILENT = frozenset("\ufe0f\u200d©®™°^`´¨")


def plain(text: str) -> str:
    """Folded text with drawn garments, colors and occasions (emoji) as words."""
    if not text.isascii():
        for sign, word in _GARMENTS.items():
            text = text.replace(sign, f" , {word} , ")
        for sign, word in _WORDS.items():
            text = re.sub(f" *{sign}", f" {word} ", text) if sign in text else text
    return _TWO_PIECE.sub("two", _AND.sub(" and ", normalize.fold(text)))


def drawn(text: str) -> tuple[str, ...]:
    """The emoji that mean nothing here, each once."""
    if text.isascii():
        return ()
    signs = (sign for sign in text if not (sign in _SILENT or sign in _GARMENTS or sign in _WORDS))
    return tuple(dict.fromkeys(sign for sign in signs if unicodedata.category(sign) in _SIGNS and not _tint(sign)))


def _tint(sign: str) -> bool:
    """Whether a sign only gives the one before it the color of a skin."""
    return "\U0001f3fb" <= sign <= "\U0001f3ff"


def take_relative(text: str) -> tuple[str, bool]:
    """The folded text without its comparison with a photo, and whether there was one."""
    rest, count = _RELATIVE.subn(" ; ", text)
    return rest, count > 0 or text.lstrip().startswith("but ")


def compares(text: str) -> bool:
    """Whether the folded text, its prices taken out, asks for more or less of something ("longer")."""
    return _MORE_OR_LESS.search(text) is not None


def take_company(text: str) -> tuple[str, tuple[str, ...]]:
    """The folded text without what a garment is to be worn with, and those words; none where they mean the photo."""
    found = tuple(match[0].strip() for match in _COMPANY.finditer(text) if _ONLY_THIS.sub("", match["what"]).strip())
    return _COMPANY.sub(" ; ", text), found


def seeks_company(words: str) -> bool:
    """Whether words as typed seek what is to be worn with something: a garment of a photo, perhaps."""
    return _COMPANY.search(plain(words)) is not None


def say_negations_plainly(text: str, is_name: Callable[[str], bool]) -> str:
    """The folded text with every way of ruling out as "without"; `is_name` tells names ("wrinkle free") from them."""
    for pattern, words in _NEGATION_PHRASES:
        text = pattern.sub(words, text)
    return _FREE.sub(lambda match: match[0] if is_name(match[0]) else f" without {match[1]} ; ", text)


@lru_cache(maxsize=1)
def stop_words() -> frozenset[str]:
    """Comparable words that say nothing of a garment."""
    return _read("stop_words.txt")


@lru_cache(maxsize=1)
def common_words() -> frozenset[str]:
    """Comparable ordinary English words: they may not be understood, but they are no spelling errors."""
    return _read("common_words.txt")


def _read(name: str) -> frozenset[str]:
    lines = (FOLDER / name).read_text(encoding="utf-8").split()
    return frozenset((*lines, *map(normalize.token, lines)))
