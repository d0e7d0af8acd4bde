"""A question and the entries: which may be meant, best first, and the signs of how sure that is."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz

from knowledge_base.concepts import Concepts
from knowledge_base.entries import Entry
from knowledge_base.index import View, build_view
from knowledge_base.text import PREFIX, letter_groups, tokens

_SHORT_GROUPS: Final = 0.75
_LONG_GROUPS: Final = 0.24
_STEMS: Final = 0.53
_SAME_WORDS: Final = 0.44
"""Weights of the z-scores, measured once on labelled questions; results are flat around them."""

_DEPTH: Final = 30
"""How many candidates are compared word set by word set."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """What can be seen of how well one entry fits, each roughly between 0 and 1.

    - chance: its share of all scores; agreement: the share of views that put it first.
    - cover: how much of the question's telling words it holds; lead: how much more than the best rival.
    - strength: its word score for each word asked; same: the likeness to one of its utterances.
    - unknown: the share of words no entry knows.
    """

    chance: float
    agreement: float
    cover: float
    lead: float
    strength: float
    same: float
    unknown: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """An entry that may be meant."""

    entry: Entry
    score: float
    signs: Signs


@dataclass(frozen=True, slots=True, kw_only=True)
class Matcher:
    """Three BM25 views of the entries and a comparison of word sets, added up as z-scores."""

    entries: tuple[Entry, ...]
    concepts: Concepts
    short_groups: View
    long_groups: View
    stems: View
    utterances: tuple[tuple[str, ...], ...]

    def rank(self, question: str) -> tuple[Match, ...]:
        """Return the entries that share anything with the question, best first, at most thirty."""
        stems = _stems(question, self.concepts)
        views = [
            self.short_groups.scores(letter_groups(question, 2, 4)),
            self.long_groups.scores(letter_groups(question, 3, 5)),
            self.stems.scores(stems),
        ]
        weights = [_SHORT_GROUPS, _LONG_GROUPS, _STEMS]
        best = self._best(_summed(views, weights, len(self.entries)))[:_DEPTH]
        views.append(self._likeness(stems, best))
        weights.append(_SAME_WORDS)
        total = _summed([{n: view.get(n, 0.0) for n in best} for view in views], weights, len(best))
        return self._matches(stems, views, total)

    def _best(self, total: Mapping[int, float]) -> list[int]:
        return sorted(total, key=lambda number: (-total[number], number))

    def _likeness(self, stems: Sequence[str], numbers: Sequence[int]) -> dict[int, float]:
        asked = " ".join(stems)
        return {
            number: max(fuzz.token_set_ratio(asked, known) for known in self.utterances[number])
            for number in numbers
        }

    def _matches(
        self, stems: Sequence[str], views: Sequence[Mapping[int, float]], total: Mapping[int, float]
    ) -> tuple[Match, ...]:
        best = self._best(total)
        chances = _softmax([total[number] for number in best])
        cover = self._cover(stems, best)
        firsts = [max(view, key=view.__getitem__) for view in views if view]
        known = sum(stem in self.stems.rarity for stem in set(stems))
        words, likeness = views[-2], views[-1]
        return tuple(
            Match(
                entry=self.entries[number],
                score=total[number],
                signs=Signs(
                    chance=chance,
                    agreement=firsts.count(number) / len(views),
                    cover=cover[number],
                    lead=cover[number] - max((cover[n] for n in best if n != number), default=0.0),
                    strength=words.get(number, 0.0) / (5 * len(set(stems))),
                    same=likeness[number] / 100,
                    unknown=1 - known / len(set(stems)),
                ),
            )
            for number, chance in zip(best, chances, strict=True)
        )

    def _cover(self, stems: Sequence[str], numbers: Sequence[int]) -> dict[int, float]:
        """Return what share of the telling words each entry holds; a word no entry knows is most telling."""
        strangest = max(self.stems.rarity.values(), default=1.0)
        telling = {stem: self.stems.rarity.get(stem, strangest) for stem in set(stems)}
        held = dict.fromkeys(numbers, 0.0)
        for stem, rarity in telling.items():
            for number, _ in self.stems.postings.get(stem, ()):
                if number in held:
                    held[number] += rarity
        whole = sum(telling.values()) or 1.0
        return {number: found / whole for number, found in held.items()}


def build_matcher(entries: Sequence[Entry], concepts: Concepts) -> Matcher:
    """Index the entries: the utterances and the answer of each as one document."""
    asked = [" \n ".join(entry.utterances) for entry in entries]
    whole = [f"{utterances} \n {entry.answer}" for utterances, entry in zip(asked, entries, strict=True)]
    return Matcher(
        entries=tuple(entries),
        concepts=concepts,
        short_groups=build_view([letter_groups(text, 2, 4) for text in whole]),
        long_groups=build_view([letter_groups(text, 3, 5) for text in asked]),
        stems=build_view([_stems(text, concepts) for text in whole]),
        utterances=tuple(
            tuple(" ".join(_stems(utterance, concepts)) for utterance in entry.utterances) for entry in entries
        ),
    )


def _stems(text: str, concepts: Concepts) -> list[str]:
    words = tokens(text)
    return [word[:PREFIX] for word in words] + concepts.find(" ".join(words))


def _summed(
    views: Sequence[Mapping[int, float]], weights: Sequence[float], size: int
) -> dict[int, float]:
    total: dict[int, float] = {}
    for view, weight in zip(views, weights, strict=True):
        for number, score in _standardised(view, size).items():
            total[number] = total.get(number, 0.0) + weight * score
    return total


def _standardised(scores: Mapping[int, float], size: int) -> dict[int, float]:
    """Return z-scores over `size` documents, those without a score counting as zero."""
    if not scores:
        return {}
    mean = sum(scores.values()) / size
    variance = sum(score * score for score in scores.values()) / size - mean * mean
    spread = math.sqrt(variance) if variance > 0 else 1.0
    return {number: (score - mean) / spread for number, score in scores.items()}


def _softmax(scores: Sequence[float]) -> list[float]:
    weights = [math.exp(score - max(scores)) for score in scores]
    return [weight / sum(weights) for weight in weights]
