"""What consultants are told: in the staff chats of a queue, by mail where there is none."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.access import Access
from handlers.domain.channels import Channel
from handlers.domain.outgoing import Key, Kind, Owed, Values
from handlers.domain.people import Consultant
from handlers.domain.tickets import Article, Ticket
from handlers.ports import Clock, UnitOfWork

STAFF_LANGUAGE = "lt"


@dataclass(frozen=True, slots=True)
class StaffChat:
    """A Telegram group where consultants work; no queues = every unrestricted one."""

    chat: str
    queues: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffRoom:
    """Owes messages to those who answer.

    - A restricted queue has no topic and no preview: its people get a mail without contents.
    - An owner is told alone; a ticket without one is told to everybody who serves its queue.
    """

    clock: Clock
    access: Access
    chats: tuple[StaffChat, ...]
    sends_mail: bool

    def chats_of(self, ticket: Ticket) -> list[StaffChat]:
        """List the staff chats that may read of the ticket."""
        if self.access.is_restricted(ticket.queue):
            return []
        return [chat for chat in self.chats if not chat.queues or ticket.queue in chat.queues]

    def tell(
        self,
        uow: UnitOfWork,
        ticket: Ticket,
        key: Key,
        *,
        once: str | None,
        article: Article | None = None,
        more: Values | None = None,
    ) -> None:
        """Tell the consultants of a ticket; `once` keeps the same thing from being told twice."""
        if ticket.practice:
            return
        values = {**self.values(uow, ticket, article), **(more or {})}
        chats = self.chats_of(ticket)
        for chat in chats:
            self._post(uow, ticket, chat, key, values, article=article, once=once)
        if chats:
            return
        if self.access.is_restricted(ticket.queue):
            key, values = Key.STAFF_RESTRICTED, {}
        for consultant in self._recipients(uow, ticket):
            self.mail(uow, ticket, consultant, key, values, article=article, once=once)

    def _recipients(self, uow: UnitOfWork, ticket: Ticket) -> Sequence[Consultant]:
        if ticket.owner is not None:
            owner = uow.consultants.get(ticket.owner)
            if self.access.sees(owner, ticket):
                return [owner]
        return uow.consultants.serving(ticket.queue)

    def values(self, uow: UnitOfWork, ticket: Ticket, article: Article | None) -> Values:
        """Collect what a card shows."""
        queue = self.access.queues.get(ticket.queue)
        return {
            "queue": queue.title if queue else ticket.queue,
            "name": uow.people.get(ticket.requester).name,
            "channel": ticket.channel.value,
            "municipality": ticket.municipality or "",
            "subject": ticket.subject,
            "text": article.text if article else "",
            "status": ticket.status.value,
        }

    def _post(
        self,
        uow: UnitOfWork,
        ticket: Ticket,
        chat: StaffChat,
        key: Key,
        values: Values,
        *,
        article: Article | None,
        once: str | None,
    ) -> None:
        now = self.clock.now()
        values = {"reference": ticket.reference, **values}
        if uow.topics.find(chat=chat.chat, ticket=ticket.id) is None:
            topic = Owed(
                kind=Kind.STAFF_TOPIC,
                channel=Channel.TELEGRAM,
                to=chat.chat,
                key=Key.STAFF_TOPIC,
                values=values,
                language=STAFF_LANGUAGE,
                at=now,
                ticket=ticket.id,
                once=f"topic:{ticket.id}:{chat.chat}",
            )
            uow.outbox.owe(topic)
        kind = Kind.STAFF_CARD if key is Key.STAFF_NEW else Kind.STAFF_MESSAGE
        uow.outbox.owe(
            Owed(
                kind=kind,
                channel=Channel.TELEGRAM,
                to=chat.chat,
                key=key,
                values=values,
                language=STAFF_LANGUAGE,
                at=now,
                ticket=ticket.id,
                article=article.id if article else None,
                once=f"{once}:{chat.chat}" if once else None,
                attachments=article.attachments if article else (),
            )
        )

    def mail(
        self,
        uow: UnitOfWork,
        ticket: Ticket,
        consultant: Consultant,
        key: Key,
        values: Values,
        *,
        article: Article | None = None,
        once: str | None = None,
        kind: Kind = Kind.STAFF_MAIL,
    ) -> None:
        """Owe one consultant a mail, answerable by replying to it."""
        if not self.sends_mail:
            return
        uow.outbox.owe(
            Owed(
                kind=kind,
                channel=Channel.MAIL,
                to=consultant.email,
                key=key,
                values={
                    "reference": ticket.reference,
                    "consultant": str(consultant.id),
                    **values,
                },
                language=STAFF_LANGUAGE,
                at=self.clock.now(),
                ticket=ticket.id,
                article=article.id if article else None,
                once=f"{once}:{consultant.id}" if once else None,
            )
        )
