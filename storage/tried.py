"""What a channel was handed lately, for whoever goes on sending where another process ended."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa

from handlers.domain.channels import Channel
from handlers.domain.outgoing import OutboxState, Tried
from storage.blobs import Blobs
from storage.rows import outbox

_HANDED_OVER: Final = (
    OutboxState.SENDING,
    OutboxState.DELIVERED,
    OutboxState.UNCERTAIN,
    OutboxState.DEAD,
)
_OWED_WITHIN: Final = timedelta(days=1)
"""Older debts are tried rarely enough; with it, an index finds the rows."""


def tried_since(
    connection: sa.Connection, blobs: Blobs, moment: datetime, *, channel: Channel
) -> Sequence[Tried]:
    """List what was handed over and not put off since."""
    row = outbox.c
    statement = (
        sa.select(row.to, row.claimed_at, row.rendered, row.rendered_sha256)
        .where(
            row.channel == channel,
            row.at >= moment - _OWED_WITHIN,
            row.claimed_at >= moment,
            row.state.in_(_HANDED_OVER),
        )
        .order_by(row.claimed_at, row.id)
    )
    found = []
    for each in connection.execute(statement):
        content = blobs.read(each.rendered, each.rendered_sha256)
        if content is not None:
            found.append(Tried(to=each.to, at=each.claimed_at, content=content))
    return found
