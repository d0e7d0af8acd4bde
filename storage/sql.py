"""What statements share: INSERT ... ON CONFLICT per database, and lists cut to size."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite

_PIECE = 500
Number = TypeVar("Number", bound=int)


def insert(connection: sa.Connection, table: sa.Table) -> sqlite.Insert:
    """Return an INSERT that knows `on_conflict_do_nothing` and `on_conflict_do_update`.

    Both databases' constructs have these in the same shape; one of the two types stands for both.
    """
    if connection.dialect.name == "sqlite":
        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql  # noqa: PLC0415 -- costs SQLite's start nothing

    return postgresql.insert(table)  # type: ignore[return-value]


def pieces(numbers: Iterable[Number]) -> Iterator[tuple[Number, ...]]:
    """Cut a list into what one statement takes as its bound values."""
    left = iter(numbers)
    while some := tuple(islice(left, _PIECE)):
        yield some
