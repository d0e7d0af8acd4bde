"""The timers: what falls due by itself, in exactly one process at a time."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from bot.units import Units
from handlers.ports import Clock, UnitOfWork

logger = logging.getLogger(__name__)
LEASE_NAME = "timers"
_EVERY = 60.0
_LEASE = timedelta(seconds=180)


@dataclass(frozen=True, slots=True, kw_only=True)
class Timers:
    """Runs each job once a minute under a lease; jobs are repeatable and find their own work."""

    units: Units
    clock: Clock
    holder: str
    jobs: Mapping[str, Callable[[UnitOfWork], object]]
    stopping: asyncio.Event

    async def run(self) -> None:
        """Run the jobs until told to stop, then give the lease back."""
        while not self.stopping.is_set():
            if await self._holds():
                for name, job in self.jobs.items():
                    await self._run(name, job)
            await self._pause()
        with suppress(OSError):
            await self.units.write(lambda uow: uow.leases.release(LEASE_NAME, holder=self.holder))

    async def _holds(self) -> bool:
        try:
            return await self.units.write(self._acquire)
        except OSError:
            logger.exception("the database cannot be used", extra={"lease": LEASE_NAME})
            return False

    def _acquire(self, uow: UnitOfWork) -> bool:
        now = self.clock.now()
        return uow.leases.acquire(LEASE_NAME, holder=self.holder, now=now, lease=_LEASE)

    async def _run(self, name: str, job: Callable[[UnitOfWork], object]) -> None:
        try:
            await self.units.write(job)
        except OSError:
            logger.exception("the database cannot be used", extra={"timer": name})
        except Exception:
            # The edge of a supervised loop: one job's bug must not stop the other jobs.
            logger.exception("timer failed", extra={"timer": name})

    async def _pause(self) -> None:
        try:
            async with asyncio.timeout(_EVERY):
                await self.stopping.wait()
        except TimeoutError:
            return
