"""What colleagues sent from a shared mailbox by themselves, filed where it belongs."""

from dataclasses import replace

from handlers.answers import MACHINE
from handlers.conversations import named
from handlers.desk import Desk
from handlers.domain.channels import Channel
from handlers.domain.events import Changed
from handlers.domain.messages import Outcome, Prepared
from handlers.domain.people import Consultant
from handlers.domain.tickets import Article, ArticleKind, NewArticle, Status, Ticket, TicketEvent
from handlers.intake import Receipt
from handlers.ports import UnitOfWork
from knowledge_base.values import dataclass

_PUT_AWAY = frozenset({Status.MERGED, Status.SPAM})


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideReplies:
    """Files a colleague's own mail as the reply it was.

    - It belongs to the ticket it names by its references, a signed token or the subject tag, and
      only if it went to that ticket's requester. It never opens a ticket.
    - The requester has it: nothing is owed, and the ticket waits for them as after any reply.
    """

    desk: Desk

    def file(self, uow: UnitOfWork, message: Prepared) -> Receipt:
        """File the mail, or say why it is none of ours."""
        tickets = (each for each in named(uow, message) if _reached(uow, each, message))
        ticket = next(tickets, None)
        if ticket is None:
            return Receipt(outcome=Outcome.IGNORED, reason="sent_elsewhere")
        if self._is_here(uow, ticket, message):
            return Receipt(outcome=Outcome.IGNORED, reason="repeated", ticket=ticket)
        who = uow.consultants.by_email(message.sender.value) if message.sender else None
        self._write(uow, ticket, message, who)
        ticket = self._answered(uow, ticket, who)
        return Receipt(outcome=Outcome.FILED, reason="replied_outside", ticket=ticket)

    def _is_here(self, uow: UnitOfWork, ticket: Ticket, message: Prepared) -> bool:
        known = [(row.kind, row.external_id) for row in uow.tickets.articles(ticket.id)]
        return (ArticleKind.REPLY, message.external_id) in known

    def _write(
        self, uow: UnitOfWork, ticket: Ticket, message: Prepared, who: Consultant | None
    ) -> Article:
        shown = who.signature if who else message.sender_name
        requester = {address.value for address in uow.people.get(ticket.requester).addresses}
        return uow.tickets.write(
            NewArticle(
                ticket=ticket.id,
                kind=ArticleKind.REPLY,
                channel=Channel.MAIL,
                author=shown or self.desk.organisation,
                text=message.text,
                full_text=message.full_text if message.full_text != message.text else None,
                at=message.received_at,
                consultant=who.id if who else None,
                external_id=message.external_id,
                attachments=message.attachments,
                copies=tuple(each for each in message.copies if each not in requester),
            )
        )

    def _answered(self, uow: UnitOfWork, ticket: Ticket, who: Consultant | None) -> Ticket:
        now = self.desk.clock.now()
        actor = who.email if who else MACHINE
        uow.tickets.record(ticket.id, TicketEvent(type="replied_outside", at=now, actor=actor))
        if ticket.status in _PUT_AWAY:
            return ticket
        owner = who.id if who and ticket.owner is None else ticket.owner
        changed = replace(ticket, owner=owner, status=Status.WAITING, offered=())
        ticket = uow.tickets.save(changed, at=now)
        self.desk.reactions.owe(uow, Changed(ticket=ticket))
        return ticket


def _reached(uow: UnitOfWork, ticket: Ticket, message: Prepared) -> bool:
    addresses = uow.people.get(ticket.requester).addresses
    return any(address.value in message.copies for address in addresses)
