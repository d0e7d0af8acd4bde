"""What keeps a question apart from an entry that shares its words: the near misses we can name.

A year, another kind of organisation or another kind of council make it another question. Such an
entry may be offered, but is not sent unasked. Every other word that an entry does not speak of is a
sign against it, unless it is a general one.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import Final, TypedDict

from knowledge_base.by_word import Beginnings
from knowledge_base.text import tokens
from knowledge_base.values import dataclass

_EXACT: Final = re.compile(r"(?<![\w.])(?:(?:19|20)\d\d|\d+\.\d+)(?![\w.])")
"""A year, or a share like 1.2: what two questions seldom differ in by accident."""

_REMEMBERED: Final = 4_096


class AskedRecord(TypedDict):
    """A kind of question: how it is asked, and how the questions it is answered by are."""

    asks: list[str]
    answers: list[str]


class GeneralRecord(TypedDict):
    """Words separated by spaces, whole ones and beginnings."""

    words: str
    beginnings: str


class ApartRecord(TypedDict):
    """The data file: things by name, each with the beginnings of the words that say it."""

    rivals: list[dict[str, list[str]]]
    named: dict[str, list[str]]
    asked: dict[str, AskedRecord]
    general: GeneralRecord


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Said:
    """The folded words of an entry, joined by single spaces."""

    utterances: tuple[str, ...]
    answer: str

    @property
    def questions(self) -> str:
        """The words of all its questions."""
        return " ".join(self.utterances)

    @property
    def everything(self) -> str:
        """The words of its questions and its answer."""
        return f"{self.questions} {self.answer}"


@dataclass(frozen=True, slots=True, eq=False)
class _Thing:
    """Something with a name, and how its words begin."""

    name: str
    stems: Sequence[str]
    says: re.Pattern[str]


@lru_cache(maxsize=_REMEMBERED)
def _asks_of(entry: Said, thing: _Thing) -> bool:
    return thing.says.search(entry.questions) is not None


@lru_cache(maxsize=_REMEMBERED)
def _speaks_of(entry: Said, thing: _Thing) -> bool:
    return thing.says.search(entry.everything) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What a question names that an entry may lack."""

    exact: tuple[str, ...]
    things: tuple[_Thing, ...]
    rivals: tuple[tuple[_Thing, tuple[_Thing, ...]], ...]
    asked: tuple[_Thing, ...]

    def missing_in(self, entry: Said) -> tuple[str, ...]:
        """Return what the question is about and the entry is not, each by its name."""
        if not (self.exact or self.things or self.rivals or self.asked):
            return ()
        return tuple(dict.fromkeys(self._missing(entry)))

    def _missing(self, entry: Said) -> Iterator[str]:
        words = entry.everything.split() if self.exact else ()
        yield from (number for number in self.exact if number not in words)
        yield from (thing.name for thing in self.things if not _speaks_of(entry, thing))
        for thing, others in self.rivals:
            if not _asks_of(entry, thing) and any(_asks_of(entry, other) for other in others):
                yield thing.name
        yield from (thing.name for thing in self.asked if not _asks_of(entry, thing))


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """The things that keep questions apart; `beginnings` tell which of them a word may be of."""

    rivals: tuple[tuple[_Thing, ...], ...]
    named: tuple[_Thing, ...]
    asked: tuple[tuple[_Thing, _Thing], ...]
    beginnings: Beginnings[_Thing]
    general: frozenset[str]
    general_beginnings: tuple[str, ...]

    def telling(self, words: Iterable[str]) -> list[str]:
        """Return the folded words that are not general."""
        return [
            word
            for word in words
            if word not in self.general and not word.startswith(self.general_beginnings)
        ]

    def find(self, words: Sequence[str]) -> Named:
        """Return what the folded words of a question name."""
        text = " ".join(words)
        begun = {thing for word in words for thing in self.beginnings.of(word)}
        said = {thing for thing in begun if thing.says.search(text)}
        return Named(
            exact=tuple(_EXACT.findall(text)),
            things=tuple(thing for thing in self.named if thing in said),
            rivals=tuple(
                (thing, tuple(other for other in group if other is not thing))
                for group in self.rivals
                for thing in group
                if thing in said
            ),
            asked=tuple(answered for asks, answered in self.asked if asks in said),
        )


def said(utterances: Iterable[str], answer: str) -> Said:
    """Return the words of an entry as they are compared."""
    return Said(
        utterances=tuple(" ".join(tokens(utterance)) for utterance in utterances),
        answer=" ".join(tokens(answer)),
    )


def build_apart(record: ApartRecord) -> Apart:
    """Prepare the things that keep questions apart."""
    rivals = tuple(_things(group) for group in record["rivals"])
    named = _things(record["named"])
    asked = tuple(
        (_thing(name, kind["asks"]), _thing(name, kind["answers"]))
        for name, kind in record["asked"].items()
    )
    looked_for = (*chain.from_iterable(rivals), *named, *(asks for asks, _ in asked))
    return Apart(
        rivals=rivals,
        named=named,
        asked=asked,
        beginnings=Beginnings(
            (tokens(stem)[0], thing) for thing in looked_for for stem in thing.stems
        ),
        general=frozenset(tokens(record["general"]["words"])),
        general_beginnings=tuple(tokens(record["general"]["beginnings"])),
    )


def _things(ways: Mapping[str, Sequence[str]]) -> tuple[_Thing, ...]:
    return tuple(_thing(name, stems) for name, stems in ways.items())


def _thing(name: str, stems: Sequence[str]) -> _Thing:
    ways = "|".join(map(_spelled, stems))
    return _Thing(name, stems, re.compile(rf"(?<![\w.])(?:{ways})"))


def _spelled(stem: str) -> str:
    beginnings = r"\w* ".join(map(re.escape, tokens(stem)))
    return rf"{beginnings}(?!\w)" if stem.endswith(".") else beginnings
