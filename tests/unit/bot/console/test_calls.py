"""Calls on the web: wished for on the pages, written down in the console."""

import pytest

from handlers.domain.calls import CallState, CallWish
from handlers.domain.people import Consultant
from handlers.domain.tickets import Status
from tests.unit.bot.console.desk import Asked, Desk, console_address, words_of


def _calls(desk: Desk, asked: Asked) -> list[CallWish]:
    return list(desk.write(lambda uow: uow.calls.of_ticket(asked.id)))


@pytest.mark.usefixtures("rasa")
def test_a_call_is_wished_for_on_the_page_noted_missed_and_cancelled(desk: Desk) -> None:
    asked = desk.ask()
    wrong = desk.client.post(asked.page, data={"call": "1", "phone": "123"})
    slot = wrong.text.partition('<option value="')[2].partition('"')[0]
    noted = desk.client.post(asked.page, data={"call": "1", "phone": "8 612 34567", "slot": slot})
    missed = desk.client.post(console_address(asked, "missed"))

    assert (wrong.status_code, "paskambinti nepavyktų" in wrong.text) == (422, True)
    assert "Paskambinsime numeriu +37061234567" in words_of(noted.text)
    assert "Prašo paskambinti +37061234567" in words_of(missed.text)
    assert [(each.state, each.missed) for each in _calls(desk, asked)] == [(CallState.WISHED, 1)]

    gone = desk.client.post(asked.page, data={"uncall": "1"})
    assert "Neskambinsime." in words_of(gone.text)
    assert desk.client.post(console_address(asked, "missed")).status_code == 404


def test_a_number_in_the_form_is_a_wish_to_be_called(desk: Desk) -> None:
    asked = desk.ask(phone="+370 612 34567")

    assert [each.phone for each in _calls(desk, asked)] == ["+37061234567"]
    assert desk.ticket(asked).status is Status.NEW


def test_a_call_is_written_down_in_the_console_to_a_ticket_or_to_one_of_its_own(
    mailing_desk: Desk,
) -> None:
    desk = mailing_desk
    rasa = desk.add_consultant()
    desk.sign_in(rasa)
    asked = desk.ask(email="ona@nvo.example")
    form = {"kind": "visit", "advice": "Aptarėme drakonus.", "minutes": "45", "place": "biblioteka"}

    wrong = desk.client.post("/console/talk", data={**form, "municipality": "Kaunas"})
    own = desk.client.post("/console/talk", data={**form, "municipality": "Kauno r."})
    added = desk.client.post("/console/talk", data={**form, "ticket": asked.reference})
    number = desk.articles(asked)[-1].id
    sent = desk.client.post(f"/console/talks/{number}/summary", data={"text": "Trumpai."})

    assert wrong.status_code == 422
    assert "Kuri savivaldybė? Galimos: Kauno m. sav., Kauno r. sav." in words_of(wrong.text)
    assert "Aptarėme drakonus." in wrong.text
    assert "45 min. · biblioteka" in words_of(own.text)
    assert "Įrašyta." in words_of(added.text)
    assert desk.ticket(asked).status is Status.WAITING
    assert "Santrauka bus išsiųsta." in words_of(sent.text)
    assert [each.kind for each in desk.articles(asked)] == ["inbound", "visit", "reply"]


def test_a_ticket_of_a_restricted_queue_takes_no_call_from_others(
    desk: Desk, rasa: Consultant
) -> None:
    asked = desk.ask("Prašau ištrinti visą mūsų susirašinėjimą ir asmens duomenis")
    assert desk.ticket(asked).queue not in rasa.queues

    page = desk.client.post("/console/talk", data={"advice": "x", "ticket": asked.reference})

    assert page.status_code == 422
    assert desk.client.post(console_address(asked, "missed")).status_code == 404
    assert desk.client.post("/console/talks/1/summary", data={}).status_code == 404
