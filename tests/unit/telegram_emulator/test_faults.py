"""Everything that goes wrong with a network and a server can be asked for, once or for good."""

import asyncio

import pytest
from aiogram import Bot
from aiogram.exceptions import (
    ClientDecodeError,
    RestartingTelegram,
    TelegramConflictError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.types import User

from tests.telegram_emulator.emulator import Emulator
from tests.telegram_emulator.faults import (
    RESTART,
    BadGateway,
    Delay,
    DropAfter,
    DropBefore,
    Effect,
    HangAfter,
    Refuse,
    flood,
)


@pytest.fixture
def ona(still: Emulator) -> User:
    """Bring a member who has written."""
    ona = still.user("Ona")
    still.say(ona, "Labas")
    return ona


@pytest.mark.parametrize(
    ("effect", "raised", "messages"),
    [
        (DropBefore(), TelegramNetworkError, 1),
        (DropAfter(), TelegramNetworkError, 2),
        (BadGateway(), ClientDecodeError, 1),
        (RESTART, RestartingTelegram, 1),
        (flood(3), TelegramRetryAfter, 1),
        (Refuse(400, "Bad Request: x", migrate_to_chat_id=-1007), TelegramMigrateToChat, 1),
    ],
)
async def test_a_fault_strikes_the_next_call_and_no_other(
    still: Emulator,
    still_bot: Bot,
    ona: User,
    effect: Effect,
    raised: type[Exception],
    messages: int,
) -> None:
    fault = still.fault("send*", effect)

    with pytest.raises(raised):
        await still_bot.send_message(ona.id, "Sveiki")
    assert len(still.messages(ona)) == messages
    await still_bot.send_message(ona.id, "Sveiki")

    assert (len(still.messages(ona)), fault.hits) == (messages + 1, 1)


async def test_a_hanging_call_is_done_but_never_answered(
    still: Emulator, still_bot: Bot, ona: User
) -> None:
    still.fault("sendMessage", HangAfter(600))

    async with asyncio.TaskGroup() as group:
        hanging = group.create_task(_error(still_bot, ona))
        await still.wait_text(ona, "Sveiki")
        assert not hanging.done()
        still.advance(600)

    assert isinstance(hanging.result(), TelegramNetworkError)


async def test_a_delayed_call_is_answered_later(still: Emulator, still_bot: Bot, ona: User) -> None:
    fault = still.fault("sendMessage", Delay(5))

    async with asyncio.TaskGroup() as group:
        waiting = group.create_task(still_bot.send_message(ona.id, "Sveiki"))
        await still.wait(lambda: fault.hits)
        assert len(still.messages(ona)) == 1
        still.advance(5)

    assert waiting.result().text == "Sveiki"


async def test_a_fault_may_choose_its_calls(still: Emulator, still_bot: Bot, ona: User) -> None:
    jonas = still.user("Jonas")
    still.say(jonas, "Labas")
    still.fault("*", flood(9), times=None, when=lambda arguments: arguments["chat_id"] == ona.id)

    await still_bot.send_message(jonas.id, "Sveiki")
    for _ in range(2):
        with pytest.raises(TelegramRetryAfter):
            await still_bot.send_message(ona.id, "Sveiki")


async def test_a_revoked_token_may_come_back(still: Emulator, still_bot: Bot) -> None:
    revoked = still.revoke_token()
    with pytest.raises(TelegramUnauthorizedError):
        await still_bot.get_me()
    revoked.lift()

    assert (await still_bot.get_me()).username == still.bot.username


async def test_another_instance_takes_the_updates(still: Emulator, still_bot: Bot) -> None:
    still.second_instance()

    with pytest.raises(TelegramConflictError):
        await still_bot.get_updates()
    assert await still_bot.get_updates() == []


async def test_a_poisoned_update_spoils_the_batch_for_aiogram(
    still: Emulator, still_bot: Bot, ona: User
) -> None:
    poisoned = still.poison()

    with pytest.raises(ClientDecodeError):
        await still_bot.get_updates()
    still.advance(1)
    good = await still_bot.get_updates(offset=poisoned + 1, allowed_updates=[])

    assert (good, ona.first_name) == ([], "Ona")


async def test_a_server_that_is_down_comes_back_where_it_was(
    still: Emulator, still_bot: Bot, ona: User
) -> None:
    url = still.url
    await still.stop_listening()
    with pytest.raises(TelegramNetworkError):
        await still_bot.send_message(ona.id, "Sveiki")
    await still.listen()
    await still_bot.send_message(ona.id, "Sveiki")

    assert (still.url, still.last(ona).text) == (url, "Sveiki")


async def test_going_down_cuts_a_waiting_poll(still: Emulator, still_bot: Bot) -> None:
    async with asyncio.TaskGroup() as group:
        poll = group.create_task(_poll_error(still_bot))
        await still.wait_calls("getUpdates")
        await still.stop_listening()

    assert isinstance(poll.result(), TelegramNetworkError)


async def test_every_call_is_in_the_journal(still: Emulator, still_bot: Bot, ona: User) -> None:
    still.fault("sendMessage", flood(3))
    still.fault("sendMessage", DropBefore())
    for _ in range(3):
        await _error(still_bot, ona)

    assert [(call.method, call.status, call.description) for call in still.calls()] == [
        ("sendMessage", 429, "Too Many Requests: retry after 3"),
        ("sendMessage", 0, "connection cut"),
        ("sendMessage", 200, None),
    ]


async def _error(bot: Bot, user: User) -> Exception | None:
    try:
        await bot.send_message(user.id, "Sveiki")
    except (TelegramNetworkError, TelegramRetryAfter) as error:
        return error
    return None


async def _poll_error(bot: Bot) -> Exception | None:
    try:
        await bot.get_updates(timeout=50)
    except TelegramNetworkError as error:
        return error
    return None
