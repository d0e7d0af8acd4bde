"""Records with all their versions, and the statutes of councils."""

from typing import Final

import sqlalchemy as sa

from storage.rows.columns import id_, metadata, moment, number, words

records: Final = sa.Table(
    "records",
    metadata,
    id_(),
    words("kind"),
    words("name"),
    number("version"),
    sa.Column("body", sa.JSON, nullable=False),
    moment("at"),
    words("by"),
    sa.UniqueConstraint("kind", "name", "version"),
    sqlite_autoincrement=True,
)

statutes: Final = sa.Table(
    "statutes",
    metadata,
    id_(),
    words("municipality"),
    words("council"),
    number("version"),
    words("title"),
    sa.Column("adopted_on", sa.Date, nullable=False),
    words("url", null=True),
    words("sha256", null=True),
    words("file", null=True),
    moment("at"),
    words("by"),
    sa.UniqueConstraint("municipality", "council", "version"),
    sa.Index(None, "sha256"),
    sqlite_autoincrement=True,
)
