"""The commonest words for garments, colors and fabrics in six other languages.

A word that is English as well ("robe", "hose") is read as English unless a word beside it is of the other language
only ("robe rouge").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from functools import lru_cache

from smartrec.text.cues import FOLDER, NEGATIONS, stop_words

_WORD = re.compile(r"[^\W\d_]+")
_ROMANCE = frozenset(("fr", "es", "it", "pt"))
# In these the adjective follows: without turning them round, "manches courtes" would be no short sleeves.
_NOUN_FIRST = re.compile(r"\b(sleeves?|waist) (long|short|high)\b")
_SURE = 4  # letters of a word that alone tells a language


@lru_cache(maxsize=1)
def dictionaries() -> Mapping[str, Mapping[str, str]]:
    """Language -> folded word -> English words."""
    _, *lines = (FOLDER / "other_languages.tsv").read_text(encoding="utf-8").splitlines()
    found: dict[str, dict[str, str]] = {}
    for line in lines:
        language, meaning, words = line.split("\t")
        own = found.setdefault(language, {})
        for word in words.split():
            own.setdefault(word, meaning)
    return found


def translate(
    text: str, is_english: Callable[[str], bool], as_typed: Collection[str] = ()
) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The folded text in English, and the (typed, understood) pairs.

    The language of which most words are used is the one; of a text that is all English nothing is changed.

    Args:
        text: folded.
        is_english: whether a word means something as it is.
        as_typed: words that stay as they are.
    """
    typed = [word for word in dict.fromkeys(_WORD.findall(text)) if word not in as_typed]
    known = {name: [word for word in typed if word in words] for name, words in dictionaries().items()}
    best = max(known, key=lambda name: len(known[name]))
    if not any(len(word) >= _SURE and not is_english(word) for word in known[best]):
        return text, ()
    meant = {word: dictionaries()[best][word] for word in known[best]}
    joints = stop_words() - NEGATIONS
    pairs = tuple((word, english) for word, english in meant.items() if word != english and english not in joints)
    text = _WORD.sub(lambda match: meant.get(match[0], match[0]), text)
    return (_NOUN_FIRST.sub(r"\2 \1", text) if best in _ROMANCE else text), pairs
