"""Ports of what is remembered: tickets, consultants, entries."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from handlers.domain.channels import Channel
from handlers.domain.ids import ArticleId, ConsultantId, OrganisationId, PersonId, TicketId
from handlers.domain.people import Consultant, NewConsultant
from handlers.domain.tickets import (
    Article,
    ArticleKind,
    NewArticle,
    NewTicket,
    Status,
    Stay,
    Ticket,
    TicketEvent,
)
from knowledge_base.entries import Entry


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

    def save_along(self, ticket: Ticket, *, at: datetime) -> Ticket:
        """Save the ticket, along with others of the transaction where it can wait for them.

        Raises:
            ConflictError: as for `save`; at the latest by the commit.
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

    def of_organisation(self, organisation: OrganisationId) -> Sequence[Ticket]:
        """List the tickets asked for an organisation, newest first."""
        ...

    def silent_since(self, moment: datetime, *, status: Status) -> Sequence[Ticket]:
        """List tickets of a status not touched since."""
        ...

    def created_between(self, start: datetime, end: datetime) -> Sequence[Ticket]:
        """List tickets opened from `start` up to but not at `end`, oldest first."""
        ...

    def counts(self) -> Mapping[Status, int]:
        """Count the tickets by status; every status is present."""
        ...

    def write(self, article: NewArticle) -> Article:
        """Add an article to its ticket."""
        ...

    def articles(self, ticket: TicketId) -> Sequence[Article]:
        """List the thread with those of tickets merged into it, oldest first."""
        ...

    def find_article(
        self,
        *,
        channel: Channel,
        external_ids: Sequence[str],
        kind: ArticleKind = ArticleKind.INBOUND,
    ) -> Article | None:
        """Find the article of a kind that came under the first of these ids that is known."""
        ...

    def find_ticket_of(
        self, *, channel: Channel, external_ids: Sequence[str], kind: ArticleKind
    ) -> TicketId | None:
        """Find the ticket of the article `find_article` would find, without reading that."""
        ...

    def find_awaiting(
        self, *, channel: Channel, external_ids: Sequence[str], person: PersonId
    ) -> Article | None:
        """Find the first article by which this person answered one of these messages unseen."""
        ...

    def withdraw(self, article: ArticleId) -> None:
        """Make a note of a reply that was never sent."""
        ...

    def record(self, ticket: TicketId, *events: TicketEvent) -> None:
        """Add lines of history."""
        ...

    def events(self, ticket: TicketId) -> Sequence[TicketEvent]:
        """List the history, oldest first."""
        ...

    def stays(self, found: Iterable[Ticket]) -> Mapping[TicketId, Sequence[Stay]]:
        """Tell how long each of the tickets was in which state, oldest first, the present last."""
        ...

    def marked(
        self, found: Iterable[TicketId], types: Collection[str]
    ) -> Mapping[TicketId, Sequence[TicketEvent]]:
        """List the lines of some types in the history of each of the tickets."""
        ...


class Consultants(Protocol):
    """Those who answer, and the queues they serve."""

    def add(self, consultant: NewConsultant) -> Consultant:
        """Add a consultant.

        Raises:
            InvalidError: the e-mail address or Telegram id is taken.
        """
        ...

    def restore(self, consultant: ConsultantId, new: NewConsultant) -> Consultant:
        """Let a disabled consultant work again, with what is given now in place of all earlier.

        Raises:
            InvalidError: the e-mail address or Telegram id is another's.
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

    def work_privately(self, consultant: ConsultantId, *, wanted: bool) -> None:
        """Remember whether the consultant wants new tickets in their private chat."""
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

    def sweep(self, part: int, *, before: datetime) -> int:
        """Remove the files no row names that nobody put since; one of 256 parts of them."""
        ...

    def forget_before(self, moment: datetime) -> Mapping[str, int]:
        """Remove raw bytes and rendered messages finished before the moment (retention)."""
        ...
