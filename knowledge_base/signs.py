"""What can be seen of how well an entry fits a question."""

from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Final

from rapidfuzz import fuzz, process

from knowledge_base.apart import Named, Said
from knowledge_base.by_word import LONGEST
from knowledge_base.text import PREFIX
from knowledge_base.values import dataclass

EVERYTHING: Final = 1_000
"""A question known word for word says as much as so many words."""

_FEW_WORDS: Final = 2
"""One or two words tell little of what is asked: as if so many more had not been found."""

_ASIDE: Final = 1 / 3
"""A word that only the answer speaks of is so strange to the entry."""

_ALIKE: Final = 80
"""Words whose beginnings are so like each other, in hundredths, are one word misspelt."""

_RIVAL: Final = 0.05
"""Entries less likely than this are not read letter by letter: nothing would make them the one."""

_REMEMBERED: Final = 8_192
_READ_LATELY: Final = 1_024
_ENDING: Final = 2
_SHORTEST: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """What can be seen of how well one entry fits.

    - chance: its share of all scores, a few rivals against one;
    - words: how many topic words the question has, and held: how many of them the entry holds;
    - strange: telling words of the question that the entry does not speak of;
    - aside: telling words that only its answer speaks of;
    - missing: what the question names and the entry lacks, which makes it another question.
    """

    chance: float
    words: int
    held: int
    strange: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def told(self) -> float:
        """How much the question says, below 1."""
        return self.words / (self.words + _FEW_WORDS)

    @property
    def strangeness(self) -> float:
        """The share of the question that is strange to the entry."""
        return (len(self.strange) + _ASIDE * len(self.aside)) / max(self.words, 1)


class Forms:
    """The words of a text, to be found in another form or misspelt."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _by_start(self) -> Mapping[str, Sequence[str]]:
        words: dict[str, list[str]] = {}
        for word in dict.fromkeys(self._text.split()):
            words.setdefault(word[:_SHORTEST], []).append(word)
        return words

    @cached_property
    def long(self) -> Sequence[str]:
        """The words that are long enough to be known when misspelt."""
        return [word for word in dict.fromkeys(self._text.split()) if len(word) >= PREFIX]

    def has(self, word: str) -> bool:
        """Tell whether the folded text has this word in another form, or misspelt."""
        same_start = self._by_start.get(word[:_SHORTEST])
        if same_start and any(_is_one_word(word, other) for other in same_start):
            return True
        if len(word) < PREFIX:
            return False
        length = max(PREFIX, len(word) - _ENDING)
        others = _beginnings(self, length)
        found = process.extractOne(word[:length], others, scorer=fuzz.ratio, score_cutoff=_ALIKE)
        return found is not None


@dataclass(frozen=True, slots=True, eq=False)
class Spoken:
    """What an entry speaks of: its words, the stems and concepts of all of them, of its questions.

    Made when the entry is first near to a question.
    """

    said: Said
    everything: frozenset[str]
    questions: frozenset[str]
    question_words: Forms
    answer_words: Forms


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a question is about: its topic words, each with its stem and concepts, and its names.

    `telling` are those words that an entry must speak of to be the one.
    """

    ways: Mapping[str, Sequence[str]]
    telling: Mapping[str, Sequence[str]]
    named: Named

    def signs(self, chance: float, entry: Spoken) -> Signs:
        """Read one entry."""
        everything, questions = entry.everything, entry.questions
        held = [word for word, ways in self.ways.items() if not everything.isdisjoint(ways)]
        elsewhere = [word for word, ways in self.telling.items() if questions.isdisjoint(ways)]
        closely = chance >= _RIVAL
        if closely:
            elsewhere = [word for word in elsewhere if not _is_in(entry.question_words, word)]
        strange = tuple(
            word
            for word in elsewhere
            if word not in held and not (closely and _is_in(entry.answer_words, word))
        )
        return Signs(
            chance=chance,
            words=len(self.ways),
            held=len(held),
            strange=strange,
            aside=tuple(word for word in elsewhere if word not in strange),
            missing=self.named.missing_in(entry.said),
        )


def _is_in(words: Forms, word: str) -> bool:
    """Tell whether `words.has` it; a short word, never taken for misspelt, is found as fast."""
    return _remembered(words, word) if PREFIX <= len(word) <= LONGEST else words.has(word)


@lru_cache(maxsize=_READ_LATELY)
def _beginnings(words: Forms, length: int) -> Sequence[str]:
    return [word[:length] for word in words.long]


@lru_cache(maxsize=_REMEMBERED)
def _remembered(words: Forms, word: str) -> bool:
    return words.has(word)


def _is_one_word(one: str, other: str) -> bool:
    """Tell whether two words differ in their endings only."""
    least = max(_SHORTEST, len(one) - _ENDING, len(other) - _ENDING)
    return one[:least] == other[:least]
