"""What consultants are told: in the staff chats of a queue, by mail where there is none."""

from collections.abc import Iterable

from handlers.access import Access
from handlers.calling_hours import wished_call
from handlers.domain.channels import Channel
from handlers.domain.ids import OutboxId
from handlers.domain.outgoing import CARDS, Key, Kind, Owed, Values
from handlers.domain.people import Consultant
from handlers.domain.tickets import Article, ArticleKind, Ticket
from handlers.parts import explained
from handlers.ports import Clock, UnitOfWork
from handlers.staff_readers import Reader, StaffChat, StaffReaders, steering_by_mail
from handlers.staff_rows import removals
from knowledge_base.values import dataclass

__all__ = ["STAFF_LANGUAGE", "StaffChat", "StaffRoom"]

STAFF_LANGUAGE = "lt"
_ON_A_CARD = 500


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
    - A restricted queue has no topic and no preview: its people are told without contents.
    - An owner is told alone; a ticket without one is told to everybody who serves its queue.
    - Where nobody serves a queue, those who steer hear that somebody waits there.
    """

    clock: Clock
    access: Access
    chats: tuple[StaffChat, ...]
    sends_mail: bool
    writes_privately: bool = False

    @property
    def readers(self) -> StaffReaders:
        """Who reads what, and where."""
        return StaffReaders(
            access=self.access,
            chats=self.chats,
            sends_mail=self.sends_mail,
            writes_privately=self.writes_privately,
        )

    def chats_of(self, ticket: Ticket) -> list[StaffChat]:
        """List the staff chats that may read of the ticket."""
        return self.readers.chats_of(ticket)

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
        groups, private = self.chats_of(ticket), self.readers.privately(uow, ticket)
        besides = frozenset(reader.consultant for reader in private)
        mailed = [] if groups else self._mailboxes(uow, ticket, besides=besides)
        chats = (Reader(Channel.TELEGRAM, chat.chat) for chat in groups)
        readers = (*mailed, *chats, *private)
        if not readers:
            return
        card = self._card(uow, ticket)
        told = card.article if key in CARDS else article
        why = card.values if key in CARDS else {}
        values = {**why, **self.values(uow, ticket, told), **(more or {})}
        notice = _Notice(key=key, values=values, article=told)
        for chat in groups:
            if chat.topics:
                self._topic(uow, ticket, chat, card)
        for reader in readers:
            self._inform(uow, ticket, reader, notice, card=card, once=once)

    def show(self, uow: UnitOfWork, ticket: Ticket, key: Key, values: Values) -> None:
        """Show something in the chats that have the ticket's card, and by mail to nobody."""
        notice = _Notice(key=key, values={**self.state(uow, ticket), **values})
        for chat in sorted(self.readers.may_read(uow, ticket) & _with_a_card(uow, ticket)):
            self._owe(uow, ticket, Reader(Channel.TELEGRAM, chat), notice, once=None)

    def tell_by_mail(
        self, uow: UnitOfWork, ticket: Ticket, key: Key, values: Values, *, chat: str, once: str
    ) -> None:
        """Tell by mail what a chat did not take: whose private chat it was, else everybody."""
        notice = _Notice(key=key, values=values)
        whose = uow.consultants.by_telegram(chat)
        others = uow.consultants.rows() if whose is not None else ()
        besides = frozenset(str(row.id) for row in others if row != whose)
        mailed = self._mailboxes(uow, ticket, besides=besides)
        card = self._card(uow, ticket) if mailed else notice
        for reader in mailed:
            self._inform(uow, ticket, reader, notice, card=card, once=once)

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

    def write(
        self,
        uow: UnitOfWork,
        ticket: Ticket,
        readers: Iterable[Reader],
        key: Key,
        values: Values,
        *,
        once: str,
    ) -> None:
        """Owe these readers a notice about the ticket, whoever else may read it, each once."""
        for reader in readers:
            self._owe(uow, ticket, reader, _Notice(key=key, values=values), once=once)

    def values(self, uow: UnitOfWork, ticket: Ticket, article: Article | None) -> Values:
        """Collect what a card shows; `stranger` is who wrote, where it was not the requester."""
        asker = _written_in(uow, ticket, article).requester if article else ticket.requester
        return {
            "name": uow.people.get(asker).name,
            "channel": ticket.channel.value,
            "subject": ticket.subject,
            "text": article.text if article else "",
            "stranger": stranger(uow, ticket, article) if article else "",
            "files": ", ".join(file.name for file in article.attachments) if article else "",
            "copies": ", ".join(article.others) if article else "",
            "notes": " ".join(article.notes) if article else "",
            "asker": article.first_writer if article else "",
            "programme": ticket.programme or "",
            **self.state(uow, ticket),
        }

    def state(self, uow: UnitOfWork, ticket: Ticket) -> Values:
        """Say of a ticket what changes."""
        queue = self.access.queues.get(ticket.queue)
        owner = uow.consultants.get(ticket.owner).name if ticket.owner is not None else ""
        draft = uow.drafts.of(ticket.id)
        return {
            "queue": queue.title if queue else ticket.queue,
            "queue_id": ticket.queue,
            "municipality": ticket.municipality or "",
            "asker_type": ticket.asker_type.value if ticket.asker_type else "",
            "organisation": uow.organisations.get(ticket.organisation).name
            if ticket.organisation
            else "",
            "status": ticket.status.value,
            "owner": owner,
            **wished_call(uow.calls.of_ticket(ticket.id)),
            "draft": _short(draft.text) if draft else "",
            "draft_id": str(draft.id) if draft else "",
            "draft_by": uow.consultants.get(draft.consultant).name if draft else "",
        }

    def _card(self, uow: UnitOfWork, ticket: Ticket) -> _Notice:
        articles = uow.tickets.articles(ticket.id)
        question = next((row for row in articles if row.kind is ArticleKind.INBOUND), None)
        why = explained(uow.tickets.events(ticket.id))
        values = {**self.values(uow, ticket, question), **why}
        return _Notice(key=Key.STAFF_NEW, values=values, article=question)

    def _mailboxes(
        self, uow: UnitOfWork, ticket: Ticket, *, besides: frozenset[str]
    ) -> list[Reader]:
        """List who is told by mail, besides those told otherwise; call for help if nobody is."""
        if not self.sends_mail:
            return []
        readers = [_mailbox(consultant) for consultant in self.readers.recipients(uow, ticket)]
        if not readers:
            self._call_for_help(uow, ticket)
        return [reader for reader in readers if reader.consultant not in besides]

    def _inform(
        self,
        uow: UnitOfWork,
        ticket: Ticket,
        reader: Reader,
        notice: _Notice,
        *,
        card: _Notice,
        once: str | None,
    ) -> None:
        if self.access.is_restricted(ticket.queue):
            bare = _Notice(key=Key.STAFF_RESTRICTED, values={})
            self._owe(uow, ticket, reader, bare, once=once)
        else:
            self._introduce_and_tell(uow, ticket, reader, notice, card=card, once=once)

    def _call_for_help(self, uow: UnitOfWork, ticket: Ticket) -> None:
        """Tell those who steer, else everybody, that a queue has nobody; never what was asked."""
        queue = self.access.queues.get(ticket.queue)
        values = {"queue": queue.title if queue else ticket.queue}
        notice = _Notice(key=Key.STAFF_UNATTENDED, values=values)
        working = [row for row in uow.consultants.rows() if row.active and row.queues]
        for consultant in steering_by_mail(uow) or working:
            self._owe(uow, ticket, _mailbox(consultant), notice, once=f"unattended:{ticket.id}")

    def _introduce_and_tell(
        self,
        uow: UnitOfWork,
        ticket: Ticket,
        reader: Reader,
        notice: _Notice,
        *,
        card: _Notice,
        once: str | None,
    ) -> None:
        # Where the ticket's first card was taken away, it is introduced again.
        removed = removals(uow, ticket).get(reader.to)
        introduction = f"new:{ticket.id}" if removed is None else f"new:{ticket.id}:{removed}"
        if notice.key not in CARDS:
            self._owe(uow, ticket, reader, card, once=introduction)
        elif self._owe(uow, ticket, reader, notice, once=introduction) is not None:
            return
        self._owe(uow, ticket, reader, notice, once=once)

    def _topic(self, uow: UnitOfWork, ticket: Ticket, chat: StaffChat, card: _Notice) -> None:
        if uow.topics.find(chat=chat.chat, ticket=ticket.id) is None:
            removed = removals(uow, ticket).get(chat.chat)
            self._open(uow, ticket, chat.chat, card=card, once=str(removed or ""))

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
        reader: Reader,
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


