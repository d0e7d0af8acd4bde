"""What an asker is told out of working hours: that nobody is there, and why, once for a ticket."""

from datetime import datetime

from handlers.answers import MACHINE
from handlers.domain.outgoing import Values
from handlers.domain.tickets import Ticket, TicketEvent
from handlers.ports import UnitOfWork
from handlers.working_time import WorkingTime

TOLD = "told_closed"
_OPEN: Values = {"closed": ""}


def told_closed(
    uow: UnitOfWork, ticket: Ticket, working_time: WorkingTime, *, now: datetime
) -> Values:
    """Return what a notice says of it; nothing in working hours, or where it was said before."""
    if working_time.is_open(now):
        return _OPEN
    if any(event.type == TOLD for event in uow.tickets.events(ticket.id)):
        return _OPEN
    uow.tickets.record(ticket.id, TicketEvent(type=TOLD, at=now, actor=MACHINE))
    return {"closed": "1", **closure_values(working_time, now)}


def closure_values(working_time: WorkingTime, now: datetime) -> Values:
    """Name the planned closure, if one keeps the desk closed."""
    closure = working_time.closure_at(now)
    if closure is None:
        return {}
    return {
        "closure": closure.why,
        "closure_first_on": closure.first.isoformat(),
        "closure_last_on": closure.last.isoformat(),
    }
