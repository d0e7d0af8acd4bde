"""What the asker is told, on the channel they used last."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from handlers.domain.channels import SPEAKING, Address, Attachment, Channel
from handlers.domain.ids import ArticleId, TicketId
from handlers.domain.outgoing import AUTOMATIC, EDITS, Key, Kind, Owed, Values
from handlers.domain.tickets import Article, Status, Ticket, TicketEvent
from handlers.policy import MailCaps, is_broken
from handlers.ports import Clock, UnitOfWork
from knowledge_base.values import dataclass

logger = logging.getLogger(__name__)
LANGUAGES = frozenset({"lt", "en", "ru"})
"""The languages of the texts; anybody else is written to in English."""

TONGUES = LANGUAGES | {"uk", "pl"}
"""Besides those, languages in which we can say that we do not answer in them."""


_SPARED = timedelta(days=30)
"""So long no machine writes to an address that mail came back from for good."""


_BY_MAIL = SPEAKING | {Channel.WEB}
_LIVE = frozenset({Status.NEW, Status.OPEN, Status.WAITING})
_FRESH = timedelta(days=7)
_OFFERED = 3
_OTHERS = tuple(f"other{number}" for number in range(1, _OFFERED + 1))
_TOPICS = tuple(f"topic{number}" for number in range(1, _OFFERED + 1))
_PLACES = ("place1", "place2")
_STATUS_CARDS = frozenset(
    {Key.ACKNOWLEDGEMENT, Key.ACKNOWLEDGEMENT_RESTRICTED, Key.SUGGESTIONS, Key.HANDED_OVER}
    | {Key.ANSWER_IN_PART, Key.UNTRANSLATED}
)
_PROGRESS = {
    Status.OPEN: "taken",
    Status.WAITING: "answered",
    Status.ANSWERED: "answered",
    Status.RESOLVED: "resolved",
    Status.MERGED: "merged",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Askers:
    """Owes messages to those who ask.

    - Who wrote by mail is owed mail, even while none can be sent. Who asked on the web has a page,
      and gets mail besides only where mail is sent.
    - Automatic mail obeys the caps and spares addresses that do not exist; what is held back is
      written on the ticket.
    - Nothing leaves about a practice ticket.
    - `page` gives the secret address of a ticket's page.
    """

    clock: Clock
    sends_mail: bool
    caps: MailCaps
    is_restricted: Callable[[str], bool]
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
        not_before: datetime | None = None,
    ) -> None:
        """Owe the requester a message, if there is a way to reach them."""
        if ticket.practice:
            return
        address = self._reach(uow, ticket)
        if address is None:
            return
        now = self.clock.now()
        if kind in AUTOMATIC and not self._within_caps(uow, address, ticket.id, ticket.subject):
            if is_broken(uow, now):
                logger.error("automatic mail is held: more goes out than comes in")
            held = TicketEvent(type="automatic_mail_held", at=now, actor="machine", reasons=(key,))
            uow.tickets.record(ticket.id, held)
            return
        uow.outbox.owe_along(
            Owed(
                kind=kind,
                channel=address.channel,
                to=address.value,
                key=key,
                values={"reference": ticket.reference, **values},
                language=_written(_chosen(uow, ticket, address) or ticket.language),
                at=now,
                ticket=ticket.id,
                article=article,
                once=f"{kind}:{article}:{ticket.id}" if article else None,
                not_before=not_before,
                attachments=tuple(attachments),
            )
        )

    def copy(self, uow: UnitOfWork, ticket: Ticket, article: Article, values: Values) -> None:
        """Owe an answer to those it is for besides the requester, each a mail of their own."""
        for address in article.copies:
            uow.outbox.owe(
                Owed(
                    kind=Kind.COPY,
                    channel=Channel.MAIL,
                    to=address,
                    key=Key.REPLY,
                    values={"reference": ticket.reference, **values},
                    language=_written(ticket.language),
                    at=self.clock.now(),
                    ticket=ticket.id,
                    article=article.id,
                    once=f"{Kind.COPY}:{article.id}:{address}",
                    attachments=article.attachments,
                )
            )

    def refresh(self, uow: UnitOfWork, ticket: Ticket, *, topic: str) -> None:
        """Let the asker's card say how far the matter is; where nothing can be edited, say nothing.

        The card is the newest message that told them to wait.
        """
        if not ticket.practice:
            progress = _PROGRESS.get(ticket.status, "")
            place = ticket.municipality or ""
            said = {"progress": progress, "municipality": place, "topic": topic}
            said |= dict.fromkeys(_PLACES if place else (), "")
            asked_no_more = dict.fromkeys((*_OTHERS, *_TOPICS), "") if progress else {}
            self.restate(uow, ticket, {**said, **asked_no_more})

    def set_apart(self, uow: UnitOfWork, ticket: Ticket) -> None:
        """Ask no more whether the ticket is part of another matter."""
        self.restate(uow, ticket, dict.fromkeys(_OTHERS, ""))

    def restate(self, uow: UnitOfWork, ticket: Ticket, values: Values) -> None:
        """Change what the asker's card says, where there is one that can be changed."""
        told = [
            row
            for row in uow.outbox.of_ticket(ticket.id)
            if row.channel is Channel.TELEGRAM
            and row.key in _STATUS_CARDS
            and row.kind not in EDITS
        ]
        if told:
            uow.outbox.restate(told[-1].id, values, at=self.clock.now())

    def unfinished(self, uow: UnitOfWork, ticket: Ticket) -> Values:
        """Name the asker's other fresh matters, of which a new question may be a part."""
        fresh = self.clock.now() - _FRESH
        others = [
            other.id
            for other in uow.tickets.of_person(ticket.requester)
            if other.id != ticket.id and other.status in _LIVE and other.updated_at >= fresh
        ]
        return {f"other{n}": str(other) for n, other in enumerate(others[:_OFFERED], 1)}

    def may_answer_at(
        self, uow: UnitOfWork, channel: Channel, address: Address, *, subject: str = ""
    ) -> bool:
        """Tell whether an automatic answer to a new question would reach its asker."""
        return channel is Channel.WEB or self._within_caps(uow, address, None, subject)

    def may_answer(self, uow: UnitOfWork, ticket: Ticket) -> bool:
        """Tell whether an automatic answer would reach the asker; on the web the page shows it."""
        if ticket.channel is Channel.WEB:
            return True
        address = self._reach(uow, ticket)
        return address is not None and self._within_caps(uow, address, ticket.id, ticket.subject)

    def may_remind(self, uow: UnitOfWork, ticket: Ticket) -> bool:
        """Tell whether the asker can be written to, by whatever channel: a page is no letter."""
        return self._reach(uow, ticket) is not None and self.may_answer(uow, ticket)

    def may_write_back(self, uow: UnitOfWork, address: str) -> bool:
        """Tell whether a machine may say of a consultant's mail that it was not sent on."""
        return self._within_caps(uow, Address(Channel.MAIL, address), None, "")

    def can_reach(self, uow: UnitOfWork, ticket: Ticket) -> bool:
        """Tell whether the asker can read what a consultant writes."""
        on_page = ticket.channel is Channel.WEB or ticket.practice
        return on_page or self._reach(uow, ticket) is not None

    def can_write(self, uow: UnitOfWork, ticket: Ticket) -> bool:
        """Tell whether there is a way to write to the asker; a page is no letter."""
        return self._reach(uow, ticket) is not None

    def page_of(self, ticket: Ticket) -> str:
        """Return the asker's page, which only web tickets have."""
        return self.page(ticket.id) if ticket.channel is Channel.WEB else ""

    def _within_caps(
        self, uow: UnitOfWork, address: Address, ticket: TicketId | None, subject: str
    ) -> bool:
        if address.channel is not Channel.MAIL:
            return True
        bounced_at = uow.people.bounced_at(address)
        if bounced_at is not None and self.clock.now() - bounced_at < _SPARED:
            return False
        now = self.clock.now()
        return self.caps.allow(uow, to=address.value, ticket=ticket, now=now, subject=subject)

    def elsewhere(self, uow: UnitOfWork, ticket: Ticket, dead: Address) -> Address | None:
        """Find another working channel of the asker's; restricted matters stay where they are."""
        if ticket.practice or self.is_restricted(ticket.queue):
            return None
        for address in reversed(uow.people.get(ticket.requester).addresses):
            is_open = address.channel is Channel.TELEGRAM or (
                address.channel is Channel.MAIL and self.sends_mail
            )
            is_other = address.channel is not dead.channel
            if is_open and is_other and uow.people.bounced_at(address) is None:
                return address
        return None

    def _reach(self, uow: UnitOfWork, ticket: Ticket) -> Address | None:
        """Choose the channel the asker used last, or another if that is dead.

        Who asked on the web, or spoke to us, is written to by mail, if at all.
        """
        by_mail = ticket.channel in _BY_MAIL
        if by_mail and not self.sends_mail:
            return None
        wanted = Channel.MAIL if by_mail else ticket.channel
        addresses = uow.people.get(ticket.requester).addresses
        found = [address for address in addresses if address.channel is wanted]
        if not found or uow.people.bounced_at(found[-1]) is None:
            return found[-1] if found else None
        return self.elsewhere(uow, ticket, found[-1]) or found[-1]


def _chosen(uow: UnitOfWork, ticket: Ticket, address: Address) -> str | None:
    if address.channel is not Channel.TELEGRAM:
        return None
    return uow.people.get(ticket.requester).chosen_language


def _written(language: str) -> str:
    """Return the language a message is written in."""
    return language if language in TONGUES else "en"
