"""Which tickets belong together, and what consultants put on them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from handlers.domain.errors import ConflictError
from handlers.domain.ids import ArticleId, ConsultantId, TicketId
from handlers.domain.tickets import Status, reference_of
from handlers.ties import Merge
from knowledge_base.values import dataclass
from storage.memory import Memory
from storage.prepared import prepared
from storage.rows import articles, inbox, merges, ticket_links, ticket_tags, watchers
from storage.sql import insert

_PIECE: Final = 500
_MERGED: Final = prepared(sa.select(merges).where(merges.c.ticket_id == sa.bindparam("number")))
_BELOW: Final = prepared(
    sa.select(merges.c.ticket_id).where(
        merges.c.into_id.in_(sa.bindparam("numbers", expanding=True))
    )
)
_WATCHERS: Final = prepared(
    sa.select(watchers.c.consultant_id).where(watchers.c.ticket_id == sa.bindparam("number"))
)


@dataclass(frozen=True, slots=True)
class SqlTies:
    """The port `Ties`."""

    connection: sa.Connection
    memory: Memory

    def merge(self, merge: Merge) -> None:
        statement = insert(self.connection, merges).values(
            ticket_id=merge.ticket,
            into_id=merge.into,
            status=merge.status,
            into_status=merge.into_status,
            into_version=merge.into_version,
            at=merge.at,
        )
        made = statement.on_conflict_do_nothing().returning(merges.c.id)
        if self.connection.scalar(made) is None:
            raise ConflictError("ticket-changed", reference=reference_of(merge.ticket))

    def merged(self, ticket: TicketId) -> Merge | None:
        return self.memory.recall(("merged", ticket), (merges,), lambda: self._merged(ticket))

    def _merged(self, ticket: TicketId) -> Merge | None:
        row = self.connection.execute(_MERGED, {"number": ticket}).one_or_none()
        return None if row is None else _merge(row)

    def unmerge(self, ticket: TicketId) -> None:
        self.connection.execute(sa.delete(merges).where(merges.c.ticket_id == ticket))

    def within(self, ticket: TicketId) -> Sequence[TicketId]:
        return self.memory.recall(("within", ticket), (merges,), lambda: self._within(ticket))

    def _within(self, ticket: TicketId) -> Sequence[TicketId]:
        """Follow the merges down; nearly no ticket has any, so one look is nearly always all."""
        found = {ticket}
        latest: set[TicketId] = {ticket}
        while latest:
            below = self.connection.scalars(_BELOW, {"numbers": sorted(latest)})
            latest = {TicketId(each) for each in below} - found
            found |= latest
        return sorted(found)

    def link(self, one: TicketId, other: TicketId, *, at: datetime) -> bool:
        pair = {"ticket_id": min(one, other), "other_id": max(one, other)}
        return _put(self.connection, ticket_links, **pair, at=at)

    def unlink(self, one: TicketId, other: TicketId) -> bool:
        row = ticket_links.c
        pair = (row.ticket_id == min(one, other), row.other_id == max(one, other))
        return self.connection.execute(sa.delete(ticket_links).where(*pair)).rowcount == 1

    def linked(self, ticket: TicketId) -> Sequence[TicketId]:
        row = ticket_links.c
        statement = sa.union_all(
            sa.select(row.other_id).where(row.ticket_id == ticket),
            sa.select(row.ticket_id).where(row.other_id == ticket),
        )
        return sorted(TicketId(each) for each in self.connection.scalars(statement))

    def move(self, article: ArticleId, to: TicketId) -> None:
        row, came = articles.c, inbox.c
        said = self.connection.execute(
            sa.select(row.ticket_id, row.channel, row.at).where(row.id == article)
        ).one()
        self.connection.execute(sa.update(articles).where(row.id == article).values(ticket_id=to))
        # Whose raw message it is must be found by the ticket the article is in.
        raw = (
            came.ticket_id == said.ticket_id,
            came.channel == said.channel,
            came.received_at == said.at,
        )
        self.connection.execute(sa.update(inbox).where(*raw).values(ticket_id=to))


@dataclass(frozen=True, slots=True)
class SqlMarks:
    """The port `Marks`."""

    connection: sa.Connection
    memory: Memory

    def tag(self, ticket: TicketId, tag: str) -> bool:
        return _put(self.connection, ticket_tags, ticket_id=ticket, tag=tag)

    def untag(self, ticket: TicketId, tag: str) -> bool:
        row = ticket_tags.c
        statement = sa.delete(ticket_tags).where(row.ticket_id == ticket, row.tag == tag)
        return self.connection.execute(statement).rowcount == 1

    def tags(self, tickets: Iterable[TicketId]) -> Mapping[TicketId, Sequence[str]]:
        row, found = ticket_tags.c, defaultdict[TicketId, list[str]](list)
        known = list(tickets)
        for start in range(0, len(known), _PIECE):
            some = known[start : start + _PIECE]
            for each in self.connection.execute(
                sa.select(ticket_tags).where(row.ticket_id.in_(some)).order_by(row.tag)
            ):
                found[TicketId(each.ticket_id)].append(each.tag)
        return found

    def watch(self, ticket: TicketId, consultant: ConsultantId) -> bool:
        return _put(self.connection, watchers, ticket_id=ticket, consultant_id=consultant)

    def unwatch(self, ticket: TicketId, consultant: ConsultantId) -> bool:
        row = watchers.c
        own = (row.ticket_id == ticket, row.consultant_id == consultant)
        return self.connection.execute(sa.delete(watchers).where(*own)).rowcount == 1

    def watchers(self, ticket: TicketId) -> Sequence[ConsultantId]:
        key = ("watchers", ticket)
        return self.memory.recall(key, (watchers,), lambda: self._watchers(ticket))

    def _watchers(self, ticket: TicketId) -> Sequence[ConsultantId]:
        found = self.connection.scalars(_WATCHERS, {"number": ticket})
        return sorted(ConsultantId(each) for each in found)


def _put(connection: sa.Connection, table: sa.Table, **values: object) -> bool:
    """Add a row; tell whether it was not there."""
    statement = insert(connection, table).values(**values).on_conflict_do_nothing()
    added = statement.returning(table.c.ticket_id)
    return connection.scalar(added) is not None


def _merge(row: sa.Row[Any]) -> Merge:
    return Merge(
        ticket=TicketId(row.ticket_id),
        into=TicketId(row.into_id),
        status=Status(row.status),
        into_status=Status(row.into_status),
        into_version=row.into_version,
        at=row.at,
    )
