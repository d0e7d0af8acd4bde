"""Records told as answers: their values verbatim, in sentences kept beside the entries."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Final, TypedDict, cast

from knowledge_base.entries import LITHUANIAN, Behaviour, Entry, Source
from knowledge_base.entry_files import parse_yaml
from knowledge_base.municipalities import Place
from knowledge_base.records import Call, Council, Member, Seen, Statute
from knowledge_base.text import tokens
from knowledge_base.values import dataclass


class _Term(TypedDict):
    both: str
    since: str
    until: str


class _CallWords(TypedDict):
    question: str
    text: dict[str, str]
    term: dict[str, _Term]
    call: dict[str, str]
    remind: dict[str, str]


class _CouncilWords(TypedDict):
    question: str
    names: dict[str, dict[str, str]]
    text: dict[str, str]
    term: dict[str, _Term]
    statute: dict[str, str]


class Subject(StrEnum):
    """What of a municipality is told under one id."""

    NVO = "nvo"
    BO = "bo"
    CALLS = "kvietimai"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A record to be told, with its version; a call with its programme's name and number."""

    call: Call
    programme: str
    version: int


def record_id(subject: Subject, place: Place) -> str:
    """Return the id under which records answer."""
    return f"registras-{subject.value}-{_slug(place)}"


def subject_of(entry_id: str, places: Sequence[Place]) -> tuple[Subject, Place] | None:
    """Return what is told under an id, if it is one of records."""
    return next(
        (
            (subject, place)
            for subject in Subject
            for place in places
            if entry_id == record_id(subject, place)
        ),
        None,
    )


def calls_entry(calls: Sequence[Told], place: Place) -> Entry:
    """Tell the days of the calls, the first to close first."""
    words = _words()["calls"]
    texts = {
        language: "\n".join(
            [
                head.format(municipality=place.name),
                *(f"– {_call(each, words, language)}" for each in calls),
                words["remind"][language],
            ]
        )
        for language, head in words["text"].items()
    }
    return _entry(
        id=record_id(Subject.CALLS, place),
        topic=QUEUES[Subject.CALLS],
        question=words["question"].format(municipality=place.name),
        texts=texts,
        seen=[each.call.seen for each in calls],
        version=max(each.version for each in calls),
    )


def council_entry(
    council: Council, place: Place, statutes: Sequence[Statute], *, version: int, today: date
) -> Entry:
    """Tell who serves on the council today, and by which statute."""
    words = _words()["council"]
    names = words["names"][council.kind]
    texts = {
        language: "\n".join(
            [
                head.format(municipality=place.name, council=names[language]),
                *(f"– {_member(each, words['term'][language])}" for each in council.serving(today)),
                *(_statute(each, words["statute"][language]) for each in statutes[-1:]),
            ]
        )
        for language, head in words["text"].items()
    }
    question = words["question"].format(council=names[LITHUANIAN], municipality=place.name)
    return _entry(
        id=record_id(Subject(council.kind), place),
        topic=QUEUES[Subject(council.kind)],
        question=question,
        texts=texts,
        seen=[council.seen],
        version=version,
    )


def _member(member: Member, words: _Term) -> str:
    term = _term(member.since, member.until, words)
    about = ", ".join(filter(None, (member.role, member.represents, term)))
    return f"{member.name} ({about})" if about else member.name


def _call(told: Told, words: _CallWords, language: str) -> str:
    term = _term(told.call.opens_on, told.call.closes_on, words["term"][language])
    return words["call"][language].format(
        title=told.call.title, programme=told.programme, term=term
    )


def _term(since: date | None, until: date | None, words: _Term) -> str:
    if since and until:
        return words["both"].format(since=since, until=until)
    if since:
        return words["since"].format(since=since)
    return words["until"].format(until=until) if until else ""


def _statute(statute: Statute, words: str) -> str:
    told = words.format(title=statute.title, adopted_on=statute.adopted_on)
    return f"{told} {statute.url}" if statute.url else told


def _entry(
    *,
    id: str,  # noqa: A002 -- the field's name
    topic: str,
    question: str,
    texts: dict[str, str],
    seen: Sequence[Seen],
    version: int,
) -> Entry:
    """Make the entry that answers; approved is what every record of it has a checker for."""
    checkers = {each.checked_by for each in seen}
    return Entry(
        id=id,
        topic=topic,
        question=question,
        answer=texts[LITHUANIAN],
        translations={each: text for each, text in texts.items() if each != LITHUANIAN},
        sources=tuple(
            dict.fromkeys(Source(id=each.source, title=each.source, url=each.url) for each in seen)
        ),
        behaviour=Behaviour.ANSWER_OFFER_HUMAN,
        checked_on=min(each.checked_on for each in seen),
        approved_by=None if None in checkers else ", ".join(sorted(filter(None, checkers))),
        version=version,
    )


QUEUES: Final = {
    Subject.NVO: "nvo-tarybos",
    Subject.BO: "bo-atstovavimas",
    Subject.CALLS: "priemone-paraiskos",
}
"""Which queue a question about a subject belongs to."""


def _slug(place: Place) -> str:
    return "-".join(tokens(place.official))


class _AllWords(TypedDict):
    calls: _CallWords
    council: _CouncilWords


@cache
def _words() -> _AllWords:
    """Read the sentences; they are reviewed like code and checked by tests."""
    text = resources.files("knowledge_base.content").joinpath("local_answers.yaml")
    return cast("_AllWords", parse_yaml(text.read_text(encoding="utf-8")))
