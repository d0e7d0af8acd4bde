"""What is wrong with a set of entries, said so that whoever writes them can mend it.

An error keeps the entries from being loaded; a warning is for a person to look at.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from enum import StrEnum
from typing import Final

from knowledge_base.entries import VARIABLES, Behaviour, Entry, Status
from knowledge_base.text import fold, tokens
from knowledge_base.values import dataclass


class Severity(StrEnum):
    """Whether the fault keeps the entries from loading."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing to mend; without an entry it concerns the file as a whole."""

    entry_id: str | None
    reason: str
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        """Name the entry, then say what is wrong."""
        return f"{self.entry_id}: {self.reason}" if self.entry_id else self.reason


class ContentError(Exception):
    """Entries that cannot be loaded, with every reason at once."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        """Keep the faults; the message lists them all."""
        super().__init__("\n".join(map(str, faults)))
        self.faults = tuple(faults)


_PROMISE: Final = re.compile(
    r"\bperduos\w*|\bperduodam\w*\b|\bperdaveme\b|\bpersiusim\w*|\bsusisieksi\w*|"
    r"\b\w+s konsultant(?:as|ai)\b|\bkonsultant(?:as|ai) (?:\w+ )?\w+s\b"
)
_HAND_OVER_BY_MEMBER: Final = re.compile(r"pasitikslin")
_OF_TODAY: Final = re.compile(r"\b(?:dabar|siemet|siais metais|siu metu|siuo metu)\b")
_SECONDARY: Final = "verified_secondary"
_SHOWN: Final = "antrinis šaltinis"
_POINTER: Final = re.compile(r"\bzr\.")
_SOURCE_ID: Final = re.compile(r"[A-Z]\d{1,3}")


def faults(
    entries: Sequence[Entry],
    *,
    topics: AbstractSet[str],
    municipalities: AbstractSet[str],
    today: date | None = None,
) -> list[Fault]:
    """Return every fault, errors first; `today` adds warnings about dates that passed."""
    found = [*_repeated_ids(entries), *_repeated_questions(entries), *_repeated_answers(entries)]
    for entry in entries:
        found += (
            Fault(entry_id=entry.id, reason=reason) for reason in _errors(entry, municipalities)
        )
        found += (
            Fault(entry_id=entry.id, reason=reason, severity=Severity.WARNING)
            for reason in _warnings(entry, topics, today)
        )
    return sorted(found, key=lambda fault: fault.severity is Severity.WARNING)


def promises_a_person(answer: str) -> bool:
    """Whether the text tells the asker that a consultant will take it from here."""
    return _PROMISE.search(fold(answer)) is not None


def _repeated_ids(entries: Sequence[Entry]) -> Iterator[Fault]:
    for entry_id, _ in _repeated((entry.id, entry.id) for entry in entries):
        yield Fault(entry_id=entry_id, reason="the id is used by more than one entry")


def _repeated_questions(entries: Sequence[Entry]) -> Iterator[Fault]:
    """Find questions asked of several entries: a contradiction where those may answer differently.

    Of entries for different municipalities or times the same may be asked.
    """
    by_id = {entry.id: entry for entry in entries}
    asked = (
        (question, entry.id)
        for entry in entries
        for question in {" ".join(tokens(utterance)) for utterance in entry.utterances}
    )
    for question, owners in _repeated(asked):
        among = [by_id[owner] for owner in owners]
        reason = f"the same question after folding, „{question}“, stands in: {', '.join(owners)}"
        if _contradict(among):
            reason += "; a contradiction, as their answers differ"
        yield Fault(entry_id=owners[0], reason=reason, severity=Severity.WARNING)


def _contradict(entries: Sequence[Entry]) -> bool:
    sent = [entry for entry in entries if entry.status is Status.CURRENT]
    answers = {fold(entry.answer) for entry in sent}
    circumstances = {(entry.scope, entry.valid_from, entry.valid_to) for entry in sent}
    return len(answers) > 1 and len(circumstances) < len(sent)


def _repeated_answers(entries: Sequence[Entry]) -> Iterator[Fault]:
    answers = {entry.id: fold(entry.answer) for entry in entries}
    for _, owners in _repeated((answer, entry_id) for entry_id, answer in answers.items()):
        reason = f"the same answer stands in: {', '.join(owners)}; one entry would do"
        yield Fault(entry_id=owners[0], reason=reason, severity=Severity.WARNING)


def _repeated(pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, list[str]]]:
    owners: dict[str, list[str]] = {}
    for key, owner in pairs:
        owners.setdefault(key, []).append(owner)
    return ((key, names) for key, names in owners.items() if len(names) > 1)


def _errors(entry: Entry, municipalities: AbstractSet[str]) -> Iterator[str]:
    if not any(source.title.strip() for source in entry.sources):
        yield "no source is named"
    yield from (
        f"source {source.id} is not in sources.yaml"
        for source in entry.sources
        if _is_unknown_id(source.id, source.title)
    )
    if unknown := sorted(entry.variables - VARIABLES):
        yield f"unknown variable {{{unknown[0]}}}; known are {', '.join(sorted(VARIABLES))}"
    if unknown := sorted(set(entry.scope) - municipalities):
        yield f"scope {unknown[0]} is not the official name of a municipality"
    if entry.status is not Status.CURRENT and entry.behaviour is Behaviour.ANSWER:
        yield f"status {entry.status} may not be a plain answer"
    if promises_a_person(entry.answer) and not entry.behaviour.opens_ticket:
        yield (
            f"the answer promises a consultant, so behaviour {entry.behaviour} "
            "must be answer_and_route or route"
        )
    if entry.valid_from and entry.valid_to and entry.valid_to < entry.valid_from:
        yield "valid_to is before valid_from"


def _is_unknown_id(source_id: str, title: str) -> bool:
    return source_id == title and _SOURCE_ID.fullmatch(source_id) is not None


def _warnings(entry: Entry, topics: AbstractSet[str], today: date | None) -> Iterator[str]:
    if entry.topic not in topics:
        yield f"topic {entry.topic} is not a queue, so its questions wait in the general one"
    if _POINTER.search(fold(entry.answer)):
        yield "the answer points elsewhere („žr.“), which a letter cannot follow"
    if _HAND_OVER_BY_MEMBER.search(fold(entry.answer)):
        yield "the answer sends the asker to check („pasitikslinkite“); let the consultant do it"
    if entry.grounding == _SECONDARY and not any(
        _SHOWN in source.title for source in entry.sources
    ):
        yield f"grounding is {_SECONDARY}, but no source is shown as „{_SHOWN}“"
    if entry.status is Status.HISTORICAL:
        for utterance in filter(_OF_TODAY.search, map(fold, entry.utterances)):
            yield f"history is asked about today: „{utterance}“"
    if today is None or entry.status is Status.RETIRED:
        return
    if entry.status is Status.CURRENT and entry.valid_to and entry.valid_to < today:
        yield f"it was valid to {entry.valid_to} and is still current"
    if entry.review_by and entry.review_by < today:
        yield f"its review was due on {entry.review_by}"
