"""What a consultant had read when they answered, and what happened since."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from handlers.domain.errors import StaleError
from handlers.domain.outgoing import Values
from handlers.domain.people import Consultant
from handlers.domain.tickets import ArticleKind, Ticket, TicketEvent
from handlers.parts import MOST
from handlers.ports import UnitOfWork
from handlers.working_time import VILNIUS
from knowledge_base.values import dataclass

A_GLANCE: Final = timedelta(minutes=1)
"""What a chat showed less than this ago, nobody has read who was writing."""

NOTED: Final = "noted"
_MATTERS: Final = frozenset(
    {
        *("follow_up", "person_asked", "call_wished", "topic_chosen", "cancelled"),
        *("taken", "released", "transferred", "resolved", "reopened", "spam"),
        *("replied", "replied_outside", "reply_taken_back", "corrected"),
        *("merged", "merged_in", "unmerged", "parted", "split"),
    }
)
"""Lines of history that may make an answer wrong, or needless."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """How far somebody had read: so many lines of the history, and this article last."""

    lines: int
    article: int


def seen_at(uow: UnitOfWork, ticket: Ticket, moment: datetime) -> Seen:
    """Return how far somebody can have read who looked at a moment.

    What was written before something they saw was there as well, whatever a clock said that went
    an hour ahead: else each answer would be held until the hour has passed.
    """
    lines = enumerate(uow.tickets.events(ticket.id), 1)
    read = (number for number, event in lines if event.at <= moment)
    said = (row.id for row in uow.tickets.articles(ticket.id) if row.at <= moment)
    return Seen(lines=max(read, default=0), article=max(said, default=0))


def changes(
    uow: UnitOfWork, ticket: Ticket, seen: Seen, who: Consultant
) -> tuple[TicketEvent, ...]:
    """List what others did to the ticket since, oldest first, the doers by name."""
    names = {row.email: row.name for row in uow.consultants.rows()}
    lines = [
        TicketEvent(type=line.type, at=line.at, actor=names.get(line.actor, ""))
        for line in uow.tickets.events(ticket.id)[seen.lines :]
        if line.type in _MATTERS and line.actor != who.email
    ]
    notes = [
        TicketEvent(type=NOTED, at=row.at, actor=row.author)
        for row in uow.tickets.articles(ticket.id)
        if row.kind is ArticleKind.NOTE and row.id > seen.article and row.consultant != who.id
    ]
    return tuple(sorted((*lines, *notes), key=lambda line: line.at))


def require_fresh(uow: UnitOfWork, ticket: Ticket, seen: Seen, who: Consultant) -> None:
    """Refuse to answer from an older view; sending once more, knowing that, is the way.

    Raises:
        StaleError: others did something to the ticket since.
    """
    found = changes(uow, ticket, seen, who)
    if found:
        raise StaleError(reference=ticket.reference, changes=found)


def told_changes(found: Sequence[TicketEvent]) -> Values:
    """Number what happened for a text to tell; of very much, the last."""
    values: dict[str, str | int] = {}
    for number, line in enumerate(found[-MOST:], 1):
        values[f"change{number}"] = line.type
        values[f"change{number}_at"] = f"{line.at.astimezone(VILNIUS):%Y-%m-%d %H:%M}"
        values[f"change{number}_by"] = line.actor
    return values
