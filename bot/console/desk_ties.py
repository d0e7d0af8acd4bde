"""How a ticket hangs together with others, as its consultant may see it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.console.rendering import name_of
from bot.console.site import Site
from handlers.domain.ids import ArticleId, TicketId
from handlers.domain.people import Consultant
from handlers.domain.tickets import (
    Article,
    ArticleKind,
    Ticket,
    TicketEvent,
    parse_reference,
)
from handlers.joined import goes_on_in, merged_into, others_who_ask
from handlers.ports import UnitOfWork
from knowledge_base.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskTies:
    """Tags, links and merges of a ticket; what the consultant may not see is not among them.

    `matter` is the ticket it goes on in, `hidden` that this is one they may not see. `also` are
    those besides the requester who get the answer; `splittable` the messages that may become
    tickets.
    """

    tags: Sequence[str]
    watched: bool
    linked: tuple[Ticket, ...]
    merged: tuple[Ticket, ...]
    matter: Ticket | None
    hidden: bool
    also: tuple[str, ...]
    splittable: frozenset[ArticleId]


def ties_of(
    site: Site, uow: UnitOfWork, who: Consultant, ticket: Ticket, articles: Sequence[Article]
) -> DeskTies:
    """Collect what a consultant may know of a ticket's ties."""
    matter = goes_on_in(uow, ticket)
    is_merged = matter.id != ticket.id
    sees_matter = is_merged and site.access.sees(who, matter)
    linked = (uow.tickets.get(each) for each in uow.ties.linked(ticket.id))
    askers = (uow.people.get(each.requester) for each in others_who_ask(uow, ticket))
    return DeskTies(
        tags=uow.marks.tags([ticket.id]).get(ticket.id, ()),
        watched=who.id in uow.marks.watchers(ticket.id),
        linked=tuple(other for other in linked if site.access.sees(who, other)),
        merged=tuple(merged_into(uow, ticket)),
        matter=matter if sees_matter else None,
        hidden=is_merged and not sees_matter,
        also=tuple(name_of(person) for person in askers),
        splittable=frozenset() if is_merged else _splittable(articles),
    )


def discreet(
    site: Site, uow: UnitOfWork, who: Consultant, events: Iterable[TicketEvent]
) -> tuple[TicketEvent, ...]:
    """Leave numbers of tickets out of a history that its reader may not see."""
    return tuple(
        replace(event, reasons=tuple(r for r in event.reasons if _may_be_named(site, uow, who, r)))
        for event in events
    )


def _may_be_named(site: Site, uow: UnitOfWork, who: Consultant, reason: str) -> bool:
    number = parse_reference(reason)
    other = uow.tickets.find(number) if number is not None else None
    return other is None or site.access.sees(who, other)


def _splittable(articles: Sequence[Article]) -> frozenset[ArticleId]:
    """Name the messages whose ticket has another one."""
    messages: dict[TicketId, list[ArticleId]] = {}
    for article in articles:
        if article.kind is ArticleKind.INBOUND:
            messages.setdefault(article.ticket, []).append(article.id)
    return frozenset(each for rows in messages.values() if len(rows) > 1 for each in rows)
