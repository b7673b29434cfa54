"""Words to comparable tokens: case, accents, plural, hyphens, British and American spelling.

Every surface of the vocabulary and every query pass through the same functions, so that a rule which is wrong for
a word ("glasses" -> "glass") is wrong on both sides alike and still matches.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_FRACTIONS = (
    (re.compile(r"3\s*/\s*4(?!\d)|¾"), " three quarter "),
    (re.compile(r"7\s*/\s*8(?!\d)"), " seven eighth "),
    (re.compile(r"1\s*/\s*4(?!\d)|¼"), " quarter "),
    (re.compile(r"1\s*/\s*2(?!\d)|½"), " half "),
)
_ACCENTS = re.compile(r"(?<=[a-z])[\u0300-\u036f]+")
_HAS_FRACTION = re.compile(r"[/¼½¾]")
# Plurals that are words of their own: "shorts" is not "short", "tights" is not "tight".
_KEPT = {
    *(
        "shorts",
        "tights",
        "laces",
        "flats",
        "cords",
        "sweats",
        "overalls",
        "pants",
        "glasses",
        "slides",
        "news",
        "plus",
    ),
    *("cargos", "canvas", "has", "was", "this", "khakis", "crocs"),
}
_IRREGULAR = {
    "women": "woman",
    "men": "man",
    "children": "child",
    "scarves": "scarf",
    "leaves": "leaf",
    "feet": "foot",
    "scarfs": "scarf",
    "knives": "knife",
}
# One spelling for what is spelled in several ways, and one form for what is inflected without a change of meaning.
_SPELLINGS = {
    "gray": "grey",
    "colored": "color",
    "pyjama": "pajama",
    "jewellery": "jewelry",
    "centre": "center",
    "fibre": "fiber",
    "sleeved": "sleeve",
    "necked": "neck",
    "neckline": "neck",
    "waisted": "waist",
    "legged": "leg",
    "strapped": "strap",
    "collared": "collar",
    "aeroplane": "airplane",
    "woollen": "woolen",
    "armoured": "armored",
    "tyedye": "tiedye",
    "tye": "tie",
}


def fold(text: str) -> str:
    """Lower case without accents; letters of other alphabets stay as they are, with theirs."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.lower().replace("\u2019", "'").replace("ß", "ss"))
    return unicodedata.normalize("NFC", _ACCENTS.sub("", decomposed))


def split(text: str) -> list[str]:
    """Folded words in order; hyphens, slashes and punctuation separate, fractions of sleeves become words."""
    return _TOKEN.findall(fold(spell_fractions(text)))


def spell_fractions(text: str) -> str:
    """The text with the fractions that sleeves and zips are called by as words ("3/4" -> "three quarter")."""
    if _HAS_FRACTION.search(text):
        for pattern, words in _FRACTIONS:
            text = pattern.sub(words, text)
    return text


@lru_cache(maxsize=65536)
def token(word: str) -> str:
    """The comparable form of one folded word."""
    word = word[:-2] if word.endswith("'s") and not word[0].isdigit() else word.replace("'", "")  # "80's" is "80s"
    word = word.replace("colour", "color")
    word = _SPELLINGS.get(word, word)
    if word not in _KEPT and len(word) > 3:
        word = _singular(word)
    word = _SPELLINGS.get(word, word)
    return word[:-2] + "y" if word.endswith("ie") and len(word) > 4 else word


def _singular(word: str) -> str:
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if not word.endswith("s") or word.endswith(("ss", "us")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    return word[:-1]


def tokens(text: str) -> list[str]:
    """Comparable tokens of a text, in order."""
    return [token(word) for word in split(text)]


def key(text: str) -> str:
    """What a surface is looked up by: its tokens without separators ("T-shirts", "tshirt" and "t shirt" are one)."""
    return "".join(tokens(text))
