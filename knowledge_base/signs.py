"""What can be seen of how well an entry fits a question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz, process

from knowledge_base.apart import Named, Said
from knowledge_base.text import PREFIX

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a question is about: its topic words, each with its stem and concepts, and its names.

    `telling` are those words that an entry must speak of to be the one.
    """

    ways: Mapping[str, Sequence[str]]
    telling: Sequence[str]
    named: Named

    def signs(self, chance: float, entry: Said, questions: frozenset[str], held: set[str]) -> Signs:
        """Read one entry: `questions` are the stems of its questions, `held` the words it holds."""
        closely = chance >= _RIVAL
        elsewhere = [
            word
            for word in self.telling
            if questions.isdisjoint(self.ways[word])
            and not (closely and _is_in(word, entry.questions))
        ]
        strange = tuple(
            word
            for word in elsewhere
            if word not in held and not (closely and _is_in(word, entry.answer))
        )
        return Signs(
            chance=chance,
            words=len(self.ways),
            held=len(held),
            strange=strange,
            aside=tuple(word for word in elsewhere if word not in strange),
            missing=self.named.missing_in(entry),
        )


def _is_in(word: str, text: str) -> bool:
    """Tell whether the folded text has this word in another form, or misspelt."""
    others = text.split()
    start = word[:_SHORTEST]
    if any(other.startswith(start) and _is_one_word(word, other) for other in others):
        return True
    length = max(PREFIX, len(word) - _ENDING)
    return len(word) >= PREFIX and bool(
        process.extractOne(
            word[:length],
            {other[:length] for other in others if len(other) >= PREFIX},
            scorer=fuzz.ratio,
            score_cutoff=_ALIKE,
        )
    )


def _is_one_word(one: str, other: str) -> bool:
    """Tell whether two words differ in their endings only."""
    least = max(_SHORTEST, len(one) - _ENDING, len(other) - _ENDING)
    return one[:least] == other[:least]
