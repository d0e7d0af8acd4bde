"""A scene many tests start from, and short ways to act in it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramAPIError
from aiogram.types import BufferedInputFile, Chat, Message, User

from tests.telegram_emulator.emulator import Emulator
from tests.telegram_emulator.errors import Refusal

PDF = BufferedInputFile(b"%PDF-1.7", "nuostatai.pdf")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A member who wrote and was answered, a stranger who never wrote, a forum with a topic."""

    emulator: Emulator
    bot: Bot
    ona: User
    stranger: User
    staff: Chat
    topic: int
    heard: Message
    said: Message
    file: Message


Act: TypeAlias = Callable[[Scene], Awaitable[object]]
# What the bot does, how it is refused, and what the sentence's braces hold.
Refused: TypeAlias = Mapping[str, tuple[Act, Refusal, dict[str, str]]]


async def set_scene(emulator: Emulator, bot: Bot) -> Scene:
    ona = emulator.user("Ona")
    staff = emulator.forum(members=[ona])
    return Scene(
        emulator=emulator,
        bot=bot,
        ona=ona,
        stranger=emulator.user("Jonas"),
        staff=staff,
        topic=emulator.open_topic(staff, ona, "NVO-1").id,
        heard=emulator.say(ona, "Kaip įsteigti viešąją įstaigą?"),
        said=await bot.send_message(ona.id, "Sveiki"),
        file=await bot.send_document(ona.id, PDF, caption="Nuostatai"),
    )


async def assert_refused(scene: Scene, table: Refused, name: str) -> None:
    """Do what the row says and compare the answer with the golden table."""
    act, refusal, values = table[name]

    with pytest.raises(TelegramAPIError):
        await act(scene)

    call = scene.emulator.journal[-1]
    text = refusal.text.format(**values) if values else refusal.text
    assert (call.status, call.description) == (refusal.code, text)
