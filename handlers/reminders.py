"""What silence settles."""

from dataclasses import replace
from datetime import timedelta

from handlers.answers import MACHINE
from handlers.domain.events import Changed, Resolved
from handlers.domain.outgoing import Key, Kind, OutboxState
from handlers.domain.tickets import Status, Ticket, TicketEvent
from handlers.ports import Clock, UnitOfWork
from handlers.reactions import Reactions
from handlers.working_time import local_day
from knowledge_base.values import dataclass

WARNED = "closing_warned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminders:
    """Settles what nobody comes back to.

    - An answer of a machine is settled after `silence`.
    - A matter that waits for its asker is settled `close_after` the last word, and never sooner
      than `warning` after the asker was told that it will be, once, in working hours. Whatever
      they write meanwhile brings it back. No `close_after` = it waits for ever.
    - Nobody is said to be silent while our answer is still on its way to them.
    """

    clock: Clock
    silence: timedelta
    close_after: timedelta
    warning: timedelta
    reactions: Reactions

    def resolve_silent(self, uow: UnitOfWork) -> int:
        """Resolve answered tickets untouched for `silence`; return how many."""
        found = uow.tickets.silent_since(self.clock.now() - self.silence, status=Status.ANSWERED)
        for ticket in found:
            self._resolve(uow, ticket)
        return len(found)

    def close_waiting(self, uow: UnitOfWork) -> int:
        """Warn those who were not heard of for long, and close after that; return how many."""
        now = self.clock.now()
        if not self.close_after or not self.reactions.working_time.is_open(now):
            return 0
        silent = now - max(timedelta(), self.close_after - self.warning)
        waiting = uow.tickets.silent_since(silent, status=Status.WAITING)
        quiet = [ticket for ticket in waiting if not ticket.practice]
        lines = uow.tickets.marked([ticket.id for ticket in quiet], (WARNED,))
        closed = 0
        for ticket in quiet:
            warned = [line.at for line in lines.get(ticket.id, ()) if line.at >= ticket.updated_at]
            if not warned:
                self._warn(uow, ticket)
            elif now - warned[-1] >= self.warning:
                closed += 1
                resolved = self._resolve(uow, ticket)
                self.reactions.owe(uow, Changed(ticket=resolved))
                self.reactions.owe(uow, Resolved(ticket=resolved))
        return closed

    def _warn(self, uow: UnitOfWork, ticket: Ticket) -> None:
        if not _has_arrived(uow, ticket):
            return
        now = self.clock.now()
        closes = local_day(now + self.warning)
        values = {"closes_on": closes.isoformat()}
        self.reactions.askers.tell(uow, ticket, Kind.NOTICE, Key.CLOSING_SOON, values)
        uow.tickets.record(ticket.id, TicketEvent(type=WARNED, at=now, actor=MACHINE))

    def _resolve(self, uow: UnitOfWork, ticket: Ticket) -> Ticket:
        now = self.clock.now()
        resolved = replace(ticket, status=Status.RESOLVED, offered=())
        ticket = uow.tickets.save(resolved, at=now)
        event = TicketEvent(type="resolved", at=now, actor=MACHINE, reasons=("silence",))
        uow.tickets.record(ticket.id, event)
        return ticket


def _has_arrived(uow: UnitOfWork, ticket: Ticket) -> bool:
    replies = (row for row in uow.outbox.of_ticket(ticket.id) if row.kind is Kind.REPLY)
    return all(row.state is OutboxState.DELIVERED for row in replies)