def stranger(uow: UnitOfWork, ticket: Ticket, article: Article) -> str:
    """Name who wrote, by address too, where it was not the requester; a name proves nothing."""
    if article.person in {None, ticket.requester, _written_in(uow, ticket, article).requester}:
        return ""
    known = uow.people.get(article.person).addresses
    addresses = [address.value for address in known if address.channel is Channel.MAIL]
    shown = [article.author] if article.author not in addresses else []
    return ", ".join(filter(None, shown + addresses)) or "?"


def _written_in(uow: UnitOfWork, ticket: Ticket, article: Article) -> Ticket:
    """Return the ticket whose asker wrote: another one, if that was merged into this."""
    return ticket if article.ticket == ticket.id else uow.tickets.get(article.ticket)


def _mailbox(consultant: Consultant) -> Reader:
    return Reader(Channel.MAIL, consultant.email, str(consultant.id))


def _with_a_card(uow: UnitOfWork, ticket: Ticket) -> frozenset[str]:
    rows = uow.outbox.of_ticket(ticket.id)
    cards = (row for row in rows if row.channel is Channel.TELEGRAM and row.key in CARDS)
    return frozenset(row.to for row in cards)


def _short(text: str) -> str:
    return text if len(text) <= _ON_A_CARD else f"{text[:_ON_A_CARD].rstrip()}…"
