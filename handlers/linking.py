"""One person on two channels: a mail address and a Telegram account, joined by a code."""

import re
import secrets
from dataclasses import replace
from datetime import timedelta
from typing import Final, TypeAlias, assert_never

from handlers.commands import FollowLink, Joining, Link
from handlers.domain.channels import Address, Channel
from handlers.domain.ids import TicketId
from handlers.domain.links import LinkRequest
from handlers.domain.messages import Outcome
from handlers.domain.outgoing import Key, Kind, Owed, Values
from handlers.domain.people import Person, Proof
from handlers.domain.tickets import ArticleKind, Status, Ticket, TicketEvent
from handlers.feedback import REQUESTER
from handlers.intake import Receipt
from handlers.policy import is_broken
from handlers.ports import Clock, UnitOfWork
from handlers.staff import digest
from knowledge_base.values import dataclass

INVITED: Final = "continue-in-telegram"
_INVITATION_LIFE: Final = timedelta(days=7)
_CODE_LIFE: Final = timedelta(minutes=15)
_DAY: Final = timedelta(days=1)
_CODES_A_DAY: Final = 3
_TRIES: Final = 5
_DIGITS: Final = 6
_ADDRESS: Final = re.compile(r"[^@\s<>,;\"]{1,64}@[^@\s<>,;\"]{1,185}\.[^@\s<>,;\".]{2,63}")
_LIVE: Final = frozenset({Status.NEW, Status.OPEN, Status.WAITING})

