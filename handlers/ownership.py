"""Whose a ticket is: a number that came with a button proves nothing."""

import re

from handlers.commands import Ask
from handlers.domain.channels import Address, Channel
from handlers.domain.errors import InvalidError, NotAllowedError
from handlers.domain.ids import TicketId
from handlers.domain.tickets import Ticket, reference_of
from handlers.ports import UnitOfWork

_MAIL = re.compile(r"[^@\s]+@[^@\s]+")


def own_ticket(uow: UnitOfWork, ask: Ask, number: str) -> Ticket:
    """Return a ticket of the member's.

    Raises:
        NotAllowedError: it is somebody else's, or none.
    """
    ticket = uow.tickets.find(TicketId(int(number)))
    if ticket is None or ask.by not in uow.people.get(ticket.requester).addresses:
        raise NotAllowedError("ticket-not-yours", reference=reference_of(TicketId(int(number))))
    return ticket


def remember_mail(uow: UnitOfWork, ticket: Ticket, given: str) -> str:
    """Keep a mail address a consultant says is the requester's, and return it as it is kept.

    Raises:
        InvalidError: it is none, or somebody else's.
    """
    address = Address(Channel.MAIL, given.strip().lower())
    if _MAIL.fullmatch(address.value) is None:
        raise InvalidError("bad-address", field="to")
    known = uow.people.find(address)
    if known is None:
        uow.people.add_address(ticket.requester, address)
    elif known.id != ticket.requester:
        raise InvalidError("address-taken", field="to")
    return address.value
