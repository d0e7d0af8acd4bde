"""What keeps a question apart from an entry that shares its words: the near misses we can name.

A year, another kind of organisation or another kind of council make it another question. Such an
entry may be offered, but is not sent unasked. Every other word that an entry does not speak of is a
sign against it, unless it is a general one.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypedDict

from knowledge_base.text import tokens

_EXACT: Final = re.compile(r"(?<![\w.])(?:(?:19|20)\d\d|\d+\.\d+)(?![\w.])")
"""A year, or a share like 1.2: what two questions seldom differ in by accident."""

_Thing = tuple[str, re.Pattern[str]]


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


@dataclass(frozen=True, slots=True, kw_only=True)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What a question names that an entry may lack."""

    exact: tuple[str, ...]
    things: tuple[_Thing, ...]
    rivals: tuple[tuple[_Thing, tuple[_Thing, ...]], ...]
    asked: tuple[_Thing, ...]

    def missing_in(self, entry: Said) -> tuple[str, ...]:
        """Return what the question is about and the entry is not, each by its name."""
        return tuple(dict.fromkeys(self._missing(entry)))

    def _missing(self, entry: Said) -> Iterator[str]:
        words = entry.everything.split() if self.exact else ()
        yield from (number for number in self.exact if number not in words)
        yield from (name for name, says in self.things if not says.search(entry.everything))
        for (name, says), others in self.rivals:
            if not says.search(entry.questions) and any(
                other.search(entry.questions) for _, other in others
            ):
                yield name
        yield from (name for name, says in self.asked if not says.search(entry.questions))


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """The things that keep questions apart."""

    rivals: tuple[tuple[_Thing, ...], ...]
    named: tuple[_Thing, ...]
    asked: tuple[tuple[re.Pattern[str], _Thing], ...]
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
        said = " ".join(words)
        return Named(
            exact=tuple(_EXACT.findall(said)),
            things=tuple(thing for thing in self.named if thing[1].search(said)),
            rivals=tuple(
                (thing, tuple(other for other in group if other is not thing))
                for group in self.rivals
                for thing in group
                if thing[1].search(said)
            ),
            asked=tuple(thing for asks, thing in self.asked if asks.search(said)),
        )


def said(utterances: Iterable[str], answer: str) -> Said:
    """Return the words of an entry as they are compared."""
    return Said(
        utterances=tuple(" ".join(tokens(utterance)) for utterance in utterances),
        answer=" ".join(tokens(answer)),
    )


def build_apart(record: ApartRecord) -> Apart:
    """Prepare the things that keep questions apart."""
    return Apart(
        rivals=tuple(_things(group) for group in record["rivals"]),
        named=_things(record["named"]),
        asked=tuple(
            (_pattern(kind["asks"]), (name, _pattern(kind["answers"])))
            for name, kind in record["asked"].items()
        ),
        general=frozenset(tokens(record["general"]["words"])),
        general_beginnings=tuple(tokens(record["general"]["beginnings"])),
    )


def _things(ways: Mapping[str, Sequence[str]]) -> tuple[_Thing, ...]:
    return tuple((name, _pattern(stems)) for name, stems in ways.items())


def _pattern(stems: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.])(?:{'|'.join(map(_spelled, stems))})")


def _spelled(stem: str) -> str:
    beginnings = r"\w* ".join(map(re.escape, tokens(stem)))
    return rf"{beginnings}(?!\w)" if stem.endswith(".") else beginnings
