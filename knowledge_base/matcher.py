"""A question and the entries: which may be meant, best first, and the signs of how sure that is."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from functools import cache, lru_cache
from itertools import pairwise
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from knowledge_base.apart import Apart, Said, said
from knowledge_base.by_word import by_word
from knowledge_base.concepts import Concepts
from knowledge_base.entries import Entry
from knowledge_base.index import Numbers, Pages, Scores, View, build_pages, build_view
from knowledge_base.likeness import Utterances, in_order, utterances
from knowledge_base.municipalities import is_marker
from knowledge_base.segments import without_introduction
from knowledge_base.semantic import Meanings
from knowledge_base.signs import EVERYTHING, Asked, Forms, Signs, Spoken
from knowledge_base.small_words import topic_words
from knowledge_base.text import PREFIX, word_groups, words_of
from knowledge_base.values import dataclass
from knowledge_base.ways import Way

_IN_THESE_WORDS: Final = 10.0
"""What a question gains that is known word for word; more than all views together."""

Views: TypeAlias = NDArray[np.float32]
"""What each way of comparing says of each candidate: a row for each way."""

Sums: TypeAlias = NDArray[np.float64]

_LARGE: Final = 2000
"""From here on the stems choose the candidates, and only those are compared letter by letter."""

_BY_STEMS: Final = 300
_BY_MEANING: Final = 100
_DEPTH: Final = 50
"""How many candidates are compared word set by word set, and against each other."""

_REMEMBERED: Final = 2000
"""So many entries are kept as they are compared, the last ones asked about."""

_READ: Final = 10
"""How many of them are read word by word for what the question says and they do not."""


class Ranker(StrEnum):
    """What a ranking rests on; each has a confidence model of its own."""

    LEXICAL = "lexical"
    SEMANTIC = "semantic"


_WEIGHTS: Final = {Way.STEMS: 1.0, Way.LETTERS: 0.5, Way.SAME_WORDS: 0.5, Way.MEANING: 1.0}
"""Whole and half weights: fitting them finer gains nothing on questions not seen (docs/answers.md).
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """An entry that may be meant.

    `places` tells which place each way of comparing gave it alone; there are none for a question
    that the entry holds word for word.
    """

    entry: Entry
    score: float
    signs: Signs
    places: Sequence[tuple[Way, int]] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Matcher:
    """BM25 views of stems and letters, likeness of word sets and nearness of meaning, added up.

    Each is a z-score among the best fifty, so that sums mean the same however many entries there
    are. Without `meanings` the other three are enough.
    """

    entries: tuple[Entry, ...]
    concepts: Concepts
    ways: Callable[[str], Sequence[str]]
    apart: Apart
    stems: View
    letters: View | Pages
    utterances: Utterances
    spoken: Callable[[int], Spoken]
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
        words, introduced = words_of(question.split()), words_of(introduction.split())
        best, ways, views = self._compared(question, words)
        total = _summed(ways, views).astype(np.float64)
        known = set(self._known_as(words)).intersection(best.tolist())
        if known:
            total += _IN_THESE_WORDS * np.isin(best, list(known))
        order = (-total).argsort(kind="stable")[:_READ]
        scores, chances = total[order].tolist(), _chances(total)[order].tolist()
        asked = self._asked(words, introduced)
        return tuple(
            self._verbatim(number, score, chance, introduced)
            if number in known
            else Match(
                entry=self.entries[number],
                score=score,
                places=tuple(zip(ways, places, strict=True)),
                signs=asked.signs(chance, self.spoken(number)),
            )
            for number, score, chance, places in zip(
                best[order].tolist(), scores, chances, _places(views, order), strict=True
            )
        )

    def _verbatim(
        self, number: int, score: float, chance: float, introduced: Sequence[str]
    ) -> Match:
        """Return the match of an entry that holds the question word for word."""
        missing = self.apart.find(introduced).missing_in(self.spoken(number).said)
        return Match(
            entry=self.entries[number],
            score=score,
            signs=Signs(chance=chance, words=EVERYTHING, held=EVERYTHING, missing=missing),
        )

    def _known_as(self, words: Sequence[str]) -> Sequence[int]:
        """Return the entries that hold the question word for word, or but for where it is asked."""
        anywhere = (
            word
            for before, word in pairwise(("", *words))
            if word not in self.places and not (before in self.places and is_marker(word))
        )
        return self.known.get(" ".join(words)) or self.known.get(" ".join(anywhere), ())

    def _compared(
        self, question: str, words: Sequence[str]
    ) -> tuple[Numbers, Sequence[Way], Views]:
        """Return the best candidates, the ways of comparing and what each says of them."""
        stems = _stems(words, self.concepts)
        by_stem = self.stems.scores(stems)
        near = self.meanings.near(question) if self.meanings else None
        numbers = self._candidates(by_stem, near)
        by_letter = self._by_letter(words, numbers)
        ways = [Way.STEMS, Way.LETTERS]
        if near is None:
            views = np.array([by_stem[numbers], by_letter])
            shared = (views[0] + views[1]).nonzero()[0]
            numbers, views = numbers[shared], views.take(shared, axis=1)
        else:
            ways.append(Way.MEANING)
            views = np.array([by_stem[numbers], by_letter, near[numbers]])
        best = (-_summed(ways, views)).argsort(kind="stable")[:_DEPTH]
        numbers = numbers[best]
        likeness = self.utterances.likest(in_order(stems), numbers)
        return numbers, [*ways, Way.SAME_WORDS], np.array([*views.take(best, axis=1), likeness])

    def _candidates(self, by_stem: Scores, near: Scores | None) -> Numbers:
        if not isinstance(self.letters, Pages):
            return np.arange(len(by_stem), dtype=np.int32)
        chosen = np.argpartition(-by_stem, _BY_STEMS)[:_BY_STEMS]
        if near is not None:
            chosen = np.union1d(chosen, np.argpartition(-near, _BY_MEANING)[:_BY_MEANING])
        return np.sort(chosen).astype(np.int32)

    def _by_letter(self, words: Sequence[str], numbers: Numbers) -> Scores:
        if isinstance(self.letters, Pages):
            return self.letters.scores(words, numbers)
        return self.letters.scores(words)

    def _asked(self, words: Sequence[str], introduced: Sequence[str]) -> Asked:
        about = topic_words(word for word in words if word not in self.places)
        ways = {word: self.ways(word) for word in about}
        return Asked(
            ways=ways,
            telling={word: ways[word] for word in self.apart.telling(about)},
            named=self.apart.find([*introduced, *words]),
        )


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

    def stems(text: str) -> list[str]:
        return _stems(text.split(), concepts)

    asked = utterances([in_order(stems(each)) for each in text.utterances] for text in texts)

    def spoken(number: int) -> Spoken:
        text = texts[number]
        return Spoken(
            said=text,
            everything=frozenset(stems(text.everything)),
            questions=frozenset(" ".join(asked.of(number)).split()),
            question_words=Forms(text.questions),
            answer_words=Forms(text.answer),
        )

    return Matcher(
        entries=tuple(entries),
        concepts=concepts,
        ways=by_word(lambda word: _stems([word], concepts)),
        apart=apart,
        stems=build_view(stems(text.everything) for text in texts),
        letters=build((text.everything.split() for text in texts), _letters),
        utterances=asked,
        spoken=lru_cache(maxsize=_REMEMBERED)(spoken),
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


def _summed(ways: Sequence[Way], views: Views) -> Scores:
    """Add up how many spreads above its mean each score of a view is, by weight."""
    count = np.float32(views.shape[1] or 1)
    centred = views - np.add.reduce(views, axis=1, keepdims=True) / count
    spread = np.sqrt(np.add.reduce(centred * centred, axis=1, keepdims=True) / count)
    spread[spread == 0] = np.inf
    total: Scores = np.add.reduce(centred / spread * _weights(tuple(ways)), axis=0)
    return total


@cache
def _weights(ways: tuple[Way, ...]) -> Scores:
    return np.array([[_WEIGHTS[way]] for way in ways], dtype=np.float32)


def _places(views: Views, chosen: NDArray[np.intp]) -> list[list[int]]:
    """Return, for each of the chosen, the place, from 1, that each view gives to it."""
    above = views[:, :, np.newaxis] > views[:, np.newaxis, chosen]
    places: list[list[int]] = (1 + np.add.reduce(above, axis=1)).T.tolist()
    return places


def _chances(scores: Sums) -> Sums:
    """Return the share of each score, large differences counting most."""
    weights = np.exp(scores - scores.max(initial=0.0))
    shares: Sums = weights / (weights.sum() or 1.0)
    return shares