Asking: TypeAlias = Link | FollowLink
"""Who asks, and in which language to answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Linking:
    """Joins the two addresses of one person, and parts them.

    - Whoever asks from Telegram proves the mail address by a code sent there. What is said in the
      chat is the same whether anybody is known under the address or not.
    - A code lives 15 minutes, in its own chat, for 5 tries; 3 go out a day, to an address and from
      a chat. So nobody can guess one.
    - An invitation (`t.me/<bot>?start=...`, in a mail or on the asker's page) names the address to
      be proved. Mail is forwarded, so it alone proves nothing; where the asker gave no address, the
      secret page it came from is all the proof there is.
    - Joined, the two are one person, with the tickets of both. Parted, each address keeps the
      tickets that began there.
    """

    clock: Clock
    sends_mail: bool
    has_telegram: bool

    def carry_out(self, uow: UnitOfWork, ask: Link) -> Receipt:
        """Do what is asked in a private chat."""
        match ask.what:
            case Joining.LINK:
                self._ask(uow, ask)
            case Joining.CONFIRM:
                self._confirm(uow, ask)
            case Joining.PART:
                self._part(uow, ask)
            case Joining.BLOCKED:
                uow.people.bounced(ask.by, at=self.clock.now())
            case Joining.BACK:
                uow.people.bounced(ask.by, at=None)
            case _:
                assert_never(ask.what)
        return Receipt(outcome=Outcome.IGNORED, reason=f"asked:{ask.what}")

    def invite(self, uow: UnitOfWork, ticket: Ticket) -> str:
        """Return a one-time code that lets a ticket go on in Telegram; empty where there is none.

        It is given only to who the ticket belongs to: in a mail to them, or on their page.
        """
        if not self.has_telegram or ticket.practice:
            return ""
        code = secrets.token_urlsafe(22)
        uow.codes.issue(
            purpose=INVITED,
            digest=digest(code),
            subject=str(ticket.id),
            expires=self.clock.now() + _INVITATION_LIFE,
        )
        return code

    def follow(self, uow: UnitOfWork, ask: FollowLink) -> bool:
        """Take an invitation up; False when it is none."""
        subject = uow.codes.redeem(purpose=INVITED, digest=ask.code_digest, now=self.clock.now())
        ticket = uow.tickets.find(TicketId(int(subject))) if subject is not None else None
        if ticket is None:
            return False
        owner = uow.people.get(ticket.requester)
        mails = [each for each in owner.addresses if each.channel is Channel.MAIL]
        if ask.by in owner.addresses or not mails:
            self._join(uow, ask, owner, ticket.id)
        else:
            self._send_code(uow, ask, mails[-1], ticket.id)
        return True

    # A mail address -----------------------------------------------------------------------------

    def _ask(self, uow: UnitOfWork, ask: Link) -> None:
        address = Address(Channel.MAIL, ask.argument.strip().lower())
        if not _ADDRESS.fullmatch(address.value):
            self._tell(uow, ask, Key.MEMBER_LINK_HOW)
            return
        person = uow.people.find(ask.by)
        if person is not None and address in person.addresses:
            self._tell(uow, ask, Key.MEMBER_LINKED, {"address": masked(address.value)})
            return
        self._send_code(uow, ask, address, None)

    def _send_code(
        self, uow: UnitOfWork, ask: Asking, address: Address, ticket: TicketId | None
    ) -> None:
        now = self.clock.now()
        uow.links.forget_before(now - _DAY)
        made = uow.links.made_since(now - _DAY, chat=ask.by.value, address=address.value)
        if not self.sends_mail or is_broken(uow, now):
            self._tell(uow, ask, Key.MEMBER_LINK_LATER)
            return
        if made >= _CODES_A_DAY:
            self._tell(uow, ask, Key.MEMBER_LINK_OFTEN)
            return
        code = f"{secrets.randbelow(10**_DIGITS):0{_DIGITS}}"
        uow.links.add(
            LinkRequest(
                chat=ask.by.value,
                address=address.value,
                digest=_bound(ask.by, code),
                at=now,
                expires=now + _CODE_LIFE,
                ticket=ticket,
            )
        )
        self._owe(uow, ask, address, Key.LINK_CODE, {"code": code})
        self._tell(uow, ask, Key.MEMBER_LINK_SENT, {"address": masked(address.value)})

    def _confirm(self, uow: UnitOfWork, ask: Link) -> None:
        request = uow.links.redeem(
            chat=ask.by.value,
            digest=_bound(ask.by, ask.argument),
            now=self.clock.now(),
            tries=_TRIES,
        )
        if request is None:
            self._tell(uow, ask, Key.MEMBER_LINK_WRONG)
            return
        address = Address(Channel.MAIL, request.address)
        owner = uow.people.find(address) or self._known(uow, ask)
        if address not in owner.addresses:
            uow.people.add_address(owner.id, address)
        uow.people.bounced(address, at=None)
        uow.people.prove(address, Proof.CODE, at=self.clock.now())
        self._owe(uow, ask, address, Key.LINK_MADE, {})
        self._join(uow, ask, uow.people.get(owner.id), request.ticket)

    # One person ---------------------------------------------------------------------------------

    def _known(self, uow: UnitOfWork, ask: Asking) -> Person:
        return uow.people.find(ask.by) or uow.people.add(
            name=ask.name, language=ask.language, address=ask.by, at=self.clock.now()
        )

    def _join(self, uow: UnitOfWork, ask: Asking, owner: Person, ticket: TicketId | None) -> None:
        """Make the owner and whoever writes one, and let the ticket go on in the chat."""
        here = uow.people.find(ask.by)
        if here is None:
            uow.people.add_address(owner.id, ask.by)
        elif here.id != owner.id:
            # Who was known first stays: more of what is written elsewhere names them.
            owner, other = sorted((here, owner), key=lambda person: person.id)
            uow.people.join(owner.id, other.id)
        uow.people.bounced(ask.by, at=None)
        for each in uow.tickets.of_person(owner.id):
            if each.status in _LIVE:
                self._record(uow, each, "channels_linked")
        goes_on = uow.tickets.find(ticket) if ticket is not None else None
        if goes_on is not None and goes_on.channel is not ask.by.channel:
            self._continue(uow, goes_on, ask.by.channel)
        mails = [
            each for each in uow.people.get(owner.id).addresses if each.channel is Channel.MAIL
        ]
        values = {
            "address": masked(mails[-1].value) if mails else "",
            "reference": goes_on.reference if goes_on else "",
        }
        self._tell(uow, ask, Key.MEMBER_LINKED, values, ticket=ticket)

    def _part(self, uow: UnitOfWork, ask: Asking) -> None:
        """Let the chat and the mail address be two people again."""
        person = uow.people.find(ask.by)
        matters = uow.tickets.of_person(person.id) if person else ()
        began = {each.id: _began(uow, each) for each in matters}
        own = [ticket for ticket, channel in began.items() if channel is ask.by.channel]
        if person is None or (person.addresses == (ask.by,) and len(own) == len(began)):
            self._tell(uow, ask, Key.MEMBER_LINK_NONE)
            return
        uow.people.part(ask.by, own, language=person.language, at=self.clock.now())
        for ticket, channel in began.items():
            found = uow.tickets.get(ticket)
            if found.channel is not channel:
                self._continue(uow, found, channel)
            if found.status in _LIVE:
                self._record(uow, found, "channels_parted")
        self._tell(uow, ask, Key.MEMBER_PARTED)

    def _continue(self, uow: UnitOfWork, ticket: Ticket, channel: Channel) -> None:
        uow.tickets.save(replace(ticket, channel=channel), at=self.clock.now())
        self._record(uow, ticket, "channel_changed", channel.value)

    # Small things -------------------------------------------------------------------------------

    def _record(self, uow: UnitOfWork, ticket: Ticket, event: str, *reasons: str) -> None:
        line = TicketEvent(type=event, at=self.clock.now(), actor=REQUESTER, reasons=reasons)
        uow.tickets.record(ticket.id, line)

    def _tell(
        self,
        uow: UnitOfWork,
        ask: Asking,
        key: Key,
        values: Values | None = None,
        *,
        ticket: TicketId | None = None,
    ) -> None:
        self._owe(uow, ask, ask.by, key, values or {}, ticket=ticket)

    def _owe(
        self,
        uow: UnitOfWork,
        ask: Asking,
        to: Address,
        key: Key,
        values: Values,
        *,
        ticket: TicketId | None = None,
    ) -> None:
        uow.outbox.owe(
            Owed(
                kind=Kind.NOTICE,
                channel=to.channel,
                to=to.value,
                key=key,
                values=values,
                language=ask.language,
                at=self.clock.now(),
                ticket=ticket,
                once=f"{key}:{ask.once}",
            )
        )


def masked(address: str) -> str:
    """Show enough of an address for its owner to know it: `o•••@pavyzdys.lt`."""
    local, _, domain = address.partition("@")
    return f"{local[:1]}•••@{domain}"


def _bound(chat: Address, code: str) -> str:
    """Return the digest of a code, which is good in one chat alone."""
    return digest(f"{chat.value}:{code}")


def _began(uow: UnitOfWork, ticket: Ticket) -> Channel:
    """Return the channel of the question itself."""
    said = (row for row in uow.tickets.articles(ticket.id) if row.kind is ArticleKind.INBOUND)
    first = next(said, None)
    return first.channel if first else ticket.channel
