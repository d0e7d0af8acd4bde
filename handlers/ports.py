"""What the use cases need from the outside world; `storage` and `bot` provide it.

All of a `UnitOfWork`'s repositories share one transaction: nothing is kept until `commit`.
Ids given back by an `add` are valid inside the transaction at once.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from handlers.domain.channels import Address, Channel
from handlers.domain.ids import (
    ArticleId,
    ConsultantId,
    InboxId,
    OutboxId,
    PersonId,
    TicketId,
)
from handlers.domain.messages import Claimed, InboxState, Outcome, Received
from handlers.domain.outgoing import Kind, OutboxState, Outgoing, Owed, Rendered
from handlers.domain.people import Consultant, NewConsultant, Person
from handlers.domain.tickets import (
    Article,
    NewArticle,
    NewTicket,
    Status,
    Ticket,
    TicketEvent,
)
from knowledge_base.entries import Entry


class Clock(Protocol):
    """The time, so that tests can move it."""

    def now(self) -> datetime:
        """Return the moment, aware, in UTC."""
        ...


class FileStore(Protocol):
    """Bytes kept on disk under their SHA-256, written and fsynced before any row names them."""

    def put(self, content: bytes) -> str:
        """Keep the bytes and return their SHA-256 in hex. Safe to repeat."""
        ...

    def get(self, sha256: str) -> bytes:
        """Return the bytes.

        Raises:
            NotFoundError: no such file.
        """
        ...

    def delete(self, sha256: str) -> None:
        """Remove the bytes; absent is fine."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxEntry:
    """An inbox row as `helpdesk inbox` shows it; never its bytes."""

    id: InboxId
    channel: Channel
    source: str
    external_id: str
    state: InboxState
    outcome: Outcome | None
    reason: str | None
    ticket: TicketId | None
    attempts: int
    error: str | None
    received_at: datetime
    size: int


class Inbox(Protocol):
    """Durable inbound work. A row is claimed under a lease and finished by its fence.

    Rows of one lane are claimed one at a time, the oldest first; a shunted row blocks nobody.
    Every finishing call raises `ConflictError` when the lease was lost to another worker.
    """

    def add(self, message: Received) -> InboxId | None:
        """Keep a raw message; None when it was here already (ARCHITECTURE 2.1)."""
        ...

    def knows(self, *, digest: str) -> bool:
        """Tell whether these bytes were stored before, from any source."""
        ...

    def claim(
        self, *, now: datetime, lease: timedelta, limit: int, channels: Iterable[Channel]
    ) -> Sequence[Claimed]:
        """Lease up to `limit` due rows of distinct lanes, the oldest first."""
        ...

    def claim_one(self, message: InboxId, *, now: datetime, lease: timedelta) -> Claimed | None:
        """Lease this row if it is pending and free."""
        ...

    def done(
        self,
        message: InboxId,
        *,
        fence: int,
        outcome: Outcome,
        reason: str,
        ticket: TicketId | None,
    ) -> None:
        """Finish: filed (an article exists) or ignored with a reason."""
        ...

    def postpone(self, message: InboxId, *, fence: int, due: datetime, error: str) -> None:
        """Give the row back to be tried again at `due`."""
        ...

    def shunt(self, message: InboxId, *, fence: int, error: str) -> None:
        """Park the row, whole, for a person."""
        ...

    def find(self, *, channel: Channel, source: str, external_id: str) -> InboxEntry | None:
        """Look a message up by its channel's own identity."""
        ...

    def rows(self, *, state: InboxState | None = None, limit: int = 1000) -> Sequence[InboxEntry]:
        """List rows, newest first."""
        ...

    def get(self, message: InboxId) -> InboxEntry:
        """Return one row.

        Raises:
            NotFoundError: no such row.
        """
        ...

    def raw(self, message: InboxId) -> bytes:
        """Return the bytes as they were received.

        Raises:
            NotFoundError: no such row.
        """
        ...

    def retry(self, message: InboxId, *, now: datetime) -> None:
        """Put a shunted row back to work.

        Raises:
            NotFoundError: no such row, or it is not shunted.
        """
        ...

    def counts(self) -> Mapping[InboxState, int]:
        """Count the rows by state; every state is present."""
        ...

    def received_since(self, moment: datetime, *, channel: Channel) -> int:
        """Count what a channel received since."""
        ...

    def oldest_due(self) -> datetime | None:
        """Return since when the longest waiting row is due, if any waits."""
        ...

    def stuck(self, *, before: datetime) -> Sequence[InboxId]:
        """List pending rows that were due, or whose lease ran out, before the given moment."""
        ...

    def external_ids(self, *, channel: Channel, source: str) -> frozenset[str]:
        """List what was stored from a source, for the audit."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursor:
    """How far a folder was read. What came before `first_uid`, or before `since`, is not ours."""

    mailbox: str
    folder: str
    uid_validity: int
    first_uid: int
    last_uid: int
    since: datetime


class Cursors(Protocol):
    """Reading positions of mailboxes."""

    def find(self, *, mailbox: str, folder: str, uid_validity: int) -> Cursor | None:
        """Return the position, if this incarnation of the folder was ever read."""
        ...

    def first_start(self, *, mailbox: str, folder: str) -> datetime | None:
        """Return since when the folder is read, under whichever UIDVALIDITY; None = never."""
        ...

    def save(self, cursor: Cursor) -> None:
        """Write the position; it never moves back."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxEntry:
    """An outbox row as `helpdesk outbox` shows it."""

    id: OutboxId
    ticket: TicketId | None
    article: ArticleId | None
    kind: Kind
    channel: Channel
    to: str
    state: OutboxState
    attempts: int
    doubts: int
    next_attempt_at: datetime | None
    external_id: str | None
    error: str | None


