"""A bell between loops; polling remains the net under it."""

import asyncio
from contextlib import suppress
from dataclasses import field
from datetime import timedelta

from knowledge_base.values import dataclass


@dataclass(frozen=True, slots=True)
class Wakeup:
    """Rings when there may be work, here or, where processes share the work, in others."""

    _event: asyncio.Event = field(default_factory=asyncio.Event)
    _told: asyncio.Event = field(default_factory=asyncio.Event)

    def ring(self) -> None:
        """Wake whoever waits, in every process; a ring while nobody waits is kept."""
        self.echo()
        self._told.set()

    def echo(self) -> None:
        """Wake whoever waits here alone: it rang in another process, or is nobody else's affair."""
        self._event.set()

    async def wait(self, seconds: float) -> None:
        """Wait for a ring, at most so long."""
        try:
            async with asyncio.timeout(seconds):
                await self._event.wait()
        except TimeoutError:
            return
        finally:
            self._event.clear()

    async def rung_here(self) -> None:
        """Wait for a ring that other processes have not been told of."""
        await self._told.wait()
        self._told.clear()


async def pause(stopping: asyncio.Event, length: timedelta) -> None:
    """Wait so long, or until told to stop."""
    with suppress(TimeoutError):
        async with asyncio.timeout(length.total_seconds()):
            await stopping.wait()
