"""What a member may ask of the desk: questions, language, data, oblivion; and how it was."""

import json
import sqlite3
from contextlib import closing

import pytest
from aiogram.types import Chat, User

from bot.telegram.api import Api
from bot.telegram.introduction import COMMANDS, introduce
from bot.texts import load_texts
from handlers.domain.tickets import Status
from tests.telegram_emulator.emulator import Emulator
from tests.unit.bot.telegram.desk import UNKNOWN, Desk

MARS = "O kada išmoka bus pervesta į Marsą?"


@pytest.fixture
def ona(emu: Emulator) -> User:
    return emu.user("Ona", last_name="Nepakartojama")


def _buttons(emu: Emulator, who: User) -> list[str]:
    markup = emu.last(who).reply_markup
    rows = markup.inline_keyboard if markup else []
    return [button.text for row in rows for button in row]


async def test_questions_are_listed_shown_and_gone_on_with(
    desk: Desk, emu: Emulator, ona: User
) -> None:
    for text in (UNKNOWN, MARS):
        emu.say(ona, text)
        await desk.settle()
    first, second = desk.tickets(ona)

    emu.say(ona, "/klausimai")
    await desk.settle()

    assert f"{first.reference} · laukia konsultanto · {UNKNOWN}" in desk.said(ona)
    assert _buttons(emu, ona) == [second.reference, first.reference]
    emu.click(ona, first.reference)
    await desk.settle()
    assert desk.said(ona).startswith(f"{first.reference}\n\nlaukia konsultanto\n\n{UNKNOWN}")
    emu.reply(ona, emu.last(ona), "Skristume dviese.")
    await desk.settle()
    assert desk.articles(first)[-1] == ("inbound", "Skristume dviese.")


async def test_nobody_sees_the_questions_of_others(desk: Desk, emu: Emulator, ona: User) -> None:
    petras = emu.user("Petras")
    for who in (ona, petras):
        emu.say(who, UNKNOWN)
    await desk.settle()
    before = [desk.ticket(ona), desk.ticket(petras)]
    said = len(emu.messages(petras))

    for data in ("m:show:1", "m:rate:1-5", "m:join:2-1", "m:join:1-2", "m:erase:now", "m:lang:xx"):
        emu.forge(petras, emu.last(petras), data)
    await desk.settle()

    assert [desk.ticket(ona), desk.ticket(petras)] == before
    assert len(emu.messages(petras)) == said


@pytest.mark.parametrize("command", ["/kalba", "/start"])
async def test_a_language_is_chosen_by_button(
    desk: Desk, emu: Emulator, ona: User, command: str
) -> None:
    emu.say(ona, command)
    await desk.settle()

    emu.click(ona, "English")
    await desk.settle()

    assert desk.said(ona) == "All right, we will write in English."
    emu.say(ona, "/klausimai")
    await desk.settle()
    assert desk.said(ona).startswith("You have no questions yet.")


async def test_a_copy_of_the_data_comes_as_a_file(desk: Desk, emu: Emulator, ona: User) -> None:
    emu.say(ona, UNKNOWN)
    await desk.settle()

    emu.say(ona, "/duomenys")
    await desk.settle()

    file = emu.last(ona).document
    assert file is not None
    assert file.file_name == "duomenys.json"
    found = json.loads(emu.files.sent(file.file_id, "document").content)
    assert [row["text"] for row in found["articles"]] == [UNKNOWN]


async def test_erasing_leaves_nothing_of_the_person(
    desk: Desk, emu: Emulator, forum: Chat, ona: User
) -> None:
    emu.say(ona, UNKNOWN)
    await desk.settle()
    emu.say(ona, "/ištrinti")
    await desk.settle()
    assert f"Dar neatsakyti Jūsų klausimai {desk.ticket(ona).reference}" in desk.said(ona)
    emu.click(ona, "Ištrinti viską…")
    await desk.settle()
    assert desk.tickets(ona)
    emu.click(ona, "Taip, ištrinti")
    await desk.settle()

    assert desk.tickets(ona) == []
    assert desk.said(ona).startswith("Ištrinta.")
    assert emu.world.rooms[forum.id].topics == {}
    assert "Nepakartojama" not in _everything(desk)
    assert "skrydis į Mėnulį" not in _everything(desk)


