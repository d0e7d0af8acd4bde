"""One ticket in the console: what its page shows and does."""

from dataclasses import replace
from datetime import timedelta

import pytest

from handlers.desk import Words
from handlers.domain.channels import Attachment, Channel
from handlers.domain.people import Consultant
from handlers.domain.tickets import ArticleKind, Status
from handlers.drafting import Drafting
from knowledge_base.routes import Condition, Route
from tests.builders import a_mail
from tests.unit.bot.console.desk import (
    FAMILIAR,
    FAMILIAR_ANSWER,
    STRANGE,
    Desk,
    console_address,
    form_value,
    words_of,
)


def test_the_page_shows_why_the_machine_decided_so(desk: Desk, rasa: Consultant) -> None:
    asked = desk.ask()

    page = words_of(desk.client.get(console_address(asked)).text)

    assert "Sprendimas: perduoti konsultantui." in page
    assert "Panašaus įrašo atsakymų bazėje nėra." in page
    assert rasa.name in page


def test_the_whole_letter_and_its_files_are_one_click_away(desk: Desk, rasa: Consultant) -> None:
    asked = desk.ask(STRANGE, municipality="Atlantida")
    file = Attachment(
        sha256=desk.app.files.put(b"%PDF"), name="sutartis.pdf", content_type="x/y", size=4
    )
    words = Words(text="Žr. priedą", channel=Channel.COMMAND, attachments=(file,))
    desk.write(lambda uow: desk.app.desk.note(uow, asked.id, rasa, words))

    page = desk.client.get(console_address(asked)).text
    sent = desk.client.get(f"{console_address(asked)}/files/{file.sha256}")

    assert "Rodyti visą laišką" in page
    assert "(Atlantida)" in page
    assert (sent.content, sent.headers["content-type"]) == (b"%PDF", "application/octet-stream")
    assert desk.client.get(f"{console_address(asked)}/files/{'0' * 64}").status_code == 404


@pytest.mark.parametrize(
    ("acts", "status", "owned"),
    [
        (("take",), Status.OPEN, True),
        (("take", "release"), Status.NEW, False),
        (("resolve",), Status.RESOLVED, False),
        (("take", "resolve", "reopen"), Status.OPEN, True),
        (("spam",), Status.SPAM, False),
    ],
)
def test_a_button_does_what_it_says(
    desk: Desk, rasa: Consultant, acts: tuple[str, ...], status: Status, *, owned: bool
) -> None:
    asked = desk.ask()

    pages = [desk.client.post(console_address(asked, act)) for act in acts]

    assert [page.status_code for page in pages] == [200] * len(acts)
    ticket = desk.ticket(asked)
    assert (ticket.status, ticket.owner) == (status, rasa.id if owned else None)


def test_a_reply_reaches_the_askers_page(desk: Desk, rasa: Consultant) -> None:
    asked = desk.ask()
    version = form_value(desk.client.get(console_address(asked)).text, "version")

    page = desk.client.post(
        console_address(asked, "reply"),
        data={"text": "Laba diena,\r\n\r\nštai.", "version": version},
    )

    assert "Atsakymas perduotas siųsti." in page.text
    assert "rodoma klausėjo puslapyje" in page.text
    assert "štai." in desk.client.get(asked.page).text
    assert desk.ticket(asked).status is Status.WAITING
    assert rasa.id == desk.ticket(asked).owner
    assert desk.rung


def test_a_consultant_chooses_who_of_those_in_copy_gets_the_answer(
    mailing_desk: Desk,
) -> None:
    rasa = mailing_desk.add_consultant(queues=frozenset({"bendra"}))
    mailing_desk.sign_in(rasa)
    mail = a_mail(copies=("jonas@nvo.lt", "ieva@nvo.lt"), programme="Aktyvūs miestai")
    receipt = mailing_desk.write(lambda uow: mailing_desk.app.intake.receive(uow, mail))
    assert receipt.ticket is not None
    address = f"/console/tickets/{receipt.ticket.reference}"

    page = mailing_desk.client.get(address).text
    refused = mailing_desk.client.post(f"{address}/reply", data={"text": " ", "cc:ieva@nvo.lt": ""})
    mailing_desk.client.post(f"{address}/reply", data={"text": "Taip.", "cc:jonas@nvo.lt": "on"})

    owed = mailing_desk.write(lambda uow: uow.outbox.rows())
    assert "Aktyvūs miestai" in page
    assert 'name="cc:jonas@nvo.lt">' in page
    assert 'name="cc:ieva@nvo.lt" checked>' in refused.text
    assert {row.to for row in owed if row.key == "reply"} == {"ona@bendruomene.lt", "jonas@nvo.lt"}


