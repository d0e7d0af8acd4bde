"""Many mails at once: taken in only a little ahead of a worker, and all where none works."""

from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import psycopg

from tests.e2e.desk import database, mailbox
from tests.e2e.helpdesk import Helpdesk, installed
from tests.e2e.nursery import Nursery
from tests.servers.dovecot import Account, Dovecot
from tests.servers.loopback import until

_MAILS = 120
_MOST_AHEAD = 60
"""Those that may wait, and those fetched together."""

_AHEAD = """
SELECT max(ahead) FROM (
    SELECT count(*) AS ahead FROM inbox AS later
    JOIN inbox AS before ON before.id < later.id AND before.claimed_at > later.received_at
    GROUP BY later.id
) AS counted"""


def test_a_reader_keeps_a_little_ahead_of_a_worker_of_another_process(
    tmp_path: Path, dovecot: Dovecot, nursery: Nursery, postgresql_url: str
) -> None:
    account = dovecot.new_account()
    settings = {**database(postgresql_url), **mailbox(account, dovecot)}
    with (
        installed(tmp_path, settings, launch=nursery.launch) as helpdesk,
        psycopg.connect(postgresql_url, autocommit=True) as connection,
    ):

        def counted(question: str) -> int:
            row = connection.execute(question.encode()).fetchone()
            return int(row[0] or 0) if row else 0

        def wait_for(mails: int, state: str) -> None:
            question = f"SELECT count(*) FROM inbox WHERE state = '{state}'"  # noqa: S608 -- our own words
            until(lambda: counted(question) == mails, timeout=60, what=f"mails that are {state}")

        worker = helpdesk.start("--only", "worker")
        helpdesk.start("--only", "mail").wait_ready()
        worker.wait_ready()
        # What a worker loads for its first mail is no part of its pace.
        _fill(dovecot, account, helpdesk, 1)
        wait_for(1, "done")
        _fill(dovecot, account, helpdesk)
        wait_for(1 + _MAILS, "done")
        ahead = counted(_AHEAD)

        # Mail is safest with us: also when there is nobody to file it.
        worker.stop()
        _fill(dovecot, account, helpdesk)
        wait_for(_MAILS, "pending")

    assert 0 < ahead <= _MOST_AHEAD


def _fill(dovecot: Dovecot, account: Account, helpdesk: Helpdesk, mails: int = _MAILS) -> None:
    """Let many people write at the same time."""
    with dovecot.session(account) as imap:
        for _ in range(mails):
            word = helpdesk.word()
            letter = EmailMessage(policy=SMTP)
            letter["From"], letter["To"] = f"{word}@asker.test", account.address
            letter["Message-ID"] = f"<{word}@asker.test>"
            letter.set_content(f"Kodėl mūsų katinas miega ant stogo? ({word})\n")
            imap.append("INBOX", "", "", letter.as_bytes())
