"""What the asker is told, on the channel they used last."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from handlers.domain.channels import Address, Attachment, Channel
from handlers.domain.ids import ArticleId, TicketId
from handlers.domain.outgoing import AUTOMATIC, Key, Kind, Owed, Values
from handlers.domain.tickets import Ticket, TicketEvent
from handlers.policy import MailCaps
from handlers.ports import Clock, UnitOfWork

LANGUAGES = frozenset({"lt", "en", "ru"})
"""The languages of the texts; anybody else is written to in English."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Askers:
    """Owes messages to those who ask.

    - Automatic mail obeys the caps; what a cap holds back is written on the ticket.
    - Nothing leaves about a practice ticket.
    - `page` gives the secret address of a ticket's page.
    """

    clock: Clock
    sends_mail: bool
    caps: MailCaps
    page: Callable[[TicketId], str]

    def tell(
        self,
        uow: UnitOfWork,
        ticket: Ticket,
        kind: Kind,
        key: Key,
        values: Values,
        *,
        article: ArticleId | None = None,
        attachments: Sequence[Attachment] = (),
    ) -> None:
        """Owe the requester a message, if there is a way to reach them."""
        if ticket.practice:
            return
        address = self._reach(uow, ticket)
        if address is None:
            return
        now = self.clock.now()
        is_mail = address.channel is Channel.MAIL
        if (
            is_mail
            and kind in AUTOMATIC
            and not self.caps.allow(uow.outbox, to=address.value, ticket=ticket.id, now=now)
        ):
            held = TicketEvent(type="automatic_mail_held", at=now, actor="machine", reasons=(key,))
            uow.tickets.record(ticket.id, held)
            return
        uow.outbox.owe(
            Owed(
                kind=kind,
                channel=address.channel,
                to=address.value,
                key=key,
                values={"reference": ticket.reference, **values},
                language=ticket.language if ticket.language in LANGUAGES else "en",
                at=now,
                ticket=ticket.id,
                article=article,
                once=f"{kind}:{article}" if article else None,
                attachments=tuple(attachments),
            )
        )

    def _reach(self, uow: UnitOfWork, ticket: Ticket) -> Address | None:
        """Choose the channel the asker used last; a web asker is written to by mail, if at all."""
        addresses = uow.people.get(ticket.requester).addresses
        wanted = Channel.MAIL if ticket.channel is Channel.WEB else ticket.channel
        found = [address for address in addresses if address.channel is wanted]
        if not found or (wanted is Channel.MAIL and not self.sends_mail):
            return None
        return found[-1]

    def page_of(self, ticket: Ticket) -> str:
        """Return the asker's page, which only web tickets have."""
        return self.page(ticket.id) if ticket.channel is Channel.WEB else ""
