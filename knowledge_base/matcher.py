"""A question and the entries: which may be meant, best first, and the signs of how sure that is."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz

from knowledge_base.concepts import Concepts
from knowledge_base.entries import Entry
from knowledge_base.index import View, build_view
from knowledge_base.small_words import question_words, topic_words
from knowledge_base.text import PREFIX, letter_groups, tokens

_SHORT_GROUPS: Final = 0.75
_LONG_GROUPS: Final = 0.24
_STEMS: Final = 0.53
_SAME_WORDS: Final = 0.44
"""Weights measured once on labelled questions; results are flat around them."""

_UNKNOWN_MANNER: Final = 0.5
_IN_THESE_WORDS: Final = 10.0
"""What a question gains that is known word for word; more than all views together."""

_DEPTH: Final = 30
"""How many candidates are compared word set by word set."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """What can be seen of how well one entry fits, each between 0 and 1.

    - chance: its share of all scores, a few rivals against one;
    - cover: how much of what the question is about the entry speaks of, rare words counting most;
    - manner: whether people ask for this entry with the same question words.
    """

    chance: float
    cover: float
    manner: float


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
    manners: tuple[frozenset[str], ...]
    known: Mapping[str, Sequence[int]]

    def rank(self, question: str) -> tuple[Match, ...]:
        """Return the entries that share anything with the question, best first, at most thirty."""
        words = tokens(question)
        stems = _stems(words, self.concepts)
        views = [
            self.short_groups.scores(letter_groups(question, 2, 4)),
            self.long_groups.scores(letter_groups(question, 3, 5)),
            self.stems.scores(stems),
        ]
        weights = [_SHORT_GROUPS, _LONG_GROUPS, _STEMS]
        best = _best(_summed(views, weights, len(self.entries)))[:_DEPTH]
        views.append(self._likeness(stems, best))
        weights.append(_SAME_WORDS)
        total = _summed([{n: view.get(n, 0.0) for n in best} for view in views], weights, len(best))
        for number in self.known.get(" ".join(words), ()):
            total[number] = total.get(number, 0.0) + _IN_THESE_WORDS
        chances = _chances(total)
        covers = self._covers(words, total)
        return tuple(
            Match(
                entry=self.entries[number],
                score=total[number],
                signs=Signs(
                    chance=chances[number], cover=covers[number], manner=self._manner(words, number)
                ),
            )
            for number in _best(total)
        )

    def _likeness(self, stems: Sequence[str], numbers: Sequence[int]) -> dict[int, float]:
        asked = " ".join(stems)
        return {
            number: max(fuzz.token_set_ratio(asked, known) for known in self.utterances[number])
            for number in numbers
        }

    def _covers(self, words: Sequence[str], numbers: Iterable[int]) -> dict[int, float]:
        """Return the share of topic words each entry holds, itself or by another word for it.

        A word nobody knows weighs most.
        """
        strangest = math.log(1 + len(self.entries) / 0.5)
        held = dict.fromkeys(numbers, 0.0)
        whole = 0.0
        for word in topic_words(words):
            ways = [word[:PREFIX], *self.concepts.find([word])]
            rarity = next(
                (self.stems.rarity[way] for way in ways if way in self.stems.rarity), strangest
            )
            holders = {number for way in ways for number, _ in self.stems.postings.get(way, ())}
            for number in holders.intersection(held):
                held[number] += rarity
            whole += rarity
        return {number: found / (whole or 1.0) for number, found in held.items()}

    def _manner(self, words: Sequence[str], number: int) -> float:
        asked = question_words(words)
        return len(asked & self.manners[number]) / len(asked) if asked else _UNKNOWN_MANNER


def _known(entries: Sequence[Entry]) -> dict[str, list[int]]:
    known: dict[str, list[int]] = {}
    for number, entry in enumerate(entries):
        for utterance in {" ".join(tokens(utterance)) for utterance in entry.utterances}:
            known.setdefault(utterance, []).append(number)
    return known


def build_matcher(entries: Sequence[Entry], concepts: Concepts) -> Matcher:
    """Index the entries: the utterances and the answer of each as one document."""
    asked = [" \n ".join(entry.utterances) for entry in entries]
    whole = [
        f"{utterances} \n {entry.answer}" for utterances, entry in zip(asked, entries, strict=True)
    ]
    return Matcher(
        entries=tuple(entries),
        concepts=concepts,
        short_groups=build_view([letter_groups(text, 2, 4) for text in whole]),
        long_groups=build_view([letter_groups(text, 3, 5) for text in asked]),
        stems=build_view([_stems(tokens(text), concepts) for text in whole]),
        utterances=tuple(
            tuple(" ".join(_stems(tokens(utterance), concepts)) for utterance in entry.utterances)
            for entry in entries
        ),
        manners=tuple(frozenset(question_words(tokens(utterances))) for utterances in asked),
        known=_known(entries),
    )


def _best(total: Mapping[int, float]) -> list[int]:
    return sorted(total, key=lambda number: (-total[number], number))


def _stems(words: Sequence[str], concepts: Concepts) -> list[str]:
    return [word[:PREFIX] for word in words] + concepts.find(words)


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


def _chances(scores: Mapping[int, float]) -> dict[int, float]:
    """Return the share of each score, large differences counting most."""
    highest = max(scores.values(), default=0.0)
    weights = {number: math.exp(score - highest) for number, score in scores.items()}
    whole = sum(weights.values())
    return {number: weight / whole for number, weight in weights.items()}
