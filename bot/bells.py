"""Carries rings between the processes that share a database."""

import asyncio
import logging
from collections.abc import Generator, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import closing

from bot.database import Database
from bot.wakeup import Wakeup
from knowledge_base.values import dataclass

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
        # Threads of its own: none may still ring when the database is closed.
        with ThreadPoolExecutor(1 + len(self.wakeups), "bell") as threads:
            async with asyncio.TaskGroup() as group:
                tellers = [
                    group.create_task(self._tell(threads, name, wakeup), name=f"bell {name}")
                    for name, wakeup in self.wakeups.items()
                ]
                await self._hear(threads)
                for teller in tellers:
                    teller.cancel()

    async def _tell(self, threads: Executor, name: str, wakeup: Wakeup) -> None:
        loop = asyncio.get_running_loop()
        while True:
            await wakeup.rung_here()
            try:
                await loop.run_in_executor(threads, self.database.ring, name)
            except OSError:
                await asyncio.sleep(self.retry)
            await asyncio.sleep(_GATHER)

    async def _hear(self, threads: Executor) -> None:
        while not self.stopping.is_set():
            try:
                with closing(self.database.listen(self.listens)) as heard:
                    await self._echo(threads, heard)
            except OSError:
                logger.warning("other processes are not heard; polling goes on")
                await asyncio.sleep(self.retry)

    async def _echo(self, threads: Executor, heard: Generator[str | None, None, None]) -> None:
        loop = asyncio.get_running_loop()
        while not self.stopping.is_set():
            name = await loop.run_in_executor(threads, next, heard)
            if name is not None and name in self.wakeups:
                self.wakeups[name].echo()
