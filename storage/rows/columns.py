"""What every table is made of.

Partial indexes name only columns and what is written in the text of a statement, never a bound
value: no database can match that to an index.
"""

from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from storage.columns import Id, Moment, Words

metadata: Final = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def id_() -> sa.Column[int]:
    return sa.Column("id", Id, primary_key=True)


def words(name: str, *, null: bool = False, key: bool = False) -> sa.Column[str]:
    return sa.Column(name, Words, nullable=null, primary_key=key)


def moment(name: str, *, null: bool = False) -> sa.Column[datetime]:
    return sa.Column(name, Moment, nullable=null)


def number(name: str, *, null: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=null)


def to(name: str, table: str, *, null: bool = False, key: bool = False) -> sa.Column[int]:
    target = sa.ForeignKey(f"{table}.id")
    return sa.Column(name, Id, target, nullable=null, primary_key=key, autoincrement=False)


def open_work(table: sa.Table, lane: str) -> None:
    """Index what is not finished; the finished rows, nearly all of them, cost nothing.

    The lane leads its index: were it the channel, a claim would read that index whole and sort it
    instead of taking the oldest few.
    """
    unfinished = table.c.due_at.is_not(None)
    partly(sa.Index(f"ix_{table.name}_unfinished", table.c.id), table, unfinished)
    in_lane = (table.c[lane], table.c.channel, table.c.id)
    partly(sa.Index(f"ix_{table.name}_lane", *in_lane), table, unfinished)


def partly(index: sa.Index, table: sa.Table, where: sa.ColumnElement[bool]) -> None:
    """Have the index know only these rows."""
    index.dialect_kwargs["sqlite_where"] = where

    def say_it_to_postgresql(_: sa.Table, connection: sa.Connection, **_arguments: object) -> None:
        # Said above, it would load all drivers of PostgreSQL into every process.
        if connection.dialect.name == "postgresql":
            index.dialect_kwargs["postgresql_where"] = where

    sa.event.listen(table, "before_create", say_it_to_postgresql)


def work() -> tuple[sa.Column[Any], ...]:
    """Return the columns of `storage.work`."""
    return (
        moment("due_at", null=True),
        moment("leased_until", null=True),
        moment("claimed_at", null=True),
        number("fence"),
        number("attempts"),
        words("error", null=True),
    )
