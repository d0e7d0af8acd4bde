"""Read models for screens, the command line and the API, in the shapes of the contract."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import TypedDict

from handlers.deadlines import Deadline
from handlers.domain.ids import ArticleId, ConsultantId, TicketId
from handlers.domain.outgoing import Kind
from handlers.domain.tickets import Article, Ticket, TicketEvent, reference_of
from handlers.ports import InboxEntry, OutboxEntry, UnitOfWork


class Requester(TypedDict):
    """Who asked, as far as consultants need to know."""

    name: str
    addresses: list[str]


class TicketSummary(TypedDict):
    """A ticket without its thread."""

    reference: str
    status: str
    queue: str | None
    owner: str | None
    channel: str
    language: str | None
    municipality: str | None
    topic: str | None
    programme: str | None
    asker_type: str | None
    organisation: str | None
    subject: str
    requester: Requester
    created_at: str
    priority: str
    tags: list[str]


class FileView(TypedDict):
    """An attachment by its shown name."""

    name: str
    size: int
    type: str


class DeliveryView(TypedDict):
    """How far an article came on its way to the asker."""

    state: str
    attempts: int
    external_id: str | None


class ArticleView(TypedDict):
    """One entry of the thread."""

    id: int
    kind: str
    channel: str
    author: str
    text: str
    created_at: str
    attachments: list[FileView]
    copies: list[str]
    notes: list[str]
    delivery: DeliveryView | None


class EventView(TypedDict):
    """One line of history."""

    type: str
    at: str
    actor: str
    reasons: list[str]


class PauseView(TypedDict):
    """What of a deadline's time was not counted."""

    start: str
    end: str | None


class DeadlineView(TypedDict):
    """A deadline with its arithmetic, in minutes of working time."""

    aim: str
    state: str
    late: bool
    since: str
    target_minutes: int
    worked_minutes: int
    left_minutes: int
    due: str | None
    met_at: str | None
    pauses: list[PauseView]


class TicketView(TicketSummary):
    """A ticket with its thread and history."""

    merged_into: str | None
    linked: list[str]
    articles: list[ArticleView]
    events: list[EventView]
    deadlines: list[DeadlineView]


class InboxView(TypedDict):
    """An inbox row."""

    id: int
    channel: str
    source: str
    external_id: str
    state: str
    outcome: str | None
    reason: str | None
    reference: str | None
    attempts: int
    error: str | None
    received_at: str
    size: int


class OutboxView(TypedDict):
    """An outbox row."""

    id: int
    reference: str | None
    article: int | None
    kind: str
    channel: str
    to: str
    state: str
    attempts: int
    doubts: int
    next_attempt_at: str | None
    external_id: str | None
    error: str | None


