"""The places that ask a machine for the time, and how it is carried on where clocks are set."""

import asyncio
import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

from bot.units import Units
from bot.wakeup import pause
from handlers.ports import UnitOfWork
from knowledge_base.values import dataclass

logger = logging.getLogger(__name__)
_LOOK = timedelta(seconds=1)
_SET = timedelta(seconds=0.1)
"""A clock that differs by less is not set: time never goes back for a trifle."""

_JUMP = timedelta(seconds=2)


class SystemClock:
    """Implements `handlers.ports.Clock`."""

    def now(self) -> datetime:
        return datetime.now(UTC)  # noqa: TID251 -- the one place


class CarriedClock:
    """The time of one source for all who share a database, carried on between two looks at it.

    What carries it is the monotonic clock, which nobody sets: a host whose own clock is wrong, or
    jumps, does no harm. On PostgreSQL the source is the database, on SQLite the machine.
    """

    def __init__(self, source: Callable[[], datetime]) -> None:
        self._source = source
        self._known = (source(), time.monotonic())

    def now(self) -> datetime:
        at, since = self._known
        return at + timedelta(seconds=time.monotonic() - since)

    def look(self) -> timedelta:
        """Look at the source, and return how far it had gone ahead of us, or back.

        Raises:
            OSError: it cannot be asked; the time is carried on.
        """
        found = (self._source(), time.monotonic())
        jump = found[0] - self.now()
        if abs(jump) >= _SET:
            self._known = found
        return jump


@dataclass(frozen=True, slots=True, kw_only=True)
class Timekeeper:
    """Keeps a process's clock right, and lets no work wait for a time that has been already.

    A clock that is set back by an hour leaves leases and due times an hour away. They are mended
    when that is seen, and at each start, for it may have been set while nobody ran.
    """

    clock: CarriedClock
    units: Units
    lease: timedelta
    stopping: asyncio.Event

    async def run(self) -> None:
        """Look at the clock until told to stop."""
        is_mended = False
        while not self.stopping.is_set():
            try:
                jump = await asyncio.to_thread(self.clock.look)
                if abs(jump) >= _JUMP:
                    seconds = round(jump.total_seconds())
                    logger.warning("the clock was set", extra={"seconds": seconds})
                is_mended = is_mended and jump > -_JUMP
                if not is_mended:
                    await self.units.write(partial(self._mend, now=self.clock.now()))
                    is_mended = True
            except OSError:
                logger.warning("the clock cannot be compared")
            await pause(self.stopping, _LOOK)

    def _mend(self, uow: UnitOfWork, *, now: datetime) -> None:
        if mended := uow.waits.turn_back(now=now, longest=self.lease):
            logger.warning("work waited for a time to come", extra={"rows": mended})
