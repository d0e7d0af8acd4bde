"""Which queue a question belongs to when no entry answers it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from knowledge_base.entries import Entry
from knowledge_base.index import View, build_view
from knowledge_base.queues import GENERAL, Queue
from knowledge_base.text import fold, tokens, word_groups

_TRIGGER: Final = 1.0
_LIKENESS: Final = 2.0
_ENOUGH: Final = 0.5
_LEAD: Final = 0.2
"""What a trigger word and likeness to known questions count, and how clear it must be."""

_FEW: Final = 3
_SIGN: Final = 0.15
"""How many queues are offered for choice, and what each must have for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """The chosen queue and the words that decided."""

    queue: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Topics:
    """Chooses a queue by trigger words and by likeness to what is asked there."""

    triggers: Mapping[str, re.Pattern[str]]
    queues: tuple[str, ...]
    questions: View

    def choose(self, question: str) -> Topic:
        """Return the queue, `bendra` unless one clearly leads."""
        words = self._words(question)
        points = self._points(question, words)
        first, second = sorted(points, key=lambda queue: -points[queue])[:2]
        if points[first] < _ENOUGH or points[first] - points[second] < _LEAD:
            return Topic(queue=GENERAL)
        return Topic(queue=first, words=words.get(first, ()))

    def likely(self, question: str) -> tuple[str, ...]:
        """Return the few queues to choose from where none clearly leads; none without a sign."""
        points = self._points(question, self._words(question))
        best = sorted(points, key=lambda queue: -points[queue])
        return tuple(queue for queue in best if queue != GENERAL and points[queue] > _SIGN)[:_FEW]

    def _words(self, question: str) -> dict[str, tuple[str, ...]]:
        said = fold(question)
        return {queue: tuple(dict.fromkeys(p.findall(said))) for queue, p in self.triggers.items()}

    def _points(self, question: str, words: Mapping[str, tuple[str, ...]]) -> dict[str, float]:
        likeness = self.questions.scores(
            group for word in tokens(question) for group in _letters(word)
        )
        whole = float(likeness.sum()) or 1.0
        return {
            queue: _TRIGGER * len(words.get(queue, ()))
            + _LIKENESS * float(likeness[number]) / whole
            for number, queue in enumerate(self.queues)
        }


def build_topics(
    queues: Iterable[Queue], entries: Sequence[Entry], triggers: Mapping[str, Sequence[str]]
) -> Topics:
    """Learn what is asked in each ordinary queue from its examples and its entries."""
    ordinary = [queue for queue in queues if not queue.restricted]
    asked = {queue.id: [queue.title, *queue.examples] for queue in ordinary}
    for entry in entries:
        if entry.topic in asked:
            asked[entry.topic] += entry.utterances
    return Topics(
        triggers={
            queue: _pattern(stems) for queue, stems in triggers.items() if queue in asked and stems
        },
        queues=tuple(asked),
        questions=build_view(
            (tokens("\n".join(questions)) for questions in asked.values()), _letters
        ),
    )


def _letters(word: str) -> list[str]:
    return word_groups(word, 3, 5)


def _pattern(stems: Sequence[str]) -> re.Pattern[str]:
    ways = (r"\w* ".join(map(re.escape, fold(stem).split(" "))) for stem in stems)
    return re.compile(rf"(?<!\w)(?:{'|'.join(ways)})\w*")
