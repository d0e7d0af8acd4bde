"""Runs the migration scripts on the connection `storage.migrations` hands over."""

import sqlalchemy as sa
from alembic import context

from storage.rows import metadata

connection: sa.Connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    # SQLite changes a table by building it anew.
    render_as_batch=connection.dialect.name == "sqlite",
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
