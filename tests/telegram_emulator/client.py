"""aiogram's client, pointed at the emulator."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from tests.telegram_emulator.emulator import Emulator


class _Session(AiohttpSession):
    """aiogram's own session, without the 250 ms it waits for TLS on closing."""

    async def close(self) -> None:
        if self._session is not None and not self._session.closed:
            await self._session.close()


@asynccontextmanager
async def emulated_bot(emulator: Emulator) -> AsyncIterator[Bot]:
    """Lend a bot whose every call goes to the emulator."""
    async with _Session(api=TelegramAPIServer.from_base(emulator.url)) as session:
        yield Bot(emulator.token, session=session)
