"""Which ticket a message of Telegram belongs to, as far as what we remember tells."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from bot.telegram.ids import name_of
from bot.texts import FALLBACK, LANGUAGES
from bot.units import Units
from handlers.call_backs import awaited_call
from handlers.domain.calls import CallWish
from handlers.domain.channels import Address, Channel
from handlers.domain.ids import TicketId
from handlers.domain.messages import Thread
from handlers.domain.outgoing import SHOWS_ASKER, Key
from handlers.domain.tickets import Article, ArticleKind, Status, Ticket, parse_reference
from handlers.joined import own_matters
from handlers.ports import Clock, OutboxEntry, UnitOfWork
from handlers.typed import wish
from knowledge_base.decisions import Answer, Decision
from knowledge_base.text import Line, thanks
from knowledge_base.values import dataclass

_GONE: Final = frozenset({Status.MERGED, Status.SPAM})
_LIVE: Final = frozenset({Status.NEW, Status.OPEN, Status.WAITING})
_ASKS_WHERE: Final = frozenset({Key.MEMBER_PLACES, Key.MEMBER_WHICH_PLACE})
_FRESH: Final = timedelta(days=7)
_BURST: Final = timedelta(minutes=1)
_REFERENCE: Final = re.compile(r"\bNVO-[1-9][0-9]{0,17}\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """What we remember of somebody who writes: their language, their matters, what we asked them.

    `live` counts what is not settled. `call` is a wish whose number is awaited; `prompted`
    the ticket whose municipality we asked for, in what was replied to or after it was opened.
    """

    at: datetime
    language: str | None = None
    newest: Ticket | None = None
    last_wrote: datetime | None = None
    live: int = 0
    call: CallWish | None = None
    prompted: Ticket | None = None
    replies: bool = False

    def spoken(self, code: str | None) -> str:
        """Return the language as we remember it, else that of their application."""
        if self.language is not None:
            return self.language
        language = (code or "").partition("-")[0].lower()
        return language if language in LANGUAGES else FALLBACK

    def continues(
        self, text: str, decision: Decision, *, is_file: bool, at: datetime
    ) -> TicketId | None:
        """Return the ticket that a message which replies to nothing goes on with.

        - A typed press of a button (`1`, „padėjo“, „konsultantas“) or thanks: the newest.
        - A file without words sent right after a message: that message's.
        - What is not clearly another question, while a consultant waits for the asker's word and
          nothing else is open: between several nobody guesses.
        - Everything else is a question of its own.
        """
        ticket = self.newest
        if ticket is None:
            return None
        said = Line(text)
        if wish(ticket, said) is not None or thanks(said):
            return ticket.id
        if is_file:
            recent = self.last_wrote is not None and at - self.last_wrote <= _BURST
            return ticket.id if recent else None
        awaited = ticket.status is Status.WAITING and at - ticket.updated_at <= _FRESH
        return (
            ticket.id if awaited and self.live == 1 and not isinstance(decision, Answer) else None
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place in a staff chat: the ticket shown there, and what was replied to, if it is ours."""

    ticket: TicketId | None
    replied: OutboxEntry | None = None

    @property
    def is_answer(self) -> bool:
        """Whether what was replied to is a card or shows an asker's words."""
        return self.replied is not None and self.replied.key in SHOWS_ASKER


