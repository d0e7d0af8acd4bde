"""A message that did not arrive: written on its ticket, seen by a person, never only counted."""

from dataclasses import dataclass, replace

from handlers.answers import MACHINE
from handlers.domain.events import DeliveryFailed
from handlers.domain.ids import TicketId
from handlers.domain.messages import Prepared
from handlers.domain.outgoing import STAFF_KINDS, Kind
from handlers.domain.tickets import Status, Ticket, TicketEvent
from handlers.ports import Clock, OutboxEntry, UnitOfWork
from handlers.reactions import Reactions

_CARRIES_THE_ANSWER = frozenset({Kind.ANSWER, Kind.REPLY})
_THOUGHT_ANSWERED = frozenset({Status.ANSWERED, Status.WAITING})


def returned(uow: UnitOfWork, message: Prepared) -> OutboxEntry | None:
    """Find which of our messages came back: by its signed return path, else by its id."""
    by_path = message.returned.outbox
    sent = uow.outbox.find(by_path) if by_path is not None and not message.silent else None
    return sent or uow.outbox.find_sent(channel=message.channel, external_ids=message.bounced)


@dataclass(frozen=True, slots=True, kw_only=True)
class Undelivered:
    """Brings a ticket back to people when the asker may have got nothing.

    - Without its answer a ticket is not answered: it waits for its owner, or in its queue.
    - What consultants did not get is a line of the ticket alone: telling them of it by the same
      mail would bounce for ever.
    """

    clock: Clock
    reactions: Reactions

    def note(
        self,
        uow: UnitOfWork,
        ticket_id: TicketId,
        kind: Kind,
        *,
        event: str,
        reasons: tuple[str, ...] = (),
    ) -> Ticket:
        """Write down what became of a message, and tell consultants if it was for the asker."""
        now = self.clock.now()
        ticket = uow.tickets.get(ticket_id)
        line = TicketEvent(type=event, at=now, actor=MACHINE, reasons=(kind.value, *reasons))
        uow.tickets.record(ticket.id, line)
        if kind in STAFF_KINDS:
            return ticket
        if kind in _CARRIES_THE_ANSWER and ticket.status in _THOUGHT_ANSWERED:
            status = Status.NEW if ticket.owner is None else Status.OPEN
            ticket = uow.tickets.save(replace(ticket, status=status), at=now)
        self.reactions.owe(uow, DeliveryFailed(ticket=ticket, kind=kind))
        return ticket
