"""What consultants prepare before they send it."""

from typing import Final

import sqlalchemy as sa

from storage.columns import Id
from storage.rows.columns import id_, metadata, moment, to, words

drafts: Final = sa.Table(
    "drafts",
    metadata,
    id_(),
    sa.Column("ticket_id", Id, sa.ForeignKey("tickets.id"), nullable=False, unique=True),
    to("consultant_id", "consultants"),
    words("text"),
    words("external_id", null=True),
    moment("at"),
    sqlite_autoincrement=True,
)

templates: Final = sa.Table(
    "templates",
    metadata,
    words("name", key=True),
    words("text"),
    words("by"),
    moment("at"),
)