def test_a_reply_may_settle_the_matter_at_once(desk: Desk, rasa: Consultant) -> None:
    asked = desk.ask()

    desk.client.post(console_address(asked, "reply"), data={"text": "Štai.", "then": "resolve"})

    assert (desk.ticket(asked).status, desk.ticket(asked).owner) == (Status.RESOLVED, rasa.id)


def test_who_replies_to_what_has_changed_keeps_the_words_and_sees_the_news(
    desk: Desk, rasa: Consultant
) -> None:
    asked = desk.ask()
    page = desk.client.get(console_address(asked)).text
    desk.write(lambda uow: desk.app.desk.take(uow, asked.id, rasa))
    desk.client.post(asked.page, data={"text": "Jau nebereikia."})

    form = {"version": form_value(page, "version"), "seen": form_value(page, "seen")}
    conflict = desk.client.post(
        console_address(asked, "reply"), data={"text": "Ilgas tekstas", **form}
    )

    assert conflict.status_code == 409
    assert "Ilgas tekstas</textarea>" in conflict.text
    assert conflict.text.count("fresh") == 1
    assert "Jau nebereikia." in conflict.text
    assert [article.kind for article in desk.articles(asked)] == [ArticleKind.INBOUND] * 2
    form = {"version": form_value(conflict.text, "version")}
    sent = desk.client.post(console_address(asked, "reply"), data={"text": "Ilgas tekstas", **form})
    assert sent.status_code == 200
    assert desk.articles(asked)[-1].kind is ArticleKind.REPLY


def test_an_empty_reply_is_not_sent(desk: Desk, rasa: Consultant) -> None:
    asked = desk.ask()

    page = desk.client.post(console_address(asked, "reply"), data={"text": "  "})

    assert (page.status_code, rasa.active) == (422, True)
    assert len(desk.articles(asked)) == 1


def test_a_note_stays_inside(desk: Desk, rasa: Consultant) -> None:
    asked = desk.ask()

    page = desk.client.post(console_address(asked, "note"), data={"text": "Paskambinti"})

    assert "said-note" in page.text
    assert f"{rasa.name} vidinė pastaba, klausėjas jos nemato" in words_of(page.text)
    assert "Paskambinti" not in desk.client.get(asked.page).text


def test_a_draft_is_seen_and_sent_once(desk: Desk, rasa: Consultant) -> None:
    asked = desk.ask()
    drafting = Drafting(clock=desk.app.clock, desk=desk.app.desk)
    words = Words(text="Galbūt taip.", channel=Channel.TELEGRAM)
    desk.write(lambda uow: drafting.prepare(uow, asked.id, rasa, words))
    seen = desk.client.get(console_address(asked)).text
    assert f"Klausiančiajam neišsiųsta. Parengė {rasa.name}. Galbūt taip." in words_of(seen)
    assert "Galbūt taip." not in desk.client.get(asked.page).text

    draft = {"draft": form_value(seen, "draft")}
    pages = [desk.client.post(console_address(asked, "send-draft"), data=draft) for _ in range(2)]

    assert "Juodraštis išsiųstas." in words_of(pages[0].text)
    assert "Šio juodraščio nebėra" in words_of(pages[1].text)
    assert desk.client.get(asked.page).text.count("Galbūt taip.") == 1


def test_a_transfer_out_of_sight_leads_back_to_the_list(desk: Desk) -> None:
    desk.sign_in(desk.add_consultant(queues=frozenset({"bendra"})))
    asked = desk.ask()

    page = desk.client.post(console_address(asked, "transfer"), data={"queue": "mokymai"})

    assert page.url.path == "/console"
    assert "Kreipinys perduotas." in page.text
    assert desk.ticket(asked).queue == "mokymai"


