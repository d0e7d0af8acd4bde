"""What becomes of a change when nobody knows whether the message to be changed arrived."""

import pytest
from aiogram.types import Chat, User

from handlers.domain.outgoing import Key, OutboxState
from tests.telegram_emulator.emulator import Emulator
from tests.telegram_emulator.faults import DropAfter
from tests.telegram_emulator.schema import JsonObject
from tests.unit.bot.telegram.desk import UNKNOWN, Desk


@pytest.fixture
def jonas(desk: Desk, emu: Emulator, forum: Chat) -> User:
    jonas = emu.user("Jonas")
    emu.join(forum, jonas)
    desk.consultant(jonas)
    return jonas


async def test_a_state_that_cannot_be_shown_is_no_alarm(
    desk: Desk, emu: Emulator, forum: Chat, jonas: User
) -> None:
    """The edit of an acknowledgement in doubt used to end dead, and a person was called."""
    ona = emu.user("Ona")

    def to_ona(call: JsonObject) -> bool:
        return str(call.get("chat_id")) == str(ona.id)

    emu.fault("sendMessage", DropAfter(), when=to_ona)
    emu.say(ona, UNKNOWN)
    await desk.settle()
    card = next(m for m in emu.messages(forum) if UNKNOWN in (m.text or ""))
    emu.click(jonas, "Imu", message=card)
    await desk.settle()

    told = [(row.key, row.state) for row in desk.outbox() if row.to == str(ona.id)]
    assert told == [(Key.ACKNOWLEDGEMENT, OutboxState.UNCERTAIN)]
    assert not [row for row in desk.outbox() if row.state is OutboxState.DEAD]


async def test_a_correction_of_an_answer_in_doubt_is_sent_on_its_own(
    desk: Desk, emu: Emulator, forum: Chat, jonas: User
) -> None:
    ona = emu.user("Ona")
    emu.say(ona, UNKNOWN)
    await desk.settle()

    def to_ona(call: JsonObject) -> bool:
        return str(call.get("chat_id")) == str(ona.id)

    emu.fault("sendMessage", DropAfter(), times=2, when=to_ona)
    answer = emu.reply(jonas, next(m for m in emu.messages(forum) if m.text), "Penki eurai.")
    await desk.settle()
    desk.clock.advance_minutes(2)
    await desk.settle()
    emu.edit(jonas, answer, "Šeši eurai.")
    await desk.settle()

    assert "Šeši eurai." in desk.said(ona)
    replies = [row.state for row in desk.outbox() if row.key == Key.REPLY]
    assert replies == [OutboxState.UNCERTAIN, OutboxState.DELIVERED]
