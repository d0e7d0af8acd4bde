"""Carries rings between the processes that share a database."""

import asyncio
import logging
from collections.abc import Generator, Mapping
from contextlib import closing
from dataclasses import dataclass

from bot.database import Database
from bot.wakeup import Wakeup

_LISTENS = 1.0
"""How soon the listening thread notices that the service stops, seconds."""
_RETRY = 5.0
_GATHER = 0.005
"""Rings of one moment travel together."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bells:
    """Tells other processes of this one's rings, and rings here what they tell."""

    database: Database
    wakeups: Mapping[str, Wakeup]
    stopping: asyncio.Event
    listens: float = _LISTENS
    retry: float = _RETRY

    async def run(self) -> None:
        """Carry until told to stop; while the database is away, polling finds the work."""
        async with asyncio.TaskGroup() as group:
            tellers = [
                group.create_task(self._tell(name, wakeup), name=f"bell {name}")
                for name, wakeup in self.wakeups.items()
            ]
            await self._hear()
            for teller in tellers:
                teller.cancel()

    async def _tell(self, name: str, wakeup: Wakeup) -> None:
        while True:
            await wakeup.rung_here()
            try:
                await asyncio.to_thread(self.database.ring, name)
            except OSError:
                await asyncio.sleep(self.retry)
            await asyncio.sleep(_GATHER)

    async def _hear(self) -> None:
        while not self.stopping.is_set():
            try:
                with closing(self.database.listen(self.listens)) as heard:
                    await self._echo(heard)
            except OSError:
                logger.warning("other processes are not heard; polling goes on")
                await asyncio.sleep(self.retry)

    async def _echo(self, heard: Generator[str | None, None, None]) -> None:
        while not self.stopping.is_set():
            name = await asyncio.to_thread(next, heard)
            if name is not None and name in self.wakeups:
                self.wakeups[name].echo()
