"""What a message is like: a second sign for the restricted queues, beside the rules of `special`.

A logistic regression for each queue weighs the kinds of words a passage holds and, where the model
of meaning is active, its vector. Weights and the least chance that counts are data, learned from
labelled messages by `knowledge_base.shipped_sense`.
"""

import json
import math
from collections.abc import Collection, Mapping, Sequence
from itertools import repeat
from textwrap import wrap
from typing import Final, TypedDict

import numpy as np

from knowledge_base.lexicon import Lexicon, Spots
from knowledge_base.matcher import Ranker
from knowledge_base.segments import Letter, letter, sentences_of
from knowledge_base.semantic import Meanings, Vector
from knowledge_base.values import dataclass

_PASSAGE: Final = 200
_SENTENCE: Final = 300
_MOST: Final = 12
_READ: Final = _MOST * _PASSAGE
"""A longer letter is read at its beginning and its end; the rules read all of it."""
_SAID: Final = 3
_NONE_SEEN: Final[Mapping[str, Spots]] = {}
_SURER: Final = 1.5


class QueueRecord(TypedDict):
    """The weights of one queue as they stand in the data file."""

    bias: float
    needed: float
    kinds: dict[str, float]
    meaning: list[float]


SenseRecords = dict[str, dict[str, QueueRecord]]
"""Weights by ranker and queue."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """The restricted queue a passage is like, how surely, and the words that weigh most."""

    queue: str
    chance: float
    needed: float
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """How much each kind of words and each side of the meaning speaks for a queue."""

    queue: str
    bias: float
    needed: float
    kinds: Mapping[str, float]
    meaning: Vector

    def score(self, kinds: Collection[str], vector: Vector | None) -> float:
        """Return the logarithm of the odds that a passage belongs to the queue."""
        said = sum(map(self.kinds.get, kinds, repeat(0.0)))
        return self.bias + said + (0.0 if vector is None else float(self.meaning @ vector))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sense:
    """The weights of every restricted queue, with and without the model of meaning."""

    lexicon: Lexicon
    weights: Mapping[Ranker, Sequence[Weights]]

    def find(
        self, message: Letter, meanings: Meanings | None, seen: Mapping[str, Spots] = _NONE_SEEN
    ) -> Likeness | None:
        """Return the restricted queue that some passage of the message is most surely like.

        The more passages a letter has, the surer one must be: each of them might mislead. Where a
        passage is a text in which the words were `seen`, they need not be found again.
        """
        weights = self.weights[Ranker.SEMANTIC if meanings else Ranker.LEXICAL]
        found: list[tuple[float, Likeness]] = []
        parts = passages_of(message)
        surer = surer_by(len(parts))
        for passage in parts:
            spots = seen.get(passage) or self.lexicon.spots(passage)
            vector = meanings.read(passage) if meanings else None
            for queue in weights:
                score = queue.score(spots.places, vector)
                needed = queue.needed + surer
                if score >= needed:
                    found.append((score - needed, _likeness(queue, score, needed, spots)))
        return max(found, key=lambda pair: pair[0])[1] if found else None


def surer_by(count: int) -> float:
    """Return how much higher the score of one passage among so many must be."""
    return _SURER * math.log(max(count, 1))


def passages(text: str) -> tuple[str, ...]:
    """Return what is judged of a message: its questions, and a longer letter a few lines each.

    A short message with one question is that question, so that its vector serves for ranking too.
    """
    return passages_of(letter(text))


def passages_of(message: Letter) -> tuple[str, ...]:
    """Return what is judged of a message that was read."""
    said = message.said
    if message.is_short:
        asked = message.questions
        return asked if len(asked) == 1 else tuple(dict.fromkeys((" ".join(said.split()), *asked)))
    sentences = message.sentences
    if len(said) > _READ:
        sentences = sentences_of(f"{said[: _READ // 2]}\n\n{said[-_READ // 2 :]}")
    half, parts = _MOST // 2, list[str]()
    for piece in (piece for sentence in sentences for piece in _wrapped(sentence.text)):
        if parts and len(parts[-1]) + len(piece) < _PASSAGE:
            parts[-1] += f" {piece}"
        else:
            parts.append(piece)
    return (*parts[:half], *parts[max(half, len(parts) - half) :])


def _wrapped(sentence: str) -> Sequence[str]:
    whole = len(sentence) <= _SENTENCE and "\t" not in sentence
    return (sentence,) if whole else wrap(sentence, _SENTENCE)


def _likeness(weights: Weights, score: float, needed: float, spots: Spots) -> Likeness:
    kinds = sorted(spots.places, key=lambda kind: -weights.kinds.get(kind, 0.0))
    telling = [kind for kind in kinds if weights.kinds.get(kind, 0.0) > 0]
    words = (spots.words.said[spots.places[kind][0]] for kind in telling)
    return Likeness(
        queue=weights.queue,
        chance=_logistic(score),
        needed=_logistic(needed),
        words=tuple(dict.fromkeys(words))[:_SAID],
    )


def parse_sense(text: str, lexicon: Lexicon) -> Sense:
    """Return the weights of a data file."""
    records: SenseRecords = json.loads(text)
    return Sense(
        lexicon=lexicon,
        weights={
            Ranker(ranker): tuple(
                Weights(
                    queue=queue,
                    bias=record["bias"],
                    needed=record["needed"],
                    kinds=record["kinds"],
                    meaning=np.array(record["meaning"], dtype=np.float32),
                )
                for queue, record in queues.items()
            )
            for ranker, queues in records.items()
        },
    )


def _logistic(score: float) -> float:
    return 1 / (1 + math.exp(-score))
