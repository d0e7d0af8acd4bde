"""Make a ticket of its own of one message."""

from handlers.access import Access
from handlers.domain.errors import InvalidError, NotFoundError
from handlers.domain.events import Changed, Split
from handlers.domain.ids import ArticleId, TicketId
from handlers.domain.people import Consultant
from handlers.domain.tickets import (
    Article,
    ArticleKind,
    NewTicket,
    Status,
    Ticket,
    TicketEvent,
)
from handlers.first_answers import shortened_subject
from handlers.joined import require_unmerged
from handlers.ports import Clock, UnitOfWork
from handlers.reactions import Reactions
from knowledge_base.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Splitting:
    """Takes a message out of a ticket.

    - Only what somebody asked, and never the only message: a ticket without one is none.
    - The new ticket is its writer's, in the same queue, and waits since they wrote; both are tied.
      Merging it back undoes it.
    """

    clock: Clock
    access: Access
    reactions: Reactions

    def split(
        self, uow: UnitOfWork, ticket_id: TicketId, article_id: ArticleId, who: Consultant
    ) -> Ticket:
        """Open a ticket for a message, and return it.

        Raises:
            InvalidError: it is no message of an asker's, or the only one.
            NotFoundError: the ticket has no such article.
            NotAllowedError: the ticket is not theirs to see.
        """
        ticket = uow.tickets.get(ticket_id)
        self.access.require(who, ticket)
        require_unmerged(uow, self.access, who, ticket)
        article = self._message(uow, ticket, article_id)
        now = self.clock.now()
        changed = uow.tickets.save(ticket, at=now)  # what anybody read of it before is out of date
        new = uow.tickets.add(
            NewTicket(
                status=Status.NEW,
                queue=ticket.queue,
                requester=article.person or ticket.requester,
                channel=article.channel,
                language=ticket.language,
                subject=shortened_subject(article.text or ticket.subject),
                at=article.at,
                municipality=ticket.municipality,
                topic=ticket.topic,
                programme=ticket.programme,
                practice=ticket.practice,
            )
        )
        uow.ties.move(article.id, new.id)
        uow.ties.link(ticket.id, new.id, at=now)
        for one, event, other in ((changed, "split", new), (new, "split_from", changed)):
            line = TicketEvent(type=event, at=now, actor=who.email, reasons=(other.reference,))
            uow.tickets.record(one.id, line)
        self.reactions.owe(uow, Changed(ticket=changed))
        self.reactions.owe(uow, Split(ticket=new))
        return new

    def _message(self, uow: UnitOfWork, ticket: Ticket, number: ArticleId) -> Article:
        thread = uow.tickets.articles(ticket.id)
        article = next((row for row in thread if row.id == number), None)
        if article is None:
            raise NotFoundError("no-such-article", id=str(number), reference=ticket.reference)
        if article.kind is not ArticleKind.INBOUND:
            raise InvalidError("not-a-message", field="article", reference=ticket.reference)
        messages = [row for row in thread if row.kind is ArticleKind.INBOUND]
        if sum(row.ticket == article.ticket for row in messages) == 1:
            raise InvalidError("last-message", field="article", reference=ticket.reference)
        return article
