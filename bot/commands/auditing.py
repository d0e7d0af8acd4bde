"""`helpdesk audit`: hold each source against the database."""

import asyncio
import hashlib
from datetime import datetime, time, timedelta
from functools import partial
from typing import TypedDict

import typer

from bot.app import App, open_desk
from bot.commands.output import print_json
from bot.mail_settings import MailboxSettings
from bot.settings import ConfigurationError, load_settings
from handlers.domain.channels import Channel
from handlers.ports import Cursor, UnitOfWork
from handlers.working_time import VILNIUS

_DUE_FOR = timedelta(minutes=10)
_UNCERTAIN_FOR = timedelta(hours=1)


class SourceView(TypedDict):
    """One mailbox: what it holds since we began, and what of it we have."""

    name: str
    seen: int
    stored: int
    missing: list[str]


class AuditView(TypedDict):
    """The whole comparison (CONTRACT, `audit`)."""

    sources: list[SourceView]
    inbox: dict[str, int]
    outbox: dict[str, int]
    stuck: list[str]
    missing: int


def audit(*, as_json: bool) -> None:
    """Print what is missing or stuck; exit 1 when anything is."""
    with open_desk(load_settings()) as app:
        sources = asyncio.run(_sources(app))
        view = _view(app, sources)
    if as_json:
        print_json(view)
    else:
        for source in sources:
            typer.echo(
                f"{source['name']}: {source['seen']} seen, {source['stored']} stored, "
                f"{len(source['missing'])} missing"
            )
        typer.echo(f"{view['missing']} missing, {len(view['stuck'])} stuck")
    if view["missing"] or view["stuck"]:
        raise typer.Exit(1)


def _view(app: App, sources: list[SourceView]) -> AuditView:
    now = app.clock.now()
    with app.units.begin_reading() as uow:
        inbox, outbox = uow.inbox.counts(), uow.outbox.counts()
        stuck = [f"inbox {row}" for row in uow.inbox.stuck(before=now - _DUE_FOR)]
        stuck += [
            f"outbox {row}"
            for row in uow.outbox.stuck(
                before=now - _DUE_FOR, uncertain_before=now - _UNCERTAIN_FOR
            )
        ]
    return {
        "sources": sources,
        "inbox": {state.value: count for state, count in inbox.items()},
        "outbox": {state.value: count for state, count in outbox.items()},
        "stuck": stuck,
        "missing": sum(len(source["missing"]) for source in sources),
    }


async def _sources(app: App) -> list[SourceView]:
    """Compare each mailbox, by looking at it, with what was stored from it."""
    return [await _mailbox(app, box) for box in app.settings.all_mailboxes]


async def _mailbox(app: App, box: MailboxSettings) -> SourceView:
    from bot.email.imap import signed_in
    from bot.email.imap_wire import ImapError
    from bot.mail_wiring import imap_account

    try:
        async with signed_in(imap_account(box)) as mailbox:
            folder = await mailbox.select(box.folder)
            cursor = await app.units.read(
                lambda uow: uow.cursors.find(
                    mailbox=box.name, folder=box.folder, uid_validity=folder.uid_validity
                )
            )
            if cursor is None:
                return {"name": box.name, "seen": 0, "stored": 0, "missing": []}
            uids = await mailbox.uids_after(cursor.first_uid - 1)
            ours = [
                described.uid
                for described in await mailbox.describe(uids)
                if _is_ours(cursor, described.received_at, box)
            ]
            known = await app.units.read(partial(_known, box=box, cursor=cursor))
            missing = [
                uid
                for uid in ours
                if uid not in known and not await _is_kept(app, await mailbox.fetch(uid))
            ]
    except ImapError as unreachable:
        raise ConfigurationError(f"HELPDESK_IMAP_HOST: {box.name}: {unreachable}") from unreachable
    return {
        "name": box.name,
        "seen": len(ours),
        "stored": len(ours) - len(missing),
        "missing": [f"{box.folder}:{folder.uid_validity}:{uid}" for uid in missing],
    }


def _is_ours(cursor: Cursor, received_at: datetime | None, box: MailboxSettings) -> bool:
    """Tell whether the mail came after our beginning; what is older is counted by nobody."""
    if cursor.first_uid > 1 or received_at is None:
        return True
    since = datetime.combine(box.since, time(), VILNIUS) if box.since else cursor.since
    return received_at >= since


def _known(uow: UnitOfWork, *, box: MailboxSettings, cursor: Cursor) -> frozenset[int]:
    prefix = f"{cursor.folder}:{cursor.uid_validity}:"
    stored = uow.inbox.external_ids(channel=Channel.MAIL, source=box.name)
    return frozenset(int(each.removeprefix(prefix)) for each in stored if each.startswith(prefix))


async def _is_kept(app: App, raw: bytes | None) -> bool:
    """Tell whether the same bytes are kept under another UID, or are gone from the server.

    A mail that came twice is kept once, and a mailbox that was rebuilt has new UIDs.
    """
    if raw is None:
        return True
    digest = hashlib.sha256(raw).hexdigest()
    return await app.units.read(lambda uow: uow.inbox.knows(digest=digest))
