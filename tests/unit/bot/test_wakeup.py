"""The bell between loops: kept while nobody waits, and quiet when what it rang for is done."""

import asyncio

from bot.wakeup import Wakeup


async def test_a_ring_while_nobody_waits_is_kept() -> None:
    wakeup = Wakeup()
    wakeup.ring()

    async with asyncio.timeout(5):
        await wakeup.wait(60)


async def test_it_is_quiet_at_once_where_nobody_answers() -> None:
    wakeup = Wakeup()
    wakeup.ring()

    async with asyncio.timeout(5):
        await wakeup.quiet(60)


async def test_it_is_quiet_when_who_answers_waits_again() -> None:
    wakeup, done = Wakeup(), list[str]()

    async def answer() -> None:
        while True:
            await wakeup.wait(60)
            await asyncio.sleep(0)
            done.append("worked")

    async with asyncio.timeout(5), asyncio.TaskGroup() as group:
        answering = group.create_task(answer())
        await wakeup.quiet(60)
        await asyncio.sleep(0)
        for _ in range(3):
            wakeup.ring()
            await wakeup.quiet(60)
        answering.cancel()

    assert done == ["worked"] * 3


async def test_who_is_stuck_is_not_waited_for_longer_than_said() -> None:
    wakeup = Wakeup()
    await wakeup.wait(0)
    wakeup.ring()

    async with asyncio.timeout(5):
        await wakeup.quiet(0)
