"""Entries that take each other's questions, found by asking every known question of all of them."""

from collections.abc import Iterator
from dataclasses import replace

from knowledge_base.entries import Entry, Status
from knowledge_base.faults import Fault, Severity
from knowledge_base.matcher import Matcher


def stolen_questions(matcher: Matcher) -> Iterator[Fault]:
    """Warn of each utterance that finds another entry first, and of entries nothing finds.

    A match word for word would hide it, so every utterance is asked as if nobody knew it.
    """
    asked = replace(matcher, known={})
    for entry in matcher.entries:
        if entry.status is not Status.RETIRED:
            yield from _of(entry, asked)


def _of(entry: Entry, asked: Matcher) -> Iterator[Fault]:
    ranked = [(utterance, asked.rank(utterance)[:1]) for utterance in entry.utterances]
    found = [(utterance, matches[0].entry) for utterance, matches in ranked if matches]
    lost = [(utterance, taker) for utterance, taker in found if taker.id != entry.id]
    if len(lost) == len(found):
        yield _warning(entry.id, "it is unreachable: none of its own questions finds it first")
        return
    for utterance, taker in lost:
        kin = ", of the same family," if taker.family and taker.family == entry.family else ""
        yield _warning(
            entry.id, f"„{utterance}“ finds {taker.id}{kin} first; say what sets it apart"
        )


def _warning(entry_id: str, reason: str) -> Fault:
    return Fault(entry_id=entry_id, reason=reason, severity=Severity.WARNING)
