"""The schema, brought from any version to any other; Alembic is loaded only when there is work."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

import sqlalchemy as sa
from sqlalchemy.util import OrderedSet

from storage.engine import for_reading
from storage.rows import metadata

if TYPE_CHECKING:
    from alembic.config import Config

HEAD: Final = "0023"
"""The newest version; a test compares it with the scripts."""

_VERSIONS: Final = sa.Table(
    "alembic_version",
    sa.MetaData(),
    sa.Column("version_num", sa.String(32), nullable=False),
    sa.PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)
# Any number of ours: on PostgreSQL, two processes that upgrade at once take turns by it.
_UPGRADE_LOCK: Final = 6_822_001


def current(engine: sa.Engine) -> str | None:
    """Return the version the database has; None when it has no schema."""
    with for_reading(engine).connect() as connection:
        return _current(connection)


def is_current(engine: sa.Engine) -> bool:
    """Tell whether the database has what this version needs: its schema, or a newer one.

    Migrations only add what an older version need not know, so it may work beside a newer one.
    """
    found = current(engine)
    return found is not None and found >= HEAD


def upgrade(engine: sa.Engine, revision: str = "head") -> None:
    """Bring the schema up, at once or not at all; nothing to do is fine."""
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_UPGRADE_LOCK)))
        found = _current(connection)
        if revision == "head" and found is not None and found >= HEAD:
            return
        if revision == "head" and found is None:
            _create(connection)
            return
        from alembic import command  # noqa: PLC0415 -- half a second that most starts do not need

        command.upgrade(_configuration(connection), revision)


def downgrade(engine: sa.Engine, revision: str) -> None:
    """Take the schema back to a version; `base` is an empty database."""
    from alembic import command  # noqa: PLC0415 -- as above

    with engine.begin() as connection:
        command.downgrade(_configuration(connection), revision)


def _current(connection: sa.Connection) -> str | None:
    if not sa.inspect(connection).has_table(_VERSIONS.name):
        return None
    return connection.scalar(sa.select(_VERSIONS.c.version_num))


def _create(connection: sa.Connection) -> None:
    """Build an empty database at once; a test shows the scripts build the same.

    Of two indexes that serve as well SQLite takes the one made last, so none is made by chance.
    """
    for table in metadata.tables.values():
        table.indexes = OrderedSet(sorted(table.indexes, key=lambda index: str(index.name)))
    metadata.create_all(connection, checkfirst=False)
    _VERSIONS.create(connection, checkfirst=True)
    connection.execute(sa.insert(_VERSIONS).values(version_num=HEAD))


def _configuration(connection: sa.Connection) -> "Config":
    from alembic.config import Config  # noqa: PLC0415 -- as above

    configuration = Config()
    configuration.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    configuration.attributes["connection"] = connection
    return configuration
