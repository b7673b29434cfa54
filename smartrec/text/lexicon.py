"""The words that the products' own texts use, so that none of them is taken for a spelling error."""

from __future__ import annotations

from collections.abc import Mapping


class Lexicon:
    """Comparable words (`normalize.token`) of the index and the number of products that use each."""

    def __init__(self, counts: Mapping[str, int] | None = None) -> None:
        self.counts: Mapping[str, int] = dict(counts or {})

    def frequent(self, most: int) -> list[str]:
        """At most so many words of letters that at least two products use, the most frequent first."""
        words = [word for word, count in self.counts.items() if count > 1 and word.isalpha()]
        return sorted(words, key=lambda word: (-self.counts[word], word))[:most]

    def __contains__(self, word: object) -> bool:
        return word in self.counts

    def __len__(self) -> int:
        return len(self.counts)


# What is known of the products' words where there are no products; one, for languages are kept by their lexicon.
NO_WORDS = Lexicon()
