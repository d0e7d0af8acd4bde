"""The one mechanism of durable work, shared by inbox and outbox.

A row of work is unfinished while `due_at` is set. To claim it is one conditional update: a lease
until a moment, and a *fence* one higher than the last, which the claimer shows when it finishes
the row; a claimer whose lease ran out and was given to another is refused. On PostgreSQL claimers
pass over each other's rows (SKIP LOCKED); on SQLite they take turns.

Order is kept per *lane* (a column, within a channel): a row waits for every older unfinished one,
leased or put off, and for any leased one. A row first due in the future is not in line yet.
A lane of NULL keeps no order. States are the owner's affair: this module knows only the columns
of `rows._work`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import sqlalchemy as sa

from handlers.domain.channels import Channel
from handlers.domain.errors import ConflictError


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One table of work.

    `claimable` narrows what a claim may take. `lapse_is_a_try`: whether a lease that ran out
    counts among the attempts. It does where a row may be what killed its worker (inbox); it does
    not where the states tell a begun delivery from one never begun (outbox).
    """

    table: sa.Table
    lane: str
    claimable: sa.ColumnElement[bool]
    lapse_is_a_try: bool

    def claim(
        self,
        connection: sa.Connection,
        *,
        now: datetime,
        lease: timedelta,
        limit: int,
        channels: Iterable[Channel],
        only: sa.ColumnElement[bool] | None = None,
    ) -> Sequence[sa.Row[Any]]:
        """Lease the oldest due rows, at most one of each lane, and return them whole.

        `only` narrows what is taken, not what is waited for.
        """
        row = self.table.c
        # An expression no index knows: by an index of the channel, every row there ever was would
        # be read; this way the plan starts from the unfinished ones.
        channel = row.channel.concat(sa.literal_column("''"))
        wanted = (
            sa.select(row.id)
            .where(channel.in_(list(channels)), row.due_at <= now, self._free(now))
            .order_by(row.id)
            .limit(limit)
        )
        if only is not None:
            wanted = wanted.where(only)
        return self._lease(connection, wanted, now=now, lease=lease)

    def claim_one(
        self, connection: sa.Connection, number: int, *, now: datetime, lease: timedelta
    ) -> sa.Row[Any] | None:
        """Lease this row, due or not, unless it is leased, finished or not its turn."""
        wanted = sa.select(self.table.c.id).where(self.table.c.id == number, self._free(now))
        return next(iter(self._lease(connection, wanted, now=now, lease=lease)), None)

    def lapsed(
        self,
        connection: sa.Connection,
        begun: sa.ColumnElement[bool],
        *,
        now: datetime,
        lease: timedelta,
    ) -> Sequence[sa.Row[Any]]:
        """Lease again the rows in a begun state whose lease ran out; no new try is counted."""
        row = self.table.c
        wanted = sa.select(row.id).where(row.due_at.is_not(None), begun, row.leased_until <= now)
        picked = wanted.with_for_update(skip_locked=True).cte("picked")
        return self._update(connection, picked, leased_until=now + lease, fence=row.fence + 1)

    def finish(
        self, connection: sa.Connection, number: int, *, fence: int, **changes: object
    ) -> None:
        """Write the changes and, unless they say otherwise, end the lease.

        Raises:
            ConflictError: the lease was lost to another claimer, or the row is finished.
        """
        changes = {"leased_until": None, **changes}
        reckoned = {name: to for name, to in changes.items() if isinstance(to, sa.ColumnElement)}
        given = {name: to for name, to in changes.items() if name not in reckoned}
        statement = _of_holder(self.table)
        if reckoned:
            statement = statement.values(reckoned)
        if connection.execute(statement, {**given, "held": number, "by": fence}).rowcount != 1:
            raise ConflictError("lease-lost", table=self.table.name, id=str(number))

    def renew(self, connection: sa.Connection, held: Mapping[int, int], *, until: datetime) -> None:
        """Prolong the leases of these rows, given with their fences; lost ones are left alone."""
        row = self.table.c
        ours = [sa.and_(row.id == number, row.fence == fence) for number, fence in held.items()]
        if ours:
            statement = sa.update(self.table).where(row.leased_until.is_not(None), sa.or_(*ours))
            connection.execute(statement.values(leased_until=until))

    def again(
        self, connection: sa.Connection, *which: sa.ColumnElement[bool], **changes: object
    ) -> bool:
        """Put a parked row back to work with a fresh count of attempts; False when none matched."""
        row = self.table.c
        fresh = {"leased_until": None, "fence": row.fence + 1, "attempts": 0, **changes}
        return connection.execute(sa.update(self.table).where(*which).values(fresh)).rowcount == 1

    def oldest_due(self, connection: sa.Connection) -> datetime | None:
        """Return since when the longest waiting row is due."""
        row = self.table.c
        statement = sa.select(sa.func.min(row.due_at)).where(row.due_at.is_not(None))
        oldest: datetime | None = connection.scalar(statement)
        return oldest

    def stuck(self, *, before: datetime) -> sa.ColumnElement[bool]:
        """Tell rows nobody took though it was their turn, or whose lease ran out."""
        row = self.table.c
        idle = sa.and_(
            self.claimable, row.leased_until.is_(None), row.due_at < before, ~self._behind(before)
        )
        return sa.and_(row.due_at.is_not(None), sa.or_(row.leased_until < before, idle))

    def _free(self, now: datetime) -> sa.ColumnElement[bool]:
        row = self.table.c
        return sa.and_(
            row.due_at.is_not(None),
            self.claimable,
            sa.or_(row.leased_until.is_(None), row.leased_until <= now),
            ~self._behind(now),
        )

    def _behind(self, now: datetime) -> sa.ColumnElement[bool]:
        """Tell a row that must wait for another one of its lane."""
        row, other = self.table.c, self.table.alias("other").c
        in_line = sa.or_(other.attempts > 0, other.due_at <= now)
        return (
            sa.select(sa.literal(1))
            .where(
                other.due_at.is_not(None),
                other.channel == row.channel,
                other[self.lane] == row[self.lane],
                other.id != row.id,
                sa.or_(other.leased_until > now, sa.and_(other.id < row.id, in_line)),
            )
            .correlate(self.table)
            .exists()
        )

    def _lease(
        self,
        connection: sa.Connection,
        wanted: sa.Select[tuple[int]],
        *,
        now: datetime,
        lease: timedelta,
    ) -> Sequence[sa.Row[Any]]:
        row = self.table.c
        picked = wanted.with_for_update(skip_locked=True).cte("picked")
        tried = row.attempts + 1
        if not self.lapse_is_a_try:
            tried = row.attempts + sa.case((row.leased_until.is_(None), 1), else_=0)
        return self._update(
            connection,
            picked,
            leased_until=now + lease,
            claimed_at=now,
            fence=row.fence + 1,
            attempts=tried,
        )

    def _update(
        self, connection: sa.Connection, picked: sa.CTE, **changes: object
    ) -> Sequence[sa.Row[Any]]:
        statement = (
            sa.update(self.table)
            .where(self.table.c.id.in_(sa.select(picked.c.id)))
            .values(changes)
            .returning(self.table)
        )
        found = connection.execute(statement).all()
        return sorted(found, key=lambda each: int(each.id))


@cache
def _of_holder(table: sa.Table) -> sa.Update:
    """Return the change of the row that is still leased to who shows its fence."""
    row = table.c
    return sa.update(table).where(
        row.id == sa.bindparam("held"),
        row.fence == sa.bindparam("by"),
        row.leased_until.is_not(None),
        row.due_at.is_not(None),
    )
