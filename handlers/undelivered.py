"""A message that did not arrive: written on its ticket, seen by a person, never only counted."""

from dataclasses import replace

from handlers.answers import MACHINE
from handlers.domain.channels import Address
from handlers.domain.errors import ConflictError
from handlers.domain.events import Changed, DeliveryFailed, DeliveryMoved
from handlers.domain.ids import OutboxId, TicketId
from handlers.domain.messages import Prepared
from handlers.domain.outgoing import EDITS, ON_ANY_CHANNEL, STAFF_KINDS, Kind, Outgoing
from handlers.domain.tickets import Status, Ticket, TicketEvent
from handlers.joined import goes_on_in
from handlers.ports import Clock, OutboxEntry, UnitOfWork
from handlers.reactions import Reactions
from knowledge_base.values import dataclass

_CARRIES_THE_ANSWER = frozenset({Kind.ANSWER, Kind.REPLY})
_TRIES = 3
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
        message: OutboxId | None = None,
    ) -> Ticket:
        """Write down what became of a message, and tell consultants if it was for the asker."""
        ticket = goes_on_in(uow, uow.tickets.get(ticket_id))
        line = TicketEvent(
            type=event, at=self.clock.now(), actor=MACHINE, reasons=(kind.value, *reasons)
        )
        uow.tickets.record(ticket.id, line)
        if kind in STAFF_KINDS | EDITS:
            return ticket
        if kind in _CARRIES_THE_ANSWER:
            ticket = self._give_back(uow, ticket)
            self.reactions.owe(uow, Changed(ticket=ticket))
        self.reactions.owe(uow, DeliveryFailed(ticket=ticket, kind=kind, message=message))
        return ticket

    def move(
        self, uow: UnitOfWork, sent: Outgoing | OutboxEntry, ticket: Ticket, *, dead: Address
    ) -> bool:
        """Send on another channel of the asker's what a dead one did not take, once.

        Returns False when there is none, or the words are fit for no other.
        """
        if sent.kind in EDITS or sent.key not in ON_ANY_CHANNEL:
            return False
        if dead not in uow.people.get(ticket.requester).addresses:
            return False
        address = self.reactions.askers.elsewhere(uow, ticket, dead)
        if address is None:
            return False
        now = self.clock.now()
        if uow.outbox.redirect(sent.id, address, at=now) is not None:
            reasons = (sent.kind.value, dead.channel.value, address.channel.value)
            line = TicketEvent(type="delivery_moved", at=now, actor=MACHINE, reasons=reasons)
            uow.tickets.record(ticket.id, line)
            event = DeliveryMoved(
                ticket=ticket, kind=sent.kind, channel=address.channel, message=sent.id
            )
            self.reactions.owe(uow, event)
        return True

    def _give_back(self, uow: UnitOfWork, ticket: Ticket) -> Ticket:
        """Let the ticket wait for people again, whoever else changes it at this moment."""
        for _ in range(_TRIES):
            if ticket.status not in _THOUGHT_ANSWERED:
                break
            status = Status.NEW if ticket.owner is None else Status.OPEN
            try:
                return uow.tickets.save(replace(ticket, status=status), at=self.clock.now())
            except ConflictError:
                ticket = uow.tickets.get(ticket.id)
        return ticket
