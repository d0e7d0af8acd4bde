"""What a new question is told at once, and what is written down about why."""

from handlers.answers import MACHINE, Answers, likely
from handlers.domain.channels import Channel
from handlers.domain.events import AnsweredInPart, QuestionAnswered, QuestionQueued
from handlers.domain.messages import Prepared
from handlers.domain.tickets import Status, Ticket, TicketEvent
from handlers.domain.verdicts import Verdict
from handlers.parts import (
    DECIDED,
    PART,
    UNTRANSLATED,
    candidate_lines,
    decided_reasons,
    part_reasons,
    untranslated_reasons,
)
from handlers.ports import Clock, UnitOfWork
from handlers.reactions import Reactions
from handlers.which_place import WhichPlace
from knowledge_base.decisions import Answer, Decision, Segment
from knowledge_base.decisions import Kind as Tier
from knowledge_base.queues import GENERAL
from knowledge_base.values import dataclass

_SUBJECT_LENGTH = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstAnswers:
    """Answers what is sure, says what waits, and explains both to consultants.

    - The asker gets one message: an acknowledgement, or an answer to everything or to a part.
    - Nothing is said in a restricted queue, nor where it would not arrive. What could not be read
      is answered by nobody but a person, whatever its subject says.
    """

    clock: Clock
    answers: Answers
    reactions: Reactions

    @property
    def which_place(self) -> WhichPlace:
        """What asks back where a city and its district share a name."""
        return WhichPlace(self.answers.knowledge().places)

    def verdict(self, uow: UnitOfWork, message: Prepared, *, subject: str) -> Verdict:
        """Hold the decision against what may be said to this asker now."""
        channel, sender = message.channel, message.sender
        if message.silent or sender is None:
            return Verdict()
        if not self.reactions.askers.may_answer_at(uow, channel, sender, subject=subject):
            return Verdict()
        if message.unread:
            return Verdict(unread=message.unread)
        return self.answers.verdict(message.decision, channel, text=message.text)

    def remember(self, uow: UnitOfWork, ticket: Ticket, decision: Decision, said: Verdict) -> None:
        """Write down why: the decision, each question of a letter, what held an answer back."""
        answered = {told.question for told in said.sure}
        sent = {told.entry.id for told in said.sure}
        sure = [part for part in decision.segments if part.decision is Tier.ANSWER]
        held = isinstance(decision, Answer) and not said.sure
        held = held or any(part.entry_id not in sent for part in sure)
        lines = [self._line(DECIDED, decided_reasons(decision, held=held))]
        for part in _letter(decision):
            known = part.text in answered or part.entry_id in sent
            lines.append(self._line(PART, part_reasons(part, is_answered=known)))
        if said.foreign:
            lines.append(self._line(UNTRANSLATED, untranslated_reasons(said)))
        uow.tickets.record(ticket.id, *lines)

    def tell(self, uow: UnitOfWork, ticket: Ticket, message: Prepared, said: Verdict) -> None:
        """Owe the asker one message, and the consultants a card where a person is needed."""
        entries = tuple(told.entry for told in said.sure)
        is_restricted = self.reactions.staff_room.access.is_restricted(ticket.queue)
        where = {} if is_restricted else self.which_place.asked(ticket, message, said)
        if said.sure:
            article = self.answers.write(uow, ticket, entries)
            if said.waiting:
                topics = self.topics(ticket, message, said)
                part = AnsweredInPart(
                    ticket=ticket, said=said, article=article, topics=topics, where=where
                )
                self.reactions.owe(uow, part)
            else:
                whole = QuestionAnswered(ticket=ticket, entries=entries, article=article)
                self.reactions.owe(uow, whole)
        if said.is_whole:
            return
        parts = [part for part in _letter(message.decision) if part.text in said.waiting]
        candidates = likely(parts) if parts else likely([message.decision])
        queued = QuestionQueued(
            ticket=ticket,
            said=said,
            topics=self.topics(ticket, message, said),
            candidates=() if _letter(message.decision) else candidate_lines(candidates),
            likely=candidates,
            where=where,
        )
        self.reactions.owe(uow, queued)

    def topics(self, ticket: Ticket, message: Prepared, said: Verdict) -> tuple[str, ...]:
        """Return the queues the asker may name by a button; a page offers them by itself."""
        if ticket.queue != GENERAL or message.channel is not Channel.TELEGRAM:
            return ()
        return self.answers.topics("\n".join(said.waiting) or message.text)

    def _line(self, event: str, reasons: tuple[str, ...]) -> TicketEvent:
        return TicketEvent(type=event, at=self.clock.now(), actor=MACHINE, reasons=reasons)


def first_status(message: Prepared, said: Verdict) -> Status:
    """Say how a ticket begins; what an archive brings was settled long ago."""
    if message.silent:
        return Status.RESOLVED
    return Status.ANSWERED if said.is_whole else Status.NEW


def subject_of(message: Prepared) -> str:
    """Name the matter: the mail's subject, or how the question begins."""
    return shortened_subject(message.subject or message.text)


def shortened_subject(text: str) -> str:
    """Begin as a text does, on one line."""
    words = " ".join(text.split())
    return words if len(words) <= _SUBJECT_LENGTH else words[: _SUBJECT_LENGTH - 1] + "…"


def _letter(decision: Decision) -> tuple[Segment, ...]:
    """Return the questions of a letter that has several."""
    return decision.segments if len(decision.segments) > 1 else ()