async def test_erasing_takes_back_what_telegram_lets_it_and_one_old_message_keeps_no_other(
    desk: Desk, emu: Emulator, forum: Chat, ona: User
) -> None:
    jonas = emu.user("Jonas")
    emu.join(forum, jonas)
    desk.consultant(jonas)
    emu.say(ona, UNKNOWN)
    await desk.settle()
    emu.advance(48 * 3600)
    emu.reply(jonas, emu.last(forum), "Bilietas kainuoja penkis eurus. " * 200)
    await desk.settle()
    for said in ("/ištrinti", "Ištrinti viską…", "Taip, ištrinti"):
        if said.startswith("/"):
            emu.say(ona, said)
        else:
            emu.click(ona, said)
        await desk.settle()

    ours = [text for text in desk.texts(ona) if "eurus" in text]
    assert (ours, desk.texts(ona)[1].startswith("Gavome Jūsų klausimą")) == ([], True)


async def test_a_question_can_be_made_part_of_an_earlier_one(
    desk: Desk, emu: Emulator, forum: Chat, ona: User
) -> None:
    emu.say(ona, UNKNOWN)
    await desk.settle()
    emu.say(ona, MARS)
    await desk.settle()
    first, second = desk.tickets(ona)
    assert _buttons(emu, ona)[:2] == ["Tai naujas klausimas", f"Tai {first.reference} dalis"]
    assert "Ar tai naujas klausimas, ar ankstesnio dalis?" in desk.said(ona)

    card = emu.last(ona)
    for _ in range(2):
        emu.click(ona, f"Tai {first.reference} dalis", message=card)
    await desk.settle()

    first, second = desk.tickets(ona)
    assert (first.status, second.status) == (Status.NEW, Status.MERGED)
    assert [text for _, text in desk.articles(first)] == [UNKNOWN, MARS]
    assert MARS in desk.said(forum)
    assert _buttons(emu, ona) == []


async def test_a_settled_question_is_rated_once(
    desk: Desk, emu: Emulator, forum: Chat, ona: User
) -> None:
    jonas = emu.user("Jonas")
    emu.join(forum, jonas)
    desk.consultant(jonas)
    emu.say(ona, UNKNOWN)
    await desk.settle()
    emu.click(jonas, "Išspręsta", message=emu.last(forum))
    await desk.settle()
    asked = emu.last(ona)
    assert _buttons(emu, ona) == ["1", "2", "3", "4", "5"]

    for mark in ("5", "1"):
        emu.click(ona, mark, message=asked)
        await desk.settle()

    events = desk.read(lambda uow: uow.tickets.events(desk.ticket(ona).id))
    assert [event.reasons for event in events if event.type == "rated"] == [("5",)]
    assert desk.said(ona) == "Ačiū už įvertinimą."


async def test_a_question_that_silence_closed_is_rated_too(
    desk: Desk, emu: Emulator, forum: Chat, ona: User
) -> None:
    jonas = emu.user("Jonas")
    emu.join(forum, jonas)
    desk.consultant(jonas)
    emu.say(ona, UNKNOWN)
    await desk.settle()
    emu.reply(jonas, emu.last(forum), "Bilietas kainuoja 5 eurus.")
    await desk.settle()

    for days in (15, 8):
        desk.clock.advance_minutes(days * 24 * 60)
        with desk.app.units.begin() as uow:
            desk.app.reminders.close_waiting(uow)
            uow.commit()
        await desk.settle()

    assert desk.ticket(ona).status is Status.RESOLVED
    assert "užbaigtas. Kaip vertinate pagalbą?" in desk.said(ona)
    assert _buttons(emu, ona) == ["1", "2", "3", "4", "5"]


async def test_the_bot_introduces_itself_in_every_language(emu: Emulator, api: Api) -> None:
    await introduce(api, load_texts())

    told = emu.calls("setMyCommands")
    assert [call.arguments.get("language_code") for call in told] == [None, "en", "ru"]
    assert all(call.ok for call in emu.calls())
    assert len(COMMANDS) == len(set(COMMANDS))


def _everything(desk: Desk) -> str:
    """Return every word of the database."""
    with closing(sqlite3.connect(desk.app.settings.sqlite_path)) as database:
        return "\n".join(database.iterdump())
