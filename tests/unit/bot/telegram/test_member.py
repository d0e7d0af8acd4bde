"""What a member sees: questions, answers, buttons, files, commands."""

from datetime import timedelta

import pytest

from handlers.domain.tickets import Status
from tests.telegram_emulator.emulator import Emulator
from tests.telegram_emulator.talk import Attachment
from tests.unit.bot.telegram.desk import UNKNOWN, Desk


async def test_a_question_we_can_answer_is_answered_at_once(desk: Desk, emu: Emulator) -> None:
    ona = emu.user("Ona")
    question = emu.say(ona, desk.answerable())

    await desk.settle()

    answer = emu.last(ona)
    keyboard = answer.reply_markup.inline_keyboard if answer.reply_markup else []
    buttons = [[key.text for key in row] for row in keyboard]
    assert desk.ticket(ona).status is Status.ANSWERED
    assert buttons == [["Padėjo", "Nepadėjo"], ["Klausti konsultanto"]]
    assert answer.reply_to_message == question
    assert "Šaltinis: " in desk.said(ona)
    assert "1 – padėjo, 2 – nepadėjo, 3 – konsultantas" in desk.said(ona)


async def test_an_unknown_question_waits_for_a_consultant(desk: Desk, emu: Emulator) -> None:
    ona = emu.user("Ona")
    emu.say(ona, UNKNOWN)

    await desk.settle()

    ticket = desk.ticket(ona)
    assert ticket.status is Status.NEW
    assert desk.said(ona) == (
        "Gavome Jūsų klausimą ir perdavėme jį konsultantui. "
        f"Klausimo numeris – {ticket.reference}.\n\n"
        "Atsakyti planuojame iki 2026 m. lapkričio 25 d.\n\n"
        "Norėdami papildyti, atsakykite į šią žinutę. Kad atsakytume tiksliau, parašykite "
        "savivaldybę ir organizacijos pavadinimą."
    )


@pytest.mark.parametrize("press", ["Padėjo", "1", "padėjo"])
async def test_helped_resolves_by_button_or_by_word(desk: Desk, emu: Emulator, press: str) -> None:
    ona = emu.user("Ona")
    emu.say(ona, desk.answerable())
    await desk.settle()

    if press == "Padėjo":
        emu.click(ona, press)
    else:
        emu.say(ona, press)
    await desk.settle()

    assert desk.ticket(ona).status is Status.RESOLVED
    assert desk.said(ona).startswith("Ačiū, kad pranešėte.")


@pytest.mark.parametrize("press", ["Nepadėjo", "Klausti konsultanto"])
async def test_not_helped_brings_in_a_person(desk: Desk, emu: Emulator, press: str) -> None:
    ona = emu.user("Ona")
    emu.say(ona, desk.answerable())
    await desk.settle()

    emu.click(ona, press)
    await desk.settle()

    assert desk.ticket(ona).status is Status.NEW
    assert desk.said(ona).startswith(f"Klausimą {desk.ticket(ona).reference} perdavėme")


async def test_a_button_pressed_twice_counts_once(desk: Desk, emu: Emulator) -> None:
    ona = emu.user("Ona")
    emu.say(ona, desk.answerable())
    await desk.settle()

    emu.click(ona, "Nepadėjo")
    emu.click(ona, "Nepadėjo")
    await desk.settle()

    assert len([text for text in desk.texts(ona) if text.startswith("Klausimą ")]) == 1


async def test_suggestions_are_chosen_by_button(desk: Desk, emu: Emulator) -> None:
    ona = emu.user("Ona")
    emu.say(ona, desk.near())
    await desk.settle()
    assert desk.said(ona).startswith("Gal klausiate apie tai?\n\n1. ")

    emu.click(ona, "1")
    await desk.settle()

    assert "Tai automatinis atsakymas" in desk.said(ona)


async def test_none_of_the_suggestions_is_confirmed(desk: Desk, emu: Emulator) -> None:
    ona = emu.user("Ona")
    emu.say(ona, desk.near())
    await desk.settle()

    emu.click(ona, "Nė vienas – klausti konsultanto")
    emu.click(ona, "Nė vienas – klausti konsultanto")
    await desk.settle()

    assert [text.split(" ")[0] for text in desk.texts(ona)][-2:] == ["Gal", "Klausimą"]


@pytest.mark.parametrize("data", ["a:1:helped", "a:1:person", "a:999:helped", "s:1:take", "?", ""])
async def test_a_forged_button_changes_nothing(desk: Desk, emu: Emulator, data: str) -> None:
    ona, petras = emu.user("Ona"), emu.user("Petras")
    emu.say(ona, desk.answerable())
    emu.say(petras, UNKNOWN)
    await desk.settle()
    before = [desk.ticket(ona), desk.ticket(petras)]

    emu.forge(petras, emu.last(petras), data)
    await desk.settle()

    assert [desk.ticket(ona), desk.ticket(petras)] == before


