"""Both ways through a network that breaks and a process that is killed: none lost, none doubled."""
# ruff: noqa: S311 -- what breaks when is no secret

import json
import random
import smtplib
import sqlite3
import subprocess
import threading
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from bot.clock import SystemClock
from bot.configuration import PREFIX
from handlers.domain.channels import Channel
from handlers.domain.outgoing import Key, Kind, Owed
from storage.database import open_sql_database
from tests.e2e.correspondent import read
from tests.e2e.desk import mailbox
from tests.e2e.helpdesk import Helpdesk, installed
from tests.e2e.nursery import Nursery
from tests.mail.proxy import Fate, Proxy, running
from tests.servers.dovecot import Account, Dovecot
from tests.servers.loopback import HOST, found, until
from tests.servers.postfix import Postfix

_SIZES = (10, 400, 3_000, 60_000, 200_000)


def settings_of(account: Account, dovecot: Dovecot, **more: str) -> dict[str, str]:
    own = {"IMAP_TLS": "none", "IMAP_PORT": "0", "LEASE_SECONDS": "3"}
    return {**mailbox(account, dovecot), **own, **more}


def a_raw(number: int) -> bytes:
    size = _SIZES[number % len(_SIZES)]
    return (
        f"From: Narys <n{number}@namai.test>\r\nTo: desk@nisc.test\r\nSubject: Laiškas {number}\r\n"
        f"Message-ID: <{number}@namai.test>\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
        f"--b\r\nContent-Type: text/plain\r\n\r\nSveiki, klausimas numeris {number}.\r\n"
        f"--b\r\nContent-Type: application/pdf; name=f{number}.pdf\r\n\r\n"
        f"{number}" + "labas rytas\r\n" * (size // 13) + "\r\n--b--\r\n"
    ).encode()


@pytest.mark.soak
def test_mail_in_is_neither_lost_nor_doubled(
    tmp_path: Path, dovecot: Dovecot, account: Account, nursery: Nursery, *, soak: bool
) -> None:
    count, lives = (2_000, 25) if soak else (200, 2)
    rate = 0.002 if soak else 0.01
    calm = threading.Event()

    def decide(data: bytes, from_client: bool) -> Fate:  # noqa: FBT001 -- called by position
        del data, from_client
        chance = 1.0 if calm.is_set() else random.random()
        return Fate.CUT if chance < rate else Fate.FREEZE if chance < 1.2 * rate else Fate.PASS

    with (
        running(Proxy(dovecot.imap, decide)) as proxy,
        installed(
            tmp_path,
            settings_of(account, dovecot) | {"IMAP_PORT": str(proxy.port)},
            launch=nursery.launch,
        ) as helpdesk,
    ):
        service = helpdesk.start("--only", "mail,worker")
        service.wait_ready()
        postman = threading.Thread(target=deliver, args=(dovecot, account, count))
        postman.start()
        for life in range(lives):
            if soak:  # on a busy machine a life would end before it began
                service.wait_for_a_sign()
            pause(random.uniform(0.5, 2.5))
            service.kill()
            if life == lives // 2:
                dovecot.drop_sessions()
                dovecot.new_uid_validity()
            service = helpdesk.start("--only", "mail,worker")
        postman.join()
        until(
            lambda: (
                counted(helpdesk, "inbox", "outcome = 'filed'") >= count
                and not counted(helpdesk, "inbox", "state = 'pending'")
            ),
            timeout=60 + count / 2,
            what="all filed",
        )

        calm.set()
        rows = helpdesk.inbox()
        filed = [row for row in rows if row["outcome"] == "filed"]
        subjects = Counter(row["subject"] for row in helpdesk.tickets())
        # What is owed waits for a relay, which a long run calls stuck: here only the sources count.
        audit = json.loads(helpdesk.run("audit", "--json").output)
    offered = count + count // 20
    report("in", f"{offered} offered, {count} sent, {len(filed)} filed, {lives} kills", proxy.fates)
    assert (len(filed), [row for row in rows if row["state"] != "done"]) == (count, [])
    assert subjects == Counter(f"Laiškas {number}" for number in range(count))
    assert audit["missing"] == 0
    assert Fate.CUT in proxy.fates


def deliver(dovecot: Dovecot, account: Account, count: int) -> None:
    """Deliver the mails, each twentieth twice, and break sessions now and then."""
    for number in range(count):
        surely(dovecot, account, a_raw(number))
        if number % 20 == 7:
            surely(dovecot, account, a_raw(number))
        if number % 50 == 30:
            dovecot.drop_sessions()


def surely(dovecot: Dovecot, account: Account, raw: bytes) -> None:
    """Deliver as mail servers do: again, and maybe twice, when the session was cut."""
    while True:
        try:
            dovecot.deliver(raw, to=account.address)
        except (smtplib.SMTPException, OSError):
            continue
        return


@pytest.mark.soak
def test_mail_out_is_neither_lost_nor_doubled(
    tmp_path: Path,
    dovecot: Dovecot,
    postfix: Postfix,
    account: Account,
    nursery: Nursery,
    *,
    soak: bool,
) -> None:
    count = 500 if soak else 50
    wire = Cutter(left=count // 3)
    readers = [dovecot.new_account() for _ in range(10)]
    with running(Proxy(postfix.smtp, wire)) as proxy:
        settings = settings_of(
            account,
            dovecot,
            IMAP_PORT=str(dovecot.imap),
            SMTP_HOST=HOST,
            SMTP_PORT=str(proxy.port),
            SMTP_TLS="none",
            MAIL_PLUS="true",
            MAIL_ARCHIVE=account.address,
            SETTLE_SECONDS="2",
        )
        with installed(tmp_path, settings, launch=nursery.launch) as helpdesk:
            owe(helpdesk, readers, count)
            for _ in range(10 if soak else 2):
                service = helpdesk.start("--only", "relay")
                pause(random.uniform(2.5, 3.5))
                service.kill()
            helpdesk.start("--only", "relay")
            until(
                lambda: counted(helpdesk, "outbox", "state != 'delivered'") == 0,
                timeout=60 + count / 5,
                what="all delivered",
            )
            rows = helpdesk.outbox()
        until(lambda: queue_is_empty(postfix), what="Postfix having delivered all")
    report("out", f"{count} owed, {10 if soak else 2} kills", proxy.fates)
    arrived = Counter((reader.address, name) for reader in readers for name in ids(dovecot, reader))
    assert arrived == Counter((row["to"], str(row["external_id"])) for row in rows)
    assert len(rows) == count
    assert {Fate.CUT, Fate.SWALLOW} <= set(proxy.fates)
    assert len(set(ids(dovecot, account))) == count


class Cutter:
    """Breaks transactions until it has broken enough, most of them around the end of DATA."""

    def __init__(self, *, left: int) -> None:
        self.left = left

    def __call__(self, data: bytes, from_client: bool) -> Fate:  # noqa: FBT001 -- by position
        ends = data.endswith(b"\r\n.\r\n")
        if not (from_client and self.left) or not (ends or data.startswith((b"MAIL", b"RCPT"))):
            return Fate.PASS
        if random.random() > (0.6 if ends else 0.05):
            return Fate.PASS
        self.left -= 1
        return random.choice((Fate.SWALLOW, Fate.SWALLOW, Fate.CUT)) if ends else Fate.CUT


def owe(helpdesk: Helpdesk, readers: Sequence[Account], count: int) -> None:
    folder = Path(helpdesk.settings[f"{PREFIX}DATA_DIR"])
    now = SystemClock().now()
    with open_sql_database(None, folder) as database, database.begin() as uow:
        for number in range(count):
            uow.outbox.owe(
                Owed(
                    kind=(Kind.REPLY, Kind.NOTICE)[number % 2],
                    channel=Channel.MAIL,
                    to=readers[number % len(readers)].address,
                    key=Key.REPLY,
                    values={"text": f"Laiškas {number}", "author": "R", "reference": "NVO-1"},
                    language="lt",
                    at=now,
                )
            )
        uow.commit()


def report(way: str, words: str, fates: Sequence[Fate]) -> None:
    """Print what the run did, for `make soak` to show (`-rP`)."""
    broken = Counter(fate.name.lower() for fate in fates)
    print(f"mail {way}: {words}, {', '.join(f'{n} {name}' for name, n in broken.items())}")  # noqa: T201


def pause(seconds: float) -> None:
    threading.Event().wait(seconds)


def queue_is_empty(postfix: Postfix) -> bool:
    program = found("postqueue", package="postfix")
    shown = subprocess.run(  # noqa: S603 -- a test server's own program
        [program, "-c", str(postfix.folder / "etc"), "-p"], capture_output=True, check=True
    )
    return b"queue is empty" in shown.stdout


def ids(dovecot: Dovecot, reader: Account) -> list[str]:
    return [str(read(raw)["Message-ID"]) for raw in dovecot.messages(reader)]


def counted(helpdesk: Helpdesk, table: str, which: str) -> int:
    """Count rows in the database itself: asking the commands would take most of the time."""
    path = Path(helpdesk.settings[f"{PREFIX}DATA_DIR"]) / "helpdesk.db"
    with closing(sqlite3.connect(path, timeout=10)) as connection:
        query = f"SELECT count(*) FROM {table} WHERE {which}"  # noqa: S608 -- our own words
        return int(connection.execute(query).fetchone()[0])
