"""What chats of consultants were told of a ticket, as the outbox remembers it."""

import re
from collections.abc import Mapping
from typing import Final

from handlers.domain.channels import Channel
from handlers.domain.ids import OutboxId
from handlers.domain.outgoing import SHOWS_ASKER, Key, Kind
from handlers.domain.tickets import Ticket
from handlers.ports import OutboxEntry, UnitOfWork

DRAFTED = frozenset({Key.STAFF_DRAFT, Key.STAFF_DRAFT_ASKED})
TELLS_MATTERS = SHOWS_ASKER | DRAFTED | {Key.STAFF_COPY, Key.STAFF_TALK}
"""What must not stay where the ticket may no longer be read."""

_IN_A_CHAT: Final = re.compile(r"-?\d+:\d+")


def removals(uow: UnitOfWork, ticket: Ticket) -> Mapping[str, OutboxId]:
    """Return for each chat the newest removal; what it was told before is gone from there."""
    rows = uow.outbox.of_ticket(ticket.id)
    return {row.to: row.id for row in rows if row.key == Key.STAFF_REMOVAL}


def standing(uow: UnitOfWork, ticket: Ticket) -> list[OutboxEntry]:
    """List what chats were told of a ticket and not taken away since, oldest first."""
    removed = removals(uow, ticket)
    return [
        row
        for row in uow.outbox.of_ticket(ticket.id)
        if row.channel is Channel.TELEGRAM
        and row.kind is not Kind.STAFF_EDIT
        and row.id > removed.get(row.to, 0)
    ]


def written(uow: UnitOfWork, ticket: Ticket) -> list[tuple[str, str]]:
    """List what consultants wrote about a ticket in chats: the chat, and its name there."""
    found = []
    for article in uow.tickets.articles(ticket.id):
        name = article.external_id or ""
        if article.consultant is not None and _IN_A_CHAT.fullmatch(name):
            found.append((name.partition(":")[0], name))
    return found
