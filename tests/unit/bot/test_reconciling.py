"""The daily comparison of mail servers with the database, against a real Dovecot."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.app import App, open_desk
from bot.email.imap import signed_in
from bot.email.receiver import FetchedMail
from bot.mail_wiring import imap_account
from bot.mailbox_store import MailboxStore
from bot.reconciling import Reconciler, Source, reconcile
from bot.settings import Settings
from bot.status import RoleStatus, Statuses
from bot.wakeup import Wakeup
from handlers.domain.channels import Channel
from handlers.domain.outgoing import Arrived, Begun, Key, Kind, Owed, Rendered, Taken
from handlers.ports import UnitOfWork
from handlers.reconciling import missing
from tests.builders import NOON, TestClock
from tests.servers.dovecot import Account, Dovecot
from tests.servers.loopback import HOST
from tests.unit.bot.processes import a_process

AFTERWARDS = datetime(2040, 1, 1, 12, 0, tzinfo=UTC)
"""Later than whatever the mail server dates by its own clock."""


@pytest.fixture
def clock() -> TestClock:
    return TestClock()


@pytest.fixture
def app(dovecot: Dovecot, account: Account, tmp_path: Path, clock: TestClock) -> Iterator[App]:
    settings = {
        "data_dir": tmp_path,
        "mail_address": account.address,
        "imap_host": HOST,
        "imap_port": dovecot.imap,
        "imap_tls": "none",
        "imap_user": account.address,
        "imap_password": account.password,
        "imap_read_sent_folder": "Sent",
        "mail_archive_folder": "Junk",
    }
    with open_desk(Settings.model_validate(settings), clock=clock) as app:
        yield app


def a_mail(name: str) -> bytes:
    return f"From: ona@nvo.lt\r\nMessage-ID: <{name}@nvo.lt>\r\n\r\nLabas.\r\n".encode()


def put(dovecot: Dovecot, account: Account, folder: str, *names: str) -> None:
    with dovecot.session(account) as imap:
        for name in names:
            imap.append(folder, "", "", a_mail(name))


async def begin(app: App) -> MailboxStore:
    """Start to read, and write down from where."""
    store = MailboxStore(units=app.units, clock=app.clock, arrivals=Wakeup(), since={})
    [box] = app.settings.all_mailboxes
    async with signed_in(imap_account(box)) as mailbox:
        for folder in box.folders:
            opened = await mailbox.select(folder.name)
            await store.position(
                mailbox=folder.source,
                folder=folder.name,
                uid_validity=opened.uid_validity,
                uid_next=opened.uid_next,
            )
    return store


async def keep_first(app: App, store: MailboxStore) -> int:
    """Keep the first mail of the inbox and return the folder's UIDVALIDITY."""
    [box] = app.settings.all_mailboxes
    async with signed_in(imap_account(box)) as mailbox:
        validity = (await mailbox.select(box.folder)).uid_validity
        raw = await mailbox.fetch(1)
    assert raw is not None
    mail = FetchedMail(
        mailbox=box.name,
        folder=box.folder,
        uid_validity=validity,
        uid=1,
        received_at=NOON,
        is_whole=True,
        raw=raw,
    )
    await store.keep([mail])
    return validity


def send(uow: UnitOfWork, name: str, *, at: datetime) -> None:
    """Let a mail be delivered under a Message-ID."""
    uow.outbox.owe(
        Owed(
            kind=Kind.REPLY,
            channel=Channel.MAIL,
            to="ona@nvo.lt",
            key=Key.REPLY,
            values={},
            language="lt",
            at=at,
        )
    )
    (message,) = uow.outbox.claim(
        now=at, lease=timedelta(minutes=1), limit=1, channels=[Channel.MAIL]
    )
    uow.outbox.sending([Begun(message, Rendered(content=b""))])
    uow.outbox.delivered([Arrived(message, Taken(f"<{name}@nvo.lt>"))])


async def test_what_a_folder_holds_and_we_do_not_is_named(
    app: App, dovecot: Dovecot, account: Account
) -> None:
    put(dovecot, account, "INBOX", "senas")
    store = await begin(app)
    put(dovecot, account, "Sent", "kolega")
    before = await reconcile(app)
    put(dovecot, account, "INBOX", "naujas")

    inbox, sent, archive = await reconcile(app)

    validity = await keep_first(app, store)
    assert [(source.name, source.seen) for source in before] == [
        ("inbox", 0),
        ("inbox/sent", 1),
        ("archive", 0),
    ]
    assert inbox == Source(name="inbox", seen=1, missing=(f"INBOX:{validity}:2",))
    assert (sent.seen, len(sent.missing), archive.seen) == (1, 1, 0)


async def test_what_was_sent_and_is_not_in_the_archive_is_named(
    app: App, dovecot: Dovecot, account: Account, clock: TestClock
) -> None:
    await reconcile(app)
    put(dovecot, account, "Junk", "paimtas")
    clock.move(minutes=1)
    await app.units.write(lambda uow: send(uow, "paimtas", at=clock.now()))
    await app.units.write(lambda uow: send(uow, "dinges", at=clock.now()))
    fresh = (await reconcile(app))[-1]
    clock.move(hours=1)

    archive = (await reconcile(app))[-1]

    assert fresh == Source(name="archive")
    assert archive == Source(name="archive", seen=2, missing=("outbox 2",))


async def test_what_the_audit_finds_stands_on_ready_and_in_the_digest(
    app: App, dovecot: Dovecot, account: Account, clock: TestClock
) -> None:
    store = await begin(app)
    put(dovecot, account, "INBOX", "pirmas")
    clock.at = AFTERWARDS
    statuses = Statuses(on_ready=lambda: None)
    reconciler = Reconciler(shared=a_process(app, statuses=statuses))

    await reconciler.look()
    first = (statuses.roles["timers"], await app.units.read(missing))
    await keep_first(app, store)
    await reconciler.look()
    same_day = statuses.roles["timers"].ok
    clock.move(days=1)
    await reconciler.look()

    assert first == (
        RoleStatus(ok=False, detail="working; 1 missing on 2040-01-01 14:00"),
        1,
    )
    assert not same_day
    assert statuses.roles["timers"] == RoleStatus(
        ok=True, detail="working; 0 missing on 2040-01-02 14:00"
    )
    assert await app.units.read(missing) == 0
