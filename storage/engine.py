"""Opens the database: SQLite beside the data, or PostgreSQL for many processes."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import sqlalchemy as sa
from sqlalchemy.engine.interfaces import DBAPIConnection

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
    return engine.execution_options(**{_ONLY_READS: True})


def now(engine: sa.Engine) -> datetime:
    """Return what time it is on a PostgreSQL.

    Raises:
        ConnectionError: it does not answer.
    """
    try:
        with engine.connect() as connection:
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
        pool_pre_ping=True,
        pool_use_lifo=True,
    )
    sa.event.listen(engine, "connect", _limit_idleness)
    return engine


def _set_pragmas(connection: DBAPIConnection, record: object) -> None:  # noqa: ARG001 -- SQLAlchemy's signature
    for pragma in _PRAGMAS:
        _sqlite(connection).execute(pragma).close()


def _sqlite(connection: object) -> sqlite3.Connection:
    if not isinstance(connection, sqlite3.Connection):
        raise TypeError("this is for SQLite alone")
    return connection


def _limit_idleness(connection: DBAPIConnection, record: object) -> None:  # noqa: ARG001 -- SQLAlchemy's signature
    # By a statement: poolers refuse it as a parameter of the connection.
    with closing(connection.cursor()) as cursor:
        cursor.execute(f"SET idle_in_transaction_session_timeout = '{_IDLE_SECONDS}s'")
    connection.commit()


def _begin(connection: sa.Connection) -> None:
    """Take the write lock at once, so that two writers wait in line instead of failing half way."""
    only_reads = connection.get_execution_options().get(_ONLY_READS, False)
    driver = _sqlite(connection.connection.dbapi_connection)
    try:
        # Past SQLAlchemy, which takes longer to hand it over than SQLite to begin.
        driver.execute("BEGIN" if only_reads else "BEGIN IMMEDIATE").close()
    except sqlite3.Error as error:
        raise sa.exc.DBAPIError.instance("BEGIN", None, error, sqlite3.Error) from error
