"""Referrals (*nukreipti*): a matter shown to another body, with its asker's consent alone."""

import re
from dataclasses import replace
from datetime import date
from typing import Final

from handlers.access import Access
from handlers.domain.channels import Channel
from handlers.domain.errors import InvalidError, NotFoundError
from handlers.domain.events import Changed
from handlers.domain.ids import ReferralId
from handlers.domain.outgoing import Key, Kind, Owed
from handlers.domain.people import Consultant
from handlers.domain.referrals import NewReferral, Referral, ReferralState
from handlers.domain.tickets import ArticleKind, NewArticle, Status, Ticket, TicketEvent
from handlers.feedback import REQUESTER
from handlers.joined import goes_on_in
from handlers.ports import Clock, UnitOfWork
from handlers.reactions import Reactions
from handlers.typed import Consent, consent
from handlers.working_time import VILNIUS, local_day
from knowledge_base.text import Line
from knowledge_base.values import dataclass

_MAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_GONE: Final = frozenset({Status.MERGED, Status.SPAM})
_QUOTED: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Who is to be asked, what they are told, and when we look what came of it.

    `consent` says how the asker agreed; without it they are asked first. Without `words` the
    asker's own question is passed on, and neither their name nor their address.
    """

    body: str
    contact: str
    follow_up_on: date
    words: str = ""
    consent: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Referring:
    """Shows a ticket to another body and keeps it with our own consultant.

    - Nothing leaves before the asker agreed; what they said is kept with the referral.
    - The ticket's owner stays, or becomes whoever refers; on the day that was set they are reminded
      to look what came of it, once.
    - What the body answers by mail joins the ticket.
    """

    clock: Clock
    access: Access
    reactions: Reactions

    def refer(self, uow: UnitOfWork, ticket: Ticket, who: Consultant, wanted: Wanted) -> Referral:
        """Show the matter to a body, or ask the asker whether we may.

        Raises:
            InvalidError: the body, its address or the day cannot be used.
            NotAllowedError: the ticket is not theirs to see.
            NotFoundError: no mail is sent, or the asker cannot be asked.
        """
        self.access.require(who, ticket)
        self._check(ticket, wanted)
        askers = self.reactions.askers
        agreed = wanted.consent.strip()
        if not askers.sends_mail or not (agreed or askers.can_reach(uow, ticket)):
            raise NotFoundError("asker-unreachable", reference=ticket.reference)
        referral = uow.referrals.add(
            NewReferral(
                ticket=ticket.id,
                consultant=who.id,
                body=wanted.body.strip(),
                contact=wanted.contact.strip().lower(),
                words=wanted.words.strip() or _question(uow, ticket),
                state=ReferralState.SENT if agreed else ReferralState.ASKED,
                consent=agreed,
                follow_up_on=wanted.follow_up_on,
                at=self.clock.now(),
            )
        )
        owner = who.id if ticket.owner is None else ticket.owner
        ticket = self._waits(uow, replace(ticket, owner=owner))
        if agreed:
            self._send(uow, ticket, referral, actor=who.email)
        else:
            self._tell(uow, ticket, referral, Key.REFERRAL_CONSENT)
            self._record(uow, ticket, "referral_asked", who.email, referral.body)
        return referral

    def heed(self, uow: UnitOfWork, ticket: Ticket, answer: Line) -> bool:
        """Take the asker's answer whether we may; False when it is none or was not asked for."""
        asked = (each for each in uow.referrals.of_ticket(ticket.id) if each.state == "asked")
        referral = next(asked, None)
        said = consent(answer) if referral is not None else None
        if referral is None or said is None:
            return False
        words = f"{self.clock.now().astimezone(VILNIUS):%Y-%m-%d}: {answer.text.strip()[:_QUOTED]}"
        if said is Consent.REFUSED:
            uow.referrals.save(replace(referral, state=ReferralState.DECLINED, consent=words))
            self._record(uow, ticket, "referral_declined", REQUESTER, referral.body)
            return True
        referral = replace(referral, state=ReferralState.SENT, consent=words)
        uow.referrals.save(referral)
        self._send(uow, self._waits(uow, ticket), referral, actor=REQUESTER)
        return True

    def close(self, uow: UnitOfWork, number: ReferralId, who: Consultant) -> Referral:
        """Say that nothing more is awaited of a body.

        Raises:
            NotAllowedError: the ticket is not theirs to see.
            NotFoundError: there is no such referral.
        """
        referral = uow.referrals.find(number)
        if referral is None:
            raise NotFoundError("no-such-referral")
        ticket = goes_on_in(uow, uow.tickets.get(referral.ticket))
        self.access.require(who, ticket)
        closed = replace(referral, state=ReferralState.CLOSED)
        uow.referrals.save(closed)
        self._record(uow, ticket, "referral_closed", who.email, referral.body)
        return closed

    def remind(self, uow: UnitOfWork) -> int:
        """Remind of the referrals whose day has come, in working hours; return how many."""
        now = self.clock.now()
        if not self.reactions.working_time.is_open(now):
            return 0
        due = uow.referrals.due(local_day(now))
        return sum(self._remind(uow, each) for each in due)

    def _remind(self, uow: UnitOfWork, referral: Referral) -> bool:
        now = self.clock.now()
        ticket = goes_on_in(uow, uow.tickets.get(referral.ticket))
        if not uow.referrals.reminded(referral.id, at=now) or ticket.status in _GONE:
            return False
        if ticket.status is Status.WAITING:
            status = Status.OPEN if ticket.owner is not None else Status.NEW
            ticket = uow.tickets.save(replace(ticket, status=status), at=now)
            self.reactions.owe(uow, Changed(ticket=ticket))
        more = {"body": referral.body, "contact": referral.contact}
        self.reactions.staff_room.tell(
            uow, ticket, Key.STAFF_REFERRAL_DUE, once=f"referral:{referral.id}", more=more
        )
        return True

    def _check(self, ticket: Ticket, wanted: Wanted) -> None:
        if ticket.status in _GONE:
            raise InvalidError("ticket-gone", field="ticket", reference=ticket.reference)
        if not wanted.body.strip():
            raise InvalidError("no-words", field="body")
        if _MAIL.fullmatch(wanted.contact.strip()) is None:
            raise InvalidError("bad-address", field="contact")
        if wanted.follow_up_on <= local_day(self.clock.now()):
            raise InvalidError("already-past", field="follow_up")

    def _send(self, uow: UnitOfWork, ticket: Ticket, referral: Referral, *, actor: str) -> None:
        """Owe the body its mail, whose answer joins the ticket, and tell the asker."""
        uow.outbox.owe(
            Owed(
                kind=Kind.COPY,
                channel=Channel.MAIL,
                to=referral.contact,
                key=Key.REFERRED,
                values={
                    "reference": ticket.reference,
                    "municipality": ticket.municipality or "",
                    "text": referral.words,
                    "author": uow.consultants.get(referral.consultant).name,
                },
                language="lt",
                at=self.clock.now(),
                ticket=ticket.id,
                once=f"referred:{referral.id}",
            )
        )
        self._tell(uow, ticket, referral, Key.REFERRAL_SENT)
        self._record(uow, ticket, "referred", actor, referral.body)

    def _tell(self, uow: UnitOfWork, ticket: Ticket, referral: Referral, key: Key) -> None:
        who = uow.consultants.get(referral.consultant)
        sign = "➤ ?" if key is Key.REFERRAL_CONSENT else "➤"
        article = uow.tickets.write(
            NewArticle(
                ticket=ticket.id,
                kind=ArticleKind.REPLY,
                channel=Channel.COMMAND,
                author=who.signature or who.name,
                text=f"{sign} {referral.body} · {referral.contact}\n\n{referral.words}",
                at=self.clock.now(),
                consultant=who.id,
            )
        )
        values = {
            "body": referral.body,
            "contact": referral.contact,
            "passed": referral.words,
            "author": article.author,
            "follow_up_on": referral.follow_up_on.isoformat(),
        }
        self.reactions.askers.tell(uow, ticket, Kind.REPLY, key, values, article=article.id)

    def _waits(self, uow: UnitOfWork, ticket: Ticket) -> Ticket:
        ticket = uow.tickets.save(replace(ticket, status=Status.WAITING), at=self.clock.now())
        self.reactions.owe(uow, Changed(ticket=ticket))
        return ticket

    def _record(self, uow: UnitOfWork, ticket: Ticket, event: str, actor: str, reason: str) -> None:
        line = TicketEvent(type=event, at=self.clock.now(), actor=actor, reasons=(reason,))
        uow.tickets.record(ticket.id, line)


def _question(uow: UnitOfWork, ticket: Ticket) -> str:
    """Return what was asked first, in the asker's words."""
    said = (row for row in uow.tickets.articles(ticket.id) if row.kind is ArticleKind.INBOUND)
    first = next(said, None)
    if first is None or not first.text.strip():
        raise InvalidError("no-words", field="words")
    return first.text
