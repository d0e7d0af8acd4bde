"""A question and the entries: which may be meant, best first, and the signs of how sure that is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from typing import Final

import numpy as np
from rapidfuzz import fuzz, process

from knowledge_base.apart import Apart, Said, said
from knowledge_base.concepts import Concepts
from knowledge_base.entries import Entry
from knowledge_base.index import Numbers, Pages, Scores, View, build_pages, build_view
from knowledge_base.municipalities import is_marker
from knowledge_base.segments import without_introduction
from knowledge_base.semantic import Meanings
from knowledge_base.signs import EVERYTHING, Asked, Signs
from knowledge_base.small_words import topic_words
from knowledge_base.text import PREFIX, tokens, word_groups

_IN_THESE_WORDS: Final = 10.0
"""What a question gains that is known word for word; more than all views together."""

_LARGE: Final = 2000
"""From here on the stems choose the candidates, and only those are compared letter by letter."""

_BY_STEMS: Final = 300
_BY_MEANING: Final = 100
_DEPTH: Final = 50
"""How many candidates are compared word set by word set, and against each other."""

_READ: Final = 10
"""How many of them are read word by word for what the question says and they do not."""


class Ranker(StrEnum):
    """What a ranking rests on; each has a confidence model of its own."""

    LEXICAL = "lexical"
    SEMANTIC = "semantic"


class Way(StrEnum):
    """A way of comparing a question with the entries."""

    STEMS = "stems"
    LETTERS = "letters"
    SAME_WORDS = "same_words"
    MEANING = "meaning"


_WEIGHTS: Final = {Way.STEMS: 1.0, Way.LETTERS: 0.5, Way.SAME_WORDS: 0.5, Way.MEANING: 1.0}
"""Whole and half weights: fitting them finer gains nothing on questions not seen (docs/answers.md).
"""


Views = Mapping[Way, Scores]


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """An entry that may be meant.

    `places` tells which place each way of comparing gave it alone; there are none for a question
    that the entry holds word for word.
    """

    entry: Entry
    score: float
    signs: Signs
    places: Mapping[Way, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Matcher:
    """BM25 views of stems and letters, likeness of word sets and nearness of meaning, added up.

    Each is a z-score among the best fifty, so that sums mean the same however many entries there
    are. Without `meanings` the other three are enough.
    """

    entries: tuple[Entry, ...]
    concepts: Concepts
    apart: Apart
    stems: View
    letters: View | Pages
    utterances: tuple[tuple[str, ...], ...]
    said: tuple[Said, ...]
    known: Mapping[str, Sequence[int]]
    places: frozenset[str] = frozenset()
    meanings: Meanings | None = None

    @property
    def ranker(self) -> Ranker:
        """Whether words alone rank, or words and meaning."""
        return Ranker.SEMANTIC if self.meanings else Ranker.LEXICAL

    def rank(self, question: str) -> tuple[Match, ...]:
        """Return the entries that share anything with the question, best first, at most ten."""
        question, introduction = without_introduction(question)
        words = tokens(question)
        best, views = self._compared(question, words)
        total = _summed(views)
        verbatim = np.isin(best, self._known_as(words))
        total = total + _IN_THESE_WORDS * verbatim
        chances = _chances(total)
        places = np.argsort(-total, kind="stable")[:_READ]
        introduced = tokens(introduction)
        asked = self._asked(words, introduced)
        asker = self.apart.find(introduced)
        held = self._held(asked, best[places])
        return tuple(
            Match(
                entry=self.entries[number],
                score=float(total[place]),
                places={} if verbatim[place] else _places(views, place),
                signs=Signs(
                    chance=float(chances[place]),
                    words=EVERYTHING,
                    held=EVERYTHING,
                    missing=asker.missing_in(self.said[number]),
                )
                if verbatim[place]
                else asked.signs(
                    float(chances[place]), self.said[number], self._questions(number), holds
                ),
            )
            for place, number, holds in zip(places, best[places], held, strict=True)
        )

    def _known_as(self, words: Sequence[str]) -> Sequence[int]:
        """Return the entries that hold the question word for word, or but for where it is asked."""
        anywhere = (
            word
            for before, word in pairwise(("", *words))
            if word not in self.places and not (before in self.places and is_marker(word))
        )
        return self.known.get(" ".join(words)) or self.known.get(" ".join(anywhere), ())

    def _compared(self, question: str, words: Sequence[str]) -> tuple[Numbers, Views]:
        """Return the best candidates and what each way of comparing says of them."""
        stems = _stems(words, self.concepts)
        by_stem = self.stems.scores(stems)
        near = self.meanings.near(question) if self.meanings else None
        numbers = self._candidates(by_stem, near)
        views = {Way.STEMS: by_stem[numbers], Way.LETTERS: self._by_letter(words, numbers)}
        if near is None:
            shared = np.flatnonzero(views[Way.STEMS] + views[Way.LETTERS])
            numbers, views = numbers[shared], {way: view[shared] for way, view in views.items()}
        else:
            views[Way.MEANING] = near[numbers]
        best = np.argsort(-_summed(views), kind="stable")[:_DEPTH]
        likeness = self._likeness(stems, numbers[best])
        views = {way: view[best] for way, view in views.items()}
        return numbers[best], {**views, Way.SAME_WORDS: likeness}

    def _candidates(self, by_stem: Scores, near: Scores | None) -> Numbers:
        if not isinstance(self.letters, Pages):
            return np.arange(len(by_stem), dtype=np.int32)
        chosen = np.argpartition(-by_stem, _BY_STEMS)[:_BY_STEMS]
        if near is not None:
            chosen = np.union1d(chosen, np.argpartition(-near, _BY_MEANING)[:_BY_MEANING])
        return np.sort(chosen).astype(np.int32)

    def _by_letter(self, words: Sequence[str], numbers: Numbers) -> Scores:
        groups = [group for word in words for group in _letters(word)]
        if isinstance(self.letters, Pages):
            return self.letters.scores(groups, numbers)
        return self.letters.scores(groups)

    def _likeness(self, stems: Sequence[str], numbers: Numbers) -> Scores:
        """Return how like the question the likest utterance of each entry is."""
        utterances = [self.utterances[number] for number in numbers]
        if not utterances:
            return np.zeros(0, dtype=np.float32)
        likeness = process.cdist(
            [" ".join(stems)],
            [utterance for group in utterances for utterance in group],
            scorer=fuzz.token_set_ratio,
            dtype=np.float32,
        )
        starts = np.cumsum([0, *map(len, utterances[:-1])])
        likest: Scores = np.maximum.reduceat(likeness[0], starts)
        return likest

    def _asked(self, words: Sequence[str], introduced: Sequence[str]) -> Asked:
        about = topic_words(word for word in words if word not in self.places)
        return Asked(
            ways={word: (word[:PREFIX], *self.concepts.find([word])) for word in about},
            telling=self.apart.telling(about),
            named=self.apart.find([*introduced, *words]),
        )

    def _held(self, asked: Asked, numbers: Numbers) -> list[set[str]]:
        """Return the topic words that each entry holds, itself or by another word for it."""
        held: list[set[str]] = [set() for _ in numbers]
        for word, ways in asked.ways.items():
            holding = np.logical_or.reduce([self.stems.holding(way, numbers) for way in ways])
            for place in np.flatnonzero(holding):
                held[place].add(word)
        return held

    def _questions(self, number: int) -> frozenset[str]:
        """Return the stems and concepts of all questions of an entry."""
        return frozenset(" ".join(self.utterances[number]).split())


def build_matcher(
    entries: Sequence[Entry],
    concepts: Concepts,
    apart: Apart,
    *,
    places: frozenset[str] = frozenset(),
    meanings: Meanings | None = None,
    large: int = _LARGE,
) -> Matcher:
    """Index the entries: the utterances and the answer of each as one document.

    `places` are words that say where and not what about.
    """
    texts = [said(entry.utterances, entry.answer) for entry in entries]
    build = build_view if len(entries) <= large else build_pages
    return Matcher(
        entries=tuple(entries),
        concepts=concepts,
        apart=apart,
        stems=build_view(_stems(text.everything.split(), concepts) for text in texts),
        letters=build((text.everything.split() for text in texts), _letters),
        utterances=tuple(
            tuple(" ".join(_stems(asked.split(), concepts)) for asked in text.utterances)
            for text in texts
        ),
        said=tuple(texts),
        known=_known(texts),
        places=places,
        meanings=meanings,
    )


def _known(texts: Iterable[Said]) -> dict[str, list[int]]:
    known: dict[str, list[int]] = {}
    for number, text in enumerate(texts):
        for utterance in set(text.utterances):
            known.setdefault(utterance, []).append(number)
    return known


def _letters(word: str) -> list[str]:
    return word_groups(word, 2, 4)


def _stems(words: Sequence[str], concepts: Concepts) -> list[str]:
    return [word[:PREFIX] for word in words] + concepts.find(words)


def _summed(views: Views) -> Scores:
    total = sum(_WEIGHTS[way] * _standardised(scores) for way, scores in views.items())
    return np.asarray(total, dtype=np.float32)


def _places(views: Views, place: int) -> dict[Way, int]:
    """Return the place, from 1, that each view gives to what is at this place of their sum."""
    return {way: 1 + int((scores > scores[place]).sum()) for way, scores in views.items()}


def _standardised(scores: Scores) -> Scores:
    spread = scores.std() if len(scores) else 0.0
    return (scores - scores.mean()) / spread if spread else np.zeros_like(scores)


def _chances(scores: Scores) -> Scores:
    """Return the share of each score, large differences counting most."""
    weights = np.exp(scores - scores.max(initial=0.0))
    shares: Scores = weights / (weights.sum() or 1.0)
    return shares
