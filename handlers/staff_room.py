"""What consultants are told: in the staff chats of a queue, by mail where there is none."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.access import STEERING, Access
from handlers.domain.channels import Channel
from handlers.domain.ids import OutboxId
from handlers.domain.outgoing import CARDS, Key, Kind, Owed, Values
from handlers.domain.people import Consultant
from handlers.domain.tickets import Article, ArticleKind, Ticket
from handlers.parts import explained
from handlers.ports import Clock, UnitOfWork

STAFF_LANGUAGE = "lt"


@dataclass(frozen=True, slots=True)
class StaffChat:
    """A Telegram group where consultants work; no queues = every unrestricted one."""

    chat: str
    queues: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Reader:
    """Where consultants read: a staff chat, or one consultant's mailbox."""

    channel: Channel
    to: str
    consultant: str = ""

    @property
    def name(self) -> str:
        return self.consultant or self.to


@dataclass(frozen=True, slots=True, kw_only=True)
class _Notice:
    """One thing to be told."""

    key: Key
    values: Values
    article: Article | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffRoom:
    """Owes messages to those who answer.

    - Whoever is told of a ticket gets its card, with the question, before anything else, once.
    - A restricted queue has no topic and no preview: its people get a mail without contents.
    - An owner is told alone; a ticket without one is told to everybody who serves its queue.
    - Where nobody serves a queue, those who steer hear that somebody waits there.
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
        """Tell the consultants of a ticket; `once` keeps the same thing from being told twice.

        A card always shows the question; `article` is what another message is about.
        """
        if ticket.practice:
            return
        card = self._card(uow, ticket)
        told = card.article if key in CARDS else article
        why = card.values if key in CARDS else {}
        values = {**why, **self.values(uow, ticket, told), **(more or {})}
        notice = _Notice(key=key, values=values, article=told)
        readers = [_Reader(Channel.TELEGRAM, chat.chat) for chat in self.chats_of(ticket)]
        if not readers:
            self._mail_all(uow, ticket, notice, card=card, once=once)
        for reader in readers:
            self._topic(uow, ticket, reader, card)
            self._introduce_and_tell(uow, ticket, reader, notice, card=card, once=once)

    def tell_by_mail(
        self, uow: UnitOfWork, ticket: Ticket, key: Key, values: Values, *, once: str
    ) -> None:
        """Tell by mail what a staff chat did not take."""
        notice = _Notice(key=key, values=values)
        self._mail_all(uow, ticket, notice, card=self._card(uow, ticket), once=once)

    def mail(
        self,
        uow: UnitOfWork,
        ticket: Ticket,
        consultant: Consultant,
        key: Key,
        values: Values,
        *,
        article: Article | None = None,
    ) -> None:
        """Owe one consultant a mail, answerable by replying to it."""
        if self.sends_mail:
            notice = _Notice(key=key, values=values, article=article)
            self._owe(uow, ticket, _mailbox(consultant), notice, once=None)

    def values(self, uow: UnitOfWork, ticket: Ticket, article: Article | None) -> Values:
        """Collect what a card shows; `stranger` is who wrote, where it was not the requester."""
        strange = article is not None and article.person not in {None, ticket.requester}
        return {
            "name": uow.people.get(ticket.requester).name,
            "channel": ticket.channel.value,
            "subject": ticket.subject,
            "text": article.text if article else "",
            "stranger": article.author if article and strange else "",
            "files": ", ".join(file.name for file in article.attachments) if article else "",
            "copies": ", ".join(article.copies) if article else "",
            "programme": ticket.programme or "",
            **self.state(uow, ticket),
        }

    def state(self, uow: UnitOfWork, ticket: Ticket) -> Values:
        """Say of a ticket what changes."""
        queue = self.access.queues.get(ticket.queue)
        owner = uow.consultants.get(ticket.owner).name if ticket.owner is not None else ""
        return {
            "queue": queue.title if queue else ticket.queue,
            "queue_id": ticket.queue,
            "municipality": ticket.municipality or "",
            "status": ticket.status.value,
            "owner": owner,
        }

    def _card(self, uow: UnitOfWork, ticket: Ticket) -> _Notice:
        articles = uow.tickets.articles(ticket.id)
        question = next((row for row in articles if row.kind is ArticleKind.INBOUND), None)
        why = explained(uow.tickets.events(ticket.id))
        values = {**self.values(uow, ticket, question), **why}
        return _Notice(key=Key.STAFF_NEW, values=values, article=question)

    def _mail_all(
        self, uow: UnitOfWork, ticket: Ticket, notice: _Notice, *, card: _Notice, once: str | None
    ) -> None:
        if not self.sends_mail:
            return
        readers = [_mailbox(consultant) for consultant in self._recipients(uow, ticket)]
        if not readers:
            self._call_for_help(uow, ticket)
        restricted = self.access.is_restricted(ticket.queue)
        for reader in readers:
            if restricted:
                bare = _Notice(key=Key.STAFF_RESTRICTED, values={})
                self._owe(uow, ticket, reader, bare, once=once)
            else:
                self._introduce_and_tell(uow, ticket, reader, notice, card=card, once=once)

    def _recipients(self, uow: UnitOfWork, ticket: Ticket) -> Sequence[Consultant]:
        if ticket.owner is not None:
            owner = uow.consultants.get(ticket.owner)
            if self.access.sees(owner, ticket):
                return [owner]
        return uow.consultants.serving(ticket.queue)

    def _call_for_help(self, uow: UnitOfWork, ticket: Ticket) -> None:
        """Tell those who steer, else everybody, that a queue has nobody; never what was asked."""
        queue = self.access.queues.get(ticket.queue)
        values = {"queue": queue.title if queue else ticket.queue}
        notice = _Notice(key=Key.STAFF_UNATTENDED, values=values)
        working = [row for row in uow.consultants.rows() if row.active and row.queues]
        steering = [row for row in working if row.role in STEERING]
        for consultant in steering or working:
            self._owe(uow, ticket, _mailbox(consultant), notice, once=f"unattended:{ticket.id}")

    def _introduce_and_tell(
        self,
        uow: UnitOfWork,
        ticket: Ticket,
        reader: _Reader,
        notice: _Notice,
        *,
        card: _Notice,
        once: str | None,
    ) -> None:
        introduction = f"new:{ticket.id}"
        if notice.key not in CARDS:
            self._owe(uow, ticket, reader, card, once=introduction)
        elif self._owe(uow, ticket, reader, notice, once=introduction) is not None:
            return
        self._owe(uow, ticket, reader, notice, once=once)

    def _topic(self, uow: UnitOfWork, ticket: Ticket, reader: _Reader, card: _Notice) -> None:
        if uow.topics.find(chat=reader.to, ticket=ticket.id) is None:
            self._open(uow, ticket, reader.to, card=card)

    def open_again(self, uow: UnitOfWork, ticket: Ticket, chat: str, *, gone: str) -> bool:
        """Owe another topic in place of one that is gone, once."""
        return self._open(uow, ticket, chat, card=self._card(uow, ticket), once=gone)

    def _open(
        self, uow: UnitOfWork, ticket: Ticket, chat: str, *, card: _Notice, once: str = ""
    ) -> bool:
        owed = uow.outbox.owe(
            Owed(
                kind=Kind.STAFF_TOPIC,
                channel=Channel.TELEGRAM,
                to=chat,
                key=Key.STAFF_TOPIC,
                values={"reference": ticket.reference, **card.values},
                language=STAFF_LANGUAGE,
                at=self.clock.now(),
                ticket=ticket.id,
                once=":".join(filter(None, ("topic", str(ticket.id), chat, once))),
            )
        )
        return owed is not None

    def _owe(
        self,
        uow: UnitOfWork,
        ticket: Ticket,
        reader: _Reader,
        notice: _Notice,
        *,
        once: str | None,
    ) -> OutboxId | None:
        by_mail = reader.channel is Channel.MAIL
        known = {"reference": ticket.reference}
        if by_mail:
            known["consultant"] = reader.consultant
        in_chat = Kind.STAFF_CARD if notice.key in CARDS else Kind.STAFF_MESSAGE
        article = notice.article
        return uow.outbox.owe(
            Owed(
                kind=Kind.STAFF_MAIL if by_mail else in_chat,
                channel=reader.channel,
                to=reader.to,
                key=notice.key,
                values={**notice.values, **known},
                language=STAFF_LANGUAGE,
                at=self.clock.now(),
                ticket=ticket.id,
                article=article.id if article else None,
                once=f"{once}:{reader.name}" if once else None,
                attachments=article.attachments if article and not by_mail else (),
            )
        )


def _mailbox(consultant: Consultant) -> _Reader:
    return _Reader(Channel.MAIL, consultant.email, str(consultant.id))
