"""One commit for what several tasks want written at the same moment.

A durable commit waits for the disk, however little it holds. What comes while one is under way is
collected for the next.
"""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar, cast

from handlers.ports import UnitOfWork, UnitOfWorkFactory

T = TypeVar("T")
_MOST = 50
"""So many at most in one transaction: others want to write too."""

_Work = Callable[[UnitOfWork], object]
_Asked = tuple[_Work, "asyncio.Future[object]"]


@dataclass(slots=True)
class Joint:
    """Collects work and runs it, one transaction at a time.

    - Nobody is told before the commit.
    - If one raises, the transaction is rolled back and each is run alone: it fails for itself.
    - Who stops waiting before the transaction began writes nothing; after that it is written.
    """

    _waiting: list[_Asked] = field(default_factory=list)
    _is_writing: bool = False

    async def write(
        self, work: Callable[[UnitOfWork], T], *, begin: UnitOfWorkFactory, writers: Executor
    ) -> T:
        """Return the work's value once it is committed."""
        loop = asyncio.get_running_loop()
        done: asyncio.Future[object] = loop.create_future()
        self._waiting.append((work, done))
        if not self._is_writing:
            self._is_writing = True
            # Not at once: whoever was woken by the same event joins.
            loop.call_soon(self._next, begin, writers)
        return cast("T", await done)

    def _next(self, begin: UnitOfWorkFactory, writers: Executor) -> None:
        wanted = [asked for asked in self._waiting if not asked[1].done()]
        batch, self._waiting = wanted[:_MOST], wanted[_MOST:]
        self._is_writing = bool(batch)
        if batch:
            works = [work for work, _ in batch]
            writing = asyncio.get_running_loop().run_in_executor(writers, _written, begin, works)
            writing.add_done_callback(partial(self._tell, batch, begin, writers))

    def _tell(
        self,
        batch: Sequence[_Asked],
        begin: UnitOfWorkFactory,
        writers: Executor,
        writing: asyncio.Future[Sequence[object]],
    ) -> None:
        outcomes: Sequence[object] = [asyncio.CancelledError()] * len(batch)
        if not writing.cancelled():
            broken = writing.exception()
            outcomes = writing.result() if broken is None else [broken] * len(batch)
        for (_, done), outcome in zip(batch, outcomes, strict=True):
            if done.done():
                continue
            if isinstance(outcome, BaseException):
                done.set_exception(outcome)
            else:
                done.set_result(outcome)
        self._next(begin, writers)


def _written(begin: UnitOfWorkFactory, works: Sequence[_Work]) -> Sequence[object]:
    """Run the works and return, of each, its value or the exception it ended with."""
    try:
        with begin() as uow:
            values = [work(uow) for work in works]
            uow.commit()
    except OSError as unusable:
        return [unusable] * len(works)
    except Exception as error:  # noqa: BLE001 -- raised again where the work came from
        if len(works) == 1:
            return [error]
        return [outcome for work in works for outcome in _written(begin, [work])]
    return values
