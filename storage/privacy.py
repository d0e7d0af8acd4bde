"""Everything stored about one person: shown whole, or erased."""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa

from handlers.domain.errors import NotFoundError
from handlers.domain.ids import PersonId
from handlers.domain.messages import InboxState
from handlers.domain.outgoing import OutboxState
from knowledge_base.values import dataclass
from storage.blobs import Blobs, unnamed
from storage.personal import PERSONAL
from storage.personal_rule import Rule
from storage.rows import inbox, outbox, people

_FILE_COLUMNS = ("sha256", "raw_sha256", "rendered_sha256")


@dataclass(frozen=True, slots=True)
class SqlPersonalData:
    """The port `PersonalData`."""

    connection: sa.Connection
    blobs: Blobs
    _released: set[str] = field(default_factory=set)

    def export(self, person: PersonId) -> Mapping[str, Sequence[Mapping[str, object]]]:
        self._require(person)
        return {name: self._exported(rule, person) for name, rule in PERSONAL.items()}

    def erase(self, person: PersonId) -> Mapping[str, int]:
        self._require(person)
        for rule in PERSONAL.values():
            self._release(rule.table, rule.erased(person))
        return {name: self._erased(rule, person) for name, rule in PERSONAL.items()}

    def forget_before(self, moment: datetime) -> Mapping[str, int]:
        received = sa.and_(
            inbox.c.state == InboxState.DONE,
            inbox.c.claimed_at < moment,
            sa.or_(inbox.c.raw.is_not(None), inbox.c.raw_sha256.is_not(None)),
        )
        sent = sa.and_(
            outbox.c.state.in_([OutboxState.DELIVERED, OutboxState.DEAD]),
            outbox.c.claimed_at < moment,
            sa.or_(outbox.c.rendered.is_not(None), outbox.c.rendered_sha256.is_not(None)),
        )
        self._release(inbox, received)
        self._release(outbox, sent)
        return {
            "inbox": self._write(inbox, received, {"raw": None, "raw_sha256": None}),
            "outbox": self._write(outbox, sent, {"rendered": None, "rendered_sha256": None}),
        }

    def sweep(self, part: int, *, before: datetime) -> int:
        found = unnamed(self.connection, self.blobs.files.unused_since(part, before))
        for sha256 in found:
            self.blobs.files.delete_unused(sha256, since=before)
        return len(found)

    def remove_files(self) -> None:
        """Remove the files no row names any more; called just before the commit.

        In this order a crash leaves rows whose files are gone, and erasing again completes it;
        the other way round a forgotten file would stay for ever. Left open: on PostgreSQL, the same
        content arriving from somebody else within the moment between this look and the commit.
        """
        for sha256 in unnamed(self.connection, sorted(self._released)):
            self.blobs.files.delete(sha256)
        self._released.clear()

    def _require(self, person: PersonId) -> None:
        found = self.connection.scalar(sa.select(people.c.id).where(people.c.id == person))
        if found is None:
            raise NotFoundError("no-such-person", id=str(person))

    def _exported(self, rule: Rule, person: PersonId) -> list[Mapping[str, object]]:
        found = sa.select(rule.table).where(rule.about(person))
        statement = found.order_by(*rule.table.primary_key)
        rows = self.connection.execute(statement).mappings()
        return [self._readable(row) for row in rows]

    def _readable(self, row: Mapping[Any, Any]) -> Mapping[str, object]:
        values: dict[str, Any] = dict(row)
        for content, sha256 in (("raw", "raw_sha256"), ("rendered", "rendered_sha256")):
            if content in values:
                values[content] = self.blobs.read(values[content], values[sha256])
        return {name: _json_ready(value) for name, value in values.items()}

    def _release(self, table: sa.Table, which: sa.ColumnElement[bool]) -> None:
        for name in _FILE_COLUMNS:
            if name in table.c:
                column = table.c[name]
                statement = sa.select(column).where(which, column.is_not(None))
                self._released.update(self.connection.scalars(statement))

    def _erased(self, rule: Rule, person: PersonId) -> int:
        if rule.deletes:
            statement = sa.delete(rule.table).where(rule.erased(person))
            return self.connection.execute(statement).rowcount
        return self._write(rule.table, rule.erased(person), rule.blank)

    def _write(
        self, table: sa.Table, which: sa.ColumnElement[bool], changes: Mapping[str, object]
    ) -> int:
        return self.connection.execute(sa.update(table).where(which).values(changes)).rowcount


def _json_ready(value: object) -> object:
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
        case date():
            return value.isoformat()
        case bytes():
            return _as_text(value)
        case _:
            return value


def _as_text(content: bytes) -> str:
    """Return the bytes as text where they are; a person reads this."""
    try:
        return content.decode()
    except UnicodeDecodeError:
        return "base64:" + base64.b64encode(content).decode()