async def test_every_press_is_answered_without_content(desk: Desk, emu: Emulator) -> None:
    ona = emu.user("Ona")
    emu.say(ona, desk.answerable())
    await desk.settle()

    emu.click(ona, "Padėjo")
    await desk.settle()

    [answered] = emu.calls("answerCallbackQuery")
    assert list(answered.arguments) == ["callback_query_id"]


async def test_a_reply_to_our_message_goes_on_with_its_ticket(desk: Desk, emu: Emulator) -> None:
    ona = emu.user("Ona")
    emu.say(ona, UNKNOWN)
    await desk.settle()
    acknowledged = emu.last(ona)
    emu.say(ona, "O kada išmoka bus pervesta į Marsą?")
    await desk.settle()

    emu.reply(ona, acknowledged, "Skristume dviese.")
    await desk.settle()

    first, second = desk.tickets(ona)
    assert desk.articles(first) == [("inbound", UNKNOWN), ("inbound", "Skristume dviese.")]
    assert len(desk.articles(second)) == 1


async def test_a_reply_to_ones_own_message_goes_on_too(desk: Desk, emu: Emulator) -> None:
    ona = emu.user("Ona")
    question = emu.say(ona, UNKNOWN)
    await desk.settle()

    emu.reply(ona, question, "Skristume dviese.")
    await desk.settle()

    assert desk.articles(desk.ticket(ona))[-1] == ("inbound", "Skristume dviese.")


async def test_a_changed_message_is_a_new_version_in_the_same_ticket(
    desk: Desk, emu: Emulator
) -> None:
    ona = emu.user("Ona")
    question = emu.say(ona, UNKNOWN)
    await desk.settle()

    emu.edit(ona, question, "Kiek kainuoja skrydis į Marsą?")
    await desk.settle()

    assert desk.articles(desk.ticket(ona)) == [
        ("inbound", UNKNOWN),
        ("inbound", "(pataisyta)\nKiek kainuoja skrydis į Marsą?"),
    ]


async def test_a_greeting_changed_into_a_question_is_a_question(desk: Desk, emu: Emulator) -> None:
    ona = emu.user("Ona")
    greeting = emu.say(ona, "Laba diena")
    await desk.settle()
    assert desk.tickets(ona) == []

    emu.edit(ona, greeting, UNKNOWN)
    await desk.settle()

    assert desk.articles(desk.ticket(ona)) == [("inbound", UNKNOWN)]


async def test_two_questions_are_two_tickets(desk: Desk, emu: Emulator) -> None:
    ona = emu.user("Ona")
    emu.say(ona, UNKNOWN)
    emu.say(ona, "O kada išmoka bus pervesta į Marsą?")

    await desk.settle()

    assert len(desk.tickets(ona)) == 2


async def test_a_file_is_kept_with_its_words(desk: Desk, emu: Emulator) -> None:
    ona = emu.user("Ona")
    emu.send(ona, Attachment(name="įstatai.pdf", content=b"%PDF tekstas"), caption=UNKNOWN)

    await desk.settle()

    ticket = desk.ticket(ona)
    [article] = desk.read(lambda uow: uow.tickets.articles(ticket.id))
    [file] = article.attachments
    assert (article.text, file.name, file.size) == (UNKNOWN, "įstatai.pdf", 12)
    assert desk.app.files.get(file.sha256) == b"%PDF tekstas"


async def test_an_album_is_one_matter(desk: Desk, emu: Emulator) -> None:
    ona = emu.user("Ona")
    emu.send_album(ona, [Attachment(name=f"{n}.pdf") for n in (1, 2, 3)], caption=UNKNOWN)

    await desk.settle()

    ticket = desk.ticket(ona)
    files = desk.read(
        lambda uow: [f.name for a in uow.tickets.articles(ticket.id) for f in a.attachments]
    )
    assert files == ["1.pdf", "2.pdf", "3.pdf"]


async def test_a_file_too_big_to_fetch_is_named(desk: Desk, emu: Emulator) -> None:
    ona = emu.user("Ona")
    emu.send(ona, Attachment(name="filmas.mp4", size=21_000_000), caption="Pažiūrėkite")

    await desk.settle()

    assert desk.articles(desk.ticket(ona)) == [
        (
            "inbound",
            "Pažiūrėkite\n\n[Failas „filmas.mp4“ didesnis nei 20 MB, todėl liko tik „Telegram“.]",
        )
    ]


