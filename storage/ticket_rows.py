"""How tickets and their history are read from their rows."""

from typing import Any

import sqlalchemy as sa

from handlers.domain.channels import Channel
from handlers.domain.ids import ConsultantId, OrganisationId, PersonId, TicketId
from handlers.domain.organisations import AskerType
from handlers.domain.tickets import Priority, Status, Ticket, TicketEvent
from storage.columns import optional


def event_of(row: sa.Row[Any]) -> TicketEvent:
    """Read a line of history."""
    return TicketEvent(type=row.type, at=row.at, actor=row.actor, reasons=tuple(row.reasons))


def ticket_of(row: sa.Row[Any]) -> Ticket:
    """Read a ticket."""
    return Ticket(
        id=TicketId(row.id),
        version=row.version,
        status=Status(row.status),
        queue=row.queue,
        owner=optional(ConsultantId, row.owner),
        requester=PersonId(row.requester),
        channel=Channel(row.channel),
        language=row.language,
        municipality=row.municipality,
        topic=row.topic,
        subject=row.subject,
        offered=tuple(row.offered),
        practice=row.practice,
        programme=row.programme,
        asker_type=optional(AskerType, row.asker_type),
        organisation=optional(OrganisationId, row.organisation),
        created_at=row.created_at,
        updated_at=row.updated_at,
        priority=Priority(row.priority),
    )
