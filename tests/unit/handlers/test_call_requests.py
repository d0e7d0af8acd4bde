"""A wish to be called is recognised in letters, carefully; what is not clear is asked about."""

from datetime import date

import pytest

from handlers.call_requests import CallRequest, call_request
from handlers.domain.calls import CallState
from handlers.domain.messages import Thread
from handlers.domain.outgoing import Key
from handlers.domain.tickets import Status, Ticket
from knowledge_base.text import Line
from tests.builders import NOON, a_mail, an_answer
from tests.wired import WiredDesk

TUESDAY = date(2026, 3, 3)


@pytest.mark.parametrize(
    ("text", "request_"),
    [
        (
            "Prašau paskambinti man rytoj po pietų tel. 8 612 34567. Ona",
            CallRequest(phone="+37061234567", day=TUESDAY, afternoon=True),
        ),
        ("Perskambinkite.\n--\nOna\n+37061234567", CallRequest(phone="+37061234567")),
        ("Galėtumėte man paskambinti? +370 699 12345, biuro 8 5 212 3456", CallRequest()),
        (
            "Lauksiu Jūsų skambučio antradienį ryte, 8 612 34567",
            CallRequest(phone="+37061234567", day=TUESDAY, afternoon=False),
        ),
        (
            "Prašome susisiekti telefonu 861234567 antradienį apie 14 val.",
            CallRequest(phone="+37061234567", day=TUESDAY, afternoon=True),
        ),
        ("Could you call me?", CallRequest()),
        ("Позвоните мне, пожалуйста, 861234567", CallRequest(phone="+37061234567")),
        ("Kur galiu paskambinti dėl mokymų?", None),
        ("Vakar skambinau, niekas neatsiliepė.", None),
        ("Neskambinkite, geriau rašykite. 861234567", None),
        ("Man sakė: paskambinkite į savivaldybę.", None),
        ("Mūsų tel. 861234567. Kaip gauti žymą?", None),
    ],
)
def test_only_a_clear_wish_is_one(text: str, request_: CallRequest | None) -> None:
    assert call_request(Line(text), now=NOON) == request_


def _calls(desk: WiredDesk, ticket: Ticket) -> list[tuple[CallState, str | None, str]]:
    wishes = desk.do(lambda uow: uow.calls.of_ticket(ticket.id))
    return [
        (wish.state, wish.phone, f"{wish.starts_at:%d %H:%M}" if wish.starts_at else "")
        for wish in wishes
    ]


def test_a_mailed_wish_is_noted_confirmed_and_waits_for_a_person(desk: WiredDesk) -> None:
    desk.hire()
    ticket = desk.ticket_of(
        a_mail("Kas yra žyma? Prašau paskambinti rytoj po pietų 861234567", decision=an_answer())
    )

    assert desk.ticket(ticket).status is Status.NEW
    assert _calls(desk, ticket) == [(CallState.WISHED, "+37061234567", "03 11:00")]
    noted = next(debt for debt in desk.new_debts() if debt.key == Key.MEMBER_CALL_NOTED)
    assert (noted.to, noted.values["call_on"]) == ("ona@bendruomene.lt", "2026-03-03")


def test_a_number_that_is_missing_is_asked_for_and_the_time_may_change(desk: WiredDesk) -> None:
    desk.hire()
    ticket = desk.ticket_of(a_mail("Norėčiau, kad man paskambintumėte."))
    assert Key.MEMBER_CALL_NUMBER in [debt.key for debt in desk.new_debts()]

    thread = Thread(token=ticket.id)
    desk.receive(a_mail("Mano numeris 8 612 34567", thread=thread))
    desk.receive(a_mail("Geriau antradienį ryte", thread=thread))
    assert _calls(desk, ticket) == [(CallState.WISHED, "+37061234567", "03 07:00")]

    desk.receive(a_mail("Neskambinkite, jau išsiaiškinau.", thread=thread))
    assert [state for state, *_ in _calls(desk, ticket)] == [CallState.CANCELLED]


def test_nobody_who_answers_is_called_on_until_they_are_written_to(desk: WiredDesk) -> None:
    who = desk.hire()
    ticket = desk.ticket_of(a_mail("Paskambinkite man 861234567"))
    times = []
    for _ in range(3):
        times.append(_calls(desk, ticket)[0][2])
        desk.do(lambda uow: desk.talking.missed_calls.note(uow, uow.tickets.get(ticket.id), who))
        desk.clock.move(days=1)

    after = desk.ticket(ticket)
    assert len(set(times)) == 3
    assert [state for state, *_ in _calls(desk, ticket)] == [CallState.MISSED]
    assert after.status is Status.WAITING
    assert desk.history(ticket).count("call_missed") == 3
    assert desk.new_debts()[-1].key == Key.CALL_MISSED


def test_those_who_are_to_call_are_reminded_once_for_each_time(desk: WiredDesk) -> None:
    desk.hire()
    desk.ticket_of(a_mail("Paskambinkite man rytoj ryte 861234567"))
    desk.new_debts()
    look = desk.talking.missed_calls.remind

    early = desk.do(look)
    desk.clock.move(hours=21)  # 11:00 in Vilnius on Tuesday, an hour before noon
    desk.clock.move(minutes=5)
    told = [desk.do(look), desk.do(look)]

    assert (early, told) == (0, [1, 1])
    assert [debt.key for debt in desk.new_debts()] == [Key.STAFF_CALL_DUE]
