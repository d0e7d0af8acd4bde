"""The calendar of trainings on the web: read, subscribed to, registered on."""

from dataclasses import replace
from datetime import date, time

from icalendar import Calendar

from handlers.domain.channels import Address, Channel
from handlers.domain.trainings import Enrolment, Seat, Training
from tests.unit.bot.console.desk import MONDAY, Desk, words_of

TRAINING = Training(
    id="m1",
    title="NVO tarybų <mokymai>",
    days=(date(2026, 12, 1), date(2026, 12, 2)),
    begins=time(9),
    ends=time(16),
    municipality="Zarasų r. sav.",
    place="Savivaldybės salė",
    seats=1,
)
ONA = {"name": "Ona Onaitė", "email": "ona@example.org", "municipality": "Zarasai"}


def plan(desk: Desk) -> None:
    desk.write(lambda uow: uow.trainings.put(TRAINING, at=MONDAY, by="rasa"))


def enrolments(desk: Desk) -> list[Enrolment]:
    return list(desk.write(lambda uow: uow.trainings.enrolments("m1")))


def test_the_calendar_begins_empty_then_tells_when_where_and_how_many(desk: Desk) -> None:
    empty = words_of(desk.client.get("/mokymai").text)
    plan(desk)
    page = desk.client.get("/mokymai").text
    spoken = [desk.client.get("/mokymai/m1", params={"lang": code}).text for code in ("en", "ru")]

    assert "Šiuo metu mokymų, į kuriuos galima registruotis, nėra." in empty
    assert '<html lang="lt">' in page
    assert "NVO tarybų &lt;mokymai&gt;" in page
    assert "2026 m. gruodžio 1 d. ir 2026 m. gruodžio 2 d., 09:00–16:00" in words_of(page)
    assert "Laisvų vietų: 1." in words_of(page)
    assert ["Register" in spoken[0], "Зарегистрироваться" in spoken[1]] == [True, True]
    assert desk.client.get("/mokymai/m2").status_code == 404


def test_the_feed_has_an_event_for_each_day(desk: Desk) -> None:
    plan(desk)

    answer = desk.client.get("/mokymai.ics")

    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    assert [(str(event["uid"]), event.decoded("dtstart").isoformat()) for event in events] == [
        ("m1-1@testserver", "2026-12-01T07:00:00+00:00"),
        ("m1-2@testserver", "2026-12-02T07:00:00+00:00"),
    ]
    assert {str(event["location"]) for event in events} == {"Savivaldybės salė, Zarasų r. sav."}


def test_without_mail_whoever_registers_sees_it_on_their_page_and_may_give_it_up(
    desk: Desk,
) -> None:
    plan(desk)

    page = desk.client.post("/mokymai/m1", data={**ONA, "organisation": "VšĮ „X“"})
    (seated,) = enrolments(desk)
    left = desk.client.post(page.url.path, data={"leave": "1"})

    assert page.url.path.startswith("/t/")
    assert "Jūsų registracija patvirtinta." in words_of(page.text)
    assert (seated.name, seated.organisation, seated.municipality, seated.seat) == (
        "Ona Onaitė",
        "VšĮ „X“",
        "Zarasų r. sav.",
        Seat.TAKEN,
    )
    assert "Vietos atsisakėte." in words_of(left.text)
    assert enrolments(desk)[0].seat is Seat.LEFT


def test_what_was_typed_stays_when_something_is_wrong(desk: Desk) -> None:
    plan(desk)
    wrong = [
        desk.client.post("/mokymai/m1", data={**ONA, **given})
        for given in ({"name": " "}, {"email": "blogas"}, {"municipality": "Klaipėda"})
    ]

    desk.write(
        lambda uow: uow.trainings.put(replace(TRAINING, called_off=True), at=MONDAY, by="rasa")
    )
    late = desk.client.post("/mokymai/m1", data=ONA)

    assert (late.status_code, "Šie mokymai neįvyks." in late.text) == (409, True)
    assert [page.status_code for page in wrong] == [422, 422, 422]
    assert 'value="blogas" aria-invalid="true"' in wrong[1].text
    assert "Galimos: Klaipėdos m. sav., Klaipėdos r. sav." in words_of(wrong[2].text)
    assert enrolments(desk) == []


def test_somebody_elses_address_shows_and_changes_nothing_of_theirs(mailing_desk: Desk) -> None:
    plan(mailing_desk)
    first = mailing_desk.client.post("/mokymai/m1", data=ONA)
    again = mailing_desk.client.post("/mokymai/m1", data={**ONA, "name": "Kas Kitas"})
    address = Address(Channel.MAIL, "ona@example.org")

    owed = mailing_desk.write(
        lambda uow: [row.key for row in uow.outbox.rows() if row.to == address.value]
    )

    assert {str(page.url) for page in (first, again)} == {
        "https://pagalba.nvo.example/mokymai/m1?done=1"
    }
    assert "Registraciją gavome." in words_of(again.text)
    assert [each.name for each in enrolments(mailing_desk)] == ["Ona Onaitė"]
    assert owed == ["training-seated", "training-seated"]
