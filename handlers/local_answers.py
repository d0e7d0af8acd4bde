"""Questions about one municipality: answered from records, never from text, or by a person."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from handlers.domain.messages import Prepared
from handlers.ports import UnitOfWork
from handlers.programmes import Funding
from handlers.registry import MunicipalRegistry
from knowledge_base import reasons
from knowledge_base.decisions import (
    Answer,
    Candidate,
    Decision,
    Kind,
    Segment,
    Shared,
    Suggestions,
    Unsure,
)
from knowledge_base.entries import Entry
from knowledge_base.local_answers import (
    QUEUES,
    Subject,
    calls_entry,
    council_entry,
    record_id,
    subject_of,
)
from knowledge_base.local_questions import About, LocalQuestion, local_question
from knowledge_base.municipalities import Ambiguous, Place, Places
from knowledge_base.records import CouncilKind
from knowledge_base.text import calls_for_person
from knowledge_base.values import dataclass

_OFFERED: Final = 3
_SUBJECTS: Final = {
    About.NVO_COUNCIL: (Subject.NVO,),
    About.BO_COUNCIL: (Subject.BO,),
    About.COUNCIL: (Subject.NVO, Subject.BO),
    About.CALL: (Subject.CALLS,),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalAnswers:
    """Decides such questions anew, when what is known of the municipality can be looked up.

    - One question, one municipality, a record that is current: the record is the answer.
    - A city and a district of one name, or a council of which it was not said which: the asker
      chooses, and the question waits for a person meanwhile.
    - Anything else waits for a person. In a letter with several questions this one does too.
    """

    places: Callable[[], Places]
    registry: MunicipalRegistry
    funding: Funding

    def decide(self, uow: UnitOfWork, message: Prepared) -> Decision:
        """Return the decision, another one where a part of the message is such a question."""
        decision = message.decision
        asked = [self._asked(part) for part in decision.segments]
        if not any(asked) or calls_for_person(message.said):
            return decision
        if len(asked) > 1 or asked[0] is None:
            return _left(decision, asked)
        return self._decided(decision, asked[0], self._where(uow, message, asked[0]), uow)

    def find(self, uow: UnitOfWork, entry_id: str) -> Entry | None:
        """Return what a record tells under this id, however old."""
        known = subject_of(entry_id, self.places().all)
        return None if known is None else self._entry(uow, *known, fresh=False)

    def current(self, uow: UnitOfWork, entry_id: str) -> Entry | None:
        """Return what a record tells under this id, if it may be told today."""
        known = subject_of(entry_id, self.places().all)
        return None if known is None else self._entry(uow, *known, fresh=True)

    def _asked(self, part: Segment) -> LocalQuestion | None:
        return local_question(part.text, self.places(), self.registry.today)

    def _where(self, uow: UnitOfWork, message: Prepared, asked: LocalQuestion) -> tuple[Place, ...]:
        """Return the municipalities that may be meant, the likeliest way to know first.

        - What the question names; the asker's own choice decides between those it may name.
        - What the rest of the message names; then where the asker is known to be.
        """
        places = self.places()
        chosen = places.find(message.decision.municipality or "")
        meant = asked.place
        if isinstance(chosen, Place) and (
            meant is None or (isinstance(meant, Ambiguous) and chosen in meant.places)
        ):
            meant = chosen
        meant = meant or places.find(message.text)
        if meant is None and message.sender is not None:
            person = uow.people.find(message.sender)
            meant = places.find(person.municipality or "") if person else None
        if meant is None:
            return ()
        return meant.places if isinstance(meant, Ambiguous) else (meant,)

    def _decided(
        self, decision: Decision, asked: LocalQuestion, where: Sequence[Place], uow: UnitOfWork
    ) -> Decision:
        subjects = _SUBJECTS[asked.about]
        queue = QUEUES[subjects[0]]
        if not where:
            return _unsure(decision, queue, reasons.RECORD_PLACE)
        meant = [(subject, place) for place in where for subject in subjects]
        found = [self._entry(uow, subject, place, fresh=True) for subject, place in meant]
        entries = tuple(entry for entry in found if entry is not None)
        if not 0 < len(entries) <= _OFFERED:
            names = " / ".join(record_id(subject, place) for subject, place in meant)
            return _unsure(decision, queue, reasons.record_missing(names))
        if not all(entry.speaks(decision.language) for entry in entries):
            return _unsure(decision, queue, reasons.NOT_LITHUANIAN)
        if len(meant) == 1:
            return _answer(decision, entries[0])
        return _suggestions(decision, queue, entries)

    def _entry(
        self, uow: UnitOfWork, subject: Subject, place: Place, *, fresh: bool
    ) -> Entry | None:
        if subject is not Subject.CALLS:
            return self._council(uow, CouncilKind(subject), place, fresh=fresh)
        calls = self.funding.told(uow, place, fresh=fresh)
        return calls_entry(calls, place) if calls else None

    def _council(
        self, uow: UnitOfWork, kind: CouncilKind, place: Place, *, fresh: bool
    ) -> Entry | None:
        known = uow.registry.council(place.official, kind)
        if known is None or (fresh and not self.registry.may_tell(known.council)):
            return None
        statutes = uow.registry.statutes(place.official, kind)
        today = self.registry.today
        return council_entry(known.council, place, statutes, version=known.version, today=today)


def _shared(decision: Decision, part: Segment, candidates: tuple[Candidate, ...]) -> Shared:
    return Shared(
        segments=(part,),
        language=decision.language,
        municipality=decision.municipality,
        queue=part.queue,
        reasons=part.reasons,
        candidates=candidates,
    )


def _answer(decision: Decision, entry: Entry) -> Answer:
    part = Segment(
        text=decision.segments[0].text,
        decision=Kind.ANSWER,
        entry_id=entry.id,
        queue=entry.topic,
        reasons=(reasons.record_told(entry),),
    )
    text = entry.text({}, decision.language)
    return Answer(**_shared(decision, part, ()), entries=(entry,), text=text)


def _suggestions(decision: Decision, queue: str, offered: tuple[Entry, ...]) -> Suggestions:
    part = Segment(
        text=decision.segments[0].text,
        decision=Kind.SUGGESTIONS,
        entry_id=None,
        queue=queue,
        offered=tuple(entry.id for entry in offered),
        reasons=(reasons.record_which(tuple(entry.question for entry in offered)),),
    )
    return Suggestions(**_shared(decision, part, ()), offered=offered)


def _unsure(decision: Decision, queue: str, why: str) -> Unsure:
    part = _waits(decision.segments[0], queue, why)
    return Unsure(**_shared(decision, part, decision.candidates))


def _left(decision: Decision, asked: Sequence[LocalQuestion | None]) -> Unsure:
    """Leave such questions of a letter to a person; the others stay as they were decided."""
    parts = tuple(
        part if each is None else _waits(part, _queue(each), reasons.RECORD_IN_LETTER)
        for part, each in zip(decision.segments, asked, strict=True)
    )
    first = next(part for part, each in zip(parts, asked, strict=True) if each is not None)
    return Unsure(
        segments=parts,
        language=decision.language,
        municipality=decision.municipality,
        queue=first.queue,
        reasons=first.reasons,
        candidates=decision.candidates,
    )


def _queue(asked: LocalQuestion) -> str:
    return QUEUES[_SUBJECTS[asked.about][0]]


def _waits(part: Segment, queue: str, why: str) -> Segment:
    return replace(
        part,
        decision=Kind.UNSURE,
        entry_id=None,
        queue=queue,
        offered=(),
        untranslated=None,
        reasons=(why, *part.reasons),
    )
