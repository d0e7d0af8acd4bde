"""A desk with one staff forum, on the emulated Telegram."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiogram.types import Chat

from bot.app import open_desk
from bot.settings import Settings, StaffChatSettings
from bot.telegram.api import Api
from handlers.policy import AutoAnswers
from tests.telegram_emulator.emulator import TOKEN, Emulator
from tests.unit.bot.telegram.desk import Desk, MovableClock


@pytest.fixture
async def emu() -> AsyncIterator[Emulator]:
    """Lend a Bot API server; nothing may have been said to it that the real one would not know."""
    async with Emulator() as emulator:
        yield emulator
        assert emulator.violations == []


@pytest.fixture
async def api(emu: Emulator) -> AsyncIterator[Api]:
    api = Api(server=emu.url, token=TOKEN)
    yield api
    await api.close()


@pytest.fixture
def forum(emu: Emulator) -> Chat:
    """Found the consultants' group."""
    return emu.forum()


@pytest.fixture
async def desk(emu: Emulator, api: Api, forum: Chat, tmp_path: Path) -> AsyncIterator[Desk]:
    """Open a desk that answers by itself and works in the forum."""
    clock = MovableClock()
    settings = Settings(
        data_dir=tmp_path,
        auto_answers=AutoAnswers.ON,
        mail_address="pagalba@example.org",
        telegram_token=TOKEN,
        telegram_undo_seconds=0,
        staff_chats=(StaffChatSettings(chat=str(forum.id)),),
    )
    with open_desk(settings, clock=clock) as app:
        yield Desk(app=app, emu=emu, clock=clock, api=api, chats=(str(forum.id),))
