"""A bell between loops of one process; polling remains the net under it."""

import asyncio
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Wakeup:
    """Rings when there may be work."""

    _event: asyncio.Event = field(default_factory=asyncio.Event)

    def ring(self) -> None:
        """Wake whoever waits; a ring while nobody waits is kept."""
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
