"""What the service remembers of itself, and the knowledge base."""

from typing import Final

import sqlalchemy as sa

from storage.columns import Id
from storage.rows.columns import id_, metadata, moment, number, words

entries: Final = sa.Table(
    "entries",
    metadata,
    id_(),
    words("entry"),
    number("version"),
    sa.Column("body", sa.JSON, nullable=False),
    moment("at"),
    words("by"),
    sa.UniqueConstraint("entry", "version"),
    sqlite_autoincrement=True,
)

mail_cursors: Final = sa.Table(
    "mail_cursors",
    metadata,
    words("mailbox", key=True),
    words("folder", key=True),
    sa.Column("uid_validity", Id, primary_key=True, autoincrement=False),
    sa.Column("first_uid", Id, nullable=False),
    sa.Column("last_uid", Id, nullable=False),
    moment("since"),
)

leases: Final = sa.Table(
    "leases",
    metadata,
    words("name", key=True),
    words("holder"),
    moment("until"),
)

troubles: Final = sa.Table(
    "troubles",
    metadata,
    words("name", key=True),
    moment("since", null=True),
    moment("told_at", null=True),
)

reconciliations: Final = sa.Table(
    "reconciliations",
    metadata,
    words("source", key=True),
    number("seen"),
    number("missing"),
    moment("at"),
)
