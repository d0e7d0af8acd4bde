"""A question of an accompanied organisation goes to its mentor first."""

from dataclasses import replace
from datetime import date

from handlers.access import Access
from handlers.answers import MACHINE
from handlers.domain.mentorships import foremost
from handlers.domain.outgoing import Values
from handlers.domain.people import Consultant
from handlers.domain.tickets import Status, Ticket, TicketEvent
from handlers.placements import ASSIGNED, UNASSIGNED, is_touched
from handlers.ports import Clock, UnitOfWork
from handlers.substitutes import Substitutes
from handlers.working_time import local_day
from knowledge_base.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class MentorFirst:
    """Gives waiting questions to mentors, before any route or turn.

    - Of several mentors the one of the ticket's programme, else the one assigned last.
    - A mentor who is away, or works here no more, leaves the question to its queue.
    - What is in a restricted queue is given to nobody: it may be about the mentor.
    - What a consultant has touched stays where the consultant left it.
    """

    clock: Clock
    access: Access

    def place(self, uow: UnitOfWork, ticket: Ticket) -> Ticket:
        """Give a question that nobody has to the organisation's mentor, if one is there."""
        mentor = self.mentor(uow, ticket)
        if mentor is None:
            return ticket
        events = uow.tickets.events(ticket.id)
        if is_touched(events):
            return ticket
        if self._is_away(uow, mentor):
            line = self._line(UNASSIGNED, "", f"Organizacijos mentorius nedirba: {mentor.name}.")
            if line.reasons not in {event.reasons for event in events}:
                uow.tickets.record(ticket.id, line)
            return ticket
        line = self._line(ASSIGNED, mentor.email, f"Organizacijos mentorius: {mentor.name}.")
        uow.tickets.record(ticket.id, line)
        given = replace(ticket, owner=mentor.id, status=Status.OPEN)
        return uow.tickets.save(given, at=line.at)

    def told(self, uow: UnitOfWork, ticket: Ticket) -> Values:
        """Return what the asker is told of the mentor; nothing where there is none."""
        mentor = self.mentor(uow, ticket)
        if mentor is None:
            return {}
        if ticket.owner == mentor.id:
            return {"mentor": "there"}
        return {"mentor": "away"} if self._is_away(uow, mentor) else {}

    def mentor(self, uow: UnitOfWork, ticket: Ticket) -> Consultant | None:
        """Return the mentor the ticket's organisation has today, away or not."""
        if ticket.organisation is None or self.access.is_restricted(ticket.queue):
            return None
        rows = uow.mentorships.rows(organisation=ticket.organisation)
        found = foremost(rows, self._today, programme=ticket.programme)
        return uow.consultants.get(found.mentor) if found else None

    def _is_away(self, uow: UnitOfWork, mentor: Consultant) -> bool:
        today = self._today
        away = Substitutes(uow.staffing.absences(today))
        return not mentor.active or away.is_away(mentor.id, today)

    @property
    def _today(self) -> date:
        return local_day(self.clock.now())

    def _line(self, event: str, *reasons: str) -> TicketEvent:
        return TicketEvent(type=event, at=self.clock.now(), actor=MACHINE, reasons=reasons)
