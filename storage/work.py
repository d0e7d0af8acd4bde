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
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import sqlalchemy as sa

from handlers.domain.channels import Channel
from handlers.domain.errors import ConflictError
from knowledge_base.values import dataclass
from storage.prepared import prepared
from storage.sql import unindexed


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Work:
    """One table of work; made once, and so are its statements.

    `claimable` narrows what a claim may take. `lapse_is_a_try`: whether a lease that ran out
    counts among the attempts. It does where a row may be what killed its worker (inbox); it does
    not where the states tell a begun delivery from one never begun (outbox). `given` are the
    columns a claimer gets.
    """

    table: sa.Table
    lane: str
    claimable: sa.ColumnElement[bool]
    lapse_is_a_try: bool
    given: tuple[sa.ColumnElement[Any], ...]

    def claim(
        self,
        connection: sa.Connection,
        *,
        now: datetime,
        lease: timedelta,
        limit: int,
        channels: Iterable[Channel],
        turns: tuple[sa.ColumnElement[bool], ...] = (),
    ) -> Sequence[sa.Row[Any]]:
        """Lease the oldest due rows, at most one of each lane, and return them.

        `turns`, a constant, say what comes first: a row of a later turn is taken where those before
        leave room. They narrow what is taken, not what is waited for.
        """
        given = {"channels": list(channels), "most": limit}
        return self._leased(connection, _claim(self, turns), given, now=now, lease=lease)

    def claim_one(
        self, connection: sa.Connection, number: int, *, now: datetime, lease: timedelta
    ) -> sa.Row[Any] | None:
        """Lease this row, due or not, unless it is leased, finished or not its turn."""
        claim = _claim_one(self)
        leased = self._leased(connection, claim, {"wanted": number}, now=now, lease=lease)
        return next(iter(leased), None)

    def lapsed(
        self,
        connection: sa.Connection,
        begun: sa.ColumnElement[bool],
        *,
        now: datetime,
        lease: timedelta,
    ) -> Sequence[sa.Row[Any]]:
        """Lease again the rows in a begun state whose lease ran out; no new try is counted."""
        return self._leased(connection, _lapse(self, begun), {}, now=now, lease=lease)

    def mark(
        self, connection: sa.Connection, number: int, *, fence: int, **changes: object
    ) -> None:
        """Write the changes; the lease goes on unless they end it.

        Raises:
            ConflictError: the lease was lost to another claimer, or the row is finished.
        """
        reckoned = {name: to for name, to in changes.items() if isinstance(to, sa.ColumnElement)}
        given = {name: to for name, to in changes.items() if name not in reckoned}
        statement = _held(self.table)
        if reckoned:
            statement = _of_holder(self.table).values(reckoned)
        if connection.execute(statement, {**given, "held": number, "by": fence}).rowcount != 1:
            raise ConflictError("lease-lost", table=self.table.name, id=str(number))

    def finish(
        self, connection: sa.Connection, number: int, *, fence: int, **changes: object
    ) -> None:
        """Write the changes and end the lease.

        Raises:
            ConflictError: the lease was lost to another claimer, or the row is finished.
        """
        self.mark(connection, number, fence=fence, leased_until=None, **changes)

    def change(self, **same: sa.ColumnElement[Any]) -> sa.Executable:
        """Return, to be kept, what `mark_all` does the same to all rows."""
        return prepared(_of_holder(self.table).values(same))

    def mark_all(
        self,
        connection: sa.Connection,
        change: sa.Executable,
        held: Mapping[int, int],
        changes: Iterable[Mapping[str, object]],
    ) -> None:
        """Write to each of these rows, given with their fences, its changes of the same columns.

        Raises:
            ConflictError: a lease was lost, and some rows may be written: roll back.
        """
        rows = [
            {**given, "held": number, "by": fence}
            for (number, fence), given in zip(held.items(), changes, strict=True)
        ]
        if rows and connection.execute(change, rows).rowcount != len(rows):
            raise ConflictError("lease-lost", table=self.table.name, id=str(min(held)))

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
        row, moment = self.table.c, sa.literal(before, self.table.c.due_at.type)
        idle = sa.and_(
            self.claimable,
            row.leased_until.is_(None),
            row.due_at < moment,
            ~_is_behind(self, moment),
        )
        return sa.and_(row.due_at.is_not(None), sa.or_(row.leased_until < moment, idle))

    def _leased(
        self,
        connection: sa.Connection,
        claim: sa.Executable,
        given: Mapping[str, object],
        *,
        now: datetime,
        lease: timedelta,
    ) -> Sequence[sa.Row[Any]]:
        found = connection.execute(claim, {**given, "now": now, "until": now + lease}).all()
        return sorted(found, key=lambda each: int(each.id))


