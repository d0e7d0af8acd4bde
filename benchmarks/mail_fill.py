"""Years of old tickets: copies of the tickets a database holds, made inside the database."""

from typing import Any, Final

import sqlalchemy as sa

from storage.columns import Moment
from storage.rows import (
    addresses,
    articles,
    attachments,
    inbox,
    outbox,
    people,
    ticket_events,
    tickets,
)

_COPIED: Final = (
    people,
    addresses,
    tickets,
    articles,
    ticket_events,
    inbox,
    outbox,
    attachments,
)
_NAMES: Final = frozenset({"external_id", "digest", "once", "value", "to"})
"""Columns that name somebody or something; each copy is about others."""


def fill(url: str, count: int) -> int:
    """Copy all tickets until there are so many, each copy a day older; return how many there are.

    What was owed is delivered, and no mail is kept but what its ticket holds.
    """
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        connection.execute(sa.update(outbox).values(state="delivered", due_at=None))
        now = connection.execute(sa.select(sa.func.count()).select_from(tickets)).scalar_one()
        ids = (sa.select(sa.func.max(table.c.id).label("id")) for table in _COPIED)
        span = connection.execute(sa.select(sa.func.max(sa.union_all(*ids).subquery().c.id)))
        copies = _numbers(-(-count // now) - 1)
        step = span.scalar_one()
        for table in _COPIED:
            columns = [_copied(column, copies, step, engine.name) for column in table.c]
            connection.execute(
                sa.insert(table).from_select(
                    table.c.keys(), sa.select(*columns).select_from(table.join(copies, sa.true()))
                )
            )
            if engine.name == "postgresql":
                last = sa.select(sa.func.max(table.c.id)).scalar_subquery()
                name = sa.func.pg_get_serial_sequence(table.name, "id")
                connection.execute(sa.select(sa.func.setval(name, last)))
        filled: int = connection.execute(
            sa.select(sa.func.count()).select_from(tickets)
        ).scalar_one()
    if engine.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(sa.text("VACUUM ANALYZE"))
    engine.dispose()
    return filled


def _numbers(count: int) -> sa.CTE:
    first = sa.select(sa.literal(1).label("copy")).cte("copies", recursive=True)
    return first.union_all(sa.select(first.c.copy + 1).where(first.c.copy < count))


def _copied(
    column: sa.Column[Any], copies: sa.CTE, step: int, dialect: str
) -> sa.ColumnElement[Any]:
    """Say what stands in this column of a copy."""
    if column.name == "raw":
        return sa.null()
    if column.name == "id" or column.foreign_keys:
        return column + copies.c.copy * step
    if column.name in _NAMES:
        return sa.cast(copies.c.copy, sa.Text) + "." + column
    if isinstance(column.type, Moment):
        return _earlier(column, copies, dialect)
    return column


def _earlier(column: sa.Column[Any], copies: sa.CTE, dialect: str) -> sa.ColumnElement[Any]:
    if dialect == "postgresql":
        return column - sa.func.make_interval(0, 0, 0, copies.c.copy)
    days = sa.literal("-") + sa.cast(copies.c.copy, sa.Text) + " days"
    return sa.func.datetime(column, days) + ".000000"
