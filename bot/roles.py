"""The roles of the service: what each needs is imported and opened only when it is started."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Mapping
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from functools import partial

from bot.app import App
from bot.mail_settings import MailboxSettings
from bot.preparing import Preparer
from bot.relay import Archive, Relay, Transport
from bot.status import RoleStatus, Statuses
from bot.timers import Timers
from bot.wakeup import Wakeup
from bot.worker import Worker
from handlers.domain.channels import Channel
from handlers.ports import UnitOfWork
from handlers.working_time import VILNIUS

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


async def open_roles(
    shared: Shared, roles: Iterable[Role], stack: AsyncExitStack
) -> Mapping[str, Job]:
    """Build the job of each role; what they hold open is closed by the stack."""
    openers = {
        Role.MAIL: _mail,
        Role.TELEGRAM: _telegram,
        Role.WORKER: _worker,
        Role.RELAY: _relay,
        Role.TIMERS: _timers,
        Role.WEB: _web,
    }
    jobs: dict[str, Job] = {}
    for role in roles:
        jobs.update(await openers[role](shared, stack))
    if Role.WEB not in jobs and shared.app.settings.status_port is not None:
        jobs["status"] = _status(shared, shared.app.settings.status_port)
    return jobs


async def _worker(shared: Shared, stack: AsyncExitStack) -> Mapping[str, Job]:
    from bot.mail_wiring import mail_preparer

    app = shared.app
    mail = mail_preparer(app)
    stack.push_async_callback(mail.close)
    preparers: dict[Channel, Preparer] = {Channel.MAIL: mail}
    if app.settings.telegram_token is not None:
        from bot.telegram_wiring import open_preparer

        def watched(status: RoleStatus) -> None:
            shared.statuses.report("staff chats", ok=status.ok, detail=status.detail)

        preparers[Channel.TELEGRAM] = await stack.enter_async_context(
            open_preparer(app, report=watched)
        )
    worker = Worker(
        units=app.units,
        clock=app.clock,
        handling=app.handling,
        knowledge=app.knowledge,
        preparers=preparers,
        lease=app.settings.lease,
        arrivals=shared.arrivals,
        debts=shared.debts,
        stopping=shared.stopping,
    )
    shared.statuses.report(Role.WORKER, ok=True, detail="working")
    return {Role.WORKER.value: worker.run}


async def _relay(shared: Shared, stack: AsyncExitStack) -> Mapping[str, Job]:
    app = shared.app
    transports: dict[Channel, Transport] = {}
    archives: dict[Channel, Archive] = {}
    link = ""
    if app.settings.telegram_token is not None:
        from bot.telegram_wiring import bot_link, open_transport

        transports[Channel.TELEGRAM] = open_transport(app)
        link = await bot_link(app)
    if app.settings.sends_mail:
        from bot.mail_wiring import mail_archive, mail_transport

        transports[Channel.MAIL] = mail_transport(app, bot_link=link)
        archive = mail_archive(app)
        if archive is not None:
            archives[Channel.MAIL] = archive
    for transport in transports.values():
        stack.push_async_callback(transport.close)
    relay = Relay(
        units=app.units,
        clock=app.clock,
        deliveries=app.deliveries,
        transports=transports,
        archives=archives,
        lease=app.settings.lease,
        wakeup=shared.debts,
        stopping=shared.stopping,
    )
    if app.settings.is_sqlite:
        await app.units.write(app.deliveries.abandoned)
    shared.statuses.report(Role.RELAY, ok=True, detail="working")
    return {Role.RELAY.value: relay.run}


async def _timers(shared: Shared, _stack: AsyncExitStack) -> Mapping[str, Job]:
    app = shared.app
    timers = Timers(
        units=app.units,
        clock=app.clock,
        holder=shared.holder,
        jobs={
            "silence": app.reminders.resolve_silent,
            "retention": app.privacy.forget,
            "digest": app.digest.tell,
        },
        stopping=shared.stopping,
    )
    shared.statuses.report(Role.TIMERS, ok=True, detail="working")
    return {Role.TIMERS.value: timers.run}


async def _mail(shared: Shared, _stack: AsyncExitStack) -> Mapping[str, Job]:
    from bot.mail_wiring import mail_receiver
    from bot.mailbox_store import MailboxStore

    settings = shared.app.settings
    store = MailboxStore(
        units=shared.app.units,
        clock=shared.app.clock,
        arrivals=shared.arrivals,
        since={box.name: _midnight(box) for box in settings.all_mailboxes if box.since},
    )
    troubles: dict[str, str | None] = dict.fromkeys(
        (box.name for box in settings.all_mailboxes), "connecting"
    )
    jobs: dict[str, Job] = {}
    for box in settings.all_mailboxes:

        def report(trouble: str | None, name: str = box.name) -> None:
            troubles[name] = trouble
            said = [text for text in troubles.values() if text]
            shared.statuses.report(Role.MAIL, ok=not said, detail="; ".join(said) or "reading")

        receiver = mail_receiver(box, store, report)

        jobs[f"mail {box.name}"] = _exclusive(
            shared, f"mailbox:{box.name}", partial(receiver.run, shared.stopping)
        )
    return jobs


async def _telegram(shared: Shared, stack: AsyncExitStack) -> Mapping[str, Job]:
    from bot.telegram_wiring import open_receiver

    receiver = await stack.enter_async_context(
        open_receiver(
            shared.app,
            arrivals=shared.arrivals,
            report=lambda status: shared.statuses.report(
                Role.TELEGRAM, ok=status.ok, detail=status.detail
            ),
        )
    )
    return {Role.TELEGRAM.value: _exclusive(shared, "telegram", receiver)}


async def _web(shared: Shared, _stack: AsyncExitStack) -> Mapping[str, Job]:
    from bot.console.site import Webhook
    from bot.web import build_site, open_site, serve

    site = open_site(shared.app, owed=shared.debts.ring)
    settings = shared.app.settings
    hooks: dict[str, Webhook] = {}
    if settings.telegram_token is not None and settings.telegram_webhook_url:
        from bot.telegram_wiring import webhooks

        hooks.update(webhooks(shared.app, arrivals=shared.arrivals))

    def ready(address: str) -> None:
        shared.opened(address)
        shared.statuses.report(Role.WEB, ok=True, detail=address)

    async def run() -> None:
        await serve(
            build_site(site, readiness=lambda: shared.statuses.roles, webhooks=hooks),
            host=settings.web_host,
            port=settings.web_port,
            ready=ready,
            stopping=shared.stopping,
            proxies=settings.web_proxies,
        )

    return {Role.WEB.value: run}


def _status(shared: Shared, port: int) -> Job:
    """Serve only /health, /ready and /metrics, where no pages are."""
    from bot.web import build_status, open_site, serve

    site = open_site(shared.app, owed=shared.debts.ring)

    async def run() -> None:
        await serve(
            build_status(site, readiness=lambda: shared.statuses.roles),
            host=shared.app.settings.web_host,
            port=port,
            ready=shared.opened,
            stopping=shared.stopping,
        )

    return run


def _exclusive(shared: Shared, name: str, work: Job) -> Job:
    """Do the work only while this process holds the lease; another takes over when it ends."""
    lease = min(_LONGEST_LEASE, shared.app.settings.lease)

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
            await _pause(shared.stopping, lease / 3)

    async def run() -> None:
        while not shared.stopping.is_set():
            if await holds():
                await _first_of(work, hold, shared.stopping.wait)
            await _pause(shared.stopping, lease / 3)
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


async def _pause(stopping: asyncio.Event, length: timedelta) -> None:
    try:
        async with asyncio.timeout(length.total_seconds()):
            await stopping.wait()
    except TimeoutError:
        return


def _midnight(box: MailboxSettings) -> datetime:
    assert box.since is not None  # noqa: S101 -- the caller chose those that have one
    return datetime.combine(box.since, time(), VILNIUS)
