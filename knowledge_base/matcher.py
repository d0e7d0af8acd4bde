"""A question and the entries: which entries it may be asking for, best first, and the signs of how sure that is."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz

from knowledge_base.entries import Entry
from knowledge_base.index import View, build_view
from knowledge_base.text import letter_groups, prefixes

_SHORT_GROUPS: Final = 0.75
_LONG_GROUPS: Final = 0.24
_STEMS: Final = 0.53
_SAME_WORDS: Final = 0.44
_DEPTH: Final = 30
"""How many candidates are compared word set by word set."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """An entry that may be meant; `signs` are the features that confidence is worked out from."""

    entry: Entry
    score: float
    signs: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matcher:
    """Three BM25 views of the entries and a comparison of word sets, added up as z-scores."""

    entries: tuple[Entry, ...]
    short_groups: View
    long_groups: View
    stems: View
    utterances: tuple[tuple[str, ...], ...]

    def rank(self, question: str) -> tuple[Match, ...]:
        """Return the entries that share anything with the question, best first."""
        if not self.entries:
            return ()
        stems = prefixes(question)
        by_view = (
            self.short_groups.scores(letter_groups(question, 2, 4)),
            self.long_groups.scores(letter_groups(question, 3, 5)),
            self.stems.scores(stems),
        )
        total: dict[int, float] = {}
        for weight, scores in zip((_SHORT_GROUPS, _LONG_GROUPS, _STEMS), by_view, strict=True):
            for number, score in _standardised(scores, len(self.entries)).items():
                total[number] = total.get(number, 0.0) + weight * score
        best = sorted(total, key=lambda number: -total[number])[:_DEPTH]
        written = " ".join(stems)
        same = {n: max(fuzz.token_set_ratio(written, other) for other in self.utterances[n]) for n in best}
        for number, score in _standardised(same, len(best)).items():
            total[number] += _SAME_WORDS * score
        best.sort(key=lambda number: -total[number])
        chances = _softmax([total[number] for number in best])
        return tuple(
            Match(entry=self.entries[n], score=total[n], signs={"chance": chance, "same": same[n] / 100})
            for n, chance in zip(best, chances, strict=True)
        )


def build_matcher(entries: Sequence[Entry]) -> Matcher:
    """Index the entries."""
    asked = [" ".join(entry.utterances) for entry in entries]
    whole = [f"{entry_asked} {entry.answer}" for entry_asked, entry in zip(asked, entries, strict=True)]
    return Matcher(
        entries=tuple(entries),
        short_groups=build_view([letter_groups(text, 2, 4) for text in whole]),
        long_groups=build_view([letter_groups(text, 3, 5) for text in asked]),
        stems=build_view([prefixes(text) for text in whole]),
        utterances=tuple(tuple(" ".join(prefixes(u)) for u in entry.utterances) for entry in entries),
    )


def _standardised(scores: Mapping[int, float], size: int) -> dict[int, float]:
    """Return z-scores over `size` documents, those without a score counting as zero."""
    mean = sum(scores.values()) / size
    spread = math.sqrt(max(sum(score * score for score in scores.values()) / size - mean * mean, 0.0)) or 1.0
    return {number: (score - mean) / spread for number, score in scores.items()}


def _softmax(scores: Sequence[float]) -> list[float]:
    weights = [math.exp(score - max(scores)) for score in scores]
    return [weight / sum(weights) for weight in weights]
