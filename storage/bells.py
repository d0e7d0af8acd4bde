"""Rings between the processes that share a PostgreSQL database (LISTEN and NOTIFY).

A ring is a hint, never the work itself: one that is lost costs a poll's wait. It is sent apart from
the transaction it tells of, because PostgreSQL commits transactions that notify one after another.
"""

from collections.abc import Generator
from contextlib import closing
from typing import Final

import sqlalchemy as sa

from storage.engine import at_once
from storage.prepared import prepared

_CHANNEL: Final = "helpdesk"
_RING: Final = prepared(sa.select(sa.func.pg_notify(_CHANNEL, sa.bindparam("name", type_=sa.Text))))


def ring(engine: sa.Engine, name: str) -> None:
    """Ring a bell in every process that listens.

    Raises:
        OSError: the database cannot be used.
    """
    try:
        with at_once(engine).connect() as connection:
            connection.execute(_RING, {"name": name})
    except sa.exc.DBAPIError as failure:
        raise OSError("the database cannot be used") from failure


def listen(engine: sa.Engine, seconds: float) -> Generator[str | None, None, None]:
    """Yield the bells rung anywhere, and None at least every so many seconds, without end.

    The first None comes as soon as rings are heard. One connection is held, of its own.

    Raises:
        OSError: the database cannot be used.
    """
    import psycopg  # noqa: PLC0415 -- the extra `postgres`

    where, how = engine.dialect.create_connect_args(engine.url)
    try:
        # Not from the pool: it would lend out a connection that still listens.
        with closing(psycopg.connect(*where, **how, autocommit=True)) as connection:
            connection.execute(f"LISTEN {_CHANNEL}")
            while True:
                yield None
                for heard in connection.notifies(timeout=seconds, stop_after=1):
                    yield heard.payload
    except psycopg.Error as failure:
        raise OSError("the database cannot be used") from failure
