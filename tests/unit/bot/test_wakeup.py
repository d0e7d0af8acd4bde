"""The bell between loops: a ring is kept while nobody waits."""

import asyncio

from bot.wakeup import Wakeup


async def test_a_ring_while_nobody_waits_is_kept() -> None:
    wakeup = Wakeup()
    wakeup.ring()

    async with asyncio.timeout(5):
        await wakeup.wait(60)
