"""Words that mean the same here: abbreviations, synonyms, English and Russian counterparts."""

from collections.abc import Iterator, Mapping, Sequence

from knowledge_base.by_word import Beginnings
from knowledge_base.text import tokens
from knowledge_base.values import dataclass

_MARK = "§"
"""Stands before the name of a concept, so that it is never mistaken for a word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Way:
    """One way to say a concept: words given by their beginnings, the last perhaps whole."""

    concept: str
    beginnings: tuple[str, ...]
    whole: bool

    def starts(self, words: Sequence[str], place: int) -> bool:
        here = words[place : place + len(self.beginnings)]
        return (
            len(here) == len(self.beginnings)
            and all(map(str.startswith, here, self.beginnings))
            and (not self.whole or here[-1] == self.beginnings[-1])
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Concepts:
    """Finds concepts among folded words."""

    ways: Beginnings[_Way]
    """The ways to say something, by the first beginning of each."""

    def find(self, words: Sequence[str]) -> list[str]:
        """Return the concepts that the words speak of, each once."""
        return list(dict.fromkeys(self._all(words)))

    def _all(self, words: Sequence[str]) -> Iterator[str]:
        for place, word in enumerate(words):
            for way in self.ways.of(word):
                if way.starts(words, place):
                    yield way.concept


def build_concepts(groups: Mapping[str, Sequence[str]]) -> Concepts:
    """Prepare the groups: concept -> stems; a stem that ends in a full stop is a whole word."""
    ways = (
        _Way(concept=_MARK + name, beginnings=tuple(tokens(stem)), whole=stem.endswith("."))
        for name, stems in groups.items()
        for stem in stems
    )
    return Concepts(ways=Beginnings((way.beginnings[0], way) for way in ways))
