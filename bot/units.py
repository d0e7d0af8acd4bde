"""Units of work from the event loop: one hop into a worker thread, never the network inside."""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar, cast

from bot.joint import Joint
from handlers.ports import UnitOfWork, UnitOfWorkFactory

T = TypeVar("T")
_Work = Callable[[UnitOfWork], object]


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
    _writing: Joint[_Work, object] = field(default_factory=Joint, init=False, repr=False)
    _reading: Joint[_Work, object] = field(default_factory=Joint, init=False, repr=False)

    async def write(self, work: Callable[[UnitOfWork], T]) -> T:
        """Run the work in one transaction, commit it, and return its value."""
        return await asyncio.get_running_loop().run_in_executor(self.writers, self._write, work)

    async def write_jointly(self, work: Callable[[UnitOfWork], T]) -> T:
        """Run the work in one transaction with whatever else is to be written at this moment.

        Nobody is told before the commit. Each is kept or fails by itself: where one raises, every
        one is run again alone, so the work must be nothing but statements.
        """
        written = partial(_each, self.begin, commits=True)
        value = await self._writing.ask(work, answer_all=written, threads=self.writers)
        return cast("T", value)

    async def read(self, work: Callable[[UnitOfWork], T]) -> T:
        """Run work that only reads."""
        return await asyncio.get_running_loop().run_in_executor(self.readers, self._read, work)

    async def read_jointly(self, work: Callable[[UnitOfWork], T]) -> T:
        """Run work that reads little, in one transaction with whatever else is to be read now.

        One batch is read at a time, so work that takes long would hold up others.
        """
        found = partial(_each, self.begin_reading, commits=False)
        value = await self._reading.ask(work, answer_all=found, threads=self.readers)
        return cast("T", value)

    def _write(self, work: Callable[[UnitOfWork], T]) -> T:
        with self.begin() as uow:
            value = work(uow)
            uow.commit()
            return value

    def _read(self, work: Callable[[UnitOfWork], T]) -> T:
        with self.begin_reading() as uow:
            return work(uow)


def _each(begin: UnitOfWorkFactory, works: Sequence[_Work], *, commits: bool) -> Sequence[object]:
    """Run the works together; return, of each, its value or the exception it ended with."""
    try:
        with begin() as uow:
            values = [work(uow) for work in works]
            if commits:
                uow.commit()
    except OSError as unusable:
        return [unusable] * len(works)
    except Exception as error:  # noqa: BLE001 -- raised again where the work came from
        if len(works) == 1:
            return [error]
        return [outcome for work in works for outcome in _each(begin, [work], commits=commits)]
    return values
