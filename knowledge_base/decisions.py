"""What was decided about a question: an answer, a few suggestions, or a person."""

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from enum import StrEnum
from typing import TypedDict

from knowledge_base.entries import Entry
from knowledge_base.language import Language
from knowledge_base.values import dataclass


class Kind(StrEnum):
    """The three tiers of a decision."""

    ANSWER = "answer"
    SUGGESTIONS = "suggestions"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What is known about the asker and the day besides the question itself.

    `municipality` may be written as people write it; `variables` fill the answers of the channel.
    """

    today: date
    municipality: str | None = None
    language: Language | None = None
    variables: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An entry that may be the one asked for; `confidence` is the probability that it is."""

    entry_id: str
    question: str
    score: float
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """One question of a message with what was decided about it alone.

    `offered` are the ids of the candidates that may be suggested; `untranslated` is the entry that
    would be given or suggested, were its answer not in Lithuanian alone.
    """

    text: str
    decision: Kind
    entry_id: str | None
    queue: str
    candidates: tuple[Candidate, ...] = ()
    offered: tuple[str, ...] = ()
    untranslated: str | None = None
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What every decision tells; `municipality` is an official name, `queue` a queue id."""

    segments: tuple[Segment, ...]
    language: Language
    municipality: str | None
    queue: str
    reasons: tuple[str, ...]
    candidates: tuple[Candidate, ...]


class Shared(TypedDict):
    """The fields of `Decided`, collected before it is known which decision it will be."""

    segments: tuple[Segment, ...]
    language: Language
    municipality: str | None
    queue: str
    reasons: tuple[str, ...]
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer(Decided):
    """Every segment has its entry; `text` may be sent as it is."""

    entries: tuple[Entry, ...]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestions(Decided):
    """Near, but not sure: one to three entries the asker may have meant."""

    offered: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsure(Decided):
    """A person decides.

    `untranslated` are the entries that are near the question, but not written in its language: they
    may be shown as what they are, Lithuanian texts, until the person answers.
    """

    untranslated: tuple[Entry, ...] = ()


Decision = Answer | Suggestions | Unsure
