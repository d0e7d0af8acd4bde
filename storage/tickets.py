"""Tickets, their articles and their history."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import datetime
from typing import Final

import sqlalchemy as sa

from handlers.domain.channels import Attachment, Channel
from handlers.domain.errors import ConflictError, NotFoundError
from handlers.domain.ids import ArticleId, OrganisationId, PersonId, TicketId
from handlers.domain.tickets import (
    Article,
    ArticleKind,
    NewArticle,
    NewTicket,
    Status,
    Stay,
    Ticket,
    TicketEvent,
    reference_of,
    stays_of,
)
from knowledge_base.values import dataclass
from storage.article_names import write_names
from storage.articles import SAID_IN, first_awaiting, first_with_id, thread, ticket_with_id
from storage.attachments import write_attachments
from storage.columns import in_utc, storable
from storage.copies import write_copies
from storage.later import Later
from storage.memory import Memory
from storage.names import Heard, Names
from storage.numbers import Numbers
from storage.organisations import ASKED
from storage.parents import await_parents
from storage.people import SqlPeople
from storage.prepared import prepared
from storage.requesters import Requesters, moved
from storage.rows import (
    articles,
    call_wishes,
    drafts,
    merges,
    outbox,
    referrals,
    stays,
    ticket_events,
    tickets,
    topics,
    watchers,
)
from storage.sql import pieces, unindexed
from storage.ticket_rows import event_of, ticket_of
from storage.ties import SqlTies

_NOTHING_TIED: Final[Mapping[str, tuple[tuple[sa.Table, ...], object]]] = {
    "calls": ((call_wishes, merges), []),
    "draft": ((drafts,), None),
    "merged": ((merges,), None),
    "referrals": ((referrals, merges), []),
    "topics": ((topics,), []),
    "watchers": ((watchers,), []),
}
_FIND: Final = prepared(sa.select(tickets).where(tickets.c.id == sa.bindparam("number")))
_SEVERAL: Final = prepared(
    sa.select(tickets).where(tickets.c.id.in_(sa.bindparam("numbers", expanding=True)))
)
_SAVE: Final = prepared(
    sa.update(tickets).where(
        tickets.c.id == sa.bindparam("number"), tickets.c.version == sa.bindparam("seen")
    )
)
_UNFINISHED: Final = frozenset({Status.NEW, Status.OPEN, Status.WAITING})
"""So few are in these states that what else is asked of them needs no index."""

_NEWEST: Final = sa.select(tickets).order_by(tickets.c.id.desc())
_OF_PERSON: Final = prepared(_NEWEST.where(tickets.c.requester == sa.bindparam("person")))
_EVENTS: Final = prepared(
    sa.select(ticket_events)
    .where(ticket_events.c.ticket_id == sa.bindparam("number"))
    .order_by(ticket_events.c.id)
)


@dataclass(frozen=True, slots=True)
class SqlTickets:
    """The port `Tickets`."""

    connection: sa.Connection
    memory: Memory
    later: Later
    numbers: Numbers
    people: SqlPeople

    def add(self, ticket: NewTicket) -> Ticket:
        given = {field.name: getattr(ticket, field.name) for field in fields(ticket)}
        at = in_utc(given.pop("at"))
        if all(given[name] is None for name in ASKED):
            asker = self.people.get(ticket.requester)
            given |= {name: getattr(asker, name) for name in ASKED}
        added = Ticket(
            id=TicketId(self.numbers.take(tickets)),
            version=1,
            created_at=at,
            updated_at=at,
            **{**given, "subject": storable(ticket.subject)},
        )
        row = {field.name: getattr(added, field.name) for field in fields(added)}
        # Nobody can have asked about what was not there.
        with self.memory.touching():
            self.later.add(tickets, [row])
        Requesters(self.memory).add(added)
        return self._alone(added)

    def look_up(self, found: Collection[TicketId]) -> None:
        """Read several tickets at once."""
        rows = self.connection.execute(_SEVERAL, {"numbers": sorted(found)})
        known = {row.id: ticket_of(row) for row in rows}
        for number in found:
            self.memory.keep(("ticket", number), (tickets,), known.get(number))

    def keep_apart(self, ticket: TicketId) -> None:
        """Know that nothing is tied to a ticket."""
        self.memory.keep(("within", ticket), (merges,), [ticket])
        for what, (reads, nothing) in _NOTHING_TIED.items():
            self.memory.keep((what, ticket), reads, nothing)

    def get(self, ticket: TicketId) -> Ticket:
        found = self.find(ticket)
        if found is None:
            raise NotFoundError("no-such-ticket", reference=reference_of(ticket))
        return found

    def find(self, ticket: TicketId) -> Ticket | None:
        return self.memory.recall(("ticket", ticket), (tickets,), lambda: self._find(ticket))

    def save(self, ticket: Ticket, *, at: datetime) -> Ticket:
        def at_once(written: Mapping[str, object]) -> None:
            if self.connection.execute(_SAVE, written).rowcount != 1:
                raise _changed(ticket)

        return self._save(ticket, at, at_once)

    def save_along(self, ticket: Ticket, *, at: datetime) -> Ticket:
        def along(written: Mapping[str, object]) -> None:
            # Of several it is not known which.
            self.later.change(tickets, _SAVE, written, stale=ConflictError("changed-meanwhile"))

        return self._save(ticket, at, along)

    def _save(
        self, ticket: Ticket, at: datetime, write: Callable[[Mapping[str, object]], None]
    ) -> Ticket:
        saved = replace(ticket, version=ticket.version + 1, updated_at=at)
        before = self._at_version(ticket)
        if before is None:
            raise _changed(ticket)
        written = {field.name: getattr(saved, field.name) for field in fields(saved)}
        known = {"number": written.pop("id"), "seen": ticket.version}
        shown = [("ticket", ticket.id), *moved(before, saved)]
        if saved.subject != before.subject:
            shown.append(("subjects",))
        with self.memory.touching(*shown):
            write({**written, **known})
        if before.status != ticket.status:
            left = {"ticket_id": ticket.id, "status": before.status, "until": at}
            self.later.add(stays, [left])
        return self._known(saved)

    def rows(
        self,
        *,
        statuses: Iterable[Status] | None = None,
        queues: Iterable[str] | None = None,
        limit: int = 1000,
    ) -> Sequence[Ticket]:
        statement = _NEWEST.where(tickets.c.practice.is_(sa.false()))
        asked = frozenset(Status if statuses is None else statuses)
        queue = unindexed(tickets.c.queue) if asked <= _UNFINISHED else tickets.c.queue
        if statuses is not None:
            statement = statement.where(tickets.c.status.in_(sorted(asked)))
        if queues is not None:
            statement = statement.where(queue.in_(list(queues)))
        return self._found(statement.limit(limit))

    def of_person(self, person: PersonId) -> Sequence[Ticket]:
        def look_up() -> Sequence[Ticket]:
            return [self._known(each) for each in self._found(_OF_PERSON, person=person)]

        return [self.get(each) for each in Requesters(self.memory).recall(person, look_up)]

    def of_organisation(self, organisation: OrganisationId) -> Sequence[Ticket]:
        return self._found(_NEWEST.where(tickets.c.organisation == organisation))

    def silent_since(self, moment: datetime, *, status: Status) -> Sequence[Ticket]:
        row = tickets.c
        return self._found(_NEWEST.where(row.status == status, row.updated_at < moment))

    def created_between(self, start: datetime, end: datetime) -> Sequence[Ticket]:
        row = tickets.c
        asked = sa.select(tickets).where(
            row.created_at >= start, row.created_at < end, row.practice.is_(sa.false())
        )
        return [ticket_of(each) for each in self.connection.execute(asked.order_by(row.id))]

    def counts(self) -> Mapping[Status, int]:
        statement = sa.select(tickets.c.status, sa.func.count()).group_by(tickets.c.status)
        found = {Status(status): count for status, count in self.connection.execute(statement)}
        return {status: found.get(status, 0) for status in Status}

    def write(self, article: NewArticle) -> Article:
        given = {field.name: getattr(article, field.name) for field in fields(article)}
        files: tuple[Attachment, ...] = given.pop("attachments")
        copied: tuple[str, ...] = given.pop("copies")
        names: tuple[str, ...] = given.pop("also")
        awaited: tuple[str, ...] = given.pop("awaits")
        notes: tuple[str, ...] = given.pop("notes")
        ticket, person, consultant = map(given.pop, ("ticket", "person", "consultant"))
        values = {
            **given,
            "ticket_id": ticket,
            "person_id": person,
            "consultant_id": consultant,
            "notes": " ".join(notes),
        }
        number = values["id"] = self.numbers.take(articles)
        with self.memory.touching(("threads",)):
            self.later.add(articles, [values])
            write_attachments(self.later, files, article_id=number)
            write_copies(self.later, copied, article_id=number)
            write_names(self.later, names, article_id=number)
            await_parents(self.later, awaited, article_id=number)
        Names(self.memory).came(article)
        return Article(
            id=ArticleId(number),
            ticket=ticket,
            person=person,
            consultant=consultant,
            attachments=files,
            copies=copied,
            notes=notes,
            **given,
        )

    def articles(self, ticket: TicketId) -> Sequence[Article]:
        known = self._threads.get(ticket)
        if known is None:
            within = SqlTies(self.connection, self.memory).within(ticket)
            known = self._threads[ticket] = thread(self.connection, within)
        return known

    def find_article(
        self,
        *,
        channel: Channel,
        external_ids: Sequence[str],
        kind: ArticleKind = ArticleKind.INBOUND,
    ) -> Article | None:
        asked = Names(self.memory).worth_asking(Heard.CAME, channel, external_ids)
        return first_with_id(self.connection, channel, asked, kind=kind) if asked else None

    def find_ticket_of(
        self, *, channel: Channel, external_ids: Sequence[str], kind: ArticleKind
    ) -> TicketId | None:
        names = Names(self.memory)
        asked = names.worth_asking(Heard.CAME, channel, external_ids)
        if names.tells_ticket(channel, asked):
            return names.ticket(channel, asked, kind=kind)
        return ticket_with_id(self.connection, channel, asked, kind=kind)

    def find_awaiting(
        self, *, channel: Channel, external_ids: Sequence[str], person: PersonId
    ) -> Article | None:
        asked = Names(self.memory).worth_asking(Heard.AWAITED, channel, external_ids)
        return first_awaiting(self.connection, channel, asked, person=person) if asked else None

    def withdraw(self, article: ArticleId) -> None:
        unsent = (articles.c.id == article, articles.c.kind == ArticleKind.REPLY)
        self.connection.execute(sa.update(articles).where(*unsent).values(kind=ArticleKind.NOTE))

    def record(self, ticket: TicketId, *events: TicketEvent) -> None:
        lines = [
            {
                "ticket_id": ticket,
                "type": event.type,
                "at": event.at,
                "actor": event.actor,
                "reasons": event.reasons,
            }
            for event in events
        ]
        self.later.add(ticket_events, lines)

    def events(self, ticket: TicketId) -> Sequence[TicketEvent]:
        return [event_of(each) for each in self.connection.execute(_EVENTS, {"number": ticket})]

    def stays(self, found: Iterable[Ticket]) -> Mapping[TicketId, Sequence[Stay]]:
        known = {ticket.id: ticket for ticket in found}
        row, left = stays.c, defaultdict[TicketId, list[tuple[Status, datetime]]](list)
        for some in pieces(known):
            statement = sa.select(stays).where(row.ticket_id.in_(some)).order_by(row.id)
            for each in self.connection.execute(statement):
                left[each.ticket_id].append((Status(each.status), each.until))
        return {number: stays_of(ticket, left[number]) for number, ticket in known.items()}

    def marked(
        self, found: Iterable[TicketId], types: Collection[str]
    ) -> Mapping[TicketId, Sequence[TicketEvent]]:
        row, lines = ticket_events.c, defaultdict[TicketId, list[TicketEvent]](list)
        for some in pieces(found):
            wanted = sa.select(ticket_events).where(row.ticket_id.in_(some), row.type.in_(types))
            for each in self.connection.execute(wanted.order_by(row.id)):
                lines[each.ticket_id].append(event_of(each))
        return lines

    def _find(self, ticket: TicketId) -> Ticket | None:
        row = self.connection.execute(_FIND, {"number": ticket}).one_or_none()
        return None if row is None else ticket_of(row)

    def _at_version(self, ticket: Ticket) -> Ticket | None:
        """Return the ticket as it is stored, if that is the version somebody changed."""
        stored = self.find(ticket.id)
        if stored is not None and stored.version != ticket.version:
            stored = self._find(ticket.id)
        return stored if stored is not None and stored.version == ticket.version else None

    def _alone(self, ticket: Ticket) -> Ticket:
        """Know of a new ticket that nothing hangs on it, so that nobody need look."""
        self.keep_apart(ticket.id)
        self.memory.keep(("owed", ticket.id), (outbox,), [])
        self._threads[ticket.id] = []
        return self._known(ticket)

    @property
    def _threads(self) -> dict[TicketId, Sequence[Article]]:
        """The threads read so far: where tickets were merged, one article is part of several."""
        return self.memory.recall(("threads",), SAID_IN, dict[TicketId, Sequence[Article]])

    def _known(self, ticket: Ticket) -> Ticket:
        self.memory.keep(("ticket", ticket.id), (tickets,), ticket)
        return ticket

    def _found(self, statement: sa.Executable, **values: object) -> Sequence[Ticket]:
        return [ticket_of(row) for row in self.connection.execute(statement, values)]


def _changed(ticket: Ticket) -> ConflictError:
    return ConflictError("ticket-changed", reference=ticket.reference)
