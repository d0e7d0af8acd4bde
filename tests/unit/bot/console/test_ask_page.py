"""The ask page: a plain form that becomes a ticket."""

from pathlib import Path

import pytest

from handlers.domain.channels import Address, Channel
from tests.unit.bot.console.desk import STRANGE, Desk, form_value, open_test_desk, words_of

KEEP = "Išsisaugokite šią nuorodą: atsakymą matysite tik čia."


def test_the_page_is_lithuanian_and_has_one_plain_form(desk: Desk) -> None:
    page = desk.client.get("/")

    assert page.status_code == 200
    assert '<html lang="lt">' in page.text
    assert page.text.count("<form") == 1
    assert page.text.count("<option value=") == 60
    assert "<style" not in page.text
    assert " style=" not in page.text


@pytest.mark.parametrize(
    ("language", "title"), [("en", "Ask a question"), ("ru", "Задайте вопрос")]
)
def test_the_page_speaks_the_chosen_language(desk: Desk, language: str, title: str) -> None:
    page = desk.client.get("/", params={"lang": language})

    assert f'<html lang="{language}">' in page.text
    assert f"<h1>{title}</h1>" in page.text


def test_a_question_leads_to_its_own_page(desk: Desk) -> None:
    key = form_value(desk.client.get("/").text, "key")

    asked = desk.client.post("/", data={"text": STRANGE, "key": key}, follow_redirects=False)

    assert asked.status_code == 303
    page = desk.client.get(asked.headers["location"])
    assert "Klausimas NVO-1" in page.text
    assert STRANGE in page.text


def test_the_chosen_language_stays_after_asking(desk: Desk) -> None:
    asked = desk.client.post("/?lang=en", data={"text": STRANGE}, follow_redirects=False)

    assert asked.headers["location"].endswith("?lang=en")


def test_a_form_sent_twice_is_one_question_and_a_changed_one_another(desk: Desk) -> None:
    key = form_value(desk.client.get("/").text, "key")

    sent = [
        desk.client.post("/", data={"text": text, "key": key}, follow_redirects=False)
        for text in (STRANGE, STRANGE, STRANGE + " ir kitos")
    ]

    assert len({answer.headers["location"] for answer in sent[:2]}) == 1
    assert len(desk.write(lambda uow: uow.tickets.rows())) == 2


def test_what_was_typed_stays_when_something_is_wrong(desk: Desk) -> None:
    page = desk.client.post(
        "/", data={"text": STRANGE, "email": "blogas", "municipality": "Kaunas"}
    )

    assert page.status_code == 422
    assert STRANGE in page.text
    assert 'value="blogas" aria-invalid="true"' in page.text
    assert 'value="Kaunas"' in page.text
    assert '<a href="#email">El. pašto adresas neteisingas.' in page.text


def test_nobody_configured_to_answer_is_said_and_no_time_is_promised(desk: Desk) -> None:
    page = words_of(desk.client.get("/").text)

    assert "Kol kas niekas nepaskirtas atsakyti į klausimus." in page
    assert "planuojame" not in page


def test_with_somebody_to_answer_the_day_is_named(desk: Desk) -> None:
    desk.add_consultant()

    page = words_of(desk.client.get("/").text)

    assert "atsakyti planuojame iki 2026 m. lapkričio 25 d." in page
    assert "niekas nepaskirtas" not in page


def test_an_asker_without_an_address_is_told_to_keep_the_link(desk: Desk) -> None:
    page = desk.client.post("/", data={"text": STRANGE})

    assert KEEP in page.text
    assert f'value="http://testserver{page.url.path}"' in page.text


def test_an_asker_with_an_address_is_written_to_and_needs_no_link(mailing_desk: Desk) -> None:
    page = mailing_desk.client.post("/", data={"text": STRANGE, "email": "ona@example.org"})

    assert KEEP not in page.text
    person = mailing_desk.write(
        lambda uow: uow.people.find(Address(Channel.MAIL, "ona@example.org"))
    )
    assert person is not None
    owed = mailing_desk.write(lambda uow: [(row.kind, row.to) for row in uow.outbox.rows()])
    assert owed == [("acknowledgement", "ona@example.org")]
    assert mailing_desk.rung


def test_an_address_is_no_promise_where_no_mail_is_sent(desk: Desk) -> None:
    page = desk.client.post("/", data={"text": STRANGE, "email": "ona@example.org"})

    assert KEEP in page.text


def test_who_asks_too_often_keeps_the_words(tmp_path: Path) -> None:
    with open_test_desk(tmp_path, web_rate="1/1m") as desk:
        desk.client.post("/", data={"text": STRANGE})
        page = desk.client.post("/", data={"text": "Dar vienas klausimas"})

    assert (page.status_code, page.headers["retry-after"]) == (429, "60")
    assert "Dar vienas klausimas" in page.text


def test_a_form_from_another_site_is_refused(desk: Desk) -> None:
    refused = [
        desk.client.post("/", data={"text": STRANGE}, headers=headers).status_code
        for headers in (
            {"Sec-Fetch-Site": "cross-site"},
            {"Sec-Fetch-Site": "same-site"},
            {"Origin": "https://kitur.example"},
            {"Origin": "null"},
        )
    ]

    assert refused == [403] * 4
    assert desk.write(lambda uow: uow.tickets.rows()) == []


def test_a_body_that_is_no_form_or_too_large_is_refused(desk: Desk) -> None:
    as_json = desk.client.post("/", json={"text": STRANGE})
    as_book = desk.client.post("/", data={"text": "a" * 300_000})

    assert (as_json.status_code, as_book.status_code) == (415, 413)


def test_the_privacy_page_tells_who_sees_what_and_how_long(desk: Desk) -> None:
    page = words_of(desk.client.get("/privatumas").text)

    for word in ("Ką saugome", "NVO konsultantai", "po 365 dienų", "Jūsų teisės", "slapukų"):
        assert word in page
    assert "Telegram" not in page
