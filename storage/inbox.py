"""What was received: kept raw, claimed by workers, filed, ignored or parked for a person."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa

from handlers.domain.channels import Channel
from handlers.domain.errors import ConflictError, NotFoundError
from handlers.domain.ids import InboxId, TicketId
from handlers.domain.messages import Claimed, Finished, InboxState, Outcome, Received
from handlers.ports import InboxEntry
from knowledge_base.values import dataclass
from storage.blobs import Blobs
from storage.bursts import followers, go_on_waiting
from storage.columns import optional
from storage.memory import Memory
from storage.prepared import prepared
from storage.rows import inbox
from storage.sql import add_new, unindexed
from storage.work import Work

_row = inbox.c
_WORK: Final = Work(
    table=inbox,
    lane="lane",
    claimable=sa.true(),
    lapse_is_a_try=True,
    given=(
        _row.id,
        _row.fence,
        _row.channel,
        _row.lane,
        _row.source,
        _row.external_id,
        _row.raw,
        _row.raw_sha256,
        _row.received_at,
        _row.attempts,
        _row.history,
        _row.gathers,
    ),
)
_FINISH: Final = _WORK.change(
    state=sa.literal_column("'done'"),
    due_at=sa.null(),
    leased_until=sa.null(),
    error=sa.null(),
)
_NOW: Final = sa.bindparam("now", type_=_row.due_at.type)
_RECEIVED: Final = prepared(
    sa.select(sa.func.count()).where(
        _row.channel == sa.bindparam("on"), _row.received_at >= sa.bindparam("since")
    )
)
_IN_LINE: Final = (
    sa.select(_row.id)
    .where(
        unindexed(_row.channel) == sa.bindparam("on"),
        _row.due_at <= _NOW,
        sa.or_(_row.leased_until.is_(None), _row.leased_until <= _NOW),
    )
    .limit(sa.bindparam("most", type_=sa.Integer))
)
_WAITING: Final = prepared(sa.select(sa.func.count()).select_from(_IN_LINE.subquery()))
_FORGOTTEN: Final[dict[str, object]] = {"raw": None, "raw_sha256": None, "lane": None}
_MANY: Final = 500
_SHOWN: Final = [column for column in _row if column.name not in {"raw", "raw_sha256"}]
_GET: Final = prepared(sa.select(*_SHOWN).where(_row.id == sa.bindparam("number")))


@dataclass(frozen=True, slots=True)
class SqlInbox:
    """The port `Inbox`."""

    connection: sa.Connection
    blobs: Blobs
    memory: Memory

    def add(self, message: Received) -> InboxId | None:
        kept = self.blobs.keep(message.raw)
        row = {
            "channel": message.channel,
            "source": message.source,
            "external_id": message.external_id,
            "digest": message.digest,
            "lane": message.lane,
            "history": message.history,
            "state": InboxState.PENDING,
            "raw": kept.in_row,
            "raw_sha256": kept.sha256,
            "size": len(message.raw),
            "received_at": message.received_at,
            "due_at": message.received_at + (message.hold or timedelta()),
            "gathers": bool(message.hold),
            "fence": 0,
            "attempts": 0,
        }
        number = add_new(self.connection, inbox, row)
        if number is None:
            return None
        go_on_waiting(self.connection, message, before=number)
        return InboxId(number)

    def rename(self, *, source: str, digest: str, external_id: str, but: str) -> None:
        same_source = sa.and_(_row.channel == Channel.MAIL, _row.source == source)
        taken = sa.select(_row.id).where(same_source, _row.external_id == external_id)
        if self.connection.scalar(taken) is None:
            is_older = ~_row.external_id.startswith(but, autoescape=True)
            known = sa.update(inbox).where(same_source, _row.digest == digest, is_older)
            self.connection.execute(known.values(external_id=external_id))

    def known(self, digests: Collection[str]) -> frozenset[str]:
        statement = sa.select(_row.digest).where(_row.digest.in_(digests))
        return frozenset(self.connection.scalars(statement))

    def claim(
        self, *, now: datetime, lease: timedelta, limit: int, channels: Iterable[Channel]
    ) -> Sequence[Claimed]:
        rows = _WORK.claim(self.connection, now=now, lease=lease, limit=limit, channels=channels)
        return [self._claimed(row) for row in rows]

    def claim_one(self, message: InboxId, *, now: datetime, lease: timedelta) -> Claimed | None:
        row = _WORK.claim_one(self.connection, message, now=now, lease=lease)
        return None if row is None else self._claimed(row)

    def all_done(self, finished: Sequence[Finished]) -> None:
        for forget, nothing in ((False, {}), (True, _FORGOTTEN)):
            alike = [each for each in finished if each.forget is forget]
            held = {int(each.message): each.fence for each in alike}
            changes = (_done(each) | nothing for each in alike)
            _WORK.mark_all(self.connection, _FINISH, held, changes)

    def gathered(
        self, messages: Collection[InboxId], *, outcome: Outcome, ticket: TicketId | None
    ) -> None:
        """Finish what was taken in as part of the message before it.

        Raises:
            ConflictError: somebody has one of them.
        """
        ours = (_row.id.in_(messages), _row.due_at.is_not(None), _row.leased_until.is_(None))
        statement = sa.update(inbox).where(*ours)
        done = statement.values(
            state=InboxState.DONE,
            due_at=None,
            outcome=outcome,
            reason="gathered",
            ticket_id=ticket,
        )
        if self.connection.execute(done).rowcount != len(messages):
            raise ConflictError("lease-lost", table=inbox.name, id=str(min(messages)))

    def waiting(self, channel: Channel, *, now: datetime, most: int) -> int:
        asked = {"on": channel, "now": now, "most": most}
        return self.connection.scalar(_WAITING, asked) or 0

    def next_due(self, *, after: datetime) -> datetime | None:
        statement = sa.select(sa.func.min(_row.due_at)).where(_row.due_at > after)
        soonest: datetime | None = self.connection.scalar(statement)
        return soonest

    def postpone(self, message: InboxId, *, fence: int, due: datetime, error: str) -> None:
        self._finish(message, fence, due_at=due, error=error)

    def shunt(self, message: InboxId, *, fence: int, error: str) -> None:
        self._finish(message, fence, state=InboxState.SHUNTED, due_at=None, error=error)

    def find(self, *, channel: Channel, source: str, external_id: str) -> InboxEntry | None:
        statement = sa.select(*_SHOWN).where(
            _row.channel == channel, _row.source == source, _row.external_id == external_id
        )
        row = self.connection.execute(statement).one_or_none()
        return None if row is None else _entry(row)

    def rows(self, *, state: InboxState | None = None, limit: int = 1000) -> Sequence[InboxEntry]:
        statement = sa.select(*_SHOWN).order_by(_row.id.desc()).limit(limit)
        if state is not None:
            statement = statement.where(_row.state == state)
        return [_entry(row) for row in self.connection.execute(statement)]

    def get(self, message: InboxId) -> InboxEntry:
        row = self.connection.execute(_GET, {"number": message}).one_or_none()
        if row is None:
            raise NotFoundError("no-such-message", id=str(message))
        return _entry(row)

    def endings(self, messages: Sequence[InboxId]) -> Mapping[InboxId, Outcome | InboxState]:
        found: dict[InboxId, Outcome | InboxState] = {}
        for start in range(0, len(messages), _MANY):
            some = _row.id.in_(messages[start : start + _MANY])
            statement = sa.select(_row.id, _row.outcome, _row.state).where(some)
            for number, outcome, state in self.connection.execute(statement):
                found[InboxId(number)] = Outcome(outcome) if outcome else InboxState(state)
        return found

    def raw(self, message: InboxId) -> bytes:
        statement = sa.select(_row.raw, _row.raw_sha256).where(_row.id == message)
        row = self.connection.execute(statement).one_or_none()
        content = None if row is None else self.blobs.read(row.raw, row.raw_sha256)
        if content is None:
            raise NotFoundError("no-such-message", id=str(message))
        return content

    def retry(self, message: InboxId, *, now: datetime) -> None:
        shunted = (_row.id == message, _row.state == InboxState.SHUNTED)
        if not _WORK.again(self.connection, *shunted, state=InboxState.PENDING, due_at=now):
            raise NotFoundError("no-such-shunted-message", id=str(message))

    def counts(self) -> Mapping[InboxState, int]:
        statement = sa.select(_row.state, sa.func.count()).group_by(_row.state)
        found = {InboxState(state): count for state, count in self.connection.execute(statement)}
        return {state: found.get(state, 0) for state in InboxState}

    def ignored_since(
        self, moment: datetime, *, channel: Channel, reasons: Collection[str]
    ) -> Mapping[str, int]:
        statement = (
            sa.select(_row.reason, sa.func.count())
            .where(
                _row.channel == channel,
                _row.received_at >= moment,
                _row.reason.in_(reasons),
            )
            .group_by(_row.reason)
        )
        found = {row[0]: int(row[1]) for row in self.connection.execute(statement)}
        return {reason: found.get(reason, 0) for reason in reasons}

    def received_since(self, moment: datetime, *, channel: Channel) -> int:
        key, which = ("received", channel, moment), {"on": channel, "since": moment}
        counted = self.memory.recall(
            key, (inbox,), lambda: self.connection.scalar(_RECEIVED, which)
        )
        return counted or 0

    def oldest_due(self) -> datetime | None:
        return _WORK.oldest_due(self.connection)

    def stuck(self, *, before: datetime) -> Sequence[InboxId]:
        statement = sa.select(_row.id).where(_WORK.stuck(before=before)).order_by(_row.id)
        return [InboxId(number) for number in self.connection.scalars(statement)]

    def external_ids(self, *, channel: Channel, source: str) -> frozenset[str]:
        statement = sa.select(_row.external_id).where(
            _row.channel == channel, _row.source == source
        )
        return frozenset(self.connection.scalars(statement))

    def _finish(self, message: InboxId, fence: int, **changes: object) -> None:
        _WORK.finish(self.connection, message, fence=fence, **changes)

    def _claimed(self, row: sa.Row[Any]) -> Claimed:
        return Claimed(
            id=InboxId(row.id),
            fence=row.fence,
            channel=Channel(row.channel),
            source=row.source,
            external_id=row.external_id,
            raw=self.blobs.read(row.raw, row.raw_sha256) or b"",
            received_at=row.received_at,
            attempts=row.attempts,
            history=row.history,
            followers=followers(self.connection, self.blobs, row) if row.gathers else (),
        )


def _done(finished: Finished) -> dict[str, object]:
    return {
        "outcome": finished.outcome,
        "reason": finished.reason,
        "ticket_id": finished.ticket,
    }


def _entry(row: sa.Row[Any]) -> InboxEntry:
    return InboxEntry(
        id=InboxId(row.id),
        channel=Channel(row.channel),
        source=row.source,
        external_id=row.external_id,
        state=InboxState(row.state),
        outcome=optional(Outcome, row.outcome),
        reason=row.reason,
        ticket=optional(TicketId, row.ticket_id),
        attempts=row.attempts,
        error=row.error,
        received_at=row.received_at,
        size=row.size,
    )
