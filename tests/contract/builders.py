"""Values with defaults, so that a test names only what it is about."""
# ruff: noqa: ANN401 -- `replace` refuses what a value does not have

import itertools
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from handlers.domain.appointments import NewAppointment
from handlers.domain.channels import Address, Attachment, Channel
from handlers.domain.messages import Claimed, Finished, Outcome, Received
from handlers.domain.organisations import AskerType, Details
from handlers.domain.outgoing import Kind, Owed
from handlers.domain.people import NewConsultant, Person, Role
from handlers.domain.referrals import NewReferral, ReferralState
from handlers.domain.tickets import ArticleKind, NewArticle, NewTicket, Status, Ticket
from handlers.domain.trainings import NewEnrolment, Seat
from handlers.ports import UnitOfWork

NOON: Final = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
MINUTE: Final = timedelta(minutes=1)
LEASE: Final = timedelta(seconds=60)
EVERY: Final = tuple(Channel)
LARGE: Final = 70_000
"""More bytes than a row keeps in itself."""

_numbers = itertools.count(1)


def a_received(**given: Any) -> Received:
    default = Received(
        channel=Channel.MAIL,
        source="INBOX",
        external_id=f"1:{next(_numbers)}",
        lane=None,
        raw=b"raw",
        received_at=NOON,
    )
    return replace(default, **given)


def a_finished(claimed: Claimed, **given: Any) -> Finished:
    """Say that the message was filed."""
    finished = Finished(
        message=claimed.id, fence=claimed.fence, outcome=Outcome.FILED, reason="question"
    )
    return replace(finished, **given)


def a_debt(**given: Any) -> Owed:
    default = Owed(
        kind=Kind.REPLY,
        channel=Channel.MAIL,
        to=f"narys{next(_numbers)}@pavyzdys.lt",
        key="reply",
        values={},
        language="lt",
        at=NOON,
    )
    return replace(default, **given)


def a_file(name: str = "raštas.pdf", **given: Any) -> Attachment:
    default = Attachment(sha256="0" * 64, name=name, content_type="application/pdf", size=3)
    return replace(default, **given)


def a_person(uow: UnitOfWork, mail: str | None = None, **given: Any) -> Person:
    value = mail or f"asmuo{next(_numbers)}@pavyzdys.lt"
    default = {
        "name": "Ona",
        "language": "lt",
        "address": Address(Channel.MAIL, value),
        "at": NOON,
    }
    return uow.people.add(**{**default, **given})


def a_details(**given: Any) -> Details:
    default = Details(name=f"Pievų bendruomenė {next(_numbers)}", kind=AskerType.COMMUNITY)
    return replace(default, **given)


def a_ticket(uow: UnitOfWork, requester: Person | None = None, **given: Any) -> Ticket:
    person = requester or a_person(uow)
    default = NewTicket(
        status=Status.NEW,
        queue="bendra",
        requester=person.id,
        channel=Channel.MAIL,
        language="lt",
        subject="Dėl paramos",
        at=NOON,
    )
    return uow.tickets.add(replace(default, **given))


def an_article(ticket: Ticket, **given: Any) -> NewArticle:
    default = NewArticle(
        ticket=ticket.id,
        kind=ArticleKind.INBOUND,
        channel=Channel.MAIL,
        author="Ona",
        text="Kaip gauti paramą?",
        at=NOON,
    )
    return replace(default, **given)


def an_enrolment(ticket: Ticket, person: Person, **given: Any) -> NewEnrolment:
    default = NewEnrolment(
        training="m1",
        ticket=ticket.id,
        person=person.id,
        name="Ona",
        organisation="",
        municipality=None,
        seat=Seat.TAKEN,
        at=NOON,
        told="",
    )
    return replace(default, **given)


def a_consultant(**given: Any) -> NewConsultant:
    number = next(_numbers)
    default = NewConsultant(
        name="Rasa",
        email=f"rasa{number}@pavyzdys.lt",
        telegram=f"{number}",
        role=Role.CONSULTANT,
        signature="",
        queues=frozenset({"bendra"}),
        at=NOON,
    )
    return replace(default, **given)


def add_visit_and_referral(uow: UnitOfWork, ticket: Ticket, words: str) -> None:
    """Invite somebody to a visit, and show their matter to another body."""
    who = uow.consultants.add(a_consultant()).id
    uow.appointments.add(
        NewAppointment(
            uid=words,
            ticket=ticket.id,
            consultant=who,
            attendee=f"{words.lower()}@pavyzdys.lt",
            starts_at=NOON,
            ends_at=NOON,
            place=words,
            about=words,
            at=NOON,
        )
    )
    uow.referrals.add(
        NewReferral(
            ticket=ticket.id,
            consultant=who,
            body=words,
            contact=words,
            words=words,
            state=ReferralState.SENT,
            consent=words,
            follow_up_on=NOON.date(),
            at=NOON,
        )
    )
