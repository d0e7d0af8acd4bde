"""The tables of what consultants prepare, in the same metadata as all others."""

from typing import Final

import sqlalchemy as sa

from storage.columns import Id, Moment, Words
from storage.rows import metadata

__all__ = ["drafts", "metadata", "templates"]

drafts: Final = sa.Table(
    "drafts",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("ticket_id", Id, sa.ForeignKey("tickets.id"), nullable=False, unique=True),
    sa.Column("consultant_id", Id, sa.ForeignKey("consultants.id"), nullable=False),
    sa.Column("text", Words, nullable=False),
    sa.Column("external_id", Words, nullable=True),
    sa.Column("at", Moment, nullable=False),
    sqlite_autoincrement=True,
)

templates: Final = sa.Table(
    "templates",
    metadata,
    sa.Column("name", Words, primary_key=True),
    sa.Column("text", Words, nullable=False),
    sa.Column("by", Words, nullable=False),
    sa.Column("at", Moment, nullable=False),
)
