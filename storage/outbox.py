"""What we owe: written with the decision, claimed by relays, and what became of each message."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa

from handlers.domain.channels import Address, Channel
from handlers.domain.errors import NotFoundError
from handlers.domain.ids import OutboxId, TicketId
from handlers.domain.outgoing import (
    FIRST_TO_LAST,
    STAFF_KINDS,
    Arrived,
    Begun,
    Kind,
    OutboxState,
    Outgoing,
    Owed,
    Rendered,
    Taken,
    Tried,
    Values,
)
from handlers.ports import OutboxEntry
from handlers.work import AutomaticMails
from knowledge_base.values import dataclass
from storage import automatic_mails
from storage.attachments import attachments_of, write_attachments
from storage.automatic_mails import AutomaticTally
from storage.blobs import Blobs
from storage.later import Later
from storage.memory import Memory
from storage.names import Heard, Names
from storage.outbox_entries import SHOWN, entry_of, row_of
from storage.outgoing import NEEDED, outgoing
from storage.prepared import prepared
from storage.rows import attachments, outbox
from storage.sql import add_new
from storage.tried import tried_since
from storage.work import Work

_row = outbox.c

_WORK: Final = Work(
    table=outbox,
    lane="to",
    claimable=_row.state != sa.literal_column("'sending'"),
    lapse_is_a_try=False,
    given=NEEDED,
)
_IN_TURN: Final = tuple(_row.kind.in_(sorted(kinds)) for kinds in FIRST_TO_LAST)
_TURNS: Final = {kind.value: turn for turn, kinds in enumerate(FIRST_TO_LAST) for kind in kinds}
_BEGIN: Final = _WORK.change(state=sa.literal_column("'sending'"))
_END: Final = _WORK.change(
    state=sa.literal_column("'delivered'"),
    due_at=sa.null(),
    leased_until=sa.null(),
    error=sa.null(),
)
_BEGUN: Final = _row.state == OutboxState.SENDING
_UNSENT: Final = (
    _row.state.in_([OutboxState.QUEUED, OutboxState.DEFERRED]),
    _row.leased_until.is_(None),
)
_SENT: Final = prepared(
    sa.select(*SHOWN)
    .where(
        _row.channel == sa.bindparam("on"),
        _row.external_id.in_(sa.bindparam("external_ids", expanding=True)),
    )
    .order_by(_row.id)
)
_OF_TICKETS: Final = prepared(
    sa.select(*SHOWN)
    .where(_row.ticket_id.in_(sa.bindparam("tickets", expanding=True)))
    .order_by(_row.id)
)
_LAPSED_LEASE: Final = timedelta(minutes=1)
_SAID: Final = ("kind", "channel", "to", "key", "values", "language", "ticket_id", "article_id")


@dataclass(frozen=True, slots=True)
class SqlOutbox:
    """The port `Outbox`. A lane is a channel and an address."""

    connection: sa.Connection
    blobs: Blobs
    memory: Memory
    later: Later

    def owe(self, debt: Owed) -> OutboxId | None:
        with self.memory.touching(("owed", debt.ticket)):
            number = add_new(self.connection, outbox, row_of(debt))
        if number is None:
            return None
        self._automatic.add(debt)
        write_attachments(self.later, debt.attachments, outbox_id=number)
        return OutboxId(number)

    def owe_along(self, debt: Owed) -> None:
        if debt.once is not None or debt.attachments:
            self.owe(debt)  # it may be known already, and its files are its number's
            return
        with self.memory.touching(("owed", debt.ticket)):
            self.later.add(outbox, [row_of(debt)])
        self._automatic.add(debt)

    def restate(self, message: OutboxId, values: Values, *, at: datetime) -> OutboxId | None:
        said = self.connection.execute(sa.select(outbox).where(_row.id == message)).one()
        before = said._mapping["values"]  # noqa: SLF001 -- SQLAlchemy's public name for this
        after = {**before, **values}
        if _told(after) == _told(before):
            return None
        self._say(after, _row.id == message)
        if self._say(after, _row.id == message, *_UNSENT, rendered=None, rendered_sha256=None):
            return message
        if said.state == OutboxState.DEAD:
            return None
        edited = sa.select(_row.id).where(_row.edits == message, *_UNSENT).order_by(_row.id.desc())
        waiting = self.connection.scalar(edited)
        if waiting is not None:
            self._say(after, _row.id == waiting, *_UNSENT, rendered=None, rendered_sha256=None)
            return OutboxId(waiting)
        kind = Kind.STAFF_EDIT if said.kind in STAFF_KINDS else Kind.EDIT
        return self._copy(said, at=at, kind=kind, values=after, edits=message)

    def repeat(self, message: OutboxId, *, at: datetime) -> OutboxId:
        said = self.connection.execute(sa.select(outbox).where(_row.id == message)).one()
        number = self._copy(said, at=at, edits=said.edits)
        self._copy_files(message, number)
        return number

    def redirect(self, message: OutboxId, to: Address, *, at: datetime) -> OutboxId | None:
        said = self.connection.execute(sa.select(outbox).where(_row.id == message)).one()
        once = f"redirected:{message}"
        if self.connection.scalar(sa.select(_row.id).where(_row.once == once)) is not None:
            return None
        number = self._copy(said, at=at, channel=to.channel, to=to.value, once=once)
        self._copy_files(message, number)
        return number

    def settle_edit(self, message: OutboxId, *, fence: int, anew: bool) -> bool:
        edited = sa.select(_row.edits).where(_row.id == message).scalar_subquery()
        said = self.connection.execute(sa.select(outbox).where(_row.id == edited)).one()
        parked = _row.state.in_([OutboxState.DEAD, OutboxState.UNCERTAIN])
        self.connection.execute(
            sa.update(outbox)
            .where(_row.id == said.id, parked, _row.external_id.is_(None))
            .values(rendered=None, rendered_sha256=None)
        )
        again = anew and said.state == OutboxState.UNCERTAIN
        kind = said.kind if again else _row.kind
        fresh = {"edits": None, "state": OutboxState.QUEUED, "attempts": 0}
        unsaid = {"rendered": None, "rendered_sha256": None}
        self._finish(message, fence, kind=kind, **fresh, **unsaid)
        if not again:
            self.connection.execute(sa.delete(outbox).where(_row.id == message))
        return again

    def withdraw(self, message: OutboxId) -> bool:
        unbegun = (_row.id == message, *_UNSENT, _row.attempts == 0)
        if self.connection.scalar(sa.select(_row.id).where(*unbegun).with_for_update()) is None:
            return False
        self.connection.execute(sa.delete(attachments).where(attachments.c.outbox_id == message))
        return self.connection.execute(sa.delete(outbox).where(*unbegun)).rowcount == 1

    def claim(
        self, *, now: datetime, lease: timedelta, limit: int, channels: Iterable[Channel]
    ) -> Sequence[Outgoing]:
        rows = _WORK.claim(
            self.connection, now=now, lease=lease, limit=limit, channels=channels, turns=_IN_TURN
        )
        return outgoing(self.connection, self.blobs, sorted(rows, key=lambda row: _TURNS[row.kind]))

    def sending(self, begun: Sequence[Begun]) -> None:
        held = {int(each.message.id): each.message.fence for each in begun}
        written = (self._written(each.rendered) for each in begun)
        _WORK.mark_all(self.connection, _BEGIN, held, written)

    def renew(self, messages: Mapping[OutboxId, int], *, until: datetime) -> None:
        held = {int(message): fence for message, fence in messages.items()}
        _WORK.renew(self.connection, held, until=until)

    def delivered(self, arrived: Sequence[Arrived]) -> None:
        held = {int(each.message.id): each.message.fence for each in arrived}
        names = (_names(each.taken) for each in arrived)
        _WORK.mark_all(self.connection, _END, held, names)

    def said_anew(self, edit: OutboxId, *, external_id: str) -> None:
        changed = sa.select(_row.edits).where(_row.id == edit).scalar_subquery()
        renamed = sa.update(outbox).where(_row.id == changed).values(external_id=external_id)
        self.connection.execute(renamed)

    def deferred(self, message: OutboxId, *, fence: int, due: datetime, error: str) -> None:
        self._finish(message, fence, state=OutboxState.DEFERRED, due_at=due, error=error)

    def uncertain(
        self, message: OutboxId, *, fence: int, repeat_at: datetime | None, error: str
    ) -> None:
        self._finish(
            message,
            fence,
            state=OutboxState.UNCERTAIN,
            due_at=repeat_at,
            doubts=_row.doubts + 1,
            error=error,
        )

    def dead(self, message: OutboxId, *, fence: int, error: str) -> None:
        self._finish(message, fence, state=OutboxState.DEAD, due_at=None, error=error)

    def release(self, message: OutboxId, *, fence: int) -> None:
        self._finish(message, fence, attempts=_row.attempts - 1)

    def lapsed(self, *, now: datetime, lease: timedelta = _LAPSED_LEASE) -> Sequence[Outgoing]:
        rows = _WORK.lapsed(self.connection, _BEGUN, now=now, lease=lease)
        return outgoing(self.connection, self.blobs, rows)

    def find_sent(self, *, channel: Channel, external_ids: Sequence[str]) -> OutboxEntry | None:
        asked = Names(self.memory).worth_asking(Heard.SENT, channel, external_ids)
        if not asked:
            return None
        which = {"on": channel, "external_ids": asked}
        found = {row.external_id: row for row in self.connection.execute(_SENT, which)}
        return next((entry_of(found[each]) for each in external_ids if each in found), None)

    def find(self, message: OutboxId) -> OutboxEntry | None:
        row = self.connection.execute(sa.select(*SHOWN).where(_row.id == message)).first()
        return None if row is None else entry_of(row)

    def rows(self, *, state: OutboxState | None = None, limit: int = 1000) -> Sequence[OutboxEntry]:
        statement = sa.select(*SHOWN).order_by(_row.id.desc()).limit(limit)
        if state is not None:
            statement = statement.where(_row.state == state)
        return self._entries(statement)

    def of_ticket(self, ticket: TicketId) -> Sequence[OutboxEntry]:
        return self.memory.recall(("owed", ticket), (outbox,), lambda: self._of_tickets([ticket]))

    def look_up(self, found: Collection[TicketId]) -> None:
        """Read what is owed about several tickets at once."""
        owed = self._of_tickets(found)
        for ticket in found:
            entries = [each for each in owed if each.ticket == ticket]
            self.memory.keep(("owed", ticket), (outbox,), entries)

    def _of_tickets(self, found: Collection[TicketId]) -> list[OutboxEntry]:
        rows = self.connection.execute(_OF_TICKETS, {"tickets": sorted(found)})
        return [entry_of(row) for row in rows]

    def retry(self, message: OutboxId, *, now: datetime) -> None:
        parked = (
            _row.id == message,
            _row.state.in_([OutboxState.DEAD, OutboxState.UNCERTAIN]),
        )
        changes = {"state": OutboxState.QUEUED, "due_at": now, "doubts": 0}
        if not _WORK.again(self.connection, *parked, **changes):
            raise NotFoundError("no-such-parked-message", id=str(message))

    def counts(self) -> Mapping[OutboxState, int]:
        statement = sa.select(_row.state, sa.func.count()).group_by(_row.state)
        found = {OutboxState(state): count for state, count in self.connection.execute(statement)}
        return {state: found.get(state, 0) for state in OutboxState}

    def oldest_due(self) -> datetime | None:
        return _WORK.oldest_due(self.connection)

    def tried_since(self, moment: datetime, *, channel: Channel) -> Sequence[Tried]:
        return tried_since(self.connection, self.blobs, moment, channel=channel)

    def stuck(self, *, before: datetime, uncertain_before: datetime) -> Sequence[OutboxId]:
        doubtful = sa.and_(_row.state == OutboxState.UNCERTAIN, _row.claimed_at < uncertain_before)
        statement = (
            sa.select(_row.id).where(sa.or_(_WORK.stuck(before=before), doubtful)).order_by(_row.id)
        )
        return [OutboxId(number) for number in self.connection.scalars(statement)]

    def automatic_since(
        self, moment: datetime, *, to: str | None = None, ticket: TicketId | None = None
    ) -> int:
        if ticket is not None and self.memory.knows(("owed", ticket), []):
            return 0
        if to is not None and to.startswith("@"):
            return self._automatic.to_domain(to, moment)
        return automatic_mails.since(self.connection, moment, to=to, ticket=ticket)

    def automatic_recently(
        self, to: str, *, address_since: datetime, domain_since: datetime, since: datetime
    ) -> AutomaticMails:
        moments = {"address_since": address_since, "domain_since": domain_since, "since": since}
        return self._automatic.recently(to, **moments)

    def automatic_subjects(self, moment: datetime, *, to: str) -> Sequence[str]:
        return self._automatic.subjects(moment, to=to)

    @property
    def _automatic(self) -> AutomaticTally:
        return AutomaticTally(self.connection, self.memory)

    def _entries(self, statement: sa.Select[Any]) -> list[OutboxEntry]:
        return [entry_of(row) for row in self.connection.execute(statement)]

    def _say(
        self, words: Mapping[str, object], *which: sa.ColumnElement[bool], **more: object
    ) -> bool:
        statement = sa.update(outbox).where(*which).values({"values": dict(words), **more})
        return self.connection.execute(statement).rowcount == 1

    def _copy(self, said: sa.Row[Any], *, at: datetime, **changes: object) -> OutboxId:
        """Owe what a row owes once more, with these changes."""
        same = {name: said._mapping[name] for name in _SAID}  # noqa: SLF001 -- its public name
        new = {"state": OutboxState.QUEUED, "due_at": at, "fence": 0, "attempts": 0, "doubts": 0}
        statement = sa.insert(outbox).values({**same, **new, "at": at, **changes})
        return OutboxId(self.connection.scalars(statement.returning(_row.id)).one())

    def _copy_files(self, message: OutboxId, copy: OutboxId) -> None:
        files = attachments_of(self.connection, attachments.c.outbox_id, [message])
        write_attachments(self.later, files.get(message, ()), outbox_id=copy)

    def _written(self, rendered: Rendered) -> Mapping[str, object]:
        kept = self.blobs.keep(rendered.content)
        return {
            "rendered": kept.in_row,
            "rendered_sha256": kept.sha256,
            "external_id": rendered.external_id,
        }

    def _finish(self, message: OutboxId, fence: int, **changes: object) -> None:
        _WORK.finish(self.connection, message, fence=fence, **changes)


def _names(taken: Taken) -> Mapping[str, object]:
    return {"external_id": taken.name or None, "beside": " ".join(taken.beside) or None}


def _told(values: Mapping[str, object]) -> Mapping[str, object]:
    """Leave out what is empty: to a text it is as good as absent."""
    return {name: value for name, value in values.items() if value != ""}