@dataclass(frozen=True, slots=True)
class Conversations:
    """Looks tickets up."""

    units: Units
    clock: Clock

    async def awaits_code(self, chat: str) -> bool:
        """Tell whether a code was mailed that is to be typed in this chat."""
        return await self.units.read(lambda uow: uow.links.is_open(chat, now=self.clock.now()))

    async def asker(self, chat: str, *, replied: int | None = None) -> Asker:
        """Recall who writes in this private chat; `replied` is the message that is answered."""
        address, now = Address(Channel.TELEGRAM, chat), self.clock.now()
        return await self.units.read_jointly(lambda uow: _asker(uow, address, replied, now))

    def askers(self, addresses: Sequence[Address]) -> Sequence[Asker | BaseException]:
        """Recall several at once, in this thread; they replied to nothing."""
        return self.units.look(partial(_askers, now=self.clock.now()), addresses)

    async def versions(self, name: str) -> Sequence[Article]:
        """Return the article a member's message became, then what it was changed to."""
        return await self.units.read(lambda uow: _versions(uow, name))

    async def spot(self, chat: str, topic: int | None, replied: int | None) -> Spot:
        """Look at a place in a staff chat; outside a topic only a reply names a ticket."""
        return await self.units.read(lambda uow: _spot(uow, chat, topic, replied))


def thread_of(chat: str, replied: int, text: str | None) -> Thread:
    """Name the conversation of the message that was replied to.

    `text` is what the bot wrote there, None for anybody else's message. Only the last part of a
    message in several is remembered by its number; the others say whose they are. Intake checks
    that the sender is a party to what is named.
    """
    found = _REFERENCE.search(text or "")
    tag = parse_reference(found[0]) if found else None
    return Thread(references=(name_of(chat, replied),), tag=tag)


def _askers(uow: UnitOfWork, addresses: Sequence[Address], now: datetime) -> Sequence[Asker]:
    uow.people.expect(addresses)
    return [_asker(uow, address, None, now) for address in addresses]


def _asker(uow: UnitOfWork, address: Address, replied: int | None, now: datetime) -> Asker:
    person = uow.people.find(address)
    if person is None:
        return Asker(at=now)
    language = person.chosen_language or person.language
    tickets = [row for row in own_matters(uow, person.id) if row.status not in _GONE]
    if not tickets:
        return Asker(at=now, language=language)
    newest = tickets[0]
    wrote = [row.at for row in uow.tickets.articles(newest.id) if row.kind is ArticleKind.INBOUND]
    return Asker(
        at=now,
        language=language,
        newest=newest,
        last_wrote=max(wrote, default=None),
        live=sum(ticket.status in _LIVE for ticket in tickets),
        call=awaited_call(uow.calls.newest_of(person.id), now),
        prompted=_prompted(uow, address, newest, replied),
        replies=replied is not None,
    )


def _prompted(
    uow: UnitOfWork, address: Address, newest: Ticket, replied: int | None
) -> Ticket | None:
    """Return the ticket we asked for a municipality of, if this may be what is answered."""
    if replied is not None:
        name = name_of(address.value, replied)
        sent = uow.outbox.find_sent(channel=Channel.TELEGRAM, external_ids=[name])
        asked = sent is not None and sent.key in _ASKS_WHERE and sent.ticket is not None
        return uow.tickets.find(sent.ticket) if asked and sent and sent.ticket else None
    if newest.municipality is not None:
        return None
    asked = any(row.key in _ASKS_WHERE for row in uow.outbox.of_ticket(newest.id))
    return newest if asked else None


def _versions(uow: UnitOfWork, name: str) -> Sequence[Article]:
    first = uow.tickets.find_article(channel=Channel.TELEGRAM, external_ids=[name])
    if first is None:
        return ()
    said = uow.tickets.articles(first.ticket)
    later = [row for row in said if (row.external_id or "").startswith(f"{name}:")]
    return (first, *later)


def _spot(uow: UnitOfWork, chat: str, topic: int | None, replied: int | None) -> Spot:
    sent = None
    if replied is not None:
        names = [name_of(chat, replied)]
        sent = uow.outbox.find_sent(channel=Channel.TELEGRAM, external_ids=names)
    if topic is None:
        return Spot(ticket=sent.ticket if sent else None, replied=sent)
    ticket = uow.topics.ticket(chat=chat, thread=str(topic))
    if sent is not None and ticket is not None and sent.ticket != ticket:
        sent = None
    if ticket is None and sent is not None:
        ticket = sent.ticket
    return Spot(ticket=ticket, replied=sent)
