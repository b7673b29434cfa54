"""Products' own texts to vocabulary tags, for shops that do not say which attributes a product has."""

from __future__ import annotations

from collections.abc import Iterator

from smartrec.attributes import normalize
from smartrec.attributes.labelled import with_implied
from smartrec.attributes.vocabulary import Vocabulary
from smartrec.catalog.schema import Catalog
from smartrec.text.cues import plain
from smartrec.text.language import Language, language_of
from smartrec.text.lexicon import NO_WORDS
from smartrec.text.scope import weigh


class Tagger:
    """Reads tags of products: what the shop says, its category and color, and else what its title says."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._language: Language = language_of(vocabulary, NO_WORDS)
        self._closed: dict[tuple[str, ...], tuple[str, ...]] = {}

    def tags(
        self, *, title: str, category: str = "", color: str = "", attributes: tuple[str, ...] = ()
    ) -> tuple[str, ...]:
        """Tags of one product with what they imply, each once, in the order of category, color, attributes, title.

        The title is read only if `attributes` holds no tag; words of a foreign vocabulary are matched by spelling.
        """
        own = [self._surface(name) for name in attributes]
        given = [name for name in own if name]
        head = [self._vocabulary.for_label("category", category) or self._surface(category)]
        head.append(self._vocabulary.for_label("color1", color) or self._surface(color))
        names = tuple(name for name in (*head, *(given or self._read(title))) if name)
        if names not in self._closed:
            self._closed[names] = with_implied(names, self._vocabulary)
        return self._closed[names]

    def of_catalog(self, catalog: Catalog) -> Iterator[tuple[str, ...]]:
        """Tags of every product, in catalog order."""
        table = catalog.table
        columns = (table[name].fillna("").astype(str) for name in ("title", "category", "color"))
        for title, category, color, attributes in zip(*columns, catalog.tags, strict=True):
            yield self.tags(title=title, category=category, color=color, attributes=attributes)

    def _surface(self, name: str) -> str | None:
        if name in self._vocabulary:
            return name
        return self._vocabulary.by_surface.get(normalize.key(name)) if name else None

    def _read(self, title: str) -> list[str]:
        wishes = weigh(self._language.read(plain(title)), self._language)
        return [piece.value for piece in wishes.wanted if piece.value in self._vocabulary]
