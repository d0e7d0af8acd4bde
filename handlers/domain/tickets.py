"""Tickets and their articles: one matter and the conversation that settles it."""

import re
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from handlers.domain.channels import Attachment, Channel
from handlers.domain.ids import ArticleId, ConsultantId, OrganisationId, PersonId, TicketId
from handlers.domain.organisations import AskerType
from knowledge_base.values import dataclass

FORWARDED = "forwarded"
"""The note of a message that was passed on; the first of its copies is who wrote it first."""

UNREAD = frozenset({"encrypted", "oversized", "unreadable"})
"""Notes of messages whose words nobody could read here."""

_REFERENCE = re.compile(r"NVO-([1-9][0-9]{0,17})", re.IGNORECASE | re.ASCII)


def reference_of(ticket: TicketId) -> str:
    """Write a ticket's id the way people quote it: `NVO-123`."""
    return f"NVO-{ticket}"


def parse_reference(text: str) -> TicketId | None:
    """Read a whole reference; anything else is None."""
    found = _REFERENCE.fullmatch(text.strip())
    return TicketId(int(found[1])) if found else None


class Status(StrEnum):
    """CONTRACT, "States"."""

    NEW = "new"
    OPEN = "open"
    WAITING = "waiting"
    ANSWERED = "answered"
    RESOLVED = "resolved"
    MERGED = "merged"
    SPAM = "spam"


class Priority(StrEnum):
    """How urgent a ticket is; lists begin with the most urgent."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"

    @property
    def rank(self) -> int:
        """Where it stands in a list: the smaller, the sooner."""
        return {Priority.HIGH: 0, Priority.NORMAL: 1, Priority.LOW: 2}[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """One matter. `version` grows with every change; a change of an older one is refused.

    `offered` are the entries shown to the requester as "perhaps you ask about", in order;
    `practice` marks a consultant's first exercise, which sends nothing. `programme` is the funded
    measure whose mailbox the question came to. `asker_type` and `organisation` say for whom it was
    asked, and stay when the requester goes to work elsewhere.
    """

    id: TicketId
    version: int
    status: Status
    queue: str
    owner: ConsultantId | None
    requester: PersonId
    channel: Channel
    language: str
    municipality: str | None
    topic: str | None
    subject: str
    offered: tuple[str, ...]
    practice: bool
    created_at: datetime
    updated_at: datetime
    programme: str | None = None
    priority: Priority = Priority.NORMAL
    asker_type: AskerType | None = None
    organisation: OrganisationId | None = None

    @property
    def reference(self) -> str:
        """The ticket as people quote it."""
        return reference_of(self.id)


@dataclass(frozen=True, slots=True)
class Stay:
    """How long a ticket was in a state; without an end it still is."""

    status: Status
    start: datetime
    end: datetime | None


def stays_of(ticket: Ticket, left: Iterable[tuple[Status, datetime]]) -> tuple[Stay, ...]:
    """Put together the states a ticket has left, and when, with the one it is in."""
    stays, start = [], ticket.created_at
    for status, until in left:
        stays.append(Stay(status, start, until))
        start = until
    return (*stays, Stay(ticket.status, start, None))


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTicket:
    """A ticket about to be opened; it is asked for whom its requester speaks for, if not said."""

    status: Status
    queue: str
    requester: PersonId
    channel: Channel
    language: str
    subject: str
    at: datetime
    municipality: str | None = None
    topic: str | None = None
    offered: tuple[str, ...] = ()
    practice: bool = False
    owner: ConsultantId | None = None
    programme: str | None = None
    priority: Priority = Priority.NORMAL
    asker_type: AskerType | None = None
    organisation: OrganisationId | None = None


class ArticleKind(StrEnum):
    """What an article is; only the first three are ever shown to the requester."""

    INBOUND = "inbound"
    SUGGESTED = "suggested"
    REPLY = "reply"
    NOTE = "note"
    CALL = "call"
    VISIT = "visit"


PUBLIC_KINDS = frozenset({ArticleKind.INBOUND, ArticleKind.SUGGESTED, ArticleKind.REPLY})


@dataclass(frozen=True, slots=True, kw_only=True)
class NewArticle:
    """An article about to be written.

    `entry` pins the FAQ entry and version a machine sent; `copies` are the mail addresses of others
    who got the same message; `awaits` are the ids of messages it answers that never came;
    `also` further ids under which it came, in parts; `notes` say what its words do not.
    """

    ticket: TicketId
    kind: ArticleKind
    channel: Channel
    author: str
    text: str
    at: datetime
    full_text: str | None = None
    person: PersonId | None = None
    consultant: ConsultantId | None = None
    external_id: str | None = None
    entry: str | None = None
    entry_version: int | None = None
    attachments: tuple[Attachment, ...] = ()
    copies: tuple[str, ...] = ()
    awaits: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One entry of a ticket's thread."""

    id: ArticleId
    ticket: TicketId
    kind: ArticleKind
    channel: Channel
    author: str
    text: str
    at: datetime
    full_text: str | None
    person: PersonId | None
    consultant: ConsultantId | None
    external_id: str | None
    entry: str | None
    entry_version: int | None
    attachments: tuple[Attachment, ...]
    copies: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def first_writer(self) -> str:
        """The address of who wrote what was passed on here, and may be the one who asks."""
        return self.copies[0] if FORWARDED in self.notes and self.copies else ""

    @property
    def others(self) -> tuple[str, ...]:
        """The addresses of others who got it."""
        return self.copies[1:] if self.first_writer else self.copies


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketEvent:
    """A line of a ticket's history: what happened, when, by whom, and why."""

    type: str
    at: datetime
    actor: str
    reasons: tuple[str, ...] = ()
