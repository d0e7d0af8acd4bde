"""getUpdates confirms, waits, conflicts and slows down as the real one does."""

import asyncio

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramConflictError
from aiogram.types import Update, User

from tests.telegram_emulator.emulator import Emulator


def _texts(updates: list[Update]) -> list[str | None]:
    return [update.message.text if update.message else None for update in updates]


@pytest.fixture
def ona(still: Emulator) -> User:
    """Bring a member who has said three things."""
    ona = still.user("Ona")
    for text in ("vienas", "du", "trys"):
        still.say(ona, text)
    return ona


@pytest.mark.usefixtures("ona")
async def test_updates_stay_until_a_larger_offset_confirms_them(
    still: Emulator, still_bot: Bot
) -> None:
    first = await still_bot.get_updates(limit=2)
    still.advance(4)
    again = await still_bot.get_updates(limit=2)
    rest = await still_bot.get_updates(offset=first[-1].update_id + 1)
    still.advance(4)
    none = await still_bot.get_updates(offset=rest[-1].update_id + 1)

    assert [_texts(batch) for batch in (first, again, rest, none)] == [
        ["vienas", "du"],
        ["vienas", "du"],
        ["trys"],
        [],
    ]


@pytest.mark.usefixtures("ona")
async def test_a_negative_offset_keeps_only_the_last(still: Emulator, still_bot: Bot) -> None:
    assert _texts(await still_bot.get_updates(offset=-1)) == ["trys"]
    assert len(still.updates.pending) == 1


@pytest.mark.usefixtures("ona")
async def test_an_offset_from_the_future_is_overlooked(still_bot: Bot) -> None:
    first = (await still_bot.get_updates())[0].update_id

    assert len(await still_bot.get_updates(offset=first + 1000)) == 3
    assert len(await still_bot.get_updates(offset=first + 10)) == 0


@pytest.mark.usefixtures("ona")
async def test_the_same_offset_at_once_gives_one_update(still: Emulator, still_bot: Bot) -> None:
    counts = [len(await still_bot.get_updates()), len(await still_bot.get_updates())]
    still.advance(1)
    counts.append(len(await still_bot.get_updates()))

    assert counts == [3, 1, 3]


async def test_a_long_poll_ends_with_the_first_update(still: Emulator, still_bot: Bot) -> None:
    ona = still.user("Ona")

    async with asyncio.TaskGroup() as group:
        poll = group.create_task(still_bot.get_updates(timeout=50))
        await still.wait_calls("getUpdates")
        still.say(ona, "Labas")

    assert _texts(poll.result()) == ["Labas"]


async def test_a_long_poll_ends_after_fifty_seconds_at_most(
    still: Emulator, still_bot: Bot
) -> None:
    async with asyncio.TaskGroup() as group:
        poll = group.create_task(still_bot.get_updates(timeout=600))
        await still.wait_calls("getUpdates")
        still.advance(50)

    assert poll.result() == []


async def test_a_second_poll_ends_the_first_with_a_conflict(
    still: Emulator, still_bot: Bot
) -> None:
    ona = still.user("Ona")

    async with asyncio.TaskGroup() as group:
        first = group.create_task(_outcome(still_bot))
        await still.wait_calls("getUpdates")
        second = group.create_task(still_bot.get_updates(timeout=50))
        await still.wait(first.done)
        still.say(ona, "Labas")

    assert first.result() == (
        "Telegram server says - Conflict: terminated by other getUpdates request; "
        "make sure that only one bot instance is running"
    )
    assert _texts(second.result()) == ["Labas"]


async def test_conflicts_in_a_row_are_told_after_three_seconds(
    still: Emulator, still_bot: Bot
) -> None:
    await still_bot.set_webhook("https://nvo.lt/hook")

    assert "webhook is active" in await _outcome(still_bot)
    async with asyncio.TaskGroup() as group:
        repeated = group.create_task(_outcome(still_bot))
        await still.wait_calls("getUpdates", 2)
        still.advance(2.9)
        assert not repeated.done()
        still.advance(0.2)
    assert "webhook is active" in repeated.result()


async def test_messages_live_a_day_and_clicks_150_seconds(still: Emulator, still_bot: Bot) -> None:
    ona = still.user("Ona")
    said = still.say(ona, "Labas")
    still.forge(ona, said, "x")

    kinds = []
    for seconds in (149, 2, 86400):
        still.advance(seconds)
        kinds.append([update.event_type for update in await still_bot.get_updates()])

    assert kinds == [["message", "callback_query"], ["message"], []]


async def test_reactions_come_only_to_an_administrator_who_asked(
    still: Emulator, still_bot: Bot
) -> None:
    ona = still.user("Ona")
    staff = still.forum(members=[ona])
    said = still.say(ona, "Labas", chat=staff)
    still.react(ona, said, "👍")
    first = await still_bot.get_updates(allowed_updates=["message_reaction"])
    still.react(ona, said, "👌")
    still.say(ona, "neprašyta", chat=staff)
    after = await still_bot.get_updates(offset=first[-1].update_id + 1)
    still.demote(staff)
    still.react(ona, said)

    assert [update.event_type for update in first] == ["message"]
    assert [update.event_type for update in after] == ["message_reaction"]
    assert len(still.updates.pending) == 1


async def test_nothing_asked_keeps_what_was_asked_before(still: Emulator, still_bot: Bot) -> None:
    await still_bot.get_updates(allowed_updates=["callback_query"])
    still.say(still.user("Ona"), "Labas")
    kept = len(still.updates.pending)
    await still_bot.get_updates(offset=1, allowed_updates=[])
    still.say(still.user("Ona"), "Labas")

    assert (kept, len(still.updates.pending)) == (0, 1)


async def test_after_a_quiet_week_ids_start_anew(still: Emulator, still_bot: Bot) -> None:
    ona = still.user("Ona")
    still.say(ona, "prieš")
    before = (await still_bot.get_updates())[0].update_id
    still.updates.quiet_week()
    still.say(ona, "po")

    after = await still_bot.get_updates(offset=before + 1)

    assert _texts(after) == ["po"]
    assert after[0].update_id < before


async def test_an_update_may_be_lost_repeated_or_come_out_of_order(
    still: Emulator, still_bot: Bot
) -> None:
    ona = still.user("Ona")
    still.updates.swallow()
    for text in ("dingo", "vienas", "du"):
        still.say(ona, text)
    still.updates.reverse()
    mixed = await still_bot.get_updates()
    last = max(update.update_id for update in mixed)
    still.updates.again(last)
    repeated = await still_bot.get_updates(offset=last + 1)

    assert _texts(mixed) == ["du", "vienas"]
    assert [update.update_id for update in repeated] == [last]


async def test_an_answer_ends_at_four_megabytes(still: Emulator, still_bot: Bot) -> None:
    for number in range(3):
        still.updates.add_raw("message", _large(number))

    assert len(await still_bot.get_updates()) == 2


def _large(number: int) -> dict[str, object]:
    chat = {"id": 1, "type": "private"}
    return {"message_id": number, "date": 1, "chat": chat, "text": "x" * 2_000_000}


async def _outcome(bot: Bot) -> str:
    try:
        return str(await bot.get_updates(timeout=50))
    except TelegramConflictError as conflict:
        return str(conflict)
