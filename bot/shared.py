"""What the roles of one process share, and work that one process at a time may do."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from datetime import timedelta
from enum import StrEnum
from functools import partial

from bot.alerts import Watch
from bot.app import App
from bot.status import RoleStatus, Statuses
from bot.wakeup import Wakeup, pause
from handlers.ports import UnitOfWork
from knowledge_base.values import dataclass

logger = logging.getLogger(__name__)
Job = Callable[[], Coroutine[None, None, None]]
_LONGEST_LEASE = timedelta(seconds=15)
"""So long a mailbox or a bot is read by nobody when the process that read it dies."""
_STANDS_BY = RoleStatus(ok=True, detail="standing by; another process does it")
_UNKNOWN = RoleStatus(ok=False, detail="the database does not answer")


class Role(StrEnum):
    """What a process can do (CONTRACT, `run`)."""

    MAIL = "mail"
    TELEGRAM = "telegram"
    WORKER = "worker"
    RELAY = "relay"
    TIMERS = "timers"
    WEB = "web"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What the roles of one process share. `opened` is told the address of the web pages."""

    app: App
    statuses: Statuses
    stopping: asyncio.Event
    arrivals: Wakeup
    debts: Wakeup
    holder: str
    opened: Callable[[str], None]
    watch: Watch

    @property
    def lease(self) -> timedelta:
        """How long a right outlives the process that held it."""
        return min(_LONGEST_LEASE, self.app.settings.lease)


def _ignore(_status: RoleStatus) -> None:
    return


def exclusive(
    shared: Shared, name: str, work: Job, *, report: Callable[[RoleStatus], None] = _ignore
) -> Job:
    """Do the work only while this process holds the lease; another takes over when it ends.

    `report` is told why the work is not done here.
    """
    return _Exclusive(shared=shared, name=name, work=work, report=report).run


@dataclass(frozen=True, slots=True, kw_only=True)
class _Exclusive:
    """Work under a lease.

    A lease that could not be renewed in time is over by our own clock too: a process that is cut
    off from the database stops before another one begins.
    """

    shared: Shared
    name: str
    work: Job
    report: Callable[[RoleStatus], None]

    async def run(self) -> None:
        stopping, units = self.shared.stopping, self.shared.app.units
        while not stopping.is_set():
            until = self._end()
            if await self._holds() and time.monotonic() < until:
                await _first_of(self.work, partial(self._hold, until), stopping.wait)
            await pause(stopping, self.shared.lease / 10)
        with suppress(OSError):
            await units.write(lambda uow: uow.leases.release(self.name, holder=self.shared.holder))

    async def _hold(self, until: float) -> None:
        """Hold the lease on until it is lost, or may be."""
        try:
            while True:
                await pause(self.shared.stopping, self.shared.lease / 3)
                async with asyncio.timeout_at(until):
                    until = self._end()
                    if not await self._holds():
                        return
        except TimeoutError:
            logger.warning("the lease ended unanswered", extra={"lease": self.name})
            self.report(_UNKNOWN)

    async def _holds(self) -> bool:
        try:
            is_ours = await self.shared.app.units.write(self._acquire)
        except OSError:
            # A full disk or a lost database: whoever finds it again first does the work.
            logger.exception("the database cannot be used", extra={"lease": self.name})
            self.report(_UNKNOWN)
            return False
        if not is_ours:
            self.report(_STANDS_BY)
        return is_ours

    def _acquire(self, uow: UnitOfWork) -> bool:
        now, lease = self.shared.app.clock.now(), self.shared.lease
        return uow.leases.acquire(self.name, holder=self.shared.holder, now=now, lease=lease)

    def _end(self) -> float:
        """Return when a lease that is asked for now ends."""
        return time.monotonic() + self.shared.lease.total_seconds()


async def _first_of(*jobs: Callable[[], Awaitable[object]]) -> None:
    """Run the jobs until one of them ends, then end the others."""
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(_awaited(job)) for job in jobs]
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in tasks:
            task.cancel()


async def _awaited(job: Callable[[], Awaitable[object]]) -> None:
    await job()
