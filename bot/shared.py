"""What the roles of one process share, and work that one process at a time may do."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from bot.alerts import Watch
from bot.app import App
from bot.status import Statuses
from bot.wakeup import Wakeup
from handlers.ports import UnitOfWork

logger = logging.getLogger(__name__)
Job = Callable[[], Coroutine[None, None, None]]
_LONGEST_LEASE = timedelta(seconds=30)
"""So long a mailbox or a bot is read by nobody when the process that read it dies."""


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


def exclusive(shared: Shared, name: str, work: Job) -> Job:
    """Do the work only while this process holds the lease; another takes over when it ends."""
    lease = shared.lease

    def acquire(uow: UnitOfWork) -> bool:
        now = shared.app.clock.now()
        return uow.leases.acquire(name, holder=shared.holder, now=now, lease=lease)

    async def holds() -> bool:
        try:
            return await shared.app.units.write(acquire)
        except OSError:
            # A full disk or a lost database: whoever finds it again first does the work.
            logger.exception("the database cannot be used", extra={"lease": name})
            return False

    async def hold() -> None:
        while await holds():
            await pause(shared.stopping, lease / 3)

    async def run() -> None:
        while not shared.stopping.is_set():
            if await holds():
                await _first_of(work, hold, shared.stopping.wait)
            await pause(shared.stopping, lease / 3)
        with suppress(OSError):
            await shared.app.units.write(lambda uow: uow.leases.release(name, holder=shared.holder))

    return run


async def _first_of(*jobs: Callable[[], Awaitable[object]]) -> None:
    """Run the jobs until one of them ends, then end the others."""
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(_awaited(job)) for job in jobs]
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in tasks:
            task.cancel()


async def _awaited(job: Callable[[], Awaitable[object]]) -> None:
    await job()


async def pause(stopping: asyncio.Event, length: timedelta) -> None:
    try:
        async with asyncio.timeout(length.total_seconds()):
            await stopping.wait()
    except TimeoutError:
        return
