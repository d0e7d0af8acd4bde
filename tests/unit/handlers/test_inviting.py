"""Visits are agreed on by mail: invited, answered, moved, cancelled."""

from datetime import timedelta

import pytest

from handlers.domain.appointments import Appointment, Attendance
from handlers.domain.errors import InvalidError, NotAllowedError, NotFoundError
from handlers.domain.outgoing import Key
from handlers.domain.people import Consultant
from handlers.domain.tickets import Status, Ticket
from handlers.inviting import Meeting
from handlers.joined import shown_to_asker
from handlers.merging import Merging
from handlers.talk_commands import VisitAnswer
from tests.builders import NOON, a_mail, a_web_question, mail_of, unsure, words
from tests.wired import WiredDesk

MEETING = Meeting(
    starts_at=NOON + timedelta(days=1), minutes=60, place="Anykščių biblioteka", about="NVO žyma"
)


def _invite(desk: WiredDesk, who: Consultant, ticket: Ticket, *, to: str = "") -> Appointment:
    return desk.do(lambda uow: desk.talking.inviting.invite(uow, ticket, who, MEETING, to=to))


def _answer(desk: WiredDesk, to: Appointment, answer: Attendance, by: str = "") -> str:
    mail = a_mail("Taip", sender=mail_of(by or to.attendee))
    command = VisitAnswer(uid=to.uid, sequence=to.sequence, answer=answer, message=mail)
    return desk.carry_out(command).reason


def _now(desk: WiredDesk, appointment: Appointment) -> Appointment:
    found = desk.do(lambda uow: uow.appointments.find(appointment.id))
    assert found is not None
    return found


def test_an_invitation_goes_out_and_its_answer_is_kept(desk: WiredDesk) -> None:
    who = desk.hire()
    ticket = desk.ticket_of(a_mail())
    desk.new_debts()

    visit = _invite(desk, who, ticket)

    (owed,) = desk.new_debts()
    assert (owed.key, owed.to) == (Key.VISIT_INVITED, "ona@bendruomene.lt")
    assert (owed.values["visit_on"], owed.values["visit_hours"]) == ("2026-03-03", "14:00–15:00")
    assert desk.ticket(ticket).status is Status.WAITING
    assert desk.thread(ticket)[-1] == (
        "reply",
        "📅 2026-03-03 14:00–15:00 · Anykščių biblioteka\n\nNVO žyma",
    )

    assert _answer(desk, visit, Attendance.ACCEPTED) == "visit_accepted"
    assert _answer(desk, visit, Attendance.ACCEPTED) == "no-news"
    assert _now(desk, visit).state is Attendance.ACCEPTED
    assert desk.ticket(ticket).status is Status.WAITING
    assert Key.STAFF_FOLLOW_UP in [debt.key for debt in desk.new_debts()]


def test_a_visit_moved_is_asked_about_anew_and_older_answers_count_no_more(
    desk: WiredDesk,
) -> None:
    who = desk.hire()
    ticket = desk.ticket_of(a_mail())
    visit = _invite(desk, who, ticket)
    _answer(desk, visit, Attendance.ACCEPTED)
    later = Meeting(starts_at=MEETING.starts_at + timedelta(hours=1), minutes=30, place="Ten pat")

    moved = desk.do(lambda uow: desk.talking.inviting.move(uow, visit.id, who, later))

    assert (moved.sequence, moved.state) == (1, Attendance.INVITED)
    assert _answer(desk, visit, Attendance.DECLINED) == "no-news"
    assert _answer(desk, moved, Attendance.DECLINED) == "visit_declined"
    assert desk.ticket(ticket).status is Status.OPEN
    ended = desk.do(lambda uow: desk.talking.inviting.cancel(uow, visit.id, who))
    assert (ended.sequence, ended.state) == (2, Attendance.CANCELLED)
    assert _answer(desk, ended, Attendance.ACCEPTED) == "no-news"
    with pytest.raises(NotFoundError):
        desk.do(lambda uow: desk.talking.inviting.move(uow, visit.id, who, later))
    keys = [debt.key for debt in desk.new_debts() if debt.key.startswith("visit")]
    assert keys == [Key.VISIT_INVITED, Key.VISIT_CHANGED, Key.VISIT_CANCELLED]


def test_somebody_elses_answer_is_a_message_like_any_other(desk: WiredDesk) -> None:
    who = desk.hire()
    visit = _invite(desk, who, desk.ticket_of(a_mail()))

    reason = _answer(desk, visit, Attendance.ACCEPTED, by="kitas@nvo.lt")

    assert reason == "question"
    assert _now(desk, visit).state is Attendance.INVITED


def test_who_has_no_address_is_invited_by_one_a_consultant_gives(desk: WiredDesk) -> None:
    who = desk.hire()
    ticket = desk.ticket_of(a_web_question())

    with pytest.raises(NotFoundError):
        _invite(desk, who, ticket)
    assert _invite(desk, who, ticket, to="Jonas@nvo.lt").attendee == "jonas@nvo.lt"


def test_nobody_is_invited_to_the_past_or_to_what_is_not_theirs(desk: WiredDesk) -> None:
    who = desk.hire()
    restricted = desk.ticket_of(a_mail(decision=unsure("jautri")))
    with pytest.raises(NotAllowedError):
        _invite(desk, who, restricted)

    desk.clock.move(days=2)
    with pytest.raises(InvalidError):
        _invite(desk, who, desk.ticket_of(a_mail()))


def test_an_answer_and_a_call_of_a_merged_ticket_belong_to_where_it_goes_on(
    desk: WiredDesk,
) -> None:
    who = desk.hire()
    first = desk.ticket_of(a_mail("Paskambinkite man 861234567"))
    second = desk.ticket_of(a_mail("Kaip gauti žymą?"))
    visit = _invite(desk, who, first)
    merging = Merging(clock=desk.clock, access=desk.access, reactions=desk.reactions)
    desk.do(lambda uow: merging.merge(uow, first.id, second.id, who))

    _answer(desk, visit, Attendance.DECLINED)
    missed = desk.do(
        lambda uow: desk.talking.missed_calls.note(uow, uow.tickets.get(second.id), who)
    )

    assert (missed.ticket, missed.missed) == (first.id, 1)
    assert desk.history(second)[-2:] == ["visit_declined", "call_missed"]
    assert desk.do(lambda uow: [each.id for each in uow.appointments.of_ticket(second.id)]) == [
        visit.id
    ]


def test_of_two_who_ask_in_one_matter_the_other_does_not_read_the_invitation(
    desk: WiredDesk,
) -> None:
    who = desk.hire()
    matter = desk.ticket_of(a_mail())
    other = desk.ticket_of(a_mail(sender=mail_of("kitas@nvo.lt"), sender_name="Kitas"))
    merging = Merging(clock=desk.clock, access=desk.access, reactions=desk.reactions)
    desk.do(lambda uow: merging.merge(uow, other.id, matter.id, who))
    _invite(desk, who, desk.ticket(matter))
    desk.do(lambda uow: desk.desk.reply(uow, matter.id, who, words()))

    def read(ticket: Ticket) -> list[str]:
        return desk.do(
            lambda uow: [each.kind for each in shown_to_asker(uow, uow.tickets.get(ticket.id))]
        )

    assert read(matter) == ["inbound", "reply", "reply"]
    assert read(other) == ["inbound", "reply"]
