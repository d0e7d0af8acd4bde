"""Letters with several questions on the asker's and the consultant's page."""

from handlers.domain.people import Consultant
from handlers.domain.tickets import Status
from knowledge_base.queues import GENERAL
from tests.unit.bot.console.desk import (
    FAMILIAR,
    FAMILIAR_ANSWER,
    STRANGE,
    Desk,
    console_address,
    words_of,
)

PUZZLE = "Kodėl mūsų katinas miega ant stogo?"
LETTER = f"Laba diena,\n\n{FAMILIAR} {PUZZLE}\n\nPagarbiai\nOna"
UKRAINIAN = "Чи можемо ми отримати підтримку для громади?"


def test_the_api_tells_what_is_answered_and_what_waits(desk: Desk) -> None:
    body = {"text": LETTER}
    headers = {"Idempotency-Key": "laiškas".encode().hex()}

    first, again = (
        desk.client.post("/api/questions", json=body, headers=headers).json() for _ in range(2)
    )

    assert first == again
    assert (first["decision"], first["answer"]) == ("unsure", None)
    (answer,) = first["partial"]["answers"]
    assert (answer["question"], answer["id"], answer["text"]) == (
        FAMILIAR,
        "drakonai",
        FAMILIAR_ANSWER,
    )
    assert first["partial"]["waiting"] == [PUZZLE]


def test_the_askers_page_shows_each_answer_under_its_question(desk: Desk) -> None:
    asked = desk.ask(LETTER)

    page = words_of(desk.client.get(asked.page).text)

    assert desk.ticket(asked).status is Status.NEW
    assert f"{FAMILIAR} atsakyta {PUZZLE} atsakys konsultantas" in page
    assert "Į dalį Jūsų klausimų atsakyta iš karto, kiti perduoti konsultantui." in page
    assert f"{FAMILIAR} Drakonų voljerą prižiūri bendruomenė." in page


def test_a_consultant_sees_question_by_question_why(desk: Desk, rasa: Consultant) -> None:
    assert rasa.active
    asked = desk.ask(LETTER)

    page = words_of(desk.client.get(console_address(asked)).text)

    assert f"{FAMILIAR} atsakyta automatiškai" in page
    assert f"{PUZZLE} laukia atsakymo" in page
    assert "Panašaus įrašo atsakymų bazėje nėra." in page


def test_a_pressed_topic_moves_the_question_once(desk: Desk) -> None:
    asked = desk.ask(STRANGE)
    page = desk.client.get(asked.page).text
    topic = page.partition('<button name="topic" value="')[2].partition('"')[0]
    assert (desk.ticket(asked).queue, bool(topic)) == (GENERAL, True)

    pages = [desk.client.post(asked.page, data={"topic": topic}).text for _ in range(2)]

    assert desk.ticket(asked).queue == topic
    assert all("Ačiū. Klausimas perduotas" in words_of(each) for each in pages)
    assert '<button name="topic"' not in pages[1]


def test_who_asks_in_ukrainian_reads_a_sentence_in_it(desk: Desk) -> None:
    asked = desk.ask(UKRAINIAN)

    page = desk.client.get(asked.page).text

    assert '<p lang="uk"><strong>Перевіреної відповіді українською мовою ми не маємо' in page


def test_a_lithuanian_text_is_shown_as_what_it_is(desk: Desk) -> None:
    asked = desk.ask(FAMILIAR, language="en")

    page = desk.client.get(asked.page).text

    assert [row.kind for row in desk.articles(asked)] == ["inbound"]
    assert "We have no reviewed answer in your language" in page
    shown = words_of(page.partition("Answer to a similar question, in Lithuanian")[2])
    assert shown.startswith(f"{FAMILIAR} Drakonų voljerą prižiūri bendruomenė.")
    assert '<section class="piece" lang="lt">' in page
