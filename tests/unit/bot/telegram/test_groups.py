"""Groups the bot is brought into, moved with, or made less in."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiogram.types import Chat

from bot.app import open_desk
from bot.settings import Settings, StaffChatSettings
from bot.telegram.api import Api
from handlers.policy import AutoAnswers
from tests.telegram_emulator.emulator import TOKEN, Emulator
from tests.unit.bot.telegram.desk import UNKNOWN, Desk, MovableClock


async def test_a_foreign_group_is_left_with_a_word(desk: Desk, emu: Emulator) -> None:
    elsewhere = emu.group("Kita grupė")
    emu.promote(elsewhere)

    await desk.settle()

    assert "šioje grupėje nedirbu" in desk.texts(elsewhere)[0]
    assert len(emu.calls("leaveChat")) == 1


async def test_losing_the_right_to_topics_is_said_once(
    desk: Desk, emu: Emulator, forum: Chat
) -> None:
    emu.promote(forum, rights=())
    emu.demote(forum)

    await desk.settle()

    assert [text for text in desk.texts(forum) if "Neturiu teisės kurti temų" in text] == [
        desk.said(forum)
    ]


@pytest.fixture
def group(emu: Emulator) -> Chat:
    return emu.group("Konsultantai")


@pytest.fixture
async def small(emu: Emulator, api: Api, group: Chat, tmp_path: Path) -> AsyncIterator[Desk]:
    """Open a desk that works in a basic group, which has no topics."""
    settings = Settings(
        data_dir=tmp_path / "small",
        auto_answers=AutoAnswers.ON,
        telegram_token=TOKEN,
        telegram_undo_seconds=0,
        staff_chats=(StaffChatSettings(chat=str(group.id)),),
    )
    clock = MovableClock()
    with open_desk(settings, clock=clock) as app:
        yield Desk(app=app, emu=emu, clock=clock, api=api, chats=(str(group.id),))


async def test_a_staff_group_that_moved_is_followed(
    small: Desk, emu: Emulator, group: Chat
) -> None:
    desk, jonas, ona = small, emu.user("Jonas"), emu.user("Ona")
    emu.join(group, jonas)
    desk.consultant(jonas)
    emu.say(ona, UNKNOWN)
    await desk.settle()

    moved = emu.upgrade(group)
    emu.promote(moved)
    petras = emu.user("Petras")
    emu.say(petras, "O kada išmoka bus pervesta į Marsą?")
    await desk.settle()
    card = emu.last(moved)
    emu.reply(jonas, card, "Niekada.")
    await desk.settle()

    assert "išmoka bus pervesta" in (card.text or "")
    assert card.message_thread_id is not None
    assert "Niekada." in desk.said(petras)
