"""An emulator whose time stands still until a test moves it, and a scene to start from."""

from collections.abc import AsyncIterator

import pytest
from aiogram import Bot

from tests.telegram_emulator.client import emulated_bot
from tests.telegram_emulator.emulator import Emulator
from tests.unit.telegram_emulator.scene import Scene, set_scene

NOON = 1_800_000_000.0


@pytest.fixture
async def still() -> AsyncIterator[Emulator]:
    """Lend an emulator whose clock only `advance` moves."""
    async with Emulator(now=lambda: NOON) as emulator:
        yield emulator
    assert emulator.violations == []


@pytest.fixture
async def still_bot(still: Emulator) -> AsyncIterator[Bot]:
    """Lend aiogram's client for it."""
    async with emulated_bot(still) as bot:
        yield bot


@pytest.fixture
async def scene(telegram: Emulator, telegram_bot: Bot) -> Scene:
    """Set the scene of `scene.py`."""
    return await set_scene(telegram, telegram_bot)
