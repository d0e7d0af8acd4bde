"""Words that mean the same here: abbreviations, synonyms, English and Russian counterparts."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge_base.text import tokens


@dataclass(frozen=True, slots=True, kw_only=True)
class Concepts:
    """Finds concepts in folded text; a stem may be several words, each given by its beginning."""

    patterns: Mapping[str, re.Pattern[str]]

    def find(self, words: str) -> list[str]:
        """Return the concepts that the words (folded, joined by spaces) speak of."""
        return [concept for concept, pattern in self.patterns.items() if pattern.search(words)]


def build_concepts(groups: Mapping[str, Sequence[str]]) -> Concepts:
    """Prepare the groups: concept -> stems; a stem that ends in a full stop is a whole word."""
    return Concepts(
        patterns={f"§{name}": _pattern(stems) for name, stems in groups.items() if stems}
    )


def _pattern(stems: Sequence[str]) -> re.Pattern[str]:
    ways = (
        r"\w* ".join(map(re.escape, tokens(stem))) + ("" if stem.endswith(".") else r"\w*")
        for stem in stems
    )
    return re.compile(rf"(?<!\S)(?:{'|'.join(ways)})(?!\S)")
