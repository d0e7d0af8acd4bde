"""`helpdesk import-mail`: mail from files, through the same road as the live mailbox."""

import asyncio
import hashlib
import mailbox
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from datetime import datetime
from functools import partial
from itertools import islice
from pathlib import Path

import typer

from bot.app import App, open_desk
from bot.commands.output import print_json
from bot.email.lanes import lane_of
from bot.mail_settings import IMPORT
from bot.mail_wiring import mail_preparer
from bot.settings import load_settings
from bot.wakeup import Wakeup
from bot.worker import Worker
from handlers.domain.channels import Channel
from handlers.domain.ids import InboxId
from handlers.domain.messages import InboxState, Outcome, Received
from handlers.ports import UnitOfWork
from knowledge_base.values import dataclass

_BATCH = 50
_PAUSE = 0.05
_MAIL_SUFFIXES = frozenset({".eml", ".mbox"})
_MAILDIR = ("cur", "new")


@dataclass(slots=True)
class _Tally:
    """What was read so far."""

    read: int = 0
    duplicates: int = 0
    stored: list[InboxId] = field(default_factory=list)


def import_mail(paths: Sequence[Path], *, history: bool, as_json: bool) -> None:
    """Store every mail, wait until each is filed, ignored or shunted, and print the sums."""
    began = time.monotonic()
    missing = [path for path in paths if not path.exists()]
    tally = _Tally()
    with open_desk(load_settings()) as app:
        mails = _mails(path for path in paths if path.exists())
        while some := list(islice(mails, _BATCH)):
            _store(app, some, tally, history=history)
        outcomes = asyncio.run(_file(app, tally.stored))
    sums = {
        "read": tally.read,
        "stored": len(tally.stored),
        "duplicates": tally.duplicates,
        "filed": outcomes[Outcome.FILED],
        "ignored": outcomes[Outcome.IGNORED],
        "shunted": outcomes[InboxState.SHUNTED],
        "seconds": round(time.monotonic() - began, 3),
    }
    if as_json:
        print_json(sums)
    else:
        typer.echo(", ".join(f"{name} {value}" for name, value in sums.items()))
    if missing:
        typer.echo(f"helpdesk: no such path: {', '.join(map(str, missing))}", err=True)
        raise typer.Exit(1)


def _mails(paths: Iterable[Path]) -> Iterator[bytes]:
    for path in paths:
        if path.is_file():
            yield from _file_mails(path)
        elif _is_maildir(path):
            yield from _maildir_mails(path)
        else:
            yield from _mails(_below(path))


def _below(folder: Path) -> Iterator[Path]:
    """Walk a folder: mails, mboxes and Maildirs, in the order of their names."""
    for path in sorted(folder.iterdir()):
        if path.is_dir() or path.suffix.lower() in _MAIL_SUFFIXES:
            yield path


def _file_mails(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        is_mbox = file.peek(5).startswith(b"From ")
        content = b"" if is_mbox else file.read()
    if not is_mbox:
        yield content
        return
    box = mailbox.mbox(path, create=False)
    try:
        for key in box.iterkeys():
            yield box.get_bytes(key)
    finally:
        box.close()


def _is_maildir(path: Path) -> bool:
    return any((path / name).is_dir() for name in _MAILDIR)


def _maildir_mails(path: Path) -> Iterator[bytes]:
    for name in _MAILDIR:
        folder = path / name
        if folder.is_dir():
            for file in sorted(folder.iterdir()):
                if file.is_file():
                    yield file.read_bytes()


def _store(app: App, mails: Sequence[bytes], tally: _Tally, *, history: bool) -> None:
    received = {
        mail.external_id: mail
        for mail in (_received(raw, at=app.clock.now(), history=history) for raw in mails)
    }
    with app.units.begin() as uow:
        known = uow.inbox.known(received.keys())
        stored = [uow.inbox.add(mail) for each, mail in received.items() if each not in known]
        uow.commit()
    new = [message for message in stored if message is not None]
    tally.read += len(mails)
    tally.duplicates += len(mails) - len(new)
    tally.stored += new


def _received(raw: bytes, *, at: datetime, history: bool) -> Received:
    digest = hashlib.sha256(raw).hexdigest()
    return Received(
        channel=Channel.MAIL,
        source=IMPORT,
        external_id=digest,
        lane=lane_of(raw),
        raw=raw,
        received_at=at,
        digest=digest,
        history=history,
    )


async def _file(app: App, stored: Sequence[InboxId]) -> Counter[str]:
    """Work beside a running service until each of our rows is finished, by us or by it.

    Return how many ended in which way.
    """
    preparer = mail_preparer(app)
    worker = Worker(
        units=app.units,
        clock=app.clock,
        handling=app.handling,
        knowledge=app.knowledge,
        preparers={Channel.MAIL: preparer},
        lease=app.settings.lease,
        arrivals=Wakeup(),
        debts=Wakeup(),
        stopping=asyncio.Event(),
    )
    left, ended = list(stored), Counter[str]()
    try:
        while left:
            await worker.work_off()
            endings = await app.units.read(partial(_endings, messages=left))
            left = [message for message, how in endings.items() if how is InboxState.PENDING]
            ended.update(str(how) for how in endings.values() if how is not InboxState.PENDING)
            await asyncio.sleep(_PAUSE if left else 0)
    finally:
        await preparer.close()
    return ended


def _endings(
    uow: UnitOfWork, *, messages: Sequence[InboxId]
) -> Mapping[InboxId, Outcome | InboxState]:
    return uow.inbox.endings(messages)