class Outbox(Protocol):
    """Durable outbound work. Order per recipient: a lane is a channel and an address.

    Every outcome raises `ConflictError` when the lease was lost.
    """

    def owe(self, debt: Owed) -> OutboxId | None:
        """Write a debt down; None when its `once` was owed before."""
        ...

    def claim(
        self, *, now: datetime, lease: timedelta, limit: int, channels: Iterable[Channel]
    ) -> Sequence[Outgoing]:
        """Lease due rows (queued, deferred, uncertain to be repeated) of distinct lanes."""
        ...

    def sending(self, message: OutboxId, *, fence: int, rendered: Rendered) -> None:
        """Keep the rendered bytes and set `sending`; committed before the channel is called."""
        ...

    def renew(self, messages: Mapping[OutboxId, int], *, until: datetime) -> None:
        """Hold the leases, given with their fences, until the moment; lost ones are left alone."""
        ...

    def delivered(self, message: OutboxId, *, fence: int, external_id: str) -> None:
        """The channel took it and knows it by this id."""
        ...

    def deferred(self, message: OutboxId, *, fence: int, due: datetime, error: str) -> None:
        """Surely not taken; try again at `due`."""
        ...

    def uncertain(
        self, message: OutboxId, *, fence: int, repeat_at: datetime | None, error: str
    ) -> None:
        """Nobody knows: count the doubt; repeat at the given moment, or never (None)."""
        ...

    def dead(self, message: OutboxId, *, fence: int, error: str) -> None:
        """It will never be taken."""
        ...

    def release(self, message: OutboxId, *, fence: int) -> None:
        """Hand a claimed row back untouched (a stop before `sending`)."""
        ...

    def lapsed(self, *, now: datetime) -> Sequence[Outgoing]:
        """Lease again the rows left in `sending` by a process that died; their fate is unknown."""
        ...

    def find_sent(self, *, channel: Channel, external_ids: Sequence[str]) -> OutboxEntry | None:
        """Find what we sent under the first of these ids that is ours."""
        ...

    def rows(self, *, state: OutboxState | None = None, limit: int = 1000) -> Sequence[OutboxEntry]:
        """List rows, newest first."""
        ...

    def of_ticket(self, ticket: TicketId) -> Sequence[OutboxEntry]:
        """List a ticket's rows, oldest first."""
        ...

    def retry(self, message: OutboxId, *, now: datetime) -> None:
        """Queue a dead or uncertain row again, with the same bytes.

        Raises:
            NotFoundError: no such row, or it is neither dead nor uncertain.
        """
        ...

    def counts(self) -> Mapping[OutboxState, int]:
        """Count the rows by state; every state is present."""
        ...

    def oldest_due(self) -> datetime | None:
        """Return since when the longest waiting row is due, if any waits."""
        ...

    def stuck(self, *, before: datetime, uncertain_before: datetime) -> Sequence[OutboxId]:
        """List rows due or lapsed before the first moment, or uncertain since before the second."""
        ...

    def automatic_since(
        self, moment: datetime, *, to: str | None = None, ticket: TicketId | None = None
    ) -> int:
        """Count the automatic mails owed since: to an address or `@domain`, or of a ticket."""
        ...


