"""Albums and short messages one after another are one question, whatever happens meanwhile."""

import random
from datetime import timedelta

import pytest
from aiogram.types import User

from handlers.domain.channels import Channel
from handlers.domain.messages import InboxState
from handlers.domain.tickets import Status
from tests.telegram_emulator.emulator import Emulator
from tests.telegram_emulator.talk import Attachment
from tests.unit.bot.telegram.desk import UNKNOWN, Desk


@pytest.fixture
def ona(emu: Emulator, desk: Desk) -> User:
    desk.window = timedelta(seconds=1.5)
    return emu.user("Ona")


async def _settle(desk: Desk) -> None:
    await desk.settle()
    desk.clock.advance_seconds(1.5)
    await desk.settle()


async def test_short_messages_are_one_question(desk: Desk, emu: Emulator, ona: User) -> None:
    for text in ("Laba diena", "turiu klausimą", UNKNOWN):
        emu.say(ona, text)
    await desk.settle()
    assert desk.tickets(ona) == []

    await _settle(desk)

    ticket = desk.ticket(ona)
    assert desk.articles(ticket) == [("inbound", f"Laba diena\nturiu klausimą\n{UNKNOWN}")]
    assert [(row.state, row.reason) for row in desk.inbox()][:3] == [
        (InboxState.DONE, "question"),
        (InboxState.DONE, "gathered"),
        (InboxState.DONE, "gathered"),
    ]
    bot = [message for message in emu.messages(ona) if message.from_user == emu.bot]
    assert len(bot) == 1


async def test_an_album_is_one_question_with_all_its_files(
    desk: Desk, emu: Emulator, ona: User
) -> None:
    emu.send_album(ona, [Attachment(name=f"{n}.pdf") for n in (1, 2, 3)], caption=UNKNOWN)

    await _settle(desk)

    [article] = desk.read(lambda uow: uow.tickets.articles(desk.ticket(ona).id))
    assert article.text == UNKNOWN
    assert [file.name for file in article.attachments] == ["1.pdf", "2.pdf", "3.pdf"]


async def test_an_edit_of_any_part_belongs_to_the_question(
    desk: Desk, emu: Emulator, ona: User
) -> None:
    emu.say(ona, UNKNOWN)
    second = emu.say(ona, "Skristume dviese.")
    await _settle(desk)

    emu.edit(ona, second, "Skristume trise.")
    await _settle(desk)

    assert desk.articles(desk.ticket(ona)) == [
        ("inbound", f"{UNKNOWN}\nSkristume dviese."),
        ("inbound", "(pataisyta)\nSkristume trise."),
    ]


async def test_a_press_in_between_keeps_its_place(desk: Desk, emu: Emulator, ona: User) -> None:
    emu.say(ona, UNKNOWN)
    await _settle(desk)
    emu.say(ona, "O kada išmoka bus pervesta į Marsą?")
    emu.click(ona, "Atšaukti klausimą")

    await desk.settle()

    assert [ticket.status for ticket in desk.tickets(ona)] == [Status.RESOLVED, Status.NEW]


async def test_members_at_once_never_mix_and_nothing_lives_in_memory(
    desk: Desk, emu: Emulator, ona: User
) -> None:
    people = [ona, emu.user("Petras"), emu.user("Rasa")]
    said: dict[int, list[str]] = {who.id: [] for who in people}
    for number in range(12):
        who = random.Random(number).choice(people)  # noqa: S311 -- the same order each time
        said[who.id].append(f"{who.first_name} {number}")
        emu.say(who, said[who.id][-1])
    await desk.receive()
    desk.clock.advance_seconds(1.5)
    with desk.app.units.begin() as uow:  # somebody took them and was killed
        taken = uow.inbox.claim(
            now=desk.clock.now(), lease=timedelta(seconds=60), limit=9, channels=list(Channel)
        )
        uow.commit()
    parts = sorted(len(each.followers) + 1 for each in taken)
    assert parts == sorted(len(words) for words in said.values())

    desk.clock.advance_seconds(61)
    await desk.settle()

    for who in people:
        assert desk.articles(desk.ticket(who)) == [("inbound", "\n".join(said[who.id]))]


async def test_what_was_written_long_apart_stays_apart(
    desk: Desk, emu: Emulator, ona: User
) -> None:
    emu.say(ona, UNKNOWN)
    emu.clock.advance(60)
    emu.say(ona, "O kada išmoka bus pervesta į Marsą?")

    await _settle(desk)
    await _settle(desk)

    assert len(desk.tickets(ona)) == 2


async def test_an_update_nobody_can_read_does_not_hold_the_others(
    desk: Desk, emu: Emulator, ona: User
) -> None:
    emu.say(ona, UNKNOWN)
    emu.poison(ona.id)
    emu.say(ona, "Skristume dviese.")

    await _settle(desk)
    await _settle(desk)

    said = [text for ticket in desk.tickets(ona) for _, text in desk.articles(ticket)]
    assert said == [UNKNOWN, "Skristume dviese."]
    assert [row.state for row in desk.inbox()].count(InboxState.SHUNTED) == 1