def moment(at: datetime) -> str:
    """Write a moment as ISO 8601 in UTC with `Z`."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def summaries(uow: UnitOfWork, tickets: Sequence[Ticket]) -> list[TicketSummary]:
    """Show tickets without their threads."""
    owners = {row.id: row.email for row in uow.consultants.rows()}
    tags = uow.marks.tags(ticket.id for ticket in tickets)
    return [_summary(uow, ticket, owners, tags.get(ticket.id, ())) for ticket in tickets]


def ticket_view(uow: UnitOfWork, ticket: Ticket, deadlines: Sequence[Deadline] = ()) -> TicketView:
    """Show a ticket with everything consultants may read."""
    owners = {row.id: row.email for row in uow.consultants.rows()}
    deliveries = deliveries_of(uow, ticket.id)
    merge = uow.ties.merged(ticket.id)
    return {
        **_summary(uow, ticket, owners, uow.marks.tags([ticket.id]).get(ticket.id, ())),
        "merged_into": reference_of(merge.into) if merge else None,
        "linked": [reference_of(each) for each in uow.ties.linked(ticket.id)],
        "articles": [
            _article(article, deliveries.get(article.id))
            for article in uow.tickets.articles(ticket.id)
        ],
        "events": [_event(event) for event in uow.tickets.events(ticket.id)],
        "deadlines": [_deadline(deadline) for deadline in deadlines],
    }


def deliveries_of(uow: UnitOfWork, ticket: TicketId) -> dict[ArticleId, OutboxEntry]:
    """Find the message that carries each article to the asker; the newest counts."""
    asker_kinds = {Kind.ANSWER, Kind.REPLY}
    return {
        row.article: row
        for each in uow.ties.within(ticket)
        for row in uow.outbox.of_ticket(each)
        if row.article is not None and row.kind in asker_kinds
    }


def inbox_view(row: InboxEntry) -> InboxView:
    """Show an inbox row."""
    return {
        "id": row.id,
        "channel": row.channel.value,
        "source": row.source,
        "external_id": row.external_id,
        "state": row.state.value,
        "outcome": row.outcome.value if row.outcome else None,
        "reason": row.reason,
        "reference": reference_of(row.ticket) if row.ticket else None,
        "attempts": row.attempts,
        "error": row.error,
        "received_at": moment(row.received_at),
        "size": row.size,
    }


def outbox_view(row: OutboxEntry) -> OutboxView:
    """Show an outbox row."""
    return {
        "id": row.id,
        "reference": reference_of(row.ticket) if row.ticket else None,
        "article": row.article,
        "kind": row.kind.value,
        "channel": row.channel.value,
        "to": row.to,
        "state": row.state.value,
        "attempts": row.attempts,
        "doubts": row.doubts,
        "next_attempt_at": moment(row.next_attempt_at) if row.next_attempt_at else None,
        "external_id": row.external_id,
        "error": row.error,
    }


def _summary(
    uow: UnitOfWork, ticket: Ticket, owners: Mapping[ConsultantId, str], tags: Sequence[str]
) -> TicketSummary:
    person = uow.people.get(ticket.requester)
    return {
        "reference": ticket.reference,
        "status": ticket.status.value,
        "queue": ticket.queue,
        "owner": owners.get(ticket.owner) if ticket.owner is not None else None,
        "channel": ticket.channel.value,
        "language": ticket.language,
        "municipality": ticket.municipality,
        "topic": ticket.topic,
        "programme": ticket.programme,
        "asker_type": ticket.asker_type.value if ticket.asker_type else None,
        "organisation": uow.organisations.get(ticket.organisation).name
        if ticket.organisation
        else None,
        "subject": ticket.subject,
        "requester": {
            "name": person.name,
            "addresses": [address.value for address in person.addresses],
        },
        "created_at": moment(ticket.created_at),
        "priority": ticket.priority.value,
        "tags": list(tags),
    }


def _article(article: Article, delivery: OutboxEntry | None) -> ArticleView:
    return {
        "id": article.id,
        "kind": article.kind.value,
        "channel": article.channel.value,
        "author": article.author,
        "text": article.text,
        "created_at": moment(article.at),
        "attachments": [
            {"name": file.name, "size": file.size, "type": file.content_type}
            for file in article.attachments
        ],
        "copies": list(article.copies),
        "notes": list(article.notes),
        "delivery": {
            "state": delivery.state.value,
            "attempts": delivery.attempts,
            "external_id": delivery.external_id,
        }
        if delivery
        else None,
    }


def _deadline(deadline: Deadline) -> DeadlineView:
    return {
        "aim": deadline.aim.value,
        "state": deadline.state,
        "late": deadline.is_late,
        "since": moment(deadline.since),
        "target_minutes": _minutes(deadline.target),
        "worked_minutes": _minutes(deadline.worked),
        "left_minutes": _minutes(deadline.left),
        "due": moment(deadline.due) if deadline.due else None,
        "met_at": moment(deadline.met_at) if deadline.met_at else None,
        "pauses": [
            {"start": moment(pause.start), "end": moment(pause.end) if pause.end else None}
            for pause in deadline.pauses
        ],
    }


def _minutes(time: timedelta) -> int:
    return int(time.total_seconds() // 60)


def _event(event: TicketEvent) -> EventView:
    return {
        "type": event.type,
        "at": moment(event.at),
        "actor": event.actor,
        "reasons": list(event.reasons),
    }
