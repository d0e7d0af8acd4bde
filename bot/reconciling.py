"""Holds what mail servers have against what we have: once a day, and when `helpdesk audit` asks."""

import hashlib
import logging
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from functools import partial

from bot.app import App
from bot.email.imap import ImapAccount, Mailbox, Selected, signed_in
from bot.email.imap_wire import ImapError
from bot.mail_settings import Folder, MailboxSettings
from bot.mail_wiring import imap_account
from bot.shared import Role, Shared
from bot.wakeup import pause
from handlers.domain.channels import Channel
from handlers.ports import Cursor, Reconciled, UnitOfWork
from handlers.reconciling import balance, record
from handlers.working_time import VILNIUS
from knowledge_base.values import dataclass

ARCHIVE = "archive"
"""The source that is the archive copy of what we sent."""

_EVERY = timedelta(days=1)
_LOOK = timedelta(minutes=1)
_SETTLED = timedelta(minutes=10)
"""What is younger may be on its way; it is looked at the next time."""

_ARCHIVED_FOR = timedelta(days=3)
"""Each mail is looked for on a few days; an archive may be emptied of older ones."""

_CHUNK = 500

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A place with messages, how many of them we know, and the names of those we miss."""

    name: str
    seen: int = 0
    missing: tuple[str, ...] = ()


async def reconcile(app: App, *, before: datetime | None = None) -> list[Source]:
    """Compare every folder that is read, and the archive of what was sent.

    What a mailbox got after `before` does not count; in the archive it is ten minutes ago at least.

    Raises:
        ImapError: a mailbox cannot be read; it is named.
    """
    found = []
    for box in app.settings.all_mailboxes:
        try:
            async with signed_in(imap_account(box)) as mailbox:
                found += [await _folder(app, box, each, mailbox, before) for each in box.folders]
        except ImapError as unreachable:
            raise ImapError(f"{box.name}: {unreachable}") from unreachable
    if app.settings.archive_folder:
        account = imap_account(app.settings.all_mailboxes[0])
        found.append(await _archive(app, account, app.settings.archive_folder))
    return found


async def _folder(
    app: App, box: MailboxSettings, folder: Folder, mailbox: Mailbox, before: datetime | None
) -> Source:
    opened = await mailbox.select(folder.name)
    cursor = await app.units.read(
        lambda uow: uow.cursors.find(
            mailbox=folder.source, folder=folder.name, uid_validity=opened.uid_validity
        )
    )
    if cursor is None:
        return Source(name=folder.source)
    ours = await _ours(mailbox, cursor, box, before)
    known = await app.units.read(partial(_known, cursor=cursor))
    missing = [
        f"{folder.name}:{opened.uid_validity}:{uid}"
        for uid in ours
        if uid not in known and not await _is_kept(app, await mailbox.fetch(uid))
    ]
    return Source(name=folder.source, seen=len(ours), missing=tuple(missing))


async def _ours(
    mailbox: Mailbox, cursor: Cursor, box: MailboxSettings, before: datetime | None
) -> list[int]:
    uids = await mailbox.uids_after(max(cursor.first_uid - 1, 0))
    ours = []
    for start in range(0, len(uids), _CHUNK):
        for described in await mailbox.describe(uids[start : start + _CHUNK]):
            at = described.received_at
            if _is_ours(cursor, at, box) and (before is None or at is None or at < before):
                ours.append(described.uid)
    return ours


def _is_ours(cursor: Cursor, received_at: datetime | None, box: MailboxSettings) -> bool:
    """Tell whether the mail came after our beginning; what is older is counted by nobody."""
    if cursor.first_uid > 0 or received_at is None:
        return True
    since = datetime.combine(box.since, time(), VILNIUS) if box.since else cursor.since
    return received_at >= since


def _known(uow: UnitOfWork, *, cursor: Cursor) -> frozenset[int]:
    prefix = f"{cursor.folder}:{cursor.uid_validity}:"
    stored = uow.inbox.external_ids(channel=Channel.MAIL, source=cursor.mailbox)
    return frozenset(int(each.removeprefix(prefix)) for each in stored if each.startswith(prefix))


async def _is_kept(app: App, raw: bytes | None) -> bool:
    """Tell whether the same bytes are kept under another UID, or are gone from the server.

    A mail that came twice is kept once, and a mailbox that was rebuilt has new UIDs.
    """
    if raw is None:
        return True
    digest = hashlib.sha256(raw).hexdigest()
    return bool(await app.units.read(lambda uow: uow.inbox.known([digest])))


async def _archive(app: App, account: ImapAccount, folder: str) -> Source:
    """Look in the archive for what was delivered since we first looked there, for some days."""
    now = app.clock.now()
    async with signed_in(account) as mailbox:
        opened = await mailbox.select(folder)
        since = await app.units.write(
            partial(_archived_since, folder=folder, opened=opened, now=now)
        )
        since = max(since, now - _ARCHIVED_FOR)
        sent = await app.units.read(
            lambda uow: uow.reconciliations.delivered(since, now - _SETTLED, channel=Channel.MAIL)
        )
        uids = await mailbox.uids_after(0, since=(since - timedelta(days=1)).date())
        there: set[str] = set()
        for start in range(0, len(uids), _CHUNK):
            there |= await mailbox.message_ids(uids[start : start + _CHUNK])
    missing = tuple(
        f"outbox {row}" for row, external_id in sent.items() if external_id not in there
    )
    return Source(name=ARCHIVE, seen=len(sent), missing=missing)


def _archived_since(uow: UnitOfWork, *, folder: str, opened: Selected, now: datetime) -> datetime:
    """Return when the archive was first looked at: nobody knows what lay there before."""
    first = uow.cursors.first_start(mailbox=ARCHIVE, folder=folder)
    if first is None:
        uow.cursors.save(
            Cursor(
                mailbox=ARCHIVE,
                folder=folder,
                uid_validity=opened.uid_validity,
                first_uid=opened.uid_next,
                last_uid=0,
                since=now,
            )
        )
    return first or now


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciler:
    """The daily comparison, in one process; what it found is kept, shown, and told if need be."""

    shared: Shared
    every: timedelta = _EVERY

    async def run(self) -> None:
        """Compare whenever the last comparison is a day old, until told to stop."""
        while not self.shared.stopping.is_set():
            try:
                await self.look()
            except ImapError as unreachable:
                logger.warning("not reconciled", extra={"error": str(unreachable)})
            except OSError:
                logger.exception("the database cannot be used", extra={"timer": "reconciliation"})
            await pause(self.shared.stopping, _LOOK)

    async def look(self) -> None:
        """Compare if it is time, and say how it stands."""
        app, now = self.shared.app, self.shared.app.clock.now()
        found = await app.units.read(balance)
        if found is None or now - found.at >= self.every:
            sources = await reconcile(app, before=now - _SETTLED)
            await app.units.write(partial(self._record, sources=sources, now=now))
            found = await app.units.read(balance)
            logger.info("reconciled", extra={"missing": found.missing if found else 0})
            self.shared.debts.ring()
        self._tell(found.missing if found else 0, found.at if found else now)

    def _tell(self, missing: int, at: datetime) -> None:
        """Let /ready say it; what is missing is a fault."""
        detail = f"working; {missing} missing on {at.astimezone(VILNIUS):%Y-%m-%d %H:%M}"
        self.shared.statuses.report(Role.TIMERS, ok=not missing, detail=detail)

    def _record(self, uow: UnitOfWork, *, sources: Sequence[Source], now: datetime) -> None:
        found = [
            Reconciled(source=each.name, seen=each.seen, missing=len(each.missing), at=now)
            for each in sources
        ]
        record(uow, self.shared.app.alerts, found)
