"""Rows of the outbox: how a debt is written down, and what is shown of it: never its words."""

from collections.abc import Mapping
from typing import Any, Final

import sqlalchemy as sa

from handlers.domain.channels import Channel
from handlers.domain.ids import ArticleId, OutboxId, TicketId
from handlers.domain.outgoing import Kind, OutboxState, Owed
from handlers.ports import OutboxEntry
from storage.columns import optional
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
        ticket=optional(TicketId, row.ticket_id),
        article=optional(ArticleId, row.article_id),
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


def row_of(debt: Owed) -> Mapping[str, object]:
    """Return a debt as the row that is written of it."""
    return {
        "kind": debt.kind,
        "channel": debt.channel,
        "to": debt.to,
        "key": debt.key,
        "values": dict(debt.values),
        "language": debt.language,
        "at": debt.at,
        "ticket_id": debt.ticket,
        "article_id": debt.article,
        "once": debt.once,
        "state": OutboxState.QUEUED,
        "due_at": debt.at if debt.not_before is None else max(debt.at, debt.not_before),
        "fence": 0,
        "attempts": 0,
        "doubts": 0,
    }
