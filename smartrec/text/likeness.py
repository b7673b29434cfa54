"""Words that look alike: TF-IDF over the characters of the index's words.

A query word that no product uses ("cardiganish", "bluish") finds the products through the words that share its
letters. Characters are compared word by word, not product by product, which is why it costs the same in a shop of a
thousand products and of a million.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from scipy import sparse

from smartrec.text.postings import Postings

SHORTEST, LONGEST = 2, 4  # characters of an n-gram
_LIKE = 0.45  # cosine from which a word counts as alike
_MOST = 3  # words that stand in for one


class WordLikeness:
    """Cosine between the character n-grams of words."""

    def __init__(self, words: Sequence[str], grams: Postings, idf: np.ndarray) -> None:
        """`grams`: (W, G) unit rows of TF-IDF by columns; `idf`: (G,) float32, aligned with `grams.names`."""
        self._words = tuple(words)
        self._grams = grams
        self._idf = idf

    @classmethod
    def fit(cls, words: Sequence[str]) -> WordLikeness:
        """Fits scikit-learn's TfidfVectorizer over characters to the words."""
        from sklearn.feature_extraction.text import TfidfVectorizer

        if not words:
            empty = sparse.csc_matrix((0, 0), dtype=np.float32)
            return cls((), Postings.from_matrix(empty, ()), np.empty(0, np.float32))
        model = TfidfVectorizer(analyzer="char_wb", ngram_range=(SHORTEST, LONGEST), dtype=np.float32)
        matrix = model.fit_transform(words)
        return cls(words, Postings.from_matrix(matrix, model.get_feature_names_out()), model.idf_.astype(np.float32))

    def nearest(self, word: str) -> list[tuple[str, float]]:
        """The words most like this one with their cosine, best first; empty if none is like it."""
        counts = Counter(gram for gram in _grams(word) if gram in self._grams.columns)
        weights = {gram: count * float(self._idf[self._grams.columns[gram]]) for gram, count in counts.items()}
        length = float(np.sqrt(sum(weight**2 for weight in weights.values())))
        if length == 0.0:
            return []
        cosines = np.zeros(len(self._words), dtype=np.float32)
        for gram, weight in weights.items():
            self._grams.add(gram, weight / length, cosines)
        best = np.argsort(-cosines, kind="stable")[:_MOST]
        return [(self._words[i], float(cosines[i])) for i in best if cosines[i] >= _LIKE]

    def arrays(self) -> dict[str, np.ndarray]:
        """What `from_arrays` needs, for an npz file."""
        return {"like_words": np.array(self._words, dtype=np.str_), "like_idf": self._idf, **self._grams.arrays("like")}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, np.ndarray]) -> WordLikeness:
        """The model that `arrays` gave. Raises KeyError if a part is missing."""
        return cls(arrays["like_words"].tolist(), Postings.from_arrays(arrays, "like"), arrays["like_idf"])


def _grams(word: str) -> list[str]:
    """Character n-grams within the word, with a space at both ends, as scikit-learn's `char_wb` takes them."""
    padded = f" {word} "
    lengths = range(SHORTEST, min(LONGEST, len(padded)) + 1)
    return [padded[i : i + n] for n in lengths for i in range(len(padded) - n + 1)]
