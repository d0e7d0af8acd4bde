"""The running service: its roles in one TaskGroup, until a signal asks it to stop."""

import asyncio
import fcntl
import gc
import logging
import os
import secrets
import signal
import socket
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, contextmanager
from dataclasses import field
from datetime import timedelta
from functools import partial
from pathlib import Path

from bot.alerts import Watch, free_space
from bot.app import App, open_desk
from bot.banner import print_banner
from bot.bells import Bells
from bot.clock import CarriedClock, Timekeeper
from bot.errors import ConfigurationError
from bot.heap import give_back_at_rest, share_the_heap
from bot.logs import configure_logs
from bot.roles import open_roles
from bot.settings import Settings, load_settings
from bot.shared import Job, Role, Shared
from bot.status import Statuses
from bot.wakeup import Wakeup
from knowledge_base.values import dataclass

logger = logging.getLogger(__name__)
_ASKED = frozenset({Role.WORKER, Role.WEB})
"""The roles that answer questions."""
_GRACE = 6.0
"""Seconds; the end is promised within ten, on a busy machine as well."""


def run_service(only: Sequence[str] | None) -> None:
    """Run until SIGTERM or SIGINT.

    Raises:
        ConfigurationError: a setting is wrong, a role unknown, or another service runs here.
    """
    share_the_heap()
    settings = load_settings()
    configure_logs(settings.log_format)
    roles = _roles(settings, only)
    with _alone(settings), open_desk(settings) as app:
        asyncio.run(_Service(app=app, roles=roles).run())


def _roles(settings: Settings, only: Sequence[str] | None) -> tuple[Role, ...]:
    configured = {
        Role.MAIL: settings.takes_mail,
        Role.TELEGRAM: settings.telegram_token is not None,
    }
    if only is None:
        return tuple(role for role in Role if configured.get(role, True))
    names = [name.strip() for name in only]
    unknown = sorted(set(names) - {role.value for role in Role})
    if unknown:
        raise ConfigurationError(
            f"--only: no role {', '.join(unknown)}; there are {', '.join(Role)}"
        )
    missing = [name for name in names if not configured.get(Role(name), True)]
    if missing:
        raise ConfigurationError(f"--only: {missing[0]} is not configured; see docs/settings.md")
    return tuple(role for role in Role if role.value in names)


@contextmanager
def _alone(settings: Settings) -> Iterator[None]:
    """Refuse a second service on the same SQLite file; commands may run beside us."""
    if not settings.is_sqlite:
        yield
        return
    path = settings.data_dir / "service.lock"
    _make_folder(settings.data_dir)
    with path.open("a", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ConfigurationError(
                f"HELPDESK_DATA_DIR: another service runs on {settings.data_dir}"
            ) from None
        yield


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as wrong:
        raise ConfigurationError(
            f"HELPDESK_DATA_DIR: {folder} cannot be used: {wrong.strerror}"
        ) from wrong


@dataclass(slots=True, kw_only=True)
class _Service:
    """The roles of one process and what they share."""

    app: App
    roles: tuple[Role, ...]
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    arrivals: Wakeup = field(default_factory=Wakeup)
    debts: Wakeup = field(default_factory=Wakeup)
    started: asyncio.Event = field(default_factory=asyncio.Event)
    address: str = ""

    async def run(self) -> None:
        """Start the roles and let them finish when a signal comes."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self.stopping.set)
        statuses = Statuses(on_ready=self._ready)
        for role in self.roles:
            statuses.expect(role.value)
        shared = Shared(
            app=self.app,
            statuses=statuses,
            stopping=self.stopping,
            arrivals=self.arrivals,
            debts=self.debts,
            holder=_holder(self.app.settings),
            opened=self._opened,
            watch=self._watch(),
        )
        async with AsyncExitStack() as stack:
            jobs = dict(await open_roles(shared, self.roles, stack))
            jobs["heap"] = partial(give_back_at_rest, self.stopping)
            if not self.app.settings.is_sqlite:
                jobs["bells"] = self._bells().run
            if _ASKED & set(self.roles):
                jobs["knowledge"] = self._learn
            if isinstance(self.app.clock, CarriedClock):
                jobs["clock"] = self._timekeeper(self.app.clock).run
            await self._do(jobs)
        logger.info("stopped")

    async def _do(self, jobs: Mapping[str, Job]) -> None:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(job(), name=name) for name, job in jobs.items()]
            await self.stopping.wait()
            logger.info("stopping")
            self.arrivals.echo()
            self.debts.echo()
            self.started.set()
            _, late = await asyncio.wait(tasks, timeout=_GRACE)
            for task in late:
                task.cancel()

    async def _learn(self) -> None:
        """Have the entries ready before the first question, but not before the service is."""
        await self.started.wait()
        if self.stopping.is_set():
            return
        try:
            await asyncio.to_thread(self.app.knowledge.current)
        except OSError:
            # The first question reads them, as soon as the database is back.
            logger.warning("entries not read yet, the database cannot be used")

    def _timekeeper(self, clock: CarriedClock) -> Timekeeper:
        app = self.app
        return Timekeeper(
            clock=clock, units=app.units, lease=app.settings.lease, stopping=self.stopping
        )

    def _bells(self) -> Bells:
        wakeups = {"arrivals": self.arrivals, "debts": self.debts}
        return Bells(database=self.app.database, wakeups=wakeups, stopping=self.stopping)

    def _watch(self) -> Watch:
        settings = self.app.settings
        return Watch(
            units=self.app.units,
            clock=self.app.clock,
            alerts=self.app.alerts,
            debts=self.debts,
            stopping=self.stopping,
            after=timedelta(seconds=settings.alert_seconds),
            free=partial(free_space, settings.data_dir),
        )

    def _opened(self, address: str) -> None:
        self.address = address

    def _ready(self) -> None:
        # All that a start made stays: to look through it for garbage took 0.2 s now and then.
        gc.freeze()
        self.started.set()
        logger.info(
            "ready", extra={"roles": [role.value for role in self.roles], "web": self.address}
        )
        try:
            print_banner(self.app, self.address)
        except OSError:
            # Nothing but a greeting: the work goes on as soon as the database is back.
            logger.warning("no greeting, the database cannot be used")


def _holder(settings: Settings) -> str:
    """Name this process among those that share the database.

    On SQLite it is alone, so what a predecessor held when it died is taken over at once.
    """
    if settings.is_sqlite:
        return "service"
    return f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
