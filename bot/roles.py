"""The roles of the service: what each needs is imported and opened only when it is started."""

from collections.abc import Iterable, Mapping
from contextlib import AsyncExitStack
from datetime import timedelta

from bot.app import App
from bot.preparing import Preparer
from bot.relay import Archive, Relay, Transport
from bot.rights import Right
from bot.shared import Job, Role, Shared, exclusive
from bot.status import RoleStatus
from bot.timers import Timers
from bot.worker import Worker
from handlers.alerts import Trouble
from handlers.domain.channels import Channel
from handlers.due_watch import DueWatch
from handlers.release_watch import ReleaseWatch
from handlers.staff_notices import StaffNotices
from handlers.training_watch import TrainingWatch

_BATCHES = 2
"""While one batch waits for the server's answers, another is read and decided."""


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
    jobs: dict[str, Job] = {"alerts": shared.watch.run}
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
        at_once=1 if app.settings.is_sqlite else _BATCHES,
    )
    shared.statuses.report(Role.WORKER, ok=True, detail="working")
    return {Role.WORKER.value: worker.run}


async def _relay(shared: Shared, stack: AsyncExitStack) -> Mapping[str, Job]:
    app = shared.app
    transports: dict[Channel, Transport] = {}
    archives: dict[Channel, Archive] = {}
    rights: dict[Channel, Right] = {}
    link = ""
    if app.settings.telegram_token is not None:
        from bot.telegram_wiring import bot_link, open_transport, sole_sender

        transports[Channel.TELEGRAM] = telegram = open_transport(app)
        rights[Channel.TELEGRAM] = sole_sender(telegram, holder=shared.holder, lease=shared.lease)
        link = await bot_link(app)
    if app.settings.sends_mail:
        from bot.mail_wiring import mail_archive, mail_transport

        transports[Channel.MAIL] = mail_transport(app, bot_link=link)
        archive = mail_archive(app)
        if archive is not None:
            archives[Channel.MAIL] = archive
    for transport in transports.values():
        stack.push_async_callback(transport.close)

    def report(channel: Channel, *, is_up: bool) -> None:
        if channel is Channel.MAIL:
            shared.watch.report(Trouble.SENDING, ok=is_up)
            detail = "working" if is_up else "working; no mail can be sent now"
            shared.statuses.report(Role.RELAY, ok=True, detail=detail)

    relay = Relay(
        units=app.units,
        clock=app.clock,
        deliveries=app.deliveries,
        transports=transports,
        archives=archives,
        rights=rights,
        lease=app.settings.lease,
        wakeup=shared.debts,
        stopping=shared.stopping,
        report=report,
    )
    if app.settings.is_sqlite:
        await app.units.write(app.deliveries.abandoned)
    shared.statuses.report(Role.RELAY, ok=True, detail="working")
    return {Role.RELAY.value: relay.run}


def release_watch(app: App) -> ReleaseWatch:
    """Return what gives tickets back that their owners do not get on with."""
    return ReleaseWatch(
        assigning=app.routing.assigning,
        reactions=app.desk.reactions,
        working_time=app.working_time,
        usual=timedelta(hours=app.settings.release_hours),
    )


async def _timers(shared: Shared, _stack: AsyncExitStack) -> Mapping[str, Job]:
    app = shared.app
    timers = Timers(
        units=app.units,
        clock=app.clock,
        holder=shared.holder,
        jobs={
            "silence": app.reminders.resolve_silent,
            "closing": app.reminders.close_waiting,
            "deadlines": app.deadline_watch.look,
            "releases": release_watch(app).look,
            "calls": app.closing.remind,
            "call-backs": app.talking.missed_calls.remind,
            "referrals": app.talking.referring.remind,
            "mentors": app.mentors.watch.look,
            "due": _due(app).look,
            "trainings": TrainingWatch(enrolling=app.intake.enrolling).look,
            "retention": app.privacy.forget,
            "files": app.privacy.sweep,
            "breaker": app.alerts.look_at_breaker,
            "digest": app.digest.tell,
        },
        stopping=shared.stopping,
    )
    shared.statuses.report(Role.TIMERS, ok=True, detail="working")
    if not app.settings.all_mailboxes:
        return {Role.TIMERS.value: timers.run}
    from bot.reconciling import Reconciler

    reconciler = Reconciler(shared=shared)
    return {
        Role.TIMERS.value: timers.run,
        "reconciliation": exclusive(shared, "reconciliation", reconciler.run),
    }


def _due(app: App) -> DueWatch:
    notices = StaffNotices(clock=app.clock, room=app.desk.reactions.staff_room)
    return DueWatch(working_time=app.working_time, notices=notices)


async def _mail(shared: Shared, stack: AsyncExitStack) -> Mapping[str, Job]:
    from bot.mail_role import open_mail

    return await open_mail(shared, stack)


async def _telegram(shared: Shared, stack: AsyncExitStack) -> Mapping[str, Job]:
    from bot.telegram_wiring import open_receiver

    def stands(status: RoleStatus) -> None:
        shared.statuses.report(Role.TELEGRAM, ok=status.ok, detail=status.detail)

    def report(status: RoleStatus) -> None:
        stands(status)
        shared.watch.report(Trouble.TELEGRAM, ok=status.ok)

    receiver = await stack.enter_async_context(
        open_receiver(shared.app, arrivals=shared.arrivals, report=report)
    )
    return {Role.TELEGRAM.value: exclusive(shared, Role.TELEGRAM, receiver, report=stands)}


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
