"""Visits and referrals in the console: agreed on about a ticket, by who may see it."""

from handlers.domain.appointments import Attendance
from handlers.domain.referrals import ReferralState
from tests.unit.bot.console.desk import Desk, console_address, words_of


def test_a_visit_is_agreed_on_moved_and_cancelled_and_a_matter_referred(mailing_desk: Desk) -> None:
    desk = mailing_desk
    desk.sign_in(desk.add_consultant())
    asked = desk.ask(email="ona@nvo.example")
    at = console_address(asked, "agreements")
    visit = {"start": "2026-12-01T10:00", "minutes": "60", "place": "biblioteka"}

    wrong = desk.client.post(f"{at}/invite", data={**visit, "start": "2020-01-01T10:00"})
    invited = desk.client.post(f"{at}/invite", data=visit)
    moved = desk.client.post(f"{at}/move", data={**visit, "number": "1", "place": "klubas"})
    ended = desk.client.post(f"{at}/cancel", data={"number": "1"})
    body = {"body": "Registrų centras", "contact": "info@rc.example", "follow_up": "2026-12-10"}
    referred = desk.client.post(f"{at}/refer", data=body)
    closed = desk.client.post(f"{at}/close", data={"number": "1"})

    assert (wrong.status_code, "Šis laikas jau praėjo." in words_of(wrong.text)) == (422, True)
    assert "2026-12-01 10:00 · biblioteka" in words_of(invited.text)
    assert "klubas" in words_of(moved.text)
    assert "Apie atšaukimą pranešime." in words_of(ended.text)
    assert "klausiama sutikimo" in words_of(referred.text)
    assert "nebelaukiama" in words_of(closed.text)
    (kept,) = desk.write(lambda uow: uow.appointments.of_ticket(asked.id))
    assert (kept.sequence, kept.state) == (2, Attendance.CANCELLED)
    (referral,) = desk.write(lambda uow: uow.referrals.of_ticket(asked.id))
    assert referral.state is ReferralState.CLOSED


def test_of_another_ticket_or_of_what_is_not_theirs_nothing_is_changed(mailing_desk: Desk) -> None:
    desk = mailing_desk
    desk.sign_in(desk.add_consultant())
    mine, other = desk.ask(email="ona@nvo.example"), desk.ask("Kiek kainuoja drakonas?")
    restricted = desk.ask("Prašau ištrinti visą mūsų susirašinėjimą ir asmens duomenis")
    visit = {"start": "2026-12-01T10:00", "minutes": "60", "place": "biblioteka"}
    desk.client.post(console_address(mine, "agreements/invite"), data=visit)

    answers = [
        desk.client.post(console_address(other, "agreements/cancel"), data={"number": "1"}),
        desk.client.get(console_address(restricted, "agreements")),
        desk.client.post(console_address(restricted, "agreements/invite"), data=visit),
        desk.client.post(console_address(mine, "agreements/other"), data={}),
    ]

    assert [answer.status_code for answer in answers] == [404] * 4