async def test_a_voice_message_is_a_question(desk: Desk, emu: Emulator) -> None:
    ona = emu.user("Ona")
    emu.send(ona, Attachment(name="v.ogg", kind="voice"))

    await desk.settle()

    ticket = desk.ticket(ona)
    [article] = desk.read(lambda uow: uow.tickets.articles(ticket.id))
    assert [file.content_type for file in article.attachments] == ["audio/ogg"]


@pytest.mark.parametrize(
    ("said", "begins"),
    [
        ("/start", "Laba diena! Čia NISC konsultantai"),
        ("/pagalba", "Kaip tai veikia"),
        ("/help", "Kaip tai veikia"),
        ("/nežinoma", "Kaip tai veikia"),
        ("/privatumas", "Ką apie Jus saugome"),
        ("Labas", "Laba diena! Parašykite"),
    ],
)
async def test_commands_and_greetings_get_words_and_no_ticket(
    desk: Desk, emu: Emulator, said: str, begins: str
) -> None:
    ona = emu.user("Ona")
    emu.say(ona, said)

    await desk.settle()

    assert desk.said(ona).startswith(begins)
    assert desk.tickets(ona) == []


async def test_words_come_in_the_language_of_the_application(desk: Desk, emu: Emulator) -> None:
    anna = emu.user("Anna", language="ru")
    emu.say(anna, "/start")

    await desk.settle()

    assert desk.said(anna).startswith("Здравствуйте! Это NISC konsultantai")


@pytest.mark.parametrize("said", ["/konsultantas", "/konsultántas", "konsultantas"])
async def test_a_person_can_be_had_at_any_time(desk: Desk, emu: Emulator, said: str) -> None:
    ona = emu.user("Ona")
    emu.say(ona, said)

    await desk.settle()

    assert desk.ticket(ona).status is Status.NEW


async def test_the_command_for_a_person_goes_on_with_the_answer(desk: Desk, emu: Emulator) -> None:
    ona = emu.user("Ona")
    emu.say(ona, desk.answerable())
    await desk.settle()

    emu.say(ona, "/konsultantas")
    await desk.settle()

    assert desk.ticket(ona).status is Status.NEW


async def test_a_sticker_is_asked_about(desk: Desk, emu: Emulator) -> None:
    ona = emu.user("Ona")
    emu.send(ona, Attachment(name="s.webp", kind="sticker"))

    await desk.settle()

    assert desk.said(ona).startswith("Laba diena! Parašykite")


async def test_a_contact_is_put_into_words(desk: Desk, emu: Emulator) -> None:
    ona = emu.user("Ona")
    emu.send_contact(ona, "+37060000000")

    await desk.settle()

    assert desk.articles(desk.ticket(ona)) == [("inbound", "[Kontaktas: Ona, +37060000000]")]


async def test_a_consultants_link_works_once(desk: Desk, emu: Emulator) -> None:
    jonas, ona = emu.user("Jonas"), emu.user("Ona")
    consultant = desk.consultant(emu.user("Senoji paskyra"))
    with desk.app.units.begin() as uow:
        code = desk.app.staff._issue(  # noqa: SLF001 -- the link itself travels by mail
            uow, "link-telegram", str(consultant.id), timedelta(days=7)
        )
        uow.commit()

    emu.say(jonas, f"/start {code}")
    await desk.settle()
    emu.say(ona, f"/start {code}")
    await desk.settle()

    assert desk.said(jonas).startswith("Ši „Telegram“ paskyra susieta")
    assert desk.said(ona).startswith("Nuoroda nebegalioja")
    assert desk.read(lambda uow: uow.consultants.by_telegram(str(jonas.id))) is not None


async def test_a_member_who_left_is_shown_as_undelivered(desk: Desk, emu: Emulator) -> None:
    ona = emu.user("Ona")
    emu.say(ona, UNKNOWN)
    await desk.receive()
    emu.block(ona)

    await desk.settle()

    states = {row.kind.value: row.state.value for row in desk.outbox()}
    assert states["acknowledgement"] == "dead"
    assert states["staff_card"] == "delivered"


async def test_what_a_sender_calls_himself_never_becomes_markup(desk: Desk, emu: Emulator) -> None:
    ona = emu.user("<b>Ona", last_name="_*[x](http://x)")
    emu.say(ona, f"{UNKNOWN} <i>&amp; *_[](")

    await desk.settle()

    assert desk.articles(desk.ticket(ona)) == [("inbound", f"{UNKNOWN} <i>&amp; *_[](")]
    assert [row.state.value for row in desk.outbox()] == ["delivered"] * 3