class Tickets(Protocol):
    """Tickets with their articles and history."""

    def add(self, ticket: NewTicket) -> Ticket:
        """Open a ticket."""
        ...

    def get(self, ticket: TicketId) -> Ticket:
        """Return the ticket.

        Raises:
            NotFoundError: no such ticket.
        """
        ...

    def find(self, ticket: TicketId) -> Ticket | None:
        """Return the ticket, or None."""
        ...

    def save(self, ticket: Ticket, *, at: datetime) -> Ticket:
        """Write every field of the ticket and return it with its next version.

        Raises:
            ConflictError: it changed since this value was read.
        """
        ...

    def rows(
        self,
        *,
        statuses: Iterable[Status] | None = None,
        queues: Iterable[str] | None = None,
        limit: int = 1000,
    ) -> Sequence[Ticket]:
        """List tickets, newest first; practice tickets are left out."""
        ...

    def of_person(self, person: PersonId) -> Sequence[Ticket]:
        """List a requester's tickets, newest first."""
        ...

    def silent_since(self, moment: datetime, *, status: Status) -> Sequence[Ticket]:
        """List tickets of a status not touched since."""
        ...

    def counts(self) -> Mapping[Status, int]:
        """Count the tickets by status; every status is present."""
        ...

    def write(self, article: NewArticle) -> Article:
        """Add an article to its ticket."""
        ...

    def articles(self, ticket: TicketId) -> Sequence[Article]:
        """List the thread, oldest first."""
        ...

    def find_article(self, *, channel: Channel, external_ids: Sequence[str]) -> Article | None:
        """Find the inbound article received under the first of these ids that is known."""
        ...

    def record(self, ticket: TicketId, event: TicketEvent) -> None:
        """Add a line of history."""
        ...

    def events(self, ticket: TicketId) -> Sequence[TicketEvent]:
        """List the history, oldest first."""
        ...


class People(Protocol):
    """Those who ask."""

    def find(self, address: Address) -> Person | None:
        """Look a person up by an address."""
        ...

    def get(self, person: PersonId) -> Person:
        """Return the person.

        Raises:
            NotFoundError: no such person.
        """
        ...

    def add(
        self, *, name: str, language: str | None, address: Address | None, at: datetime
    ) -> Person:
        """Remember somebody new; without an address where the channel has none."""
        ...

    def set_language(self, person: PersonId, language: str) -> None:
        """Remember the language the person chose."""
        ...

    def add_address(self, person: PersonId, address: Address) -> None:
        """Remember one more way to reach the person."""
        ...


class Consultants(Protocol):
    """Those who answer, and the queues they serve."""

    def add(self, consultant: NewConsultant) -> Consultant:
        """Add a consultant.

        Raises:
            InvalidError: the e-mail address or Telegram id is taken.
        """
        ...

    def get(self, consultant: ConsultantId) -> Consultant:
        """Return the consultant.

        Raises:
            NotFoundError: no such consultant.
        """
        ...

    def by_email(self, email: str) -> Consultant | None:
        """Find an active consultant by e-mail, in any letter case."""
        ...

    def by_telegram(self, telegram: str) -> Consultant | None:
        """Find an active consultant by Telegram user id."""
        ...

    def serving(self, queue: str) -> Sequence[Consultant]:
        """List the active consultants of a queue."""
        ...

    def rows(self) -> Sequence[Consultant]:
        """List all, the disabled included."""
        ...

    def link_telegram(self, consultant: ConsultantId, telegram: str) -> None:
        """Tie a Telegram account to the consultant; it is taken from any other."""
        ...

    def disable(self, consultant: ConsultantId) -> None:
        """Take every right away; the sessions end as well."""
        ...


