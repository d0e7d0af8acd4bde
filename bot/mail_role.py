"""The role `mail`: takes mail in, from mailboxes and from a mail server of our own."""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import field
from datetime import datetime, time
from functools import partial

from bot.email.receiver import Unread
from bot.errors import ConfigurationError
from bot.mail_settings import Folder, MailboxSettings
from bot.mail_wiring import mail_receiver
from bot.mailbox_store import MailboxStore
from bot.shared import Job, Role, Shared, exclusive
from bot.status import RoleStatus
from handlers.alerts import Trouble
from handlers.working_time import VILNIUS
from knowledge_base.values import dataclass


async def open_mail(shared: Shared, stack: AsyncExitStack) -> Mapping[str, Job]:
    """Build a job for each mailbox, and one for what is handed to us.

    Raises:
        ConfigurationError: the address for mail handed to us cannot be opened.
    """
    settings = shared.app.settings
    store = MailboxStore(
        units=shared.app.units,
        clock=shared.app.clock,
        arrivals=shared.arrivals,
        since={box.name: _midnight(box) for box in settings.all_mailboxes if box.since},
    )
    report = _Report(shared)
    jobs: dict[str, Job] = {}
    for box in settings.all_mailboxes:
        work = partial(_read, box, store, report, shared.stopping)
        for folder in box.folders:
            report.expect(folder.source)
        stands = partial(report.stands, box)
        jobs[f"mail {box.name}"] = exclusive(shared, f"mailbox:{box.name}", work, report=stands)
    if settings.lmtp_port is not None:
        await _open_lmtp(settings.lmtp_host, settings.lmtp_port, store, stack)
        jobs["lmtp"] = partial(_wait, shared.stopping)
        report.handed()
    return jobs


@dataclass(slots=True)
class _Report:
    """What is told of each folder, put together for the role, and what people are alerted of."""

    shared: Shared
    _folders: dict[str, str | None] = field(default_factory=dict)

    def expect(self, source: str) -> None:
        self._folders[source] = "connecting"

    def of(self, source: str) -> Callable[[Unread | None], None]:
        """Return what one folder is reported to."""

        def report(unread: Unread | None) -> None:
            self._folders[source] = unread.why if unread else None
            is_refused = unread is not None and unread.is_refused
            watch = self.shared.watch
            watch.report(Trouble.SIGN_IN, source, ok=not is_refused)
            watch.report(Trouble.MAILBOX, source, ok=unread is None or is_refused)
            self._tell()

        return report

    def stands(self, box: MailboxSettings, status: RoleStatus) -> None:
        """Say why a mailbox is not read by this process."""
        for folder in box.folders:
            self._folders[folder.source] = None if status.ok else status.detail
        self._tell(status.detail)

    def handed(self) -> None:
        """Say that mail may be handed to us."""
        self._tell()

    def _tell(self, otherwise: str = "reading") -> None:
        said = dict.fromkeys(why for why in self._folders.values() if why)
        detail = "; ".join(said) or otherwise
        self.shared.statuses.report(Role.MAIL, ok=not said, detail=detail)


async def _read(
    box: MailboxSettings, store: MailboxStore, report: _Report, stopping: asyncio.Event
) -> None:
    """Read the folders of a mailbox.

    The Sent folder begins when the others have been read once: what is answered there must be known
    before its answer.
    """
    caught_up = asyncio.Event()

    def inbox(unread: Unread | None, tell: Callable[[Unread | None], None]) -> None:
        if unread is None:
            caught_up.set()
        tell(unread)

    async def sent(folder: Folder) -> None:
        await caught_up.wait()
        await mail_receiver(box, folder, store, report.of(folder.source)).run(stopping)

    async with asyncio.TaskGroup() as group:
        later = []
        for folder in box.folders:
            if folder.is_sent:
                later.append(group.create_task(sent(folder)))
            else:
                tell = partial(inbox, tell=report.of(folder.source))
                group.create_task(mail_receiver(box, folder, store, tell).run(stopping))
        await stopping.wait()
        if not caught_up.is_set():
            for task in later:
                task.cancel()


async def _open_lmtp(host: str, port: int, store: MailboxStore, stack: AsyncExitStack) -> None:
    from bot.email.lmtp import accepting  # noqa: PLC0415 -- few have a mail server of their own

    try:
        await stack.enter_async_context(accepting(host, port, store.take))
    except OSError as taken:
        raise ConfigurationError(
            f"HELPDESK_LMTP_PORT: {host}:{port} cannot be opened: {taken.strerror}"
        ) from taken


async def _wait(stopping: asyncio.Event) -> None:
    await stopping.wait()


def _midnight(box: MailboxSettings) -> datetime:
    assert box.since is not None  # noqa: S101 -- the caller chose those that have one
    return datetime.combine(box.since, time(), VILNIUS)
