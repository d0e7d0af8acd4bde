"""Visits agreed on by mail: an invitation out, its answer back, changes and an end."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final
from uuid import uuid4

from handlers.access import Access
from handlers.domain.appointments import Appointment, Attendance, NewAppointment
from handlers.domain.channels import Channel
from handlers.domain.errors import InvalidError, NotFoundError
from handlers.domain.events import Changed, FollowUpReceived
from handlers.domain.ids import AppointmentId
from handlers.domain.messages import Outcome
from handlers.domain.outgoing import Key, Kind, Owed
from handlers.domain.people import Consultant
from handlers.domain.tickets import (
    ArticleKind,
    NewArticle,
    Status,
    Ticket,
    TicketEvent,
)
from handlers.feedback import REQUESTER
from handlers.intake import Receipt
from handlers.joined import goes_on_in
from handlers.ownership import remember_mail
from handlers.ports import Clock, UnitOfWork
from handlers.reactions import Reactions
from handlers.talk_commands import VisitAnswer
from handlers.working_time import VILNIUS, local_day
from knowledge_base.values import dataclass

UNKNOWN: Final = "unknown-appointment"
_LONGEST: Final = timedelta(days=3)
_ANSWERS: Final = frozenset({Attendance.ACCEPTED, Attendance.TENTATIVE, Attendance.DECLINED})
_SIGNS: Final = {
    Attendance.ACCEPTED: "✓",
    Attendance.TENTATIVE: "?",
    Attendance.DECLINED: "✗",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """When, where and what about."""

    starts_at: datetime
    minutes: int
    place: str
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inviting:
    """Invites the asker of a ticket to a visit, by mail and with a calendar entry.

    - Only an act of a consultant sends anything; the thread says what was sent.
    - A change or an end goes out under the same name with the next sequence, so that every
      calendar puts it in place of what it has (RFC 5546).
    - An answer counts from the invited address alone, and to the newest sequence alone.
    """

    clock: Clock
    access: Access
    reactions: Reactions

    def invite(
        self, uow: UnitOfWork, ticket: Ticket, who: Consultant, meeting: Meeting, *, to: str = ""
    ) -> Appointment:
        """Send an invitation to the asker's mail address, or to one that becomes theirs.

        Raises:
            InvalidError: it is over before it begins, or past; the address is somebody else's.
            NotAllowedError: the ticket is not theirs to see.
            NotFoundError: the asker has no mail address, or no mail is sent.
        """
        self.access.require(who, ticket)
        self._check(meeting)
        now = self.clock.now()
        appointment = uow.appointments.add(
            NewAppointment(
                uid=str(uuid4()),
                ticket=ticket.id,
                consultant=who.id,
                attendee=self._attendee(uow, ticket, to),
                starts_at=meeting.starts_at,
                ends_at=meeting.starts_at + timedelta(minutes=meeting.minutes),
                place=meeting.place,
                about=meeting.about or ticket.subject,
                at=now,
            )
        )
        self._send(uow, ticket, who, appointment, Key.VISIT_INVITED, event="visit_invited")
        return appointment

    def move(
        self, uow: UnitOfWork, number: AppointmentId, who: Consultant, meeting: Meeting
    ) -> Appointment:
        """Say another time or place; the invited one is asked anew.

        Raises:
            InvalidError: it is over before it begins, or past.
            NotAllowedError: the ticket is not theirs to see.
            NotFoundError: there is no such appointment, or it was cancelled.
        """
        known, ticket = self._known(uow, number, who)
        self._check(meeting)
        moved = replace(
            known,
            sequence=known.sequence + 1,
            state=Attendance.INVITED,
            answered_at=None,
            starts_at=meeting.starts_at,
            ends_at=meeting.starts_at + timedelta(minutes=meeting.minutes),
            place=meeting.place,
            about=meeting.about or known.about,
        )
        uow.appointments.save(moved)
        self._send(uow, ticket, who, moved, Key.VISIT_CHANGED, event="visit_moved")
        return moved

    def cancel(self, uow: UnitOfWork, number: AppointmentId, who: Consultant) -> Appointment:
        """Take an invitation back.

        Raises:
            NotAllowedError: the ticket is not theirs to see.
            NotFoundError: there is no such appointment, or it was cancelled.
        """
        known, ticket = self._known(uow, number, who)
        ended = replace(known, sequence=known.sequence + 1, state=Attendance.CANCELLED)
        uow.appointments.save(ended)
        self._send(uow, ticket, who, ended, Key.VISIT_CANCELLED, event="visit_cancelled")
        return ended

    def answered(self, uow: UnitOfWork, answer: VisitAnswer) -> Receipt:
        """Take an answer; one from elsewhere, or to an older invitation, changes nothing."""
        known, sender = uow.appointments.by_uid(answer.uid), answer.message.sender
        if known is None or sender is None or sender.value != known.attendee:
            return Receipt(outcome=Outcome.IGNORED, reason=UNKNOWN)
        ticket = goes_on_in(uow, uow.tickets.get(known.ticket))
        is_newest = answer.sequence == known.sequence and known.state is not Attendance.CANCELLED
        if not is_newest or answer.answer not in _ANSWERS or answer.answer is known.state:
            return Receipt(outcome=Outcome.IGNORED, reason="no-news", ticket=ticket)
        now = self.clock.now()
        uow.appointments.save(replace(known, state=answer.answer, answered_at=now))
        person = uow.people.find(sender)
        article = uow.tickets.write(
            NewArticle(
                ticket=ticket.id,
                kind=ArticleKind.INBOUND,
                channel=Channel.MAIL,
                author=answer.message.sender_name,
                text=_words(known, _SIGNS[answer.answer]),
                at=answer.message.received_at,
                person=person.id if person else None,
                full_text=answer.message.full_text or None,
                external_id=answer.message.external_id,
            )
        )
        event = f"visit_{answer.answer}"
        uow.tickets.record(ticket.id, TicketEvent(type=event, at=now, actor=REQUESTER))
        if answer.answer is not Attendance.ACCEPTED and ticket.status is Status.WAITING:
            status = Status.OPEN if ticket.owner is not None else Status.NEW
            ticket = uow.tickets.save(replace(ticket, status=status), at=now)
        self.reactions.owe(uow, Changed(ticket=ticket))
        self.reactions.owe(uow, FollowUpReceived(ticket=ticket, article=article))
        return Receipt(outcome=Outcome.FILED, reason=event, ticket=ticket)

    # Small things -------------------------------------------------------------------------------

    def _check(self, meeting: Meeting) -> None:
        if meeting.starts_at <= self.clock.now():
            raise InvalidError("already-past", field="start")
        if not timedelta() < timedelta(minutes=meeting.minutes) <= _LONGEST:
            raise InvalidError("no-such-number", field="minutes", given=str(meeting.minutes))
        if not meeting.place.strip():
            raise InvalidError("no-words", field="place")

    def _known(
        self, uow: UnitOfWork, number: AppointmentId, who: Consultant
    ) -> tuple[Appointment, Ticket]:
        known = uow.appointments.find(number)
        if known is None or known.state is Attendance.CANCELLED:
            raise NotFoundError("no-such-appointment")
        ticket = goes_on_in(uow, uow.tickets.get(known.ticket))
        self.access.require(who, ticket)
        return known, ticket

    def _attendee(self, uow: UnitOfWork, ticket: Ticket, to: str) -> str:
        if not self.reactions.askers.sends_mail:
            raise NotFoundError("asker-unreachable", reference=ticket.reference)
        if to.strip():
            return remember_mail(uow, ticket, to)
        addresses = uow.people.get(ticket.requester).addresses
        mails = [each.value for each in addresses if each.channel is Channel.MAIL]
        if not mails:
            raise NotFoundError("asker-unreachable", reference=ticket.reference)
        return mails[-1]

    def _send(
        self,
        uow: UnitOfWork,
        ticket: Ticket,
        who: Consultant,
        appointment: Appointment,
        key: Key,
        *,
        event: str,
    ) -> None:
        """Write into the thread what is sent, and owe the mail that carries the calendar entry."""
        now, starts = self.clock.now(), appointment.starts_at.astimezone(VILNIUS)
        owner = who.id if ticket.owner is None else ticket.owner
        status = Status.WAITING if ticket.status in {Status.NEW, Status.OPEN} else ticket.status
        ticket = uow.tickets.save(replace(ticket, owner=owner, status=status), at=now)
        sign = "📅 ✕" if key is Key.VISIT_CANCELLED else "📅"
        article = uow.tickets.write(
            NewArticle(
                ticket=ticket.id,
                kind=ArticleKind.REPLY,
                channel=Channel.MAIL,
                author=who.signature or who.name,
                text=_words(appointment, sign),
                at=now,
                consultant=who.id,
            )
        )
        uow.tickets.record(ticket.id, TicketEvent(type=event, at=now, actor=who.email))
        values = {
            "reference": ticket.reference,
            "uid": appointment.uid,
            "sequence": str(appointment.sequence),
            "starts": appointment.starts_at.isoformat(),
            "ends": appointment.ends_at.isoformat(),
            "visit_on": starts.date().isoformat(),
            "visit_hours": _hours(appointment),
            "place": appointment.place,
            "about": appointment.about,
            "author": article.author,
        }
        uow.outbox.owe(
            Owed(
                kind=Kind.REPLY,
                channel=Channel.MAIL,
                to=appointment.attendee,
                key=key,
                values=values,
                language=ticket.language if ticket.language in {"lt", "en", "ru"} else "en",
                at=now,
                ticket=ticket.id,
                article=article.id,
                once=f"{key}:{appointment.id}:{appointment.sequence}",
            )
        )
        self.reactions.owe(uow, Changed(ticket=ticket))


def _hours(appointment: Appointment) -> str:
    starts, ends = (
        each.astimezone(VILNIUS) for each in (appointment.starts_at, appointment.ends_at)
    )
    return f"{starts:%H:%M}–{ends:%H:%M}"


def _words(appointment: Appointment, sign: str) -> str:
    day = local_day(appointment.starts_at)
    return f"{sign} {day} {_hours(appointment)} · {appointment.place}\n\n{appointment.about}"
