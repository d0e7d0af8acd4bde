"""The emulator, a client for it, and one whose time stands still until a test moves it."""

from collections.abc import AsyncIterator

import pytest
from aiogram import Bot

from tests.telegram_emulator.client import emulated_bot
from tests.telegram_emulator.emulator import Emulator
from tests.telegram_emulator.fixtures import (
    no_real_telegram,
    telegram,
    telegram_bot,
    telegram_thread,
)

__all__ = ["no_real_telegram", "telegram", "telegram_bot", "telegram_thread"]
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
