"""Reminds those who asked for it of the last day of a call."""

from datetime import timedelta
from typing import Final

from handlers.askers import Askers
from handlers.call_reminders import CallReminder
from handlers.domain.channels import Address
from handlers.domain.outgoing import Key, Kind, Values
from handlers.domain.tickets import Ticket, TicketEvent
from handlers.ports import Clock, UnitOfWork
from handlers.programmes import Funding
from handlers.typed import Reminding, reminding
from handlers.working_time import VILNIUS
from knowledge_base.local_answers import Subject, subject_of
from knowledge_base.municipalities import Place
from knowledge_base.records import Call
from knowledge_base.text import Line
from knowledge_base.values import dataclass

BEFORE: Final = timedelta(days=3)
"""How long before the last day one is reminded."""

_MORNING: Final = 9
"""Nobody is reminded by night."""

_REQUESTER: Final = "requester"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingCalls:
    """Heeds „priminti“ under an answer about calls, and „nepriminti“; the wish is kept as consent.

    - The words may come alone: they are then about the newest such answer.
    - The reminder goes where the answer went, from three days before the last day on, once.
    - A last day moved is reminded of anew; a call withdrawn or over is not reminded of.
    - What could not reach the asker now is tried again until the call is over.
    """

    clock: Clock
    funding: Funding
    askers: Askers

    def heed(self, uow: UnitOfWork, ticket: Ticket, said: Line) -> bool:
        """Do what the words ask for; False when they ask for nothing of this kind."""
        match reminding(said):
            case Reminding.WANTED:
                return self._begin(uow, ticket)
            case Reminding.UNWANTED:
                return self._end(uow, ticket)
            case None:
                return False

    def matter(self, uow: UnitOfWork, sender: Address | None, said: Line) -> Ticket | None:
        """Return the ticket such words are about where they answer nothing: the newest told."""
        person = uow.people.find(sender) if sender and reminding(said) is not None else None
        tickets = uow.tickets.of_person(person.id) if person else ()
        return next((each for each in tickets if _answered(uow, each, self.funding)), None)

    def remind(self, uow: UnitOfWork) -> int:
        """Owe the reminders that are due; return how many."""
        now = self.clock.now().astimezone(VILNIUS)
        if now.hour < _MORNING:
            return 0
        today = self.funding.today
        due = {
            known.call.name: known.call
            for known in uow.programmes.calls()
            if known.call.is_ahead(today) and known.call.closes_on - BEFORE <= today
        }
        standing = uow.call_reminders.standing() if due else ()
        return sum(self._remind(uow, each, due[each.call]) for each in standing if each.call in due)

    def _begin(self, uow: UnitOfWork, ticket: Ticket) -> bool:
        places = _answered(uow, ticket, self.funding)
        calls = [
            told.call for place in places for told in self.funding.told(uow, place, fresh=True)
        ]
        if not calls or not self.askers.may_remind(uow, ticket):
            return False
        for call in calls:
            wish = CallReminder(ticket=ticket.id, call=call.name, asked_at=self.clock.now())
            uow.call_reminders.ask(wish)
        self._record(uow, ticket, "reminder_asked", tuple(call.name for call in calls))
        lines = "\n".join(f"– „{call.title}“, {call.closes_on}" for call in calls)
        self.askers.tell(uow, ticket, Kind.NOTICE, Key.CALL_REMINDER_SET, {"calls": lines})
        return True

    def _end(self, uow: UnitOfWork, ticket: Ticket) -> bool:
        if not uow.call_reminders.end(ticket.id, at=self.clock.now()):
            return False
        self._record(uow, ticket, "reminder_ended", ())
        self.askers.tell(uow, ticket, Kind.NOTICE, Key.CALL_REMINDER_ENDED, {})
        return True

    def _remind(self, uow: UnitOfWork, reminder: CallReminder, call: Call) -> bool:
        ticket = uow.tickets.get(reminder.ticket)
        if reminder.told_for == call.closes_on or not self.askers.may_remind(uow, ticket):
            return False
        if not uow.call_reminders.told(reminder, closes_on=call.closes_on):
            return False
        self.askers.tell(uow, ticket, Kind.NOTICE, Key.CALL_REMINDER, self._values(call))
        return True

    def _values(self, call: Call) -> Values:
        place = self.funding.places().find(call.municipality)
        return {
            "title": call.title,
            "municipality": place.name if isinstance(place, Place) else call.municipality,
            "closes_on": call.closes_on.isoformat(),
            "sources": call.seen.source,
            "checked_on": call.seen.checked_on.isoformat(),
        }

    def _record(
        self, uow: UnitOfWork, ticket: Ticket, event: str, reasons: tuple[str, ...]
    ) -> None:
        line = TicketEvent(type=event, at=self.clock.now(), actor=_REQUESTER, reasons=reasons)
        uow.tickets.record(ticket.id, line)


def _answered(uow: UnitOfWork, ticket: Ticket, funding: Funding) -> list[Place]:
    """Return the municipalities of whose calls the ticket was told."""
    told = [
        subject_of(entry_id, funding.places().all)
        for event in uow.tickets.events(ticket.id)
        if event.type == "answered"
        for entry_id in event.reasons
    ]
    return [place for each in told if each for subject, place in [each] if subject is Subject.CALLS]
