"""Tickets that were made one: where each goes on, who asks in it, and what each of them reads."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from handlers.access import Access
from handlers.domain.channels import Address, Channel
from handlers.domain.errors import InvalidError
from handlers.domain.ids import PersonId, TicketId
from handlers.domain.outgoing import TO_ONE
from handlers.domain.people import Consultant
from handlers.domain.tickets import PUBLIC_KINDS, Article, ArticleKind, Status, Ticket
from handlers.ports import UnitOfWork
from handlers.ties import Merge


def goes_on_in(uow: UnitOfWork, ticket: Ticket) -> Ticket:
    """Return the ticket in which the matter is worked on: itself, unless it was merged."""
    passed = [merge.into for merge in _merges(uow, ticket)]
    return uow.tickets.get(passed[-1]) if passed else ticket


def parts_of_matter(uow: UnitOfWork, ticket: Ticket) -> list[Ticket]:
    """List the tickets a matter is made of, by number."""
    within = uow.ties.within(goes_on_in(uow, ticket).id)
    return [uow.tickets.get(each) for each in within]


def merged_into(uow: UnitOfWork, ticket: Ticket) -> list[Ticket]:
    """List the tickets that were merged into this one, and into those, by number."""
    return [uow.tickets.get(each) for each in uow.ties.within(ticket.id) if each != ticket.id]


def asks_in(uow: UnitOfWork, ticket: Ticket, sender: Address | None) -> bool:
    """Tell whether an address is the requester's of the ticket, or of one merged into it."""
    if sender is None:
        return False
    within = (uow.tickets.get(each) for each in uow.ties.within(ticket.id))
    return any(sender in uow.people.get(each.requester).addresses for each in within)


def others_who_ask(uow: UnitOfWork, ticket: Ticket) -> list[Ticket]:
    """List, for each requester besides the ticket's own, the newest merged ticket they know."""
    known = {uow.tickets.get(each).requester: each for each in uow.ties.within(ticket.id)}
    return [uow.tickets.get(each) for who, each in known.items() if who != ticket.requester]


def as_its_asker_sees(uow: UnitOfWork, ticket: Ticket) -> Ticket:
    """Return the ticket with the state of the matter it is part of."""
    matter = goes_on_in(uow, ticket)
    return ticket if matter.id == ticket.id else replace(ticket, status=matter.status)


def own_matters(uow: UnitOfWork, person: PersonId) -> list[Ticket]:
    """List a person's tickets, newest first: of those made one, the one that goes on.

    What was merged into somebody else's is theirs still, in the state of that.
    """
    found = []
    for ticket in uow.tickets.of_person(person):
        matter = goes_on_in(uow, ticket) if ticket.status is Status.MERGED else ticket
        if matter.id == ticket.id:
            found.append(ticket)
        elif matter.requester != person:
            found.append(replace(ticket, status=matter.status))
    return found


def shown_to_asker(uow: UnitOfWork, ticket: Ticket) -> Sequence[Article]:
    """List what the requester of a ticket may read of the matter it is part of.

    Their own tickets, as far as they were told of them; of somebody else's, into which theirs was
    merged, only the answers since, which were sent to them as well; never what was for one alone.
    """
    matter = goes_on_in(uow, ticket)
    own = {part.id for part in parts_of_matter(uow, ticket) if part.requester == ticket.requester}
    since = {merge.into: merge.at for merge in _merges(uow, ticket)}
    sent = uow.outbox.of_ticket(matter.id) if since else ()
    to_one = {row.article for row in sent if row.key in TO_ONE}
    return [
        article
        for article in uow.tickets.articles(matter.id)
        if article.kind in PUBLIC_KINDS
        and (
            article.ticket in own
            or (_is_for_all(article, since.get(article.ticket)) and article.id not in to_one)
        )
    ]


def heard_on(uow: UnitOfWork, matter: Ticket, article: Article, *, at: datetime) -> Channel:
    """Return the channel the matter goes on in now that its asker wrote on another.

    Who wrote in a ticket merged into it goes on there; the matter's own asker changes nothing. What
    somebody else wrote, another body for one, changes nothing for who asks.
    """
    askers = {uow.tickets.get(each).requester for each in uow.ties.within(matter.id)}
    if article.person is not None and article.person not in askers:
        return matter.channel
    written_in = uow.tickets.get(article.ticket)
    if written_in.id == matter.id:
        return article.channel
    if written_in.channel is not article.channel:
        uow.tickets.save(replace(written_in, channel=article.channel), at=at)
    return article.channel if written_in.requester == matter.requester else matter.channel


def require_unmerged(uow: UnitOfWork, access: Access, who: Consultant, ticket: Ticket) -> None:
    """Refuse an act on a ticket that goes on in another, and name that to who may see it.

    Raises:
        InvalidError: it was merged.
    """
    if ticket.status is not Status.MERGED or uow.ties.merged(ticket.id) is None:
        return
    matter = goes_on_in(uow, ticket)
    if access.sees(who, matter):
        raise InvalidError(
            "ticket-merged", field="reference", reference=ticket.reference, into=matter.reference
        )
    raise InvalidError("ticket-merged-away", field="reference", reference=ticket.reference)


def _merges(uow: UnitOfWork, ticket: Ticket) -> Iterator[Merge]:
    """Follow a ticket to where it goes on; a merge is never made into a merged ticket."""
    number: TicketId = ticket.id
    while (merge := uow.ties.merged(number)) is not None:
        yield merge
        number = merge.into


def _is_for_all(article: Article, since: datetime | None) -> bool:
    return since is not None and article.kind is ArticleKind.REPLY and article.at >= since
