"""Opens the database: SQLite beside the data, or PostgreSQL for many processes."""

import select
import sqlite3
import time
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from math import inf
from pathlib import Path
from typing import Final

import sqlalchemy as sa
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from storage.columns import to_json

DATABASE_NAME: Final = "helpdesk.db"

_ONLY_READS: Final = "helpdesk_only_reads"

_PRAGMAS: Final = (
    "PRAGMA busy_timeout = 30000",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    # Erased texts are overwritten in the file, not only unlinked from it.
    "PRAGMA secure_delete = ON",
    # What a statement would have to undo is kept in memory: no file for it, and no words in one.
    "PRAGMA temp_store = MEMORY",
)


_PATIENCE: Final = {
    "connect_timeout": "10",
    "tcp_user_timeout": "9000",
    "keepalives_idle": "3",
    "keepalives_interval": "2",
    "keepalives_count": "3",
}
"""When libpq gives a silent network up, in (milli)seconds; an address may say otherwise."""

_IDLE_SECONDS: Final = 10
"""A host that is cut off in the middle of a transaction keeps its locks no longer than this."""

_TRUSTED_SECONDS: Final = 1.0
"""A connection that was in use so lately is lent out again without a question to the server."""

_PREPARED_MOST: Final = 200
"""What every message runs, each in a few shapes, and some more: so many plans a server keeps."""


def open_engine(url: str | None, data_dir: Path) -> sa.Engine:
    """Open the database of the setting; None is SQLite in the data directory.

    Raises:
        ValueError: the address names no database we know.
    """
    address = _address(url, data_dir)
    match address.get_backend_name():
        case "sqlite":
            return _open_sqlite(address)
        case "postgresql":
            return _open_postgresql(address)
        case other:
            raise ValueError(
                f"no database of kind {other} is supported; use postgresql:// or sqlite:///"
            )


def for_reading(engine: sa.Engine) -> sa.Engine:
    """Return the engine for units of work that only read: a snapshot that blocks no writer."""
    return engine.execution_options(**{_ONLY_READS: True}, postgresql_readonly=True)


def leave(connection: sa.Connection) -> None:
    """End what only read.

    By a commit where there is nothing to commit: after a ROLLBACK psycopg has all plans of the
    server forgotten, and each statement is parsed and planned anew. SQLite forgets nothing, and
    there a reader is not kept from writing.
    """
    only_reads = connection.get_execution_options().get(_ONLY_READS, False)
    if only_reads and connection.dialect.name == "postgresql":
        connection.commit()


def at_once(engine: sa.Engine) -> sa.Engine:
    """Return the engine for single statements on PostgreSQL: each is a transaction of its own."""
    return engine.execution_options(isolation_level="AUTOCOMMIT")


def now(engine: sa.Engine) -> datetime:
    """Return what time it is on a PostgreSQL.

    Raises:
        ConnectionError: it does not answer.
    """
    try:
        with at_once(engine).connect() as connection:
            moment = connection.scalar(sa.select(sa.func.clock_timestamp()))
    except sa.exc.DBAPIError as failure:
        raise ConnectionError("the database cannot be used") from failure
    if not isinstance(moment, datetime):
        raise TypeError("the database told no time")
    return moment.astimezone(UTC)


def _address(url: str | None, data_dir: Path) -> sa.URL:
    if url is None:
        return sa.URL.create("sqlite", database=str(data_dir / DATABASE_NAME))
    try:
        address = sa.make_url(url)
    except sa.exc.ArgumentError as unreadable:
        raise ValueError("the database address cannot be read") from unreadable
    if address.drivername in {"postgresql", "postgres"}:
        return address.set(drivername="postgresql+psycopg")
    return address


def _open_sqlite(address: sa.URL) -> sa.Engine:
    if address.database is None:
        raise ValueError("a database in memory forgets everything; name a file")
    Path(address.database).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    engine = sa.create_engine(
        address,
        json_serializer=to_json,
        # Transactions are begun by us: sqlite3's own begin comes too late and never IMMEDIATE.
        connect_args={"isolation_level": None},
        # What one writes, the others read again from the disk: the one used last has it all.
        pool_use_lifo=True,
    )
    sa.event.listen(engine, "connect", _set_pragmas)
    sa.event.listen(engine, "begin", _begin)
    return engine


def _open_postgresql(address: sa.URL) -> sa.Engine:
    said = {name: value for name, value in _PATIENCE.items() if name not in address.query}
    engine = sa.create_engine(
        address.update_query_dict(said),
        json_serializer=to_json,
        isolation_level="READ COMMITTED",
        pool_use_lifo=True,
    )
    sa.event.listen(engine, "connect", _set_up)
    sa.event.listen(engine, "checkin", _note_use)
    sa.event.listen(engine, "checkout", partial(_make_sure, engine.dialect))
    return engine


def _set_pragmas(connection: DBAPIConnection, record: object) -> None:  # noqa: ARG001 -- SQLAlchemy's signature
    for pragma in _PRAGMAS:
        _sqlite(connection).execute(pragma).close()


def _sqlite(connection: object) -> sqlite3.Connection:
    if not isinstance(connection, sqlite3.Connection):
        raise TypeError("this is for SQLite alone")
    return connection


def _set_up(connection: DBAPIConnection, record: object) -> None:  # noqa: ARG001 -- SQLAlchemy's signature
    from psycopg.types.numeric import Int8Dumper  # noqa: PLC0415 -- the extra `postgres`

    # Each statement is planned by the server once, and not once for each size of number in it.
    connection.prepare_threshold = 1
    connection.prepared_max = _PREPARED_MOST
    connection.adapters.register_dumper(int, Int8Dumper)
    # By a statement: poolers refuse it as a parameter of the connection.
    with closing(connection.cursor()) as cursor:
        cursor.execute(f"SET idle_in_transaction_session_timeout = '{_IDLE_SECONDS}s'")
    connection.commit()


def _note_use(connection: DBAPIConnection | None, record: ConnectionPoolEntry) -> None:  # noqa: ARG001 -- SQLAlchemy's signature
    record.info["used"] = time.monotonic()


def _make_sure(
    dialect: sa.Dialect, connection: DBAPIConnection, record: ConnectionPoolEntry, _lent: object
) -> None:
    """Ask the server whether it is there, unless the connection was in use a moment ago.

    What a server says unasked is that it goes: then it is not trusted either.
    """
    unused = time.monotonic() - record.info.get("used", -inf)
    if unused < _TRUSTED_SECONDS and not _speaks(connection):
        return
    try:
        dialect.do_ping(connection)
    except dialect.loaded_dbapi.Error as lost:
        # The pool opens another.
        raise sa.exc.DisconnectionError from lost


def _speaks(connection: DBAPIConnection) -> bool:
    waiting = select.poll()
    waiting.register(connection.fileno(), select.POLLIN)
    return bool(waiting.poll(0))


def _begin(connection: sa.Connection) -> None:
    """Take the write lock at once, so that two writers wait in line instead of failing half way."""
    only_reads = connection.get_execution_options().get(_ONLY_READS, False)
    driver = _sqlite(connection.connection.dbapi_connection)
    try:
        # Past SQLAlchemy, which takes longer to hand it over than SQLite to begin.
        driver.execute("BEGIN" if only_reads else "BEGIN IMMEDIATE").close()
    except sqlite3.Error as error:
        raise sa.exc.DBAPIError.instance("BEGIN", None, error, sqlite3.Error) from error
