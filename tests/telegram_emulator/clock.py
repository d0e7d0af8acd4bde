"""Time a test may push forward, and the pulse that wakes whoever waits for a change."""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress


class Pulse:
    """Wakes every waiter whenever anything in the emulator changes."""

    def __init__(self) -> None:
        self._next = asyncio.Event()

    def beat(self) -> None:
        woken, self._next = self._next, asyncio.Event()
        woken.set()

    async def wait(self, seconds: float) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._next.wait()


class Clock:
    """Unix time; `advance` moves it, and waiters notice at once."""

    def __init__(self, pulse: Pulse, now: Callable[[], float] = time.time) -> None:
        self._pulse = pulse
        self._now = now
        self._ahead = 0.0

    def now(self) -> float:
        return self._now() + self._ahead

    def advance(self, seconds: float) -> None:
        self._ahead += seconds
        self._pulse.beat()

    async def until(self, condition: Callable[[], bool], *, deadline: float) -> bool:
        """Return whether the condition came true before the deadline."""
        while not condition():
            left = deadline - self.now()
            if left <= 0:
                return False
            await self._pulse.wait(left)
        return True

    async def sleep(self, seconds: float) -> None:
        await self.until(lambda: False, deadline=self.now() + seconds)
