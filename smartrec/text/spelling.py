"""Spelling errors of one or two letters, and words written together.

A word that means something is never touched: neither one of the vocabulary nor one of the products' texts, nor
ordinary English. Short words must be nearly right, because many words are one letter away from them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

_SHORTEST = 4
_LONG = 6  # from here on two errors are forgiven
_LONGEST = 24
# Another first letter is seldom a slip: it costs this much besides the distance.
_FIRST_LETTER = 0.7
_SAME_LETTERS = 0.35  # what two swapped letters are cheaper by
_SHORTEST_PART = 3
_SURE = 0.75  # what a word of six letters with two errors may be must be at least this likely
_SHORT_WEIGHT = 0.5  # what a word of the shortest length may be must be at least this likely


class Speller:
    """Finds the word that was meant."""

    def __init__(self, words: Mapping[str, float], known: Collection[str], parts: Collection[str]) -> None:
        """A speller.

        Args:
            words: what may be meant -> how likely it is against others at the same distance.
            known: words that are right as they are.
            parts: words that may be written together ("redstriped").
        """
        self._weights = dict(words)
        self._words = [word for word in words if len(word) >= _SHORTEST]
        self.known = frozenset(known)
        self._parts = frozenset(part for part in parts if len(part) >= _SHORTEST_PART)
        self.correct = lru_cache(maxsize=8192)(self._correct)

    def _correct(self, word: str) -> tuple[str, ...]:
        """The words that were meant: one, or two if they were written together; empty if nothing is near enough."""
        if word in self.known or not _SHORTEST <= len(word) <= _LONGEST or not word.isalpha():
            return ()
        split = self._split(word)
        if split:
            return split
        best, cost = self._nearest(word)
        return (best,) if best and cost < _allowed(len(word)) + 0.5 else ()

    def _nearest(self, word: str) -> tuple[str, float]:
        limit = _allowed(len(word))
        found = process.extract(word, self._words, scorer=OSA.distance, score_cutoff=limit, limit=20)
        best, best_cost = "", float("inf")
        for other, distance, _ in found:
            needed = _SURE if distance == 2 and len(word) <= _LONG else _SHORT_WEIGHT if len(word) == _SHORTEST else 0.0
            if self._weights[other] < needed:
                continue
            cost = distance + _FIRST_LETTER * (other[0] != word[0]) - 0.3 * self._weights[other]
            cost -= _SAME_LETTERS * (sorted(other) == sorted(word))
            if (cost, other) < (best_cost, best):
                best, best_cost = other, cost
        return best, best_cost

    def _split(self, word: str) -> tuple[str, ...]:
        cuts = range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1)
        pairs = [(word[:cut], word[cut:]) for cut in cuts]
        fitting = [pair for pair in pairs if pair[0] in self._parts and pair[1] in self._parts]
        return max(fitting, key=lambda pair: min(map(len, pair)), default=())


def _allowed(length: int) -> int:
    return 2 if length >= _LONG else 1
