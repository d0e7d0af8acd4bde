"""Whose a ticket is: a number that came with a button proves nothing."""

from handlers.commands import Ask
from handlers.domain.errors import NotAllowedError
from handlers.domain.ids import TicketId
from handlers.domain.tickets import Ticket, reference_of
from handlers.ports import UnitOfWork


def own_ticket(uow: UnitOfWork, ask: Ask, number: str) -> Ticket:
    """Return a ticket of the member's.

    Raises:
        NotAllowedError: it is somebody else's, or none.
    """
    ticket = uow.tickets.find(TicketId(int(number)))
    if ticket is None or ask.by not in uow.people.get(ticket.requester).addresses:
        raise NotAllowedError("ticket-not-yours", reference=reference_of(TicketId(int(number))))
    return ticket
