"""django-helpdesk beside us: its own virtual environment and command, the same servers.

It answers replies too, so it sends a letter for each it gets.
"""

import json
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final
from urllib.parse import parse_qs, urlsplit

import psycopg

from benchmarks.mail_letters import Letters
from benchmarks.mail_processes import Spent, run
from benchmarks.mail_town import Town
from tests.e2e.service import environment
from tests.servers.dovecot import Account
from tests.servers.loopback import HOST
from tests.servers.postgresql import Database

_ROOT: Final = Path(__file__).parents[1]
_PYTHON: Final = _ROOT / ".venv" / "peers" / "bin" / "python"
_SITE: Final = _ROOT / "benchmarks" / "peers"
_FILED: Final = "SELECT message_id, ticket_id FROM helpdesk_followup"


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """An installation that reads the mailbox `account`, and deletes there what it has read."""

    town: Town
    account: Account
    folder: Path
    database: Database | None = None

    @contextmanager
    def copy(self) -> Iterator["Peer"]:
        """Lend a copy, so that each run begins from nothing."""
        with ExitStack() as stack:
            parent = stack.enter_context(tempfile.TemporaryDirectory(dir=self.town.folder))
            folder = Path(shutil.copytree(self.folder, Path(parent) / "site"))
            database = self.database
            if database is not None:
                lent = self.town.postgresql.database(like=database.name)
                database = stack.enter_context(lent)
            yield replace(self, folder=folder, database=database)

    def install(self) -> None:
        """Make the tables and the queue."""
        self.do("migrate", "--verbosity", "0")
        queue = self.folder / "queue.json"
        queue.write_text(json.dumps([self._queue()]), encoding="utf-8")
        self.do("loaddata", str(queue))

    def fetch(self, letters: Path) -> Spent:
        """Run its command on these letters."""
        self.town.fill(self.account, letters)
        return self.do("get_email", "--quiet")

    def do(self, *words: str) -> Spent:
        """Run one of its commands."""
        command = [str(_PYTHON), "-m", "django", *words]
        settings = {
            **environment({}),
            "PYTHONPATH": str(_SITE),
            "DJANGO_SETTINGS_MODULE": "helpdesk_site",
            "SITE_FOLDER": str(self.folder),
            "SITE_SMTP_PORT": str(self.town.sink.port),
        }
        if self.database is not None:
            address = urlsplit(self.database.url)
            settings["SITE_DATABASE"] = self.database.name
            settings["SITE_POSTGRESQL"] = parse_qs(address.query)["host"][0]
        return run(command, folder=self.folder, environment=settings)[1]

    def check(self, letters: Letters) -> str:
        """Count the threads that are a ticket each."""
        filed = {(letters.threads[name], ticket) for name, ticket in self._filed()}
        whole = len(set(letters.threads.values()))
        right = whole - abs(len(filed) - whole)
        sent = len(self.town.sink.came())
        return f"{right} of {whole} threads, {sent} letters out"

    def _filed(self) -> list[tuple[str, int]]:
        if self.database is not None:
            with psycopg.connect(self.database.url) as connection:
                return connection.execute(_FILED).fetchall()
        with closing(sqlite3.connect(self.folder / "helpdesk.sqlite3")) as file:
            return file.execute(_FILED).fetchall()

    def _queue(self) -> dict[str, object]:
        fields = {
            "title": "Konsultacijos",
            "slug": "NVO",
            "email_address": "bendruomenes@nisc.example",
            "locale": "en",
            "allow_email_submission": True,
            "email_box_type": "imap",
            "email_box_host": HOST,
            "email_box_port": self.town.dovecot.imap,
            "email_box_user": self.account.address,
            "email_box_pass": self.account.password,
            "email_box_imap_folder": "INBOX",
            "email_box_interval": 0,
            "enable_notifications_on_email_events": False,
        }
        return {"model": "helpdesk.queue", "pk": 1, "fields": fields}


@contextmanager
def peers(town: Town) -> Iterator[tuple[Peer, Peer]]:
    """Install it once on SQLite and once on PostgreSQL.

    Raises:
        RuntimeError: its virtual environment is missing.
    """
    if not _PYTHON.exists():
        raise RuntimeError(f"{_PYTHON} is missing; make bench installs it")
    with town.postgresql.database() as database:
        installed = []
        for name, lent in (("peer", None), ("peer-postgresql", database)):
            (town.folder / name).mkdir()
            peer = Peer(
                town=town, account=town.new_account(), folder=town.folder / name, database=lent
            )
            peer.install()
            installed.append(peer)
        yield installed[0], installed[1]
