"""The asker's own page: opened by its token alone, and showing nothing internal."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest

from handlers.desk import Words
from handlers.domain.channels import Attachment, Channel
from handlers.domain.tickets import ArticleKind, NewArticle, Status
from handlers.ports import UnitOfWork
from handlers.tokens import Claim, Purpose
from tests.unit.bot.console.desk import (
    FAMILIAR,
    FAMILIAR_ANSWER,
    STRANGE,
    Asked,
    Desk,
    form_value,
    words_of,
)


def test_an_answer_shows_its_source_its_check_and_that_a_machine_gave_it(desk: Desk) -> None:
    page = desk.client.get(desk.ask(FAMILIAR).page)

    shown = words_of(page.text)
    assert "Drakonų voljerą prižiūri bendruomenė." in shown
    assert "Šaltinis: Bendruomenių įstatymas (2025)" in shown
    assert "Informacija patikrinta 2026 m. lapkričio 20 d." in shown
    assert "Šį atsakymą parinko programa, o ne žmogus." in shown
    assert '<a href="https://pavyzdys.lt/bo" rel="noopener noreferrer nofollow">' in page.text


def test_the_page_is_kept_from_searches_referrers_and_caches(desk: Desk) -> None:
    headers = desk.client.get(desk.ask().page).headers

    told = {name: headers[name] for name in ("referrer-policy", "cache-control", "x-robots-tag")}
    assert told == {
        "referrer-policy": "no-referrer",
        "cache-control": "no-store",
        "x-robots-tag": "noindex, nofollow",
    }
    assert "set-cookie" not in headers


def test_only_the_pages_own_token_opens_it(desk: Desk) -> None:
    asked = desk.ask()
    tokens = desk.app.tokens
    others = [
        asked.page + "a",
        asked.page.replace("w.1.", "w.2."),
        "/t/" + tokens.sign(Claim(Purpose.THREAD, asked.id)),
        "/t/" + tokens.sign(Claim(Purpose.PAGE, type(asked.id)(77))),
        "/t/",
    ]

    assert [desk.client.get(page).status_code for page in others] == [404] * 5
    assert [desk.client.post(page, data={"text": "a"}).status_code for page in others] == [404] * 5


def test_notes_calls_and_consultants_addresses_are_never_shown(desk: Desk) -> None:
    asked = desk.ask()
    who = desk.add_consultant()

    def work(uow: UnitOfWork) -> None:
        words = Words(text="Slapta pastaba", channel=Channel.COMMAND)
        desk.app.desk.note(uow, asked.id, who, words)
        call = NewArticle(
            ticket=asked.id,
            kind=ArticleKind.CALL,
            channel=Channel.COMMAND,
            author=who.name,
            text="Slaptas skambutis",
            at=desk.clock.now(),
        )
        uow.tickets.write(call)
        desk.app.desk.reply(uow, asked.id, who, replace(words, text="Laba diena, štai atsakymas."))

    desk.write(work)
    page = desk.client.get(asked.page).text

    assert "štai atsakymas" in page
    assert "NVO konsultantai" in page
    for internal in ("Slapta", "Slaptas", who.email, who.name):
        assert internal not in page


@pytest.mark.parametrize(
    ("pressed", "status"),
    [
        ({"wish": "helped"}, Status.RESOLVED),
        ({"wish": "not_helped"}, Status.NEW),
        ({"wish": "person"}, Status.NEW),
        ({"text": "1"}, Status.RESOLVED),
        ({"text": "2"}, Status.NEW),
        ({"text": "3"}, Status.NEW),
        ({"text": "konsultantas"}, Status.NEW),
        ({"text": "O kas, jei steigėjai du?"}, Status.NEW),
    ],
)
def test_a_button_and_a_typed_number_do_the_same(
    desk: Desk, pressed: Mapping[str, str], status: Status
) -> None:
    asked = desk.ask(FAMILIAR)

    done = desk.client.post(asked.page, data=pressed, follow_redirects=False)

    assert (done.status_code, done.headers["referrer-policy"]) == (303, "no-referrer")
    assert desk.ticket(asked).status is status
    assert desk.client.get(done.headers["location"]).status_code == 200


def test_a_suggestion_is_a_button_and_its_answer_follows(desk: Desk) -> None:
    asked = desk.ask(STRANGE)
    _offer(desk, asked, "drakonai", "vaivorykstes")

    page = desk.client.get(asked.page)
    assert "1. Kas prižiūri drakonų voljerą Pasvalyje?" in words_of(page.text)
    chosen = desk.client.post(asked.page, data={"wish": "1"})

    assert FAMILIAR_ANSWER.partition(" Daugiau")[0] in chosen.text
    assert "Šaltinis: Bendruomenių įstatymas" in words_of(chosen.text)
    assert desk.ticket(asked).status is Status.ANSWERED


def test_a_typed_number_chooses_a_suggestion(desk: Desk) -> None:
    asked = desk.ask(STRANGE)
    _offer(desk, asked, "drakonai", "vaivorykstes")

    page = desk.client.post(asked.page, data={"text": "2"})

    assert "Vaivorykštės nuomojamos po lietaus." in page.text


def test_a_follow_up_joins_the_ticket_and_is_kept_raw(desk: Desk) -> None:
    asked = desk.ask(STRANGE)
    key = form_value(desk.client.get(asked.page).text, "key")

    for _ in range(2):
        desk.client.post(asked.page, data={"text": "Tiksliau: žieminės.", "key": key})

    assert [article.text for article in desk.articles(asked)] == [STRANGE, "Tiksliau: žieminės."]
    assert [row.ticket for row in desk.write(lambda uow: uow.inbox.rows())] == [1, 1]


def test_a_word_after_a_long_silence_opens_a_new_ticket_and_leads_there(desk: Desk) -> None:
    asked = desk.ask(FAMILIAR)
    desk.client.post(asked.page, data={"wish": "helped"})
    desk.clock.move(timedelta(days=400))

    page = desk.client.post(asked.page, data={"text": "O kaip dėl padangų golfui?"})

    assert "Klausimas NVO-2" in page.text


def test_the_day_of_the_answer_is_told_only_while_it_lies_ahead(desk: Desk) -> None:
    desk.add_consultant()
    asked = desk.ask(STRANGE)
    before = words_of(desk.client.get(asked.page).text)

    desk.clock.move(timedelta(days=9))
    after = words_of(desk.client.get(asked.page).text)

    assert "Atsakyti planuojame iki 2026 m. lapkričio 25 d." in before
    assert "Atsakyti planuojame" not in after
    assert "laukia atsakymo" in after


def test_nobody_to_answer_is_told_here_too(desk: Desk) -> None:
    page = words_of(desk.client.get(desk.ask(STRANGE).page).text)

    assert "Kol kas niekas nepaskirtas" in page


def test_a_sensitive_question_names_112_and_no_topic(desk: Desk) -> None:
    asked = desk.ask("Vyras muša mane ir vaikus, bijau grįžti namo")

    page = words_of(desk.client.get(asked.page).text)

    assert "skambinkite 112" in page
    assert "Tema:" not in page


def test_what_somebody_writes_is_never_markup(desk: Desk) -> None:
    page = desk.client.get(desk.ask("<script>alert(1)</script> & <b>ką</b>").page)

    assert "<script>alert" not in page.text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;" in page.text


def test_a_file_of_a_reply_is_a_download_and_nothing_else(desk: Desk) -> None:
    asked = desk.ask()
    who = desk.add_consultant()
    hidden = _keep(desk, b"hidden")
    file = _keep(desk, b"<script>alert(1)</script>")
    words = Words(text="Priede.", channel=Channel.COMMAND, attachments=(file,))
    note = Words(text="Mums.", channel=Channel.COMMAND, attachments=(hidden,))
    desk.write(lambda uow: desk.app.desk.reply(uow, asked.id, who, words))
    desk.write(lambda uow: desk.app.desk.note(uow, asked.id, who, note))

    sent = desk.client.get(f"{asked.page}/files/{file.sha256}")
    refused = desk.client.get(f"{asked.page}/files/{hidden.sha256}")

    assert sent.content == b"<script>alert(1)</script>"
    assert sent.headers["content-type"] == "application/octet-stream"
    assert sent.headers["content-disposition"] == "attachment; filename*=UTF-8''ata%20skaita.html"
    assert sent.headers["x-content-type-options"] == "nosniff"
    assert refused.status_code == 404


def _keep(desk: Desk, content: bytes) -> Attachment:
    return Attachment(
        sha256=desk.app.files.put(content),
        name="../ata skaita.html".replace("../", "/"),
        content_type="text/html",
        size=len(content),
    )


def _offer(desk: Desk, asked: Asked, *entries: str) -> None:
    def work(uow: UnitOfWork) -> None:
        ticket = uow.tickets.get(asked.id)
        uow.tickets.save(replace(ticket, offered=entries), at=desk.clock.now())

    desk.write(work)


def test_who_named_a_city_with_a_twin_says_by_a_button_which_was_meant(desk: Desk) -> None:
    asked = desk.ask("Koks drakonų skaičius Klaipėdoje?")

    before = desk.client.get(asked.page).text
    desk.client.post(asked.page, data={"place": "Zarasų r. sav."})
    forged = desk.ticket(asked).municipality
    after = desk.client.post(asked.page, data={"place": "Klaipėdos r. sav."}, follow_redirects=True)

    assert [f'value="Klaipėdos {kind} sav."' in before for kind in ("m.", "r.")] == [True, True]
    assert (forged, desk.ticket(asked).municipality) == (None, "Klaipėdos r. sav.")
    assert "Užsirašėme, kuri savivaldybė." in words_of(after.text)
    assert 'name="place"' not in after.text
