"""Which conversation a message belongs to, and who takes part in it."""

from collections.abc import Iterator
from datetime import timedelta

from handlers.domain.channels import Address
from handlers.domain.ids import TicketId
from handlers.domain.messages import Prepared
from handlers.domain.tickets import Article, ArticleKind, Status, Ticket
from handlers.joined import asks_in, goes_on_in
from handlers.ports import UnitOfWork
from knowledge_base.values import dataclass

_CLOSED = frozenset({Status.MERGED, Status.SPAM})


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The ticket a message joins, or the one it names without a right to join.

    `through` is the ticket it was written in, if that was merged into the one it joins.
    """

    joins: Ticket | None = None
    named: Ticket | None = None
    through: Ticket | None = None


@dataclass(frozen=True, slots=True)
class Conversations:
    """Finds a message's ticket.

    - A signed token proves the thread, whoever writes.
    - References and a subject tag prove nothing: only a party joins by them.
    - Mail overtakes mail: what answers a message nobody has seen opens a ticket, and that message,
      or another answer to it, joins it when the same person's comes.
    - What is written in a merged ticket joins the one it goes on in.
    - A ticket resolved longer ago than `reopen_within` stays so.
    - History may come from another desk, whose numbers mean other tickets: only its references
      count.
    """

    reopen_within: timedelta

    def place(self, uow: UnitOfWork, message: Prepared) -> Place:
        """Find where a message belongs; an empty place is a conversation of its own."""
        thread = message.thread
        if thread.token is not None and not message.silent:
            ticket = uow.tickets.find(thread.token)
            if ticket is not None:
                return self._placed(uow, ticket, message, joins=True)
        named = (_referred(uow, message), None if message.silent else thread.tag)
        for number in named:
            ticket = uow.tickets.find(number) if number is not None else None
            if ticket is not None:
                joins = is_party(uow, ticket, message.sender)
                return self._placed(uow, ticket, message, joins=joins)
        overtook = _overtaken_by(uow, message)
        if overtook is not None:
            overtaken = uow.tickets.get(overtook.ticket)
            return self._placed(uow, overtaken, message, joins=True)
        return Place()

    def _placed(self, uow: UnitOfWork, ticket: Ticket, message: Prepared, *, joins: bool) -> Place:
        matter = goes_on_in(uow, ticket)
        if joins and self._is_open(matter, message):
            return Place(joins=matter, through=ticket if matter.id != ticket.id else None)
        return Place(named=ticket)

    def _is_open(self, ticket: Ticket, message: Prepared) -> bool:
        """Tell whether the ticket takes this message; a late receiver is not the asker's fault."""
        if ticket.status in _CLOSED:
            return False
        settled = ticket.status is Status.RESOLVED
        return not settled or message.received_at - ticket.updated_at <= self.reopen_within


def named(uow: UnitOfWork, message: Prepared) -> Iterator[Ticket]:
    """List the tickets a message names, whether or not it may join them: the surest first."""
    thread = message.thread
    for number in (thread.token, _referred(uow, message), thread.tag):
        ticket = uow.tickets.find(number) if number is not None else None
        if ticket is not None:
            yield ticket


def is_party(uow: UnitOfWork, ticket: Ticket, sender: Address | None) -> bool:
    """Tell whether an address is the requester's, or of a ticket that was merged into this one."""
    return asks_in(uow, ticket, sender)


def in_copy(uow: UnitOfWork, ticket: Ticket) -> tuple[str, ...]:
    """List the mail addresses of others who got what was said, in the order they came in."""
    articles = uow.tickets.articles(ticket.id)
    requester = {address.value for address in uow.people.get(ticket.requester).addresses}
    everybody = dict.fromkeys(address for article in articles for address in article.copies)
    return tuple(address for address in everybody if address not in requester)


def repeated(uow: UnitOfWork, message: Prepared) -> Article | None:
    """Return the article this message became before.

    The same mail comes twice when it was sent to two of our addresses. The same Message-ID from
    somebody else, or with other words, is another message.
    """
    earlier = uow.tickets.find_article(channel=message.channel, external_ids=[message.external_id])
    if earlier is None or _content(earlier) != _content(message):
        return None
    if earlier.person is None:
        return earlier if message.automatic is not None else None
    author = uow.people.get(earlier.person).addresses
    return earlier if (message.sender in author if message.sender else not author) else None


def _content(said: Article | Prepared) -> tuple[str, list[str]]:
    return said.text, sorted(file.sha256 for file in said.attachments)


def _referred(uow: UnitOfWork, message: Prepared) -> TicketId | None:
    references = message.thread.references
    if not references:
        return None
    sent = uow.outbox.find_sent(channel=message.channel, external_ids=references)
    if sent is not None and sent.ticket is not None:
        return sent.ticket
    for kind in (ArticleKind.INBOUND, ArticleKind.REPLY):
        ticket = uow.tickets.find_ticket_of(
            channel=message.channel, external_ids=references, kind=kind
        )
        if ticket is not None:
            return ticket
    return None


def _overtaken_by(uow: UnitOfWork, message: Prepared) -> Article | None:
    """Return what the sender wrote in answer to this message, or to the same one, before it came.

    Only one's own: anybody can write an answer to a message of somebody else.
    """
    author = uow.people.find(message.sender) if message.sender else None
    if author is None:
        return None
    ids = (message.external_id, *message.thread.references)
    return uow.tickets.find_awaiting(channel=message.channel, external_ids=ids, person=author.id)
