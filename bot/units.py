"""Units of work from the event loop: one hop into a worker thread, never the network inside."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import field
from functools import partial
from typing import TypeVar, cast

from bot.joint import Joint
from handlers.ports import UnitOfWork, UnitOfWorkFactory
from knowledge_base.values import dataclass

T = TypeVar("T")
W = TypeVar("W")
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
        written = partial(_together, self.begin, _run_all, commits=True)
        value = await self._writing.ask(work, answer_all=written, threads=self.writers)
        return cast("T", value)

    def jointly(
        self,
        write_all: Callable[[UnitOfWork, Sequence[W]], Sequence[object]],
        *,
        expects_more: Callable[[], bool],
    ) -> Callable[[W], Awaitable[object]]:
        """Return what writes things of one sort together, as `write_jointly` does works."""
        joint: Joint[W, object] = Joint(expects_more)
        written = partial(_together, self.begin, write_all, commits=True)
        return partial(joint.ask, answer_all=written, threads=self.writers)

    async def read(self, work: Callable[[UnitOfWork], T]) -> T:
        """Run work that only reads."""
        return await asyncio.get_running_loop().run_in_executor(self.readers, self._read, work)

    async def read_jointly(self, work: Callable[[UnitOfWork], T]) -> T:
        """Run work that reads little, in one transaction with whatever else is to be read now.

        One batch is read at a time, so work that takes long would hold up others.
        """
        found = partial(_together, self.begin_reading, _run_all, commits=False)
        value = await self._reading.ask(work, answer_all=found, threads=self.readers)
        return cast("T", value)

    def look(
        self, read_all: Callable[[UnitOfWork, Sequence[W]], Sequence[T]], asked: Sequence[W]
    ) -> Sequence[T | BaseException]:
        """Look up things of one sort, here and in one transaction; each fails by itself."""
        found = _together(self.begin_reading, read_all, asked, commits=False)
        return cast("Sequence[T | BaseException]", found)

    def _write(self, work: Callable[[UnitOfWork], T]) -> T:
        with self.begin() as uow:
            value = work(uow)
            uow.commit()
            return value

    def _read(self, work: Callable[[UnitOfWork], T]) -> T:
        with self.begin_reading() as uow:
            return work(uow)


def _run_all(uow: UnitOfWork, works: Sequence[_Work]) -> Sequence[object]:
    return [work(uow) for work in works]


def _together(
    begin: UnitOfWorkFactory,
    run_all: Callable[[UnitOfWork, Sequence[W]], Sequence[object]],
    works: Sequence[W],
    *,
    commits: bool,
) -> Sequence[object]:
    """Run the works together; return, of each, its value or the exception it ended with."""
    try:
        with begin() as uow:
            values = run_all(uow, works)
            if commits:
                uow.commit()
    except OSError as unusable:
        return [unusable] * len(works)
    except Exception as error:  # noqa: BLE001 -- raised again where the work came from
        if len(works) == 1:
            return [error]
        alone = partial(_together, begin, run_all, commits=commits)
        return [outcome for work in works for outcome in alone([work])]
    return values
