"""What unfinished work waits for, after a clock was set back."""

from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa

from knowledge_base.values import dataclass
from storage.rows import inbox, leases, outbox

_JITTER: Final = timedelta(seconds=2)
"""Processes that share a database differ by less."""

_LONGEST_RIGHT: Final = timedelta(minutes=5)
"""No right is taken for longer."""


@dataclass(frozen=True, slots=True)
class SqlWaits:
    """The port `Waits`."""

    connection: sa.Connection

    def turn_back(self, *, now: datetime, longest: timedelta) -> int:
        came = ((inbox, inbox.c.received_at), (outbox, outbox.c.at))
        mended = sum(self._work(*each, now=now, longest=longest) for each in came)
        stale = sa.update(leases).where(leases.c.until > now + _LONGEST_RIGHT)
        return mended + self.connection.execute(stale.values(until=now)).rowcount

    def _work(
        self,
        table: sa.Table,
        came: sa.ColumnElement[datetime],
        *,
        now: datetime,
        longest: timedelta,
    ) -> int:
        row, latest = table.c, sa.literal(now + longest, came.type)
        at_once = sa.and_(row.due_at == came, row.attempts == 0)
        due = sa.case(
            (at_once, sa.literal(now, came.type)), (row.due_at > latest, latest), else_=row.due_at
        )
        held = sa.case((row.leased_until > latest, latest), else_=row.leased_until)
        statement = sa.update(table).where(
            row.due_at.is_not(None),
            sa.or_(came > now + _JITTER, row.claimed_at > now + _JITTER),
            sa.or_(row.due_at > now, row.leased_until > latest),
        )
        return self.connection.execute(statement.values(due_at=due, leased_until=held)).rowcount
