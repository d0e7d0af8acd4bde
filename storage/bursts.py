"""Messages that come in quick succession: the first waits, and the others follow it.

While its sender goes on, what waits is due a little later, up to a limit; anything else of the lane
ends the waiting, so that order is kept.
"""

from itertools import takewhile
from typing import Any, Final

import sqlalchemy as sa

from handlers.domain.ids import InboxId
from handlers.domain.messages import Follower, Received
from storage.blobs import Blobs
from storage.rows import inbox

_row = inbox.c
_MOST: Final = 19
_LONGEST: Final = 5
"""So many times its own wait a message may be held by those that follow it."""


def go_on_waiting(connection: sa.Connection, message: Received, *, before: int) -> None:
    """Let what waits in the lane wait for more of it, or no longer."""
    if message.hold is None or message.lane is None:
        return
    waiting: list[sa.ColumnElement[bool]] = [
        _row.channel == message.channel,
        _row.lane == message.lane,
        _row.gathers.is_(sa.true()),
        _row.id < before,
        _row.due_at > message.received_at,
        _row.attempts == 0,
        _row.leased_until.is_(None),
    ]
    due = message.received_at + message.hold
    if message.hold:
        waiting.append(_row.received_at > due - _LONGEST * message.hold)
    connection.execute(sa.update(inbox).where(*waiting).values(due_at=due))


def followers(connection: sa.Connection, blobs: Blobs, head: sa.Row[Any]) -> tuple[Follower, ...]:
    """Return what came right behind a message in its lane, up to what may not be gathered."""
    statement = (
        sa.select(_row.id, _row.raw, _row.raw_sha256, _row.gathers)
        .where(
            _row.channel == head.channel,
            _row.lane == head.lane,
            _row.id > head.id,
            _row.due_at.is_not(None),
        )
        .order_by(_row.id)
        .limit(_MOST)
    )
    found = takewhile(lambda row: row.gathers, connection.execute(statement))
    return tuple(
        Follower(id=InboxId(row.id), raw=blobs.read(row.raw, row.raw_sha256) or b"")
        for row in found
    )