def test_a_faq_answer_is_inserted_without_losing_what_was_typed(
    desk: Desk, rasa: Consultant
) -> None:
    asked = desk.ask(FAMILIAR)

    page = desk.client.post(
        console_address(asked, "reply"), data={"text": "Laba diena,", "insert": "drakonai"}
    )

    assert f"Laba diena,\n\n{FAMILIAR_ANSWER}</textarea>" in page.text
    assert [article.kind for article in desk.articles(asked)] == [
        ArticleKind.INBOUND,
        ArticleKind.SUGGESTED,
    ]
    assert rasa.name in page.text


def test_an_answer_that_may_not_be_given_today_is_marked(desk: Desk, rasa: Consultant) -> None:
    entry = desk.app.knowledge.current().entry("drakonai")
    assert entry is not None
    late = replace(entry, review_by=(desk.clock.now() - timedelta(days=1)).date())
    desk.write(lambda uow: uow.entries.put([late], at=desk.clock.now(), by=rasa.name))

    page = desk.client.get(console_address(desk.ask(FAMILIAR))).text

    assert "Šiandien to paties atsakymo programa nesiųstų" in page


def test_the_longest_waiting_ticket_is_one_key_away(desk: Desk, rasa: Consultant) -> None:
    first, second = desk.ask(), desk.ask()

    page = desk.client.get(console_address(second)).text

    assert f'href="{console_address(first)}" data-key="n"' in page
    assert rasa.name in page


def test_the_console_speaks_english_to_who_wants_it(desk: Desk, rasa: Consultant) -> None:
    asked = desk.ask()

    desk.client.get("/console", params={"lang": "en"})

    page = desk.client.get(console_address(asked)).text
    assert '<html lang="en">' in page
    assert "Reply to the asker" in page
    assert rasa.name in page


def test_who_answers_from_an_older_view_is_told_what_happened_and_sends_by_a_second_press(
    desk: Desk, rasa: Consultant
) -> None:
    asked = desk.ask()
    page = desk.client.get(console_address(asked)).text
    jonas = desk.add_consultant("Jonas")
    desk.write(lambda uow: desk.app.desk.take(uow, asked.id, jonas))
    desk.write(lambda uow: desk.app.desk.release(uow, asked.id, jonas))

    def send(shown: str) -> str:
        form = {name: form_value(shown, name) for name in ("version", "seen", "lines")}
        address = console_address(asked, "reply")
        return desk.client.post(address, data={"text": "Štai.", **form}).text

    told = send(page)
    before = [article.kind for article in desk.articles(asked)]
    done = send(told)

    assert "Nuo tada, kai atvėrėte" in told
    assert [told.count(f"{act} <small>Jonas") for act in ("Paimta", "Paleista")] == [1, 1]
    assert "Siųsti vis tiek" in told
    assert (before, rasa.active) == ([ArticleKind.INBOUND], True)
    assert "Atsakymas perduotas siųsti." in done
    assert desk.articles(asked)[-1].kind is ArticleKind.REPLY


def test_a_change_that_matters_to_no_answer_stops_none(desk: Desk, rasa: Consultant) -> None:
    asked = desk.ask()
    page = desk.client.get(console_address(asked)).text
    desk.client.post(console_address(asked, "priority"), data={"priority": "high"})

    form = {name: form_value(page, name) for name in ("version", "seen", "lines")}
    desk.client.post(console_address(asked, "reply"), data={"text": "Štai.", **form})

    assert (desk.articles(asked)[-1].kind, rasa.active) == (ArticleKind.REPLY, True)


def test_what_a_route_did_is_shown_with_its_reason_and_undone_by_a_button(desk: Desk) -> None:
    lithuanian = ((Condition.LANGUAGE, ("lt",)),)
    route = Route(name="visi", queue="finansai", conditions=lithuanian, source="Bandymas")
    desk.write(lambda uow: uow.routes.put(route, at=desk.clock.now(), by="rasa"))
    desk.sign_in(desk.add_consultant())
    asked = desk.ask()

    page = desk.client.get(console_address(asked)).text
    done = desk.client.post(console_address(asked, "unroute"), follow_redirects=True)

    assert "Maršrutas „visi“ (kalba – lt), 1 versija." in words_of(page)
    assert "Atšaukti maršrutą" in page
    assert "Maršrutas atšauktas" in words_of(done.text)
    assert desk.ticket(asked).queue != "finansai"
    assert "Atšaukti maršrutą" not in done.text
