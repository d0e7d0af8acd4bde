"""What to do when a time has passed."""

from dataclasses import dataclass, replace
from datetime import timedelta

from handlers.answers import MACHINE
from handlers.domain.tickets import Status, TicketEvent
from handlers.ports import Clock, UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminders:
    """Settles what silence settles: an answered question nobody came back to is resolved."""

    clock: Clock
    silence: timedelta

    def resolve_silent(self, uow: UnitOfWork) -> int:
        """Resolve answered tickets untouched for `silence`; return how many."""
        now = self.clock.now()
        tickets = uow.tickets.silent_since(now - self.silence, status=Status.ANSWERED)
        for ticket in tickets:
            uow.tickets.save(replace(ticket, status=Status.RESOLVED), at=now)
            event = TicketEvent(type="resolved", at=now, actor=MACHINE, reasons=("silence",))
            uow.tickets.record(ticket.id, event)
        return len(tickets)
