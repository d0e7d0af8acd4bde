"""Which queue a question belongs to when no entry answers it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from typing import Final, TypeAlias

from knowledge_base.by_word import Beginnings
from knowledge_base.entries import Entry
from knowledge_base.index import View, build_view
from knowledge_base.lately import Lately
from knowledge_base.queues import GENERAL, Queue
from knowledge_base.text import cut, fold, tokens, word_groups
from knowledge_base.values import dataclass

_LIKENESS: Final = 2.0
_ENOUGH: Final = 0.5
_LEAD: Final = 0.2
"""What likeness to known questions counts beside the weights of words, and how clear it must be."""
_WORD: Final = re.compile(r"\w+")
_FOREIGN: Final = re.compile(r"[а-я]{3}")

Triggers = Mapping[str, Mapping[int, Sequence[str]]]
"""Word beginnings that point to a queue, by queue and weight."""

_Points: TypeAlias = tuple[Mapping[str, float], Mapping[str, Sequence[str]]]
"""What speaks for each queue, and the words that do."""

_KEPT: Final = 200
_FEW: Final = 3
_SIGN: Final = 0.15
"""How many queues are offered for choice, and what each must have for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """The chosen queue and the words that decided."""

    queue: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Trigger:
    queue: str
    weight: int
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Topics:
    """Chooses a queue by trigger words and by likeness to what is asked there.

    `beginnings` tell by the first word which triggers a question may hold: few, as a rule. The
    points are remembered for whoever asks next: a question is routed, then its asker may choose.
    """

    triggers: Sequence[_Trigger]
    beginnings: Beginnings[int]
    queues: tuple[str, ...]
    questions: View
    _points: Lately[_Points] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Begin to remember."""
        object.__setattr__(self, "_points", Lately(self._counted, kept=_KEPT))

    def choose(self, question: str) -> Topic:
        """Return the queue, `bendra` unless one clearly leads."""
        points, words = self._points(question)
        first, second = sorted(points, key=lambda queue: -points[queue])[:2]
        if points[first] < _ENOUGH or points[first] - points[second] < _LEAD:
            return Topic(queue=GENERAL)
        return Topic(queue=first, words=tuple(dict.fromkeys(words.get(first, ()))))

    def likely(self, question: str) -> tuple[str, ...]:
        """Return the few queues to choose from where none clearly leads; none without a sign."""
        points, _ = self._points(question)
        best = sorted(points, key=lambda queue: -points[queue])
        return tuple(queue for queue in best if queue != GENERAL and points[queue] > _SIGN)[:_FEW]

    def _counted(self, question: str) -> _Points:
        """Count what speaks for each queue, and return the words that do."""
        said = fold(question)
        points = self._likeness(said)
        words: dict[str, list[str]] = {}
        begun = {number for word in _WORD.findall(said) for number in self.beginnings.of(word)}
        for trigger in map(self.triggers.__getitem__, sorted(begun)):
            found = dict.fromkeys(trigger.pattern.findall(said))
            points[trigger.queue] += trigger.weight * len(found)
            words.setdefault(trigger.queue, []).extend(found)
        return points, words

    def _likeness(self, said: str) -> dict[str, float]:
        """Share out how much the question is like the known ones, which are all in Lithuanian."""
        if _FOREIGN.search(said):
            return dict.fromkeys(self.queues, 0.0)
        likeness = self.questions.scores(cut(said))
        whole = float(likeness.sum()) or 1.0
        return {
            queue: _LIKENESS * like / whole
            for queue, like in zip(self.queues, likeness.tolist(), strict=True)
        }


def build_topics(queues: Iterable[Queue], entries: Sequence[Entry], triggers: Triggers) -> Topics:
    """Learn what is asked in each ordinary queue from its examples and its entries."""
    ordinary = [queue for queue in queues if not queue.restricted]
    asked = {queue.id: [queue.title, *queue.examples] for queue in ordinary}
    for entry in entries:
        if entry.topic in asked:
            asked[entry.topic] += entry.utterances
    weighed = [
        (queue, weight, stems)
        for queue, weights in triggers.items()
        if queue in asked
        for weight, stems in weights.items()
    ]
    return Topics(
        triggers=[_Trigger(queue, weight, _pattern(stems)) for queue, weight, stems in weighed],
        beginnings=Beginnings(
            (_first_word(stem), number)
            for number, (_, _, stems) in enumerate(weighed)
            for stem in stems
        ),
        queues=tuple(asked),
        questions=build_view(
            (tokens("\n".join(questions)) for questions in asked.values()), _letters
        ),
    )


def _letters(word: str) -> list[str]:
    return word_groups(word, 3, 5)


def _first_word(stem: str) -> str:
    """Return how the first word begins; an empty beginning is that of every word."""
    word = _WORD.match(fold(stem))
    return word[0] if word else ""


def _pattern(stems: Sequence[str]) -> re.Pattern[str]:
    ways = (r"\w* ".join(map(re.escape, fold(stem).split(" "))) for stem in stems)
    return re.compile(rf"(?<!\w)(?:{'|'.join(ways)})\w*")
