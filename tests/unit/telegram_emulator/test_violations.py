"""What no Bot API would understand is answered with 599 and fails the test."""

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import GetMe
from aiogram.types import Chat, User
from aiohttp import ClientSession

from tests.telegram_emulator.emulator import Emulator
from tests.telegram_emulator.guard import real_telegram_forbidden
from tests.telegram_emulator.schema import SchemaError, check_update, dump, method_types


async def _call(emulator: Emulator, method: str, **values: object) -> int:
    address = f"{emulator.url}/bot{emulator.token}/{method}"
    async with ClientSession() as session, session.post(address, json=values) as answer:
        return answer.status


@pytest.mark.parametrize(
    ("method", "values", "detail"),
    [
        ("sendMessage", {"chat_id": 1, "text": "x", "topic": 5}, "sendMessage has no parameter"),
        ("sendMessage", {"chat_id": 1, "text": ["x"]}, "Input should be a valid string"),
        (
            "sendMessage",
            {"chat_id": 1, "text": "x", "reply_parameters": {"message": 1}},
            "sendMessage.reply_parameters: unknown field message",
        ),
        ("editMessageText", {"text": "x", "inline_message_id": "5"}, "inline messages"),
        ("sendMessage", {"chat_id": 1, "text": "*x*", "parse_mode": "Markdown"}, "markdown"),
        ("sendDice", {"chat_id": 1}, "does not model sendDice"),
        ("copyMessage", {"chat_id": 1, "from_chat_id": 1}, "copyMessage needs message_id"),
    ],
)
async def test_a_call_without_sense_is_a_violation(
    method: str, values: dict[str, object], detail: str
) -> None:
    async with Emulator() as emulator:
        assert await _call(emulator, method, **values) == 599

        assert [violation.method for violation in emulator.violations] == [method]
        assert detail in emulator.violations[0].detail


async def test_an_answer_the_bot_api_does_not_know_is_a_violation() -> None:
    async with Emulator() as emulator:
        wrong = User.model_validate({"id": 1, "is_bot": True, "first_name": "x", "mood": "good"})
        emulator.server.handlers = {GetMe: lambda _: wrong}

        assert await _call(emulator, "getMe") == 599
        assert emulator.violations[0].detail == "the answer to getMe: unknown field mood"


def test_an_update_the_bot_api_does_not_know_is_refused() -> None:
    message = {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}, "mood": "good"}

    with pytest.raises(SchemaError, match=r"an update\.message: unknown field mood"):
        check_update({"update_id": 1, "message": message})


def test_every_method_of_the_installed_aiogram_is_known() -> None:
    names = [cls.__api_method__ for cls in method_types().values()]

    assert len(names) > 150
    assert {"sendMessage", "getUpdates", "createForumTopic"} <= set(names)


def test_nothing_empty_and_no_default_travels() -> None:
    chat = Chat(id=1, type="private", first_name="Ona")

    assert dump({"chat": chat, "at": None, "list": [1, "x"]}) == {
        "chat": {"id": 1, "type": "private", "first_name": "Ona"},
        "list": [1, "x"],
    }


async def test_whoever_looks_for_the_real_telegram_is_caught() -> None:
    bot = Bot("1234567890:AAEmulatorEmulatorEmulatorEmulator0")
    with real_telegram_forbidden() as sought:
        async with bot:
            with pytest.raises(TelegramNetworkError):
                await bot.get_me()

    assert sought == ["api.telegram.org"]


async def test_running_out_of_time_tells_the_story(telegram: Emulator, telegram_bot: Bot) -> None:
    ona = telegram.user("Ona")
    telegram.say(ona, "Labas")
    await telegram_bot.send_message(ona.id, "Sveiki")

    with pytest.raises(TimeoutError) as late:
        await telegram.wait_text(ona, "Viso gero", 0.1)

    assert str(late.value) == (
        "waited 0.1 s for the bot to say 'Viso gero'; calls:\n"
        "sendMessage 200 \n"
        "chats:\n"
        "[1] Ona: Labas\n"
        "[2] bot: Sveiki"
    )
