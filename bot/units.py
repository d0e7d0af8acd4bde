"""Units of work from the event loop: one hop into a worker thread, never the network inside."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TypeVar

from bot.joint import Joint
from handlers.ports import UnitOfWork, UnitOfWorkFactory

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Units:
    """Runs synchronous units of work off the event loop.

    `writers` has one thread on SQLite, which has one writer anyway, and a few on PostgreSQL;
    `readers` is a pool of its own, so that a page never waits behind a batch.
    """

    begin: UnitOfWorkFactory
    begin_reading: UnitOfWorkFactory
    writers: ThreadPoolExecutor
    readers: ThreadPoolExecutor
    _joint: Joint = field(default_factory=Joint, init=False, repr=False)

    async def write(self, work: Callable[[UnitOfWork], T]) -> T:
        """Run the work in one transaction, commit it, and return its value."""
        return await asyncio.get_running_loop().run_in_executor(self.writers, self._write, work)

    async def write_jointly(self, work: Callable[[UnitOfWork], T]) -> T:
        """Run the work in one transaction with whatever else is to be written at this moment.

        Each is kept or fails by itself: where one raises, every one is run again alone, so the work
        must be nothing but statements.
        """
        return await self._joint.write(work, begin=self.begin, writers=self.writers)

    async def read(self, work: Callable[[UnitOfWork], T]) -> T:
        """Run work that only reads."""
        return await asyncio.get_running_loop().run_in_executor(self.readers, self._read, work)

    def _write(self, work: Callable[[UnitOfWork], T]) -> T:
        with self.begin() as uow:
            value = work(uow)
            uow.commit()
            return value

    def _read(self, work: Callable[[UnitOfWork], T]) -> T:
        with self.begin_reading() as uow:
            return work(uow)
