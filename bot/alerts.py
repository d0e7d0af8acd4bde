"""Watches over the service's own troubles and lets those who steer know, in its own slow step."""

import asyncio
import logging
import shutil
from collections.abc import Callable
from dataclasses import field
from datetime import datetime, timedelta
from pathlib import Path

from bot.units import Units
from bot.wakeup import Wakeup, pause
from handlers.alerts import Alerts, Trouble
from handlers.ports import Clock, UnitOfWork
from knowledge_base.values import dataclass

logger = logging.getLogger(__name__)
_LEAST_FREE = 200 * 1024 * 1024
"""With less room than this a few large mails fill the disk."""

_STEPS = 4
_SHORTEST = timedelta(seconds=0.1)
_Place = tuple[Trouble, str]


def free_space(folder: Path) -> int:
    """Return how many octets the disk of a folder still takes."""
    return shutil.disk_usage(folder).free


@dataclass(slots=True, kw_only=True)
class Watch:
    """Roles report to it; what lasts for `after` is written down, and so told, once.

    A report costs nothing and may be repeated. While the database takes nothing, the troubles wait
    here: that is a full disk most often, and is told as one as soon as it can be.
    """

    units: Units
    clock: Clock
    alerts: Alerts
    debts: Wakeup
    stopping: asyncio.Event
    after: timedelta
    free: Callable[[], int]
    _since: dict[_Place, datetime | None] = field(default_factory=dict)
    _settled: set[_Place] = field(default_factory=set)

    def report(self, trouble: Trouble, name: str = "", *, ok: bool) -> None:
        """Say how it is now."""
        place = (trouble, name)
        if ok:
            self._since[place] = None
            return
        self._settled.discard(place)
        now = self.clock.now()
        self._since[place] = min(self._since.get(place) or now, now)

    async def run(self) -> None:
        """Look around until told to stop."""
        while not self.stopping.is_set():
            await self.look()
            await pause(self.stopping, max(_SHORTEST, self.after / _STEPS))

    async def look(self) -> None:
        """Write down what lasts and what is over."""
        try:
            self.report(Trouble.DISK, ok=self.free() >= _LEAST_FREE)
            now = self.clock.now()
            fine = {place for place, since in self._since.items() if since is None}
            lasting = {place for place, since in self._since.items() if self._lasts(since, now)}
            if lasting or fine - self._settled:
                await self._write(lasting=lasting, over=fine - self._settled)
        except OSError:
            logger.exception("the database cannot be used", extra={"watch": "troubles"})

    def _lasts(self, since: datetime | None, now: datetime) -> bool:
        return since is not None and now - since >= self.after

    async def _write(self, *, lasting: set[_Place], over: set[_Place]) -> None:
        def write(uow: UnitOfWork) -> list[bool]:
            told = [self.alerts.stands(uow, trouble, name) for trouble, name in sorted(lasting)]
            return told + [self.alerts.over(uow, trouble, name) for trouble, name in sorted(over)]

        if any(await self.units.write(write)):
            self.debts.ring()
        # What broke again while this was written is not settled.
        self._settled |= {place for place in over if self._since[place] is None}
