"""A pytest plugin: `telegram`, an emulator of this test's own, and a guard against the real one.

Modules of the emulator are imported only by tests that ask for it: aiogram takes seconds.
"""

from collections.abc import AsyncIterator, Iterator
from typing import TYPE_CHECKING

import pytest

from tests.telegram_emulator.guard import real_telegram_forbidden

if TYPE_CHECKING:
    from aiogram import Bot

    from tests.telegram_emulator.emulator import Emulator
    from tests.telegram_emulator.threaded import EmulatorThread


@pytest.fixture
async def telegram() -> AsyncIterator["Emulator"]:
    """Lend a running emulator; what no Bot API would understand fails the test at its end."""
    from tests.telegram_emulator.emulator import Emulator  # noqa: PLC0415 -- see above

    async with Emulator() as emulator:
        yield emulator
    assert emulator.violations == []


@pytest.fixture
async def telegram_bot(telegram: "Emulator") -> AsyncIterator["Bot"]:
    """Lend aiogram's client for the emulator's bot."""
    from tests.telegram_emulator.client import emulated_bot  # noqa: PLC0415 -- see above

    async with emulated_bot(telegram) as bot:
        yield bot


@pytest.fixture
def telegram_thread() -> Iterator["EmulatorThread"]:
    """Lend an emulator to a test without an event loop, whose bot is another process."""
    from tests.telegram_emulator.threaded import EmulatorThread  # noqa: PLC0415 -- see above

    with EmulatorThread() as emulator:
        yield emulator
    assert emulator.violations == []


@pytest.fixture(autouse=True)
def no_real_telegram() -> Iterator[None]:
    """Fail a test that looks for the real Telegram, even if the code under test hides it."""
    with real_telegram_forbidden() as sought:
        yield
    assert sought == [], "a test looked for the real Telegram; give its bot the emulator's url"