class OneTimeCodes(Protocol):
    """Codes that work once; only their SHA-256 is kept."""

    def issue(self, *, purpose: str, digest: str, subject: str, expires: datetime) -> None:
        """Make a code valid."""
        ...

    def redeem(self, *, purpose: str, digest: str, now: datetime) -> str | None:
        """Use the code up and return its subject; None when unknown, used or expired."""
        ...


class Sessions(Protocol):
    """Signed-in consultants; only the SHA-256 of the cookie is kept."""

    def open(self, *, digest: str, consultant: ConsultantId, expires: datetime) -> None:
        """Begin a session."""
        ...

    def find(self, digest: str, *, now: datetime) -> ConsultantId | None:
        """Return who is signed in, if the session is alive and the consultant active."""
        ...

    def close(self, digest: str) -> None:
        """End a session; absent is fine."""
        ...


class Topics(Protocol):
    """Which topic of which staff chat shows a ticket."""

    def find(self, *, chat: str, ticket: TicketId) -> str | None:
        """Return the topic's thread id."""
        ...

    def of(self, ticket: TicketId) -> Sequence[tuple[str, str]]:
        """List (chat, thread id) of a ticket."""
        ...

    def ticket(self, *, chat: str, thread: str) -> TicketId | None:
        """Return the ticket shown in a topic."""
        ...

    def save(self, *, chat: str, ticket: TicketId, thread: str) -> None:
        """Remember the topic, in place of an earlier one."""
        ...

    def forget(self, *, chat: str, ticket: TicketId) -> None:
        """The topic is gone."""
        ...


class Entries(Protocol):
    """The FAQ entries in force; every change makes a new version of an entry."""

    def rows(self) -> Sequence[Entry]:
        """List the newest version of each entry."""
        ...

    def put(self, entries: Sequence[Entry], *, at: datetime, by: str) -> int:
        """Write entries that differ from their newest version; return how many did."""
        ...

    def stamp(self) -> int:
        """Return a number that changes whenever an entry does."""
        ...


class Leases(Protocol):
    """Rights that one process holds at a time: to read a mailbox, to poll a bot, to run timers."""

    def acquire(self, name: str, *, holder: str, now: datetime, lease: timedelta) -> bool:
        """Take or renew the right; False while another holds it."""
        ...

    def release(self, name: str, *, holder: str) -> None:
        """Give the right up; not holding it is fine."""
        ...


class PersonalData(Protocol):
    """Everything stored about one person, table by table (docs/data-protection.md)."""

    def export(self, person: PersonId) -> Mapping[str, Sequence[Mapping[str, object]]]:
        """Return every row that is about the person, as JSON-ready values by table."""
        ...

    def erase(self, person: PersonId) -> Mapping[str, int]:
        """Erase or make anonymous every such row; return how many by table.

        Raw messages and files only this person's articles name are removed as well.
        """
        ...

    def forget_before(self, moment: datetime) -> Mapping[str, int]:
        """Remove raw bytes and rendered messages finished before the moment (retention)."""
        ...


class UnitOfWork(Protocol):
    """One transaction over everything that is remembered."""

    @property
    def inbox(self) -> Inbox: ...
    @property
    def cursors(self) -> Cursors: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def tickets(self) -> Tickets: ...
    @property
    def people(self) -> People: ...
    @property
    def consultants(self) -> Consultants: ...
    @property
    def codes(self) -> OneTimeCodes: ...
    @property
    def sessions(self) -> Sessions: ...
    @property
    def topics(self) -> Topics: ...
    @property
    def entries(self) -> Entries: ...
    @property
    def leases(self) -> Leases: ...
    @property
    def personal_data(self) -> PersonalData: ...

    def commit(self) -> None:
        """Keep everything done so far. Leaving without it keeps nothing."""
        ...


UnitOfWorkFactory = Callable[[], AbstractContextManager[UnitOfWork]]
"""Begins a unit of work; leaving the block without `commit` rolls it back."""
