"""What a member sends besides plain questions: files, commands, stickers, links."""

from datetime import timedelta

import pytest

from handlers.domain.tickets import Status
from tests.telegram_emulator.emulator import Emulator
from tests.telegram_emulator.talk import Attachment
from tests.unit.bot.telegram.desk import UNKNOWN, Desk


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


async def test_a_message_without_words_is_answered_in_the_language_of_the_application(
    desk: Desk, emu: Emulator
) -> None:
    anna = emu.user("Anna", language="ru")
    emu.send(anna, Attachment(name="v.ogg", kind="voice"))

    await desk.settle()

    assert desk.said(anna).startswith("Мы получили Ваш вопрос")


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

    assert desk.said(ona).startswith("Tokių žinučių konsultantui perduoti negalime.")


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
