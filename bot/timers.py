"""The timers: what falls due by itself, in exactly one process at a time."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import timedelta

from bot.units import Units
from bot.wakeup import pause
from handlers.ports import Clock, UnitOfWork
from knowledge_base.values import dataclass

logger = logging.getLogger(__name__)
LEASE_NAME = "timers"
_EVERY = timedelta(minutes=1)
_LEASE = timedelta(seconds=180)


@dataclass(frozen=True, slots=True, kw_only=True)
class Timers:
    """Runs each job once a minute under a lease; jobs are repeatable and find their own work.

    The lease is renewed in the transaction of each job. So a job that lost it does nothing, and on
    PostgreSQL, where that row stays locked until the commit, no other process can begin meanwhile.
    """

    units: Units
    clock: Clock
    holder: str
    jobs: Mapping[str, Callable[[UnitOfWork], object]]
    stopping: asyncio.Event

    async def run(self) -> None:
        """Run the jobs until told to stop, then give the lease back."""
        while not self.stopping.is_set():
            for name, job in self.jobs.items():
                await self._run(name, job)
            await pause(self.stopping, _EVERY)
        with suppress(OSError):
            await self.units.write(lambda uow: uow.leases.release(LEASE_NAME, holder=self.holder))

    def once(self, uow: UnitOfWork, job: Callable[[UnitOfWork], object]) -> bool:
        """Do a job if the lease is ours; return whether it is."""
        now = self.clock.now()
        if not uow.leases.acquire(LEASE_NAME, holder=self.holder, now=now, lease=_LEASE):
            return False
        job(uow)
        return True

    async def _run(self, name: str, job: Callable[[UnitOfWork], object]) -> None:
        try:
            await self.units.write(lambda uow: self.once(uow, job))
        except OSError:
            logger.exception("the database cannot be used", extra={"timer": name})
        except Exception:
            # The edge of a supervised loop: one job's bug must not stop the other jobs.
            logger.exception("timer failed", extra={"timer": name})
