"""What is shown of a row of the outbox: never its words."""

from typing import Any, Final

import sqlalchemy as sa

from handlers.domain.channels import Channel
from handlers.domain.ids import ArticleId, OutboxId, TicketId
from handlers.domain.outgoing import Kind, OutboxState
from handlers.ports import OutboxEntry
from storage.rows import outbox

SHOWN: Final = [
    column
    for column in outbox.c
    if column.name not in {"values", "rendered", "rendered_sha256", "once"}
]


def entry_of(row: sa.Row[Any]) -> OutboxEntry:
    """Return what is shown of a row."""
    state = OutboxState(row.state)
    return OutboxEntry(
        id=OutboxId(row.id),
        ticket=None if row.ticket_id is None else TicketId(row.ticket_id),
        article=None if row.article_id is None else ArticleId(row.article_id),
        kind=Kind(row.kind),
        key=row.key,
        channel=Channel(row.channel),
        to=row.to,
        state=state,
        attempts=row.attempts,
        doubts=row.doubts,
        next_attempt_at=None if state is OutboxState.SENDING else row.due_at,
        external_id=row.external_id,
        error=row.error,
        at=row.at,
        beside=tuple((row.beside or "").split()),
    )
