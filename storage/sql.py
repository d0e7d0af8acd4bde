"""The one construct SQLAlchemy spells per database: INSERT ... ON CONFLICT."""

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite


def insert(connection: sa.Connection, table: sa.Table) -> sqlite.Insert:
    """Return an INSERT that knows `on_conflict_do_nothing` and `on_conflict_do_update`.

    Both databases' constructs have these in the same shape; one of the two types stands for both.
    """
    if connection.dialect.name == "sqlite":
        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql  # noqa: PLC0415 -- costs SQLite's start nothing

    return postgresql.insert(table)  # type: ignore[return-value]
