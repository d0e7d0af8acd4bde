"""What a member sees: questions, answers, buttons, the right ticket."""

import pytest

from bot.console.metrics import REFUSALS
from handlers.domain.messages import InboxState
from handlers.domain.tickets import Status
from tests.telegram_emulator.emulator import Emulator
from tests.unit.bot.telegram.desk import UNKNOWN, Desk

FORGED = [
    "a:1:helped",
    "a:1:person",
    "a:999:helped",
    "s:1:take",
    "l:mine:0:1",
    "m:show:1",
    "?",
    "",
    "m:rate:1-5",
    "m:cancel:1",
    "m:call:1",
    "m:uncall:1",
    "m:place:1-5",
    "p:1:topic:mokymai",
]


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
        "savivaldybę ir organizacijos pavadinimą.\n\n"
        "Apie ką klausiate? Paspauskite temą – klausimas greičiau pasieks tinkamą konsultantą. "
        "Rinktis nebūtina."
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


@pytest.mark.parametrize("data", FORGED)
async def test_a_forged_button_changes_nothing_and_is_counted(
    desk: Desk, emu: Emulator, data: str
) -> None:
    ona, petras = emu.user("Ona"), emu.user("Petras")
    emu.say(ona, desk.answerable())
    emu.say(petras, UNKNOWN)
    await desk.settle()
    before, heard = [desk.ticket(ona), desk.ticket(petras)], len(desk.texts(ona))

    emu.forge(petras, emu.last(petras), data)
    await desk.settle()

    assert [desk.ticket(ona), desk.ticket(petras)] == before
    assert len(desk.texts(ona)) == heard
    assert desk.inbox()[-1].state is InboxState.DONE
    assert desk.inbox()[-1].reason in REFUSALS


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
