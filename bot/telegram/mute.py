"""A bot that can send nothing: aiogram's routers want one, and reading an update asks nobody."""

from typing import NoReturn

from aiogram import Bot
from aiogram.client.session.base import BaseSession


class MuteError(Exception):
    """Somebody tried to speak to Telegram past the outbox."""


def mute_bot(bot_id: int) -> Bot:
    """Return a bot without a token and without a network, whose certificates nobody reads."""
    return Bot(token=f"{bot_id}:unused", session=_NoSession())


class _NoSession(BaseSession):
    async def close(self) -> None:
        return

    async def make_request(self, *_: object, **__: object) -> NoReturn:
        raise MuteError("what is to be sent is owed in the outbox")

    def stream_content(self, *_: object, **__: object) -> NoReturn:
        raise MuteError("files are fetched by the bot's own calls")