@cache
def _held(table: sa.Table) -> sa.Executable:
    return prepared(_of_holder(table))


def _of_holder(table: sa.Table) -> sa.Update:
    """Return the change of the row that is still leased to who shows its fence."""
    row = table.c
    return sa.update(table).where(
        row.id == sa.bindparam("held"),
        row.fence == sa.bindparam("by"),
        row.leased_until.is_not(None),
        row.due_at.is_not(None),
    )


@cache
def _claim(work: Work, turns: tuple[sa.ColumnElement[bool], ...]) -> sa.Executable:
    row, most = work.table.c, sa.bindparam("most", type_=sa.Integer)
    channel = unindexed(row.channel)  # so that the plan starts from the unfinished ones
    is_due = (
        channel.in_(sa.bindparam("channels", expanding=True)),
        row.due_at <= _moment(work),
        _is_free(work),
    )
    oldest = sa.select(row.id).order_by(row.id).limit(most)
    if not turns:
        return _lease(work, _picked(oldest.where(*is_due)), **_try(work))
    # Both databases read one part after the other, and a later one only as far as is wanted.
    # SQLite asks in this order, and whose turn it is tells most rows apart.
    parts = [_picked(oldest.where(turn, *is_due), f"turn_{n}") for n, turn in enumerate(turns)]
    picked = sa.union_all(*(sa.select(part.c.id) for part in parts)).limit(most)
    return _lease(work, picked.cte("picked"), **_try(work))


@cache
def _claim_one(work: Work) -> sa.Executable:
    row = work.table.c
    return _lease(
        work,
        _picked(sa.select(row.id).where(row.id == sa.bindparam("wanted"), _is_free(work))),
        **_try(work),
    )


@cache
def _lapse(work: Work, begun: sa.ColumnElement[bool]) -> sa.Executable:
    row = work.table.c
    wanted = sa.select(row.id).where(
        row.due_at.is_not(None), begun, row.leased_until <= _moment(work)
    )
    return _lease(work, _picked(wanted))


def _picked(wanted: sa.Select[tuple[int]], name: str = "picked") -> sa.CTE:
    """Return those of the wanted rows that nobody else is about to lease."""
    return wanted.with_for_update(skip_locked=True).cte(name)


def _lease(work: Work, picked: sa.CTE, **more: object) -> sa.Executable:
    """Return the statement that leases the picked rows until the moment `until`, and gives them."""
    row = work.table.c
    changes = {"leased_until": _moment(work, "until"), "fence": row.fence + 1, **more}
    return prepared(
        sa.update(work.table)
        .where(row.id.in_(sa.select(picked.c.id)))
        .values(changes)
        .returning(*work.given)
    )


def _try(work: Work) -> Mapping[str, object]:
    """Return what a new try changes beside the lease."""
    row = work.table.c
    tried = row.attempts + 1
    if not work.lapse_is_a_try:
        tried = row.attempts + sa.case((row.leased_until.is_(None), 1), else_=0)
    return {"claimed_at": _moment(work), "attempts": tried}


def _moment(work: Work, name: str = "now") -> sa.BindParameter[datetime]:
    return sa.bindparam(name, type_=work.table.c.due_at.type)


def _is_free(work: Work) -> sa.ColumnElement[bool]:
    row, now = work.table.c, _moment(work)
    return sa.and_(
        row.due_at.is_not(None),
        work.claimable,
        sa.or_(row.leased_until.is_(None), row.leased_until <= now),
        ~_is_behind(work, now),
    )


def _is_behind(work: Work, now: sa.BindParameter[datetime]) -> sa.ColumnElement[bool]:
    """Tell a row that must wait for another one of its lane."""
    row, other = work.table.c, work.table.alias("other").c
    in_line = sa.or_(other.attempts > 0, other.due_at <= now)
    return (
        sa.select(sa.literal(1))
        .where(
            other.due_at.is_not(None),
            other.channel == row.channel,
            other[work.lane] == row[work.lane],
            other.id != row.id,
            sa.or_(other.leased_until > now, sa.and_(other.id < row.id, in_line)),
        )
        .correlate(work.table)
        .exists()
    )
