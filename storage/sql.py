"""What statements share: INSERT ... ON CONFLICT per database, and lists cut to size.

Putting a statement together costs SQLAlchemy more than running it: what every message needs is made
once, and its values are given when it runs.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import islice
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite

from storage.prepared import prepared

_PIECE = 500
Number = TypeVar("Number", bound=int)


def insert(connection: sa.Connection, table: sa.Table) -> sqlite.Insert:
    """Return an INSERT that knows `on_conflict_do_nothing` and `on_conflict_do_update`.

    Both databases' constructs have these in the same shape; one of the two types stands for both.
    """
    return insert_on(connection.dialect.name, table)


def add_new(connection: sa.Connection, table: sa.Table, values: Mapping[str, object]) -> int | None:
    """Add a row and return its id; None when one like it is there."""
    number: int | None = connection.scalar(_adding(connection.dialect.name, table), values)
    return number


@cache
def _adding(dialect: str, table: sa.Table) -> sa.Executable:
    return prepared(insert_on(dialect, table).on_conflict_do_nothing().returning(table.c.id))


def insert_on(dialect: str, table: sa.Table) -> sqlite.Insert:
    """Return what `insert` does, for what is made once."""
    if dialect == "sqlite":
        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql  # noqa: PLC0415 -- costs SQLite's start nothing

    return postgresql.insert(table)  # type: ignore[return-value]


def unindexed(words: sa.ColumnElement[str]) -> sa.ColumnElement[str]:
    """Return the words as an expression no index knows.

    SQLite keeps no statistics: it would follow an index of a channel or a state, which nearly all
    rows share, and read everything there ever was.
    """
    return words.concat(sa.literal_column("''"))


def pieces(numbers: Iterable[Number]) -> Iterator[tuple[Number, ...]]:
    """Cut a list into what one statement takes as its bound values."""
    left = iter(numbers)
    while some := tuple(islice(left, _PIECE)):
        yield some
