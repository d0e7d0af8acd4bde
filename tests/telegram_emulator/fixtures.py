"""A pytest plugin: `telegram`, an emulator of this test's own, and a guard against the real one."""

import socket
from collections.abc import AsyncIterator, Callable, Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from aiogram import Bot

    from tests.telegram_emulator.emulator import Emulator

_REAL = "telegram.org"


@pytest.fixture
async def telegram() -> AsyncIterator["Emulator"]:
    """Lend a running emulator; what no Bot API would understand fails the test at its end."""
    # aiogram takes seconds to import: only tests that ask for it shall pay.
    from tests.telegram_emulator.emulator import Emulator  # noqa: PLC0415

    async with Emulator() as emulator:
        yield emulator
    assert emulator.violations == []


@pytest.fixture
async def telegram_bot(telegram: "Emulator") -> AsyncIterator["Bot"]:
    """Lend aiogram's client for the emulator's bot."""
    from tests.telegram_emulator.client import emulated_bot  # noqa: PLC0415

    async with emulated_bot(telegram) as bot:
        yield bot


@pytest.fixture(autouse=True)
def _no_real_telegram(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fail a test that looks for the real Telegram, even if the code under test hides it."""
    sought: list[str] = []
    monkeypatch.setattr(socket, "getaddrinfo", _guarded(socket.getaddrinfo, sought))
    yield
    assert sought == [], (
        "a test must not talk to the real Telegram; give the bot the emulator's url"
    )


def _guarded(look_up: Callable[..., object], sought: list[str]) -> Callable[..., object]:
    def getaddrinfo(host: object, *args: object, **kwargs: object) -> object:
        name = host.decode() if isinstance(host, bytes) else str(host)
        if name == _REAL or name.endswith(f".{_REAL}"):
            sought.append(name)
            raise OSError(f"{name} is out of bounds in tests")
        return look_up(host, *args, **kwargs)

    return getaddrinfo
