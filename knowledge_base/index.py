"""One BM25 view of the entries: which of them hold the terms of a question, and how tellingly."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

_SATURATION: Final = 1.5
_LENGTH_SHARE: Final = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Postings with their BM25 weight worked out beforehand: a question only adds them up."""

    size: int
    postings: Mapping[str, Sequence[tuple[int, float]]]
    rarity: Mapping[str, float]
    """Inverse document frequency of each term."""

    def scores(self, terms: Iterable[str]) -> dict[int, float]:
        """Return the score of every document that holds one of the terms."""
        scores: dict[int, float] = {}
        for term in set(terms):
            for document, weight in self.postings.get(term, ()):
                scores[document] = scores.get(document, 0.0) + weight
        return scores


def build_view(documents: Sequence[Sequence[str]]) -> View:
    """Index the documents, each given as its list of terms."""
    counts = [Counter(document) for document in documents]
    average = sum(map(len, documents)) / len(documents) if documents else 1.0
    frequency = Counter(term for count in counts for term in count)
    rarity = {
        term: math.log(1 + (len(documents) - found + 0.5) / (found + 0.5))
        for term, found in frequency.items()
    }
    postings: dict[str, list[tuple[int, float]]] = {term: [] for term in frequency}
    for number, count in enumerate(counts):
        length = 1 - _LENGTH_SHARE + _LENGTH_SHARE * count.total() / (average or 1.0)
        for term, times in count.items():
            weight = rarity[term] * times * (_SATURATION + 1) / (times + _SATURATION * length)
            postings[term].append((number, weight))
    return View(size=len(documents), postings=postings, rarity=rarity)
