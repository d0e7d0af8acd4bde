"""The ports `Talks`, `Appointments` and `Referrals`."""

from dataclasses import replace
from datetime import timedelta

from handlers.domain.appointments import Attendance, NewAppointment
from handlers.domain.referrals import NewReferral, ReferralState
from handlers.domain.talks import Particulars
from handlers.domain.tickets import ArticleKind
from handlers.ports import UnitOfWorkFactory
from tests.contract.builders import NOON, a_consultant, a_ticket, an_article


def test_a_talk_is_kept_changed_found_and_taken_back(begin: UnitOfWorkFactory) -> None:
    about = Particulars(minutes=15, place="Kaunas", organisation="„X“")
    with begin() as uow:
        ticket, who = a_ticket(uow), uow.consultants.add(a_consultant()).id
        given = {"kind": ArticleKind.CALL, "consultant": who, "text": "Patarta."}
        number = uow.tickets.write(an_article(ticket, **given)).id
        uow.talks.add(number, about)
        uow.commit()

    with begin() as uow:
        talk = uow.talks.find(number)
        assert talk is not None
        assert (talk.about, talk.advice, talk.consultant, talk.held_at) == (
            about,
            "Patarta.",
            who,
            NOON,
        )
        assert uow.talks.of([ticket.id]) == {ticket.id: [talk]}
        assert uow.talks.between(NOON, NOON + timedelta(seconds=1)) == [talk]
        assert uow.talks.between(NOON + timedelta(seconds=1), NOON + timedelta(days=1)) == []
        uow.talks.remove(number)
        assert uow.talks.find(number) is None
        assert [row.kind for row in uow.tickets.articles(ticket.id)] == [ArticleKind.NOTE]


def test_an_appointment_is_kept_with_its_answer(begin: UnitOfWorkFactory) -> None:
    with begin() as uow:
        ticket, who = a_ticket(uow), uow.consultants.add(a_consultant()).id
        new = NewAppointment(
            uid="u-1",
            ticket=ticket.id,
            consultant=who,
            attendee="ona@nvo.lt",
            starts_at=NOON,
            ends_at=NOON + timedelta(hours=1),
            place="Kaunas",
            about="Žyma",
            at=NOON,
        )
        kept = uow.appointments.add(new)
        moved = replace(kept, sequence=1, state=Attendance.ACCEPTED, answered_at=NOON)
        uow.appointments.save(moved)

        assert (kept.sequence, kept.state) == (0, Attendance.INVITED)
        assert uow.appointments.by_uid("u-1") == moved
        assert uow.appointments.find(kept.id) == moved
        assert uow.appointments.of_ticket(ticket.id) == [moved]
        assert uow.appointments.by_uid("u-2") is None


def test_a_referral_is_due_on_its_day_until_somebody_was_reminded(
    begin: UnitOfWorkFactory,
) -> None:
    day = NOON.date()
    with begin() as uow:
        ticket, who = a_ticket(uow), uow.consultants.add(a_consultant()).id
        new = NewReferral(
            ticket=ticket.id,
            consultant=who,
            body="SADM",
            contact="info@sadm.lt",
            words="Klausimas",
            state=ReferralState.ASKED,
            consent="",
            follow_up_on=day,
            at=NOON,
        )
        kept = uow.referrals.add(new)
        assert uow.referrals.due(day) == []

        sent = replace(kept, state=ReferralState.SENT, consent="sutinku")
        uow.referrals.save(sent)
        assert uow.referrals.find(kept.id) == sent
        assert uow.referrals.of_ticket(ticket.id) == [sent]
        assert uow.referrals.due(day - timedelta(days=1)) == []
        assert uow.referrals.due(day) == [sent]
        told = [uow.referrals.reminded(kept.id, at=NOON) for _ in range(2)]
        assert (told, uow.referrals.due(day)) == ([True, False], [])
